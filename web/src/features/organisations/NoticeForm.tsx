// What the organisation says of emergencies, which numbers to call, and the automatic reply. What is left empty is said
// in the app's own words.
import { useEffect, useId, useState } from "preact/hooks";
import { loadWords, saveWords, type Words } from "../../api/availability";
import { t } from "../../i18n/text";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { useWaiting } from "../../ui/in-order";
import { useSubmit } from "../../ui/submit";
import { Saved } from "../../ui/Saved";

export function NoticeForm() {
  const [words, setWords] = useState<Words | null>(null);
  const { error, submit } = useSubmit(async () => setWords(await loadWords()));
  useEffect(() => submit(), []);
  useWaiting(!words && !error);
  if (!words) return error ? <FormError error={error} /> : <div class="skeleton form-skeleton" />;
  return <Form words={words} />;
}

function Form({ words }: { words: Words }) {
  const [now, setNow] = useState(words);
  const [saved, setSaved] = useState(0);
  const { busy, error, submit, wrong } = useSubmit(async () => {
    setSaved(0);
    const kept = await saveWords({ ...now, phones: now.phones.filter(({ name, number }) => name.trim() || number.trim()) });
    setNow((written) => (written === now ? kept : written));
    setSaved(Date.now());
  });
  return (
    <form class="form" onSubmit={submit} noValidate>
      <FormError error={error} />
      <TextField label={t("notice.nl")} hint={t("notice.hint")} value={now.notice.nl} onInput={(nl) => setNow({ ...now, notice: { ...now.notice, nl } })} />
      <TextField label={t("notice.en")} value={now.notice.en} onInput={(en) => setNow({ ...now, notice: { ...now.notice, en } })} />
      <Phones phones={now.phones} onChange={(phones) => setNow({ ...now, phones })} wrong={wrong} />
      <label class="check">
        <input type="checkbox" checked={now.replies} onChange={() => setNow({ ...now, replies: !now.replies })} />
        <span>{t("notice.replies")}</span>
      </label>
      <TextField label={t("notice.replyNl")} hint={t("notice.replyHint")} value={now.reply.nl} onInput={(nl) => setNow({ ...now, reply: { ...now.reply, nl } })} />
      <TextField label={t("notice.replyEn")} value={now.reply.en} onInput={(en) => setNow({ ...now, reply: { ...now.reply, en } })} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {t("hours.save")}
        </button>
      </div>
      <Saved at={saved} />
    </form>
  );
}

interface PhonesProps {
  readonly phones: Words["phones"];
  readonly onChange: (phones: Words["phones"]) => void;
  readonly wrong: ReturnType<typeof useSubmit>["wrong"];
}

function Phones({ phones, onChange, wrong }: PhonesProps) {
  const set = (at: number, phone: Partial<Words["phones"][number]>) =>
    onChange(phones.map((old, i) => (i === at ? { ...old, ...phone } : old)));
  return (
    <fieldset class="choice">
      <legend>{t("notice.phones")}</legend>
      {phones.map(({ name, number }, at) => (
        <div class="phone-fields" key={at}>
          <Field label={t("notice.phoneName")} value={name} onInput={(next) => set(at, { name: next })} />
          <Field label={t("notice.phoneNumber")} value={number} onInput={(next) => set(at, { number: next })} error={wrong(`phones.${at}`)?.text} />
          <button type="button" class="button small" onClick={() => onChange(phones.filter((_, i) => i !== at))}>
            {t("notice.removePhone")}
            <span class="only-read"> {name}</span>
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="button small" onClick={() => onChange([...phones, { name: "", number: "" }])}>
          {t("notice.addPhone")}
        </button>
      </div>
    </fieldset>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
}

function TextField({ label, value, onInput, hint }: TextProps) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        class="input"
        rows={3}
        maxLength={600}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}
