// A browser can replace or drop its subscription for pushes by itself, while no page of the app is open. Then the service
// worker has one made where there is none, and tells the server. Laws:
// 1. Only where the server has pushes on for the session that is here: who signed in after somebody else gets none unasked.
// 2. What fails is left to the next start of the app (`features/notifications/renew.ts`), which knows whose they are.
import { given, subscribeTo } from "./subscription";

interface Session {
  readonly signedIn: boolean;
  readonly csrf: string;
}

interface Chosen {
  readonly here: boolean;
  readonly pushKey: string;
}

/** Raises what the browser or the line does. */
export async function tellOfChange(manager: PushManager): Promise<void> {
  const { signedIn, csrf } = await heard<Session>("session");
  if (!signedIn) return;
  const { here, pushKey } = await heard<Chosen>("me/notifications");
  if (!here) return;
  const subscription = (await manager.getSubscription()) ?? (await subscribeTo(manager, pushKey));
  await ask("me/push", {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify(given(subscription)),
  });
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(`/api/v1/${path}`, { credentials: "same-origin", ...init });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

const heard = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;
