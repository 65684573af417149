// Somebody else saved the plan meanwhile: both texts of each part that differs, to choose from. Nothing is saved here;
// the form goes on with what was chosen.
import { useState } from "preact/hooks";
import type { PlanVersion } from "../../api/plans";
import { t, type Key } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { FocusedHeading } from "./FocusedHeading";
import { PHASES, PHASE_NAMES, REST, differing, propose, questionsOf, wordsOf, type Choices, type PartName, type Whose } from "./parts";

interface Props {
  readonly base: PlanVersion;
  readonly mine: PlanVersion;
  readonly newest: PlanVersion;
  readonly onChosen: (choices: Choices) => void;
}

export function ChooseTexts({ base, mine, newest, onChosen }: Props) {
  const [choices, choose] = useState(() => propose(base, mine, newest));
  const by = newest.changedBy ? nameOf(newest.changedBy) : t("messages.unknown");
  return (
    <form
      class="form plan-form"
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(choices);
      }}
    >
      <FocusedHeading text={t("plan.both")} />
      <p>{t("plan.bothText", { name: by })}</p>
      {differing(mine, newest).map((part) => (
        <fieldset class="two-texts" key={part}>
          <legend>{labelOf(part)}</legend>
          {(["mine", "newest"] as const).map((whose) => (
            <Text
              key={whose}
              part={part}
              label={whose === "mine" ? t("plan.mine") : t("plan.theirs", { name: by })}
              words={wordsOf(whose === "mine" ? mine : newest, part)}
              chosen={choices[part] === whose}
              onChoose={() => choose({ ...choices, [part]: whose satisfies Whose })}
            />
          ))}
        </fieldset>
      ))}
      <div class="actions">
        <button type="submit" class="button primary">
          {t("plan.goOnWithChoice")}
        </button>
      </div>
    </form>
  );
}

interface TextProps {
  readonly part: PartName;
  readonly label: string;
  readonly words: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Text({ part, label, words, chosen, onChoose }: TextProps) {
  return (
    <label class="check">
      <input type="radio" name={part} checked={chosen} onChange={onChoose} />
      <span>
        <span class="quiet">{label}</span>
        <span class="words">{words || t("plan.nothing")}</span>
      </span>
    </label>
  );
}

function labelOf(part: PartName): string {
  if (part === "people") return t("plan.people");
  const rest: readonly (readonly [PartName, Key])[] = REST;
  for (const [name, label] of rest) if (name === part) return t(label);
  for (const phase of PHASES) {
    for (const [name, label] of questionsOf(phase)) if (name === part) return `${t(PHASE_NAMES[phase])}: ${t(label)}`;
  }
  return part;
}
