// A tab outlives a person: somebody else may sign in on it. When a session ends, or a welcome turns out to be for
// somebody else, everything of the person is dropped from memory first, and then the page is loaded anew, so that
// nothing stays in what is on the screen either; what this device keeps for them is wiped. Who was never welcomed keeps the
// page they asked for. Who must set a second factor up first keeps what they wrote, but is in
// no call any more.
import { batch, effect, signal } from "@preact/signals";
import { comeBackTo } from "./features/accounts/arrival";
import { hideFirstStart } from "./features/accounts/FirstStart";
import { dropCalls, place } from "./features/calls/calls";
import { dropRinging } from "./features/calls/ring";
import { dropRequests, hasRequests } from "./features/documents/asking";
import { cancel, recording } from "./features/files/recording";
import { dropUploads, hasUploads } from "./features/files/uploads";
import { sought } from "./features/files/filters";
import { dropViewing } from "./features/files/viewing";
import { isAllKept, keptUnder } from "./features/lock/keeping";
import { drop } from "./features/lock/lock";
import { task } from "./features/messages/composing";
import { dropDrafts, hasDrafts } from "./features/messages/drafts";
import { noteFarewell } from "./platform/farewell";
import { actFor } from "./platform/organisation";
import { isHeld, letGo, path } from "./platform/router";
import { PLACE, received } from "./platform/sharing";
import { forget } from "./realtime/client";
import { ended, state } from "./realtime/store";

function forgetPerson(): void {
  batch(() => {
    forget();
    dropDrafts();
    task.value = null;
    dropRequests();
    cancel();
    dropUploads();
    received.value = null;
    dropViewing();
    dropCalls();
    dropRinging();
    sought.value = "";
    hideFirstStart();
    comeBackTo("/");
    actFor(null);
    letGo();
  });
}

export const isAllSent = () => !hasDrafts() && !hasRequests() && !hasUploads() && !isHeld() && state.peek().pending.every((p) => p.status === "stored");

/** A message is being altered, a recording made, or a conversation chosen for what another app shared: that is in memory only. */
const isAtWork = (): boolean =>
  task.peek()?.type === "edit" || recording.peek() !== null || (received.peek() !== null && path.peek() === PLACE);

/** Nothing is lost, and nobody left, when the page is loaded anew. */
export const isQuiet = (): boolean =>
  isAllSent() && !isAtWork() && state.peek().pending.length === 0 && place.peek() === null && (keptUnder() === null || isAllKept());

const FIELDS = "textarea, input:not([type=checkbox], [type=radio])";

/** A dialog is open, or something stands in a field. */
const isFillingIn = (): boolean =>
  document.querySelector("dialog[open]") !== null ||
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(FIELDS)].some(({ value }) => value !== "");

/** The page may be loaded anew unasked while the person looks away: who signs in, or links a telephone, does so for a code. */
export const isIdle = (): boolean => isQuiet() && ended.peek() !== "secondFactor" && !OUTSIDE.includes(path.peek()) && !isFillingIn();

/** Whether leaving the page now would lose something, or leave it unsent. */
export const wouldLose = (): boolean => {
  const isWritten = keptUnder() === null ? !hasDrafts() : isAllKept();
  return state.peek().pending.length > 0 || !isWritten || isAtWork() || hasRequests() || hasUploads() || isHeld();
};

export const OUTSIDE = ["/inloggen", "/wachtwoord-vergeten", "/wachtwoord-herstellen", "/uitnodiging", "/herstel-stoppen", "/voorwaarden", "/privacy"];

/** Until the page is loaded anew, nothing more is drawn than that it is coming. */
export const isLeaving = signal(false);

export function followEnd(): void {
  effect(() => {
    const why = ended.value;
    if (why === "secondFactor") {
      dropCalls();
      dropRinging();
    }
    if (why !== "signedOut" && why !== "another") return;
    if (state.peek().me === null) return void drop({ all: true });
    if (why === "signedOut") noteFarewell(isAllSent() ? "ended" : "unsent");
    const to = OUTSIDE.includes(path.peek()) ? null : why === "another" ? "/" : "/inloggen";
    isLeaving.value = to !== null;
    forgetPerson();
    void drop().then(() => to && location.replace(to));
  });
}
