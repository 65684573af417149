// Pushes on this device. The browser asks the person only after they asked for it here; where it will not, they read what
// they can do about that.
import { useEffect, useState } from "preact/hooks";
import { addPush, removePush, type Notifications } from "../../api/notifications";
import { language, plural, t, type Key } from "../../i18n/text";
import { pushState, switchOff, switchOn, type PushState } from "../../platform/push";
import { given } from "../../platform/subscription";
import { session } from "../../realtime/store";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";

const WORDS: Readonly<Record<PushState, Key>> = {
  on: "notifications.push.on",
  off: "notifications.push.off",
  denied: "notifications.push.denied",
  unsupported: "notifications.push.unsupported",
};

export function PushSwitch({ chosen, again }: { chosen: Notifications; again: () => void }) {
  const [now, setNow] = useState<PushState | null>(null);
  const [failed, setFailed] = useState(false);
  const person = session.value.state.me?.id ?? "";
  const look = async () => setNow(await pushState(person));
  useEffect(() => void look(), [person]);
  useWaiting(now === null);
  const state = now === "on" && !chosen.here ? "off" : now;
  const { busy, error, submit } = useSubmit(async () => {
    setFailed(false);
    await (state === "on" ? turnOff() : turnOn(person, chosen.pushKey).then((done) => setFailed(!done)));
    await look();
    again();
  });
  return (
    <fieldset class="choice push-switch">
      <legend>{t("notifications.push")}</legend>
      <p role="status">{state && t(WORDS[state])}</p>
      {failed && state === "off" && <p class="error">{t("notifications.push.failed")}</p>}
      <FormError error={error} />
      {(state === "on" || state === "off") && (
        <button type="button" class="button small" onClick={() => submit()} aria-disabled={busy}>
          {t(state === "on" ? "notifications.push.switchOff" : "notifications.push.switchOn")}
        </button>
      )}
      <p class="quiet">{chosen.devices > 0 ? plural("notifications.devices", chosen.devices) : t("notifications.noDevice")}</p>
    </fieldset>
  );
}

/** Whether they are on now. A browser that has no push service to ask, or is kept from it, throws. */
async function turnOn(person: string, key: string): Promise<boolean> {
  const subscription = await switchOn(person, key, language.peek()).catch(() => null);
  if (!subscription) return false;
  await addPush(given(subscription));
  return true;
}

async function turnOff(): Promise<void> {
  await removePush();
  await switchOff();
}
