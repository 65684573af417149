// How video calls go: whether clients wait until staff let them in, and what they are asked meanwhile.
import { useState } from "preact/hooks";
import { loadCallRules, saveCallRules, type CallRules } from "../../api/console";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { Saved } from "../../ui/Saved";
import { useSubmit } from "../../ui/submit";
import { TextArea } from "../../ui/TextArea";
import { useLoaded } from "./use-loaded";
import { wordsFor } from "./words";

const MOST_WORDS = 300;

export function CallsPage() {
  const { data, error } = useLoaded(loadCallRules);
  return (
    <>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={3} />}
      {data && <Form rules={data} />}
    </>
  );
}

function Form({ rules }: { rules: CallRules }) {
  const [now, setNow] = useState(rules);
  const [savedAt, setSavedAt] = useState(0);
  const change = (part: Partial<CallRules>) => {
    setNow({ ...now, ...part });
    setSavedAt(0);
  };
  const ask = (language: "nl" | "en") => (words: string) => change({ question: { ...now.question, [language]: words } });
  const form = useSubmit(async () => {
    await saveCallRules(now);
    setSavedAt(Date.now());
  });
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p>{t("console.callsStaffOnly")}</p>
      <label class="tick">
        <input type="checkbox" checked={now.waitingRoom} onChange={(event) => change({ waitingRoom: event.currentTarget.checked })} />
        <span>{t("console.callsWaitingRoom")}</span>
      </label>
      <p class="hint">{t(now.waitingRoom ? "console.callsWaitingRoomOn" : "console.callsWaitingRoomOff")}</p>
      <TextArea
        label={t("console.callsQuestionNl")}
        hint={t("console.callsQuestionHint", { question: t("calls.question") })}
        lang="nl"
        most={MOST_WORDS}
        value={now.question.nl}
        onInput={ask("nl")}
        error={wordsFor(form, "nl")}
      />
      <TextArea label={t("console.callsQuestionEn")} lang="en" most={MOST_WORDS} value={now.question.en} onInput={ask("en")} error={wordsFor(form, "en")} />
      <FormError error={form.error} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={form.busy}>
          {t("console.save")}
        </button>
        <Saved at={savedAt} />
      </div>
    </form>
  );
}
