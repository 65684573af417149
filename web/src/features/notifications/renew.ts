// Pushes that are on stay on: at each start of the app the server is told where this device is reached now, which may have
// changed, as may the session it belongs to. While the app is closed the service worker does so (`platform/push-change.ts`).
import { effect } from "@preact/signals";
import { addPush, loadNotifications } from "../../api/notifications";
import { language } from "../../i18n/text";
import { renewed } from "../../platform/push";
import { given } from "../../platform/subscription";
import { session } from "../../realtime/store";

export function renewPush(): void {
  let known: string | undefined;
  effect(() => {
    const { me } = session.value.state;
    const spoken = language.value;
    const now = me && `${me.id} ${spoken}`;
    if (!me || !now || now === known) return;
    known = now;
    void tell(me.id, spoken);
  });
}

async function tell(person: string, spoken: string): Promise<void> {
  try {
    const subscription = await renewed(person, spoken, async () => (await loadNotifications()).pushKey);
    if (subscription) await addPush(given(subscription));
  } catch {
    return; // the next start tries again, and the settings tell how it stands
  }
}
