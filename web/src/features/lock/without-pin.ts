// Without a PIN the same is kept as with one, under the browser's own key: from the first welcome until the session's end is
// heard of. It is shown where the server is not reached, for a day.
import { connect, rest } from "../../realtime/client";
import { ended, frameListeners, session } from "../../realtime/store";
import { canLock, isKept, learn, lockState } from "./here";
import { isShownTooLong, keptUnder, startKeeping, stopKeeping } from "./keeping";
import { ownKeyFor, type OwnKey } from "./keys";

/** The server answers sooner, where there is a line. */
const ALONE_AFTER = 1_500;
const LOOK_EVERY = 60_000;

let joining: Promise<void> = Promise.resolve();

const isWithout = (): boolean => canLock() && lockState.peek() === "none" && !isKept() && keptUnder() === null;
const whose = (): string | undefined => session.peek().state.me?.id;

/** What a welcome began is done. */
export const joined = (): Promise<void> => joining;

export function watchWithoutPin(): void {
  frameListeners.add(({ type }) => void (type === "welcome" && keepWithoutPin()));
  document.addEventListener("visibilitychange", forgetOld);
  setInterval(forgetOld, LOOK_EVERY);
}

/** Shows what is kept, unless the server is there first. */
export function readAloneSoon(own: OwnKey): void {
  setTimeout(readAlone, navigator.onLine ? ALONE_AFTER : 0, own);
}

function readAlone(own: OwnKey): void {
  if (isWithout() && ended.peek() === null && whose() === undefined) void startKeeping(own, "read alone").catch(() => {});
}

/** From a welcome on. */
export function keepWithoutPin(): void {
  joining = joining.then(join).catch(() => {});
}

async function join(): Promise<void> {
  const person = whose();
  if (!isWithout() || person === undefined) return;
  const own = await ownKeyFor(person);
  if (!isWithout() || whose() !== person) return;
  if (own) return startKeeping(own, "joined");
  await lockAsElsewhere();
}

/** Another page set a PIN, and this one did not hear of it. Whether the server's side is open is that page's to say. */
async function lockAsElsewhere(): Promise<void> {
  await learn();
  lockState.value = "locked";
  rest();
  await stopKeeping();
}

/** What the server has not been asked about for a day is shown no longer. */
function forgetOld(): void {
  if (lockState.peek() !== "none" || !isShownTooLong()) return;
  stopKeeping().then(connect, () => {});
}
