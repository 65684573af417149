// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";

async function fresh(at: string) {
  history.replaceState(null, "", at);
  vi.resetModules();
  return import("./router");
}

beforeEach(() => history.replaceState(null, "", "/"));

it("gives what stands after a prefix, and nothing for what is no text", async () => {
  const { after } = await fresh("/");
  expect(after("/gesprekken/", "/gesprekken/a%20b")).toBe("a b");
  expect(after("/gesprekken/", "/gesprekken/%E0%A4%A")).toBeNull();
  expect(after("/gesprekken/", "/gesprekken/")).toBeNull();
  expect(after("/gesprekken/", "/contacten")).toBeNull();
});

it("keeps the step of a page in the history, so that it outlives a reload", async () => {
  const { enter, step } = await fresh("/uitnodiging");
  enter("registering");
  expect(step.value).toBe("registering");
  vi.resetModules();
  const again = await import("./router");
  expect(again.step.value).toBe("registering");
  again.navigate("/");
  expect(again.step.value).toBeNull();
});

it("asks before following a link from something half done, and says where to", async () => {
  const { back, follow, hold, letGo, navigate, path } = await fresh("/plan");
  const ask = vi.fn();
  hold(ask);
  const link = Object.assign(document.createElement("a"), { href: "/instellingen" });
  link.addEventListener("click", follow);
  link.click();
  back("/gesprekken/a");
  expect([ask.mock.calls, path.value]).toEqual([[["/instellingen"], ["/gesprekken/a"]], "/plan"]);
  letGo();
  navigate("/instellingen");
  expect(path.value).toBe("/instellingen");
});

it("asks before going back from something half done, and stays", async () => {
  const { hold, isHeld, navigate, path, watchTheAddress } = await fresh("/");
  watchTheAddress();
  navigate("/uitnodigingen");
  const ask = vi.fn();
  const letGo = hold(ask);
  history.replaceState(null, "", "/");
  dispatchEvent(new PopStateEvent("popstate"));
  expect([ask.mock.calls, path.value, location.pathname]).toEqual([[["/"]], "/uitnodigingen", "/uitnodigingen"]);
  letGo();
  expect(isHeld()).toBe(false);
});

it("keeps what a page is asked in the address, and a link without it asks for all", async () => {
  const { navigate, path, query } = await fresh("/");
  navigate("/bestanden?soort=pdf");
  expect([path.value, query.value]).toEqual(["/bestanden", "?soort=pdf"]);
  navigate("/bestanden");
  expect([path.value, query.value]).toEqual(["/bestanden", ""]);
});

it("goes out of a step once, however often that is asked before the browser has done it", async () => {
  const { enter, leave, step, watchTheAddress } = await fresh("/bestanden");
  watchTheAddress();
  const back = vi.spyOn(history, "back").mockImplementation(() => {});
  enter("viewer");
  leave("viewer");
  leave("viewer");
  expect(back).toHaveBeenCalledTimes(1);
  history.replaceState(null, "");
  dispatchEvent(new PopStateEvent("popstate"));
  expect(step.value).toBeNull();
  enter("viewer");
  leave("viewer");
  expect(back).toHaveBeenCalledTimes(2);
  back.mockRestore();
});
