// Making an account on the invited address. The versions of what is agreed to go along, so that it is known afterwards
// to which text the person agreed.
import { useEffect, useState } from "preact/hooks";
import { loadTerms, type Terms } from "../../api/accounts";
import { ApiError } from "../../api/http";
import { register, type Looked } from "../../api/invitations";
import { t } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { useFocusWhenLost } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { missing } from "../accounts/password";
import { PasswordField } from "../accounts/PasswordField";
import { refusedPassword } from "../accounts/refused-password";
import { Consent } from "./Consent";

interface Props {
  readonly token: string;
  readonly looked: Looked;
  readonly onDone: (conversation: string | null) => void;
  readonly onExists: () => void;
  readonly onBack: () => void;
}

export function Register({ token, looked, onDone, onExists, onBack }: Props) {
  const [firstName, setFirstName] = useState(looked.firstName);
  const [lastName, setLastName] = useState(looked.lastName);
  const [password, setPassword] = useState("");
  const [agreed, setAgreed] = useState({ terms: false, privacy: false });
  const [versions, setVersions] = useState<readonly Terms[]>([]);
  useEffect(() => void loadTerms().then(setVersions, () => {}), []);

  const heading = useFocusWhenLost<HTMLHeadingElement>();

  const { busy, error, submit, wrong } = useSubmit(async () => {
    check({ firstName, lastName, password }, agreed);
    const told = versions.length > 0 ? versions : await loadTerms();
    const versionOf = (kind: Terms["kind"]) => told.find((one) => one.kind === kind)?.version ?? "";
    const names = { firstName: firstName.trim(), lastName: lastName.trim() };
    try {
      const agreement = { terms: versionOf("terms"), privacy: versionOf("privacy") };
      onDone((await register({ token, ...names, password, ...agreement })).conversation);
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === "account_exists") return onExists();
      throw cause;
    }
  });
  const words = (field: string) => {
    const refused = wrong(field);
    return refused && (refused.code === "required" ? t("error.required") : refused.text);
  };
  return (
    <form class="form" onSubmit={submit} noValidate>
      <h2 tabIndex={-1} ref={heading}>
        {t("register.title")}
      </h2>
      <FormError error={error} />
      <Field label={t("account.email")} type="email" autocomplete="username" readOnly value={looked.email} onInput={() => {}} />
      <Field
        label={t("account.firstName")}
        name="firstName"
        autocomplete="given-name"
        required
        value={firstName}
        onInput={setFirstName}
        error={words("firstName")}
      />
      <Field
        label={t("account.lastName")}
        name="lastName"
        autocomplete="family-name"
        required
        value={lastName}
        onInput={setLastName}
        error={words("lastName")}
      />
      <PasswordField fresh value={password} onInput={setPassword} error={refusedPassword(wrong("password"))} />
      <Consent agreed={agreed} onAgree={setAgreed} wrong={(kind) => wrong(kind) !== undefined} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("register.submit")}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {t("invitation.back")}
        </button>
      </div>
    </form>
  );
}

function check(values: Record<string, string>, agreed: { terms: boolean; privacy: boolean }): void {
  const empty = Object.keys(values).filter((field) => !values[field]?.trim());
  if (missing(values["password"] ?? "").length > 0 && !empty.includes("password")) empty.push("password");
  if (!agreed.terms) empty.push("terms");
  if (!agreed.privacy) empty.push("privacy");
  if (empty.length === 0) return;
  throw new ApiError(422, "required", "", empty.map((field) => ({ field, code: "required", text: "" })));
}
