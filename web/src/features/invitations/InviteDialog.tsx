// Inviting a client by e-mail. What is half filled in is not thrown away without asking.
import { useLayoutEffect, useState } from "preact/hooks";
import { ApiError } from "../../api/http";
import { invite, loadInvitations, resend } from "../../api/invitations";
import { t } from "../../i18n/text";
import { hold } from "../../platform/router";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { focusWhenLost, useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { need, useSubmit } from "../../ui/submit";

interface Props {
  readonly onClose: () => void;
  readonly onInvited?: () => void;
}

export function InviteDialog({ onClose, onInvited }: Props) {
  const [firstName, setFirstName] = useState("");
  const [lastName, setLastName] = useState("");
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState("");
  const [stopping, setStopping] = useState(false);
  const half = !sentTo && [firstName, lastName, email].some((value) => value.trim() !== "");
  useLayoutEffect(() => (half ? hold(() => setStopping(true)) : undefined), [half]);
  const done = (address: string) => {
    setSentTo(address);
    onInvited?.();
  };
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ firstName, lastName, email });
    await invite({ firstName: firstName.trim(), lastName: lastName.trim(), email: email.trim() });
    done(email.trim());
  });
  const again = useSubmit(async () => done(await sendAgain(email)));
  const words = (field: string) => {
    const refused = wrong(field);
    return refused && (refused.code === "required" ? t("error.required") : refused.text);
  };
  const leave = () => (half ? setStopping(true) : onClose());
  const mayClose = () => {
    if (half) setStopping(true);
    return !half;
  };
  const goOn = () => {
    setStopping(false);
    focusWhenLost(".dialog input");
  };
  return (
    <Dialog title={t("invite.title")} close={t("dialog.close")} onClose={onClose} mayClose={mayClose}>
      {sentTo && <Sent email={sentTo} onClose={onClose} />}
      {!sentTo && stopping && <Stopping onStop={onClose} onGoOn={goOn} />}
      <form class="form" onSubmit={submit} noValidate hidden={sentTo !== "" || stopping}>
        <p>{t("invite.intro")}</p>
        <FormError error={again.error ?? error} />
        {error?.code === "invitation_open" && (
          <button type="button" class="button" onClick={() => again.submit()} aria-disabled={again.busy}>
            {t("invitations.resend")}
          </button>
        )}
        <Field
          label={t("account.firstName")}
          name="firstName"
          autocomplete="off"
          required
          value={firstName}
          onInput={setFirstName}
          error={words("firstName")}
        />
        <Field
          label={t("account.lastName")}
          name="lastName"
          autocomplete="off"
          required
          value={lastName}
          onInput={setLastName}
          error={words("lastName")}
        />
        <Field
          label={t("account.email")}
          name="email"
          type="email"
          autocomplete="off"
          autocapitalize="none"
          required
          value={email}
          onInput={setEmail}
          error={words("email")}
        />
        <div class="actions end">
          <button type="submit" class="button primary" aria-disabled={busy}>
            {t("invite.submit")}
          </button>
          <button type="button" class="button" onClick={leave}>
            {t("dialog.cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Sends the invitation that is open for this address anew; gives the address. */
async function sendAgain(email: string): Promise<string> {
  const address = email.trim().toLowerCase();
  const open = (await loadInvitations()).find((one) => one.mine && one.email.toLowerCase() === address);
  if (!open) throw new ApiError(409, "unexpected", "");
  await resend(open.id);
  return open.email;
}

function Sent({ email, onClose }: { email: string; onClose: () => void }) {
  const button = useFocusAtFirst<HTMLButtonElement>();
  return (
    <>
      <p role="status" id="invite-sent">
        {t("invite.sent", { email })}
      </p>
      <div class="actions end">
        <button type="button" class="button primary" ref={button} aria-describedby="invite-sent" onClick={onClose}>
          {t("invite.done")}
        </button>
      </div>
    </>
  );
}

function Stopping({ onStop, onGoOn }: { onStop: () => void; onGoOn: () => void }) {
  const button = useFocusAtFirst<HTMLButtonElement>();
  return (
    <>
      <p role="alert" id="invite-stopping">
        {t("invite.stopping")}
      </p>
      <div class="actions end">
        <button type="button" class="button primary" ref={button} aria-describedby="invite-stopping" onClick={onGoOn}>
          {t("invite.goOn")}
        </button>
        <button type="button" class="button danger" onClick={onStop}>
          {t("invite.stop")}
        </button>
      </div>
    </>
  );
}
