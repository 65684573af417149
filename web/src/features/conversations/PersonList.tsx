// People to choose from, narrowed by name.
import type { ComponentChildren } from "preact";
import type { Person } from "../../api/protocol";
import { t } from "../../i18n/text";
import { matches, nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { Here } from "../organisations/Here";
import { roleName } from "../organisations/roles";

interface Props {
  readonly people: readonly Person[];
  readonly sought: string;
  readonly onChoose: (person: Person) => void;
  /** It stands beneath something else that was found. */
  readonly beneath?: boolean;
  readonly beside?: (person: Person) => ComponentChildren;
}

export function PersonList({ people, sought, onChoose, beneath = false, beside }: Props) {
  const found = people
    .filter((person) => matches(nameOf(person), sought))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  if (people.length > 0 && found.length === 0 && !beneath) return <p class="list-none">{t("list.noneFound", { sought })}</p>;
  return (
    <ul>
      {found.map((person) => (
        <li key={person.id} class={beside && "item-row"}>
          <button type="button" class="item" onClick={() => onChoose(person)}>
            <Avatar name={nameOf(person)} />
            <span class="item-text">
              <span class="item-name">
                {nameOf(person)}
                <Here person={person.id} />
              </span>
              <span class="item-role">{roleName(person.role)}</span>
            </span>
          </button>
          {beside?.(person)}
        </li>
      ))}
    </ul>
  );
}
