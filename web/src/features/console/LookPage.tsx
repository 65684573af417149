// How the organisation looks and what it says to who is invited, with what they will see beside it.
import { useState } from "preact/hooks";
import { INVITATION_DAYS, loadLook, saveLook, type Look } from "../../api/console";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { Saved } from "../../ui/Saved";
import { SelectField } from "../../ui/SelectField";
import { useSubmit } from "../../ui/submit";
import { TextArea } from "../../ui/TextArea";
import { InvitationPreview } from "./InvitationPreview";
import { LogoField } from "./LogoField";
import { useLoaded } from "./use-loaded";
import { wordsFor } from "./words";

const MOST_WORDS = 600;

export function LookPage() {
  const { data, error } = useLoaded(loadLook);
  return (
    <>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={3} />}
      {data && <Form look={data} />}
    </>
  );
}

function Form({ look }: { look: Look }) {
  // What the host has set for all need not be one of the days to choose from.
  const days = INVITATION_DAYS.find((one) => one >= look.invitationDays) ?? 90;
  const [now, setNow] = useState<Look>({ ...look, invitationDays: days });
  const [savedAt, setSavedAt] = useState(0);
  const change = (part: Partial<Look>) => {
    setNow({ ...now, ...part });
    setSavedAt(0);
  };
  const form = useSubmit(async () => {
    const { accent, introductionNl, introductionEn, invitationDays } = now;
    await saveLook({ accent, introductionNl, introductionEn, invitationDays });
    setSavedAt(Date.now());
  });
  return (
    <div class="look">
      <div class="form">
        <LogoField logo={now.logo} onChange={(logo) => setNow((was) => ({ ...was, logo }))} />
        <form class="form" onSubmit={form.submit} noValidate>
          <label class="field colour">
            <span>{t("console.accent")}</span>
            <input type="color" value={now.accent} onInput={(event) => change({ accent: event.currentTarget.value })} />
          </label>
          <p class="hint">{t("console.accentHint")}</p>
          <TextArea
            label={t("console.introductionNl")}
            hint={t("console.introductionHint")}
            lang="nl"
            most={MOST_WORDS}
            value={now.introductionNl}
            onInput={(introductionNl) => change({ introductionNl })}
            error={wordsFor(form, "introductionNl")}
          />
          <TextArea
            label={t("console.introductionEn")}
            lang="en"
            most={MOST_WORDS}
            value={now.introductionEn}
            onInput={(introductionEn) => change({ introductionEn })}
            error={wordsFor(form, "introductionEn")}
          />
          <SelectField
            label={t("console.days")}
            value={String(now.invitationDays)}
            options={INVITATION_DAYS.map((one) => ({ value: String(one), label: t("console.daysOf", { days: one }) }))}
            onChange={(chosen) => change({ invitationDays: Number(chosen) })}
          />
          <FormError error={form.error} />
          <div class="actions">
            <button type="submit" class="button primary" aria-disabled={form.busy}>
              {t("console.save")}
            </button>
            <Saved at={savedAt} />
          </div>
        </form>
      </div>
      <InvitationPreview look={now} />
    </div>
  );
}
