import { expect, test } from "vitest";
import { nameOfDevice, networkOf } from "./words";

test("a device is called by its browser and what it runs on, as far as they are known", () => {
  expect(nameOfDevice({ browser: "Chrome", system: "Windows" })).toBe("Chrome op Windows");
  expect(nameOfDevice({ browser: "", system: "iPhone" })).toBe("iPhone");
  expect(nameOfDevice({ browser: "Firefox", system: "" })).toBe("Firefox");
  expect(nameOfDevice({ browser: "", system: "" })).toBe("Onbekende browser");
});

test("of a network nothing is said but whether it is this one, or whose it is", () => {
  expect(networkOf({ sameNetwork: true, network: "84.24.…" })).toBe("Zelfde netwerk als nu");
  expect(networkOf({ sameNetwork: false, network: "84.24.…" })).toBe("Ander netwerk (84.24.…)");
  expect(networkOf({ sameNetwork: false, network: "" })).toBe("Netwerk onbekend");
});
