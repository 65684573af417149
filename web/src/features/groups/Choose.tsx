// Choosing several people, by ticking them.
import { useId, useState } from "preact/hooks";
import type { Person } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { matches, nameOf } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { SearchField } from "../../ui/SearchField";
import { roleName } from "../organisations/roles";

interface Props {
  readonly people: readonly Person[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly wrong?: { readonly text: string } | undefined;
}

export function Choose({ people, chosen, onChange, wrong }: Props) {
  const [sought, seek] = useState("");
  const id = useId();
  const found = people
    .filter((person) => matches(nameOf(person), sought))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const toggle = (person: string) =>
    onChange(chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person]);
  return (
    <fieldset class="choose-people" aria-describedby={wrong ? id : undefined}>
      <legend>
        {t("groups.people")} <span class="quiet">{plural("groups.chosen", chosen.length)}</span>
      </legend>
      <SearchField label={t("contacts.search")} value={sought} onInput={seek} />
      {wrong && (
        <p class="field error-line" id={id}>
          <span class="error">
            <Icon name="warning" size={20} />
            {t("groups.chooseSomebody")}
          </span>
        </p>
      )}
      <div class="choose" tabIndex={-1}>
        {found.map((person) => (
          <label key={person.id} class="tick">
            <input type="checkbox" checked={chosen.includes(person.id)} onChange={() => toggle(person.id)} />
            <span>{nameOf(person)}</span>
            <span class="quiet">{roleName(person.role)}</span>
          </label>
        ))}
        {found.length === 0 && <p class="list-none">{t("list.noneFound", { sought })}</p>}
      </div>
    </fieldset>
  );
}
