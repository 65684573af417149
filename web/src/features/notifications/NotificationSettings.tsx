// How the person is told that something is new: by mail and on this device, and when not.
import { useEffect, useState } from "preact/hooks";
import { loadNotifications, type Notifications } from "../../api/notifications";
import { t } from "../../i18n/text";
import { session } from "../../realtime/store";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useWaiting } from "../../ui/in-order";
import { useLatest } from "../../ui/submit";
import { MailChoice } from "./MailChoice";
import { PushSwitch } from "./PushSwitch";
import { TryOut } from "./TryOut";

export function NotificationSettings() {
  const [chosen, setChosen] = useState<Notifications | null>(null);
  const { error, submit } = useLatest(async () => setChosen(await loadNotifications()));
  const up = session.value.link === "up";
  useEffect(() => submit(), []);
  useEffect(() => {
    if (up && error) submit();
  }, [up]);
  useWaiting(!chosen && !error);
  return (
    <section class="notifications" aria-labelledby="notifications-title">
      <h3 id="notifications-title">{t("notifications.title")}</h3>
      <p>{t("notifications.about")}</p>
      <FormError error={error} />
      {chosen ? <Chosen chosen={chosen} again={submit} /> : !error && <div class="skeleton form-skeleton" />}
    </section>
  );
}

function Chosen({ chosen, again }: { chosen: Notifications; again: () => void }) {
  return (
    <>
      {chosen.addresses
        .filter(({ arrives }) => !arrives)
        .map(({ address }) => (
          <p key={address} class="notice warn">
            <Icon name="warning" size={20} />
            <span>{t("notifications.bounced", { address })}</span>
          </p>
        ))}
      <MailChoice chosen={chosen.mailAfter} />
      <PushSwitch chosen={chosen} again={again} />
      <TryOut />
    </>
  );
}
