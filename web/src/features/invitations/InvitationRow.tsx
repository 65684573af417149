// One invitation. Withdrawing is asked for again, because the link in the mail stops working at once; one that has expired
// is only taken off the list, which is the same deed in other words.
import { useState } from "preact/hooks";
import * as own from "../../api/invitations";
import type { Invitation } from "../../api/invitations";
import { t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";

interface Props {
  readonly invitation: Invitation;
  readonly onChange: () => void;
  /** As what the person is invited, where that differs. */
  readonly as?: string;
  /** By which doors it is sent again and withdrawn. */
  readonly doors?: Pick<typeof own, "resend" | "withdraw">;
}

export function InvitationRow({ invitation, onChange, as, doors = own }: Props) {
  const [asking, setAsking] = useState(false);
  const [sentAgain, setSentAgain] = useState(false);
  const again = useSubmit(async () => {
    await doors.resend(invitation.id);
    setSentAgain(true);
    onChange();
  });
  const name = nameOf(invitation);
  const until = date(new Date(invitation.expiresAt));
  return (
    <li class="row">
      <Avatar name={name} />
      <div class="row-text">
        <h3>{name}</h3>
        <p>{as ? `${as} · ${invitation.email}` : invitation.email}</p>
        <p class="quiet">
          {invitation.mine
            ? t("invitations.sent", { date: date(new Date(invitation.sentAt)) })
            : t("invitations.sentBy", { date: date(new Date(invitation.sentAt)), name: invitation.inviter })}
        </p>
        <p class={invitation.state === "expired" ? "expired" : "quiet"}>
          {invitation.state === "expired"
            ? t("invitations.expired", { date: until })
            : t("invitations.until", { date: until })}
        </p>
        {!invitation.arrives && <p class="expired">{t("invitations.notArriving")}</p>}
        <FormError error={again.error} />
        <p role="status">{sentAgain && t("invitations.sentAgain")}</p>
      </div>
      <div class="actions">
        <button type="button" class="button small" onClick={() => again.submit()} aria-disabled={again.busy}>
          {t("invitations.resend")}
        </button>
        <button type="button" class="button small danger" onClick={() => setAsking(true)}>
          {t(invitation.state === "expired" ? "invitations.remove" : "invitations.withdraw")}
        </button>
      </div>
      {asking && <Withdraw invitation={invitation} doors={doors} onClose={() => setAsking(false)} onChange={onChange} />}
    </li>
  );
}

const WORDS = {
  open: { title: "withdraw.title", text: "withdraw.text", submit: "withdraw.submit" },
  expired: { title: "remove.title", text: "remove.text", submit: "remove.submit" },
} as const;

function Withdraw({ invitation, doors = own, onClose, onChange }: Props & { onClose: () => void }) {
  const words = WORDS[invitation.state];
  const { busy, error, submit } = useSubmit(async () => {
    await doors.withdraw(invitation.id);
    onClose();
    onChange();
  });
  return (
    <Dialog title={t(words.title)} close={t("dialog.close")} onClose={onClose}>
      <p>{t(words.text, { name: nameOf(invitation) })}</p>
      <FormError error={error} />
      <div class="actions end">
        <button type="button" class="button danger" onClick={() => submit()} aria-disabled={busy}>
          {t(words.submit)}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t("dialog.cancel")}
        </button>
      </div>
    </Dialog>
  );
}
