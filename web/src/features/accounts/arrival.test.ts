import { expect, it, vi } from "vitest";
import { leaveOnPurpose } from "../../platform/farewell";
import { arrive, comeBackAfterSigningIn } from "./arrival";

const navigate = vi.hoisted(() => vi.fn());
vi.mock("../../platform/router", () => ({ navigate }));
vi.mock("../../realtime/client", () => ({ connect: vi.fn() }));
vi.stubGlobal("sessionStorage", { removeItem: vi.fn() });

it("who was asked to sign in first comes back to the page they asked for, once", async () => {
  comeBackAfterSigningIn("/contacten");
  await arrive();
  await arrive();
  expect(navigate.mock.calls.map(([to]) => to)).toEqual(["/contacten", "/"]);
});

it("nobody comes back to the page on which somebody signed out", async () => {
  navigate.mockClear();
  leaveOnPurpose(true);
  comeBackAfterSigningIn("/instellingen");
  await arrive();
  comeBackAfterSigningIn("/contacten");
  await arrive();
  expect(navigate.mock.calls.map(([to]) => to)).toEqual(["/", "/contacten"]);
});
