// Whether a mail tells of what stays unread, and how soon.
import { useState } from "preact/hooks";
import { saveMailAfter, type MailAfter } from "../../api/notifications";
import { t, type Key } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Saved } from "../../ui/Saved";
import { useLatest } from "../../ui/submit";
import { Choice } from "../accounts/Choice";

const OPTIONS: readonly { readonly value: string; readonly minutes: MailAfter; readonly label: Key }[] = [
  { value: "0", minutes: 0, label: "notifications.mail.now" },
  { value: "15", minutes: 15, label: "notifications.mail.quarter" },
  { value: "60", minutes: 60, label: "notifications.mail.hour" },
  { value: "null", minutes: null, label: "notifications.mail.never" },
];

export function MailChoice({ chosen }: { chosen: MailAfter }) {
  const [minutes, setMinutes] = useState(chosen);
  const [saved, setSaved] = useState(0);
  const { error, submit } = useLatest(async () => {
    setSaved(0);
    await saveMailAfter(wanted);
    setSaved(Date.now());
  });
  let wanted = minutes;
  const choose = (value: string) => {
    wanted = OPTIONS.find((option) => option.value === value)?.minutes ?? null;
    setMinutes(wanted);
    submit();
  };
  return (
    <div class="notification-part">
      <Choice
        legend={t("notifications.mail")}
        options={OPTIONS.map(({ value, label }) => ({ value, label: t(label) }))}
        chosen={String(minutes)}
        onChoose={choose}
      />
      <p class="quiet">{t("notifications.mail.once")}</p>
      <FormError error={error} />
      <Saved at={saved} />
    </div>
  );
}
