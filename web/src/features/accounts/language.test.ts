import { afterEach, expect, it, vi } from "vitest";
import { language, speak, t } from "../../i18n/text";

vi.mock("../../api/accounts", () => ({ saveLanguage: vi.fn(() => Promise.reject(new Error("unreachable"))) }));

const root = { lang: "nl" };
vi.stubGlobal("document", { documentElement: root });

afterEach(() => vi.resetModules());

it("of two languages the last that was asked for is spoken, though its texts were there first", async () => {
  await Promise.all([speak("en"), speak("nl")]);
  expect([language.value, root.lang, t("settings.language")]).toEqual(["nl", "nl", "Taal"]);
});

it("what the server says of the account does not take the place of a choice", async () => {
  const ours = await import("./language");
  const { language } = await import("../../i18n/text");
  await ours.speakAsTheAccount("en");
  expect(language.value).toBe("en");
  await ours.chooseLanguage("nl");
  await ours.speakAsTheAccount("en");
  await ours.keepChosenLanguage();
  expect(language.value).toBe("nl");
});
