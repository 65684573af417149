import { beforeEach, expect, it, vi } from "vitest";
import { START } from "../../realtime/session";
import { session } from "../../realtime/store";
import { ANNA, NOW, TALK, stored, talk, welcomed } from "../../testing/cast";
import { draftOf, dropDrafts, keepDraft, takeDrafts } from "./drafts";

const said = (body: string, at = NOW) => {
  const message = { ...stored(2, ANNA), body, at: new Date(at).toISOString() };
  session.value = { ...START, state: welcomed(talk([stored(1), message])) };
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  dropDrafts();
  session.value = { ...START, state: welcomed(talk([stored(1)])) };
});

it("a draft that its page was sending as it went is none, once it is known to be sent", () => {
  takeDrafts(new Map([[TALK, "Tot morgen "]]));
  expect(draftOf(TALK)).toBe("Tot morgen ");
  said("Tot morgen");
  expect(draftOf(TALK)).toBe("");
});

it("nor where that is known already", () => {
  said("Tot morgen");
  takeDrafts(new Map([[TALK, "Tot morgen"]]));
  expect(draftOf(TALK)).toBe("");
});

it("what somebody wrote on in, said before, or wrote here stays", () => {
  takeDrafts(new Map([[TALK, "Tot morgen"]]));
  keepDraft(TALK, "Tot morgen om tien uur");
  said("Tot morgen");
  expect(draftOf(TALK)).toBe("Tot morgen om tien uur");
  dropDrafts();
  said("ja", NOW - 3_600_000);
  takeDrafts(new Map([[TALK, "ja"]]));
  expect(draftOf(TALK)).toBe("ja");
  dropDrafts();
  keepDraft(TALK, "Hier begonnen");
  takeDrafts(new Map([[TALK, "Daar"]]));
  said("Daar");
  expect(draftOf(TALK)).toBe("Daar\nHier begonnen");
});
