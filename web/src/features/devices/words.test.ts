import { expect, test } from "vitest";
import { nameOfDevice, networkOf } from "./words";

test("a device is called by its browser and what it runs on, as far as they are known", () => {
  expect(nameOfDevice({ browser: "Chrome", system: "Windows" })).toBe("Chrome op Windows");
  expect(nameOfDevice({ browser: "", system: "iPhone" })).toBe("iPhone");
  expect(nameOfDevice({ browser: "Firefox", system: "" })).toBe("Firefox");
  expect(nameOfDevice({ browser: "", system: "" })).toBe("Onbekende browser");
});

test("of a network is said whether it is this one, else in which country, roughly", () => {
  expect(networkOf({ sameNetwork: true, country: "NL", network: "84.24.…" })).toBe("Zelfde netwerk als nu");
  expect(networkOf({ sameNetwork: false, country: "NL", network: "84.24.…" })).toBe("Ander netwerk, ongeveer: Nederland");
});

test("where no country is known, half of the address has to do", () => {
  expect(networkOf({ sameNetwork: false, country: "", network: "10.0.…" })).toBe("Ander netwerk (10.0.…)");
  expect(networkOf({ sameNetwork: false, country: "QQ", network: "84.24.…" })).toBe("Ander netwerk (84.24.…)");
  expect(networkOf({ sameNetwork: false, country: "", network: "" })).toBe("Netwerk onbekend");
});
