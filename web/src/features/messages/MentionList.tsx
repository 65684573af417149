// The names to choose from while one is typed after an @.
import { plural, t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";
import type { Mentions } from "./use-mentions";

export const MENTION_LIST = "mention-list";
export const optionId = (at: number): string => `${MENTION_LIST}-${at}`;

export function MentionList({ people, active, choose }: Mentions) {
  return (
    <>
      <p class="only-read" role="status">
        {people.length > 0 && plural("mention.found", people.length)}
      </p>
      {people.length > 0 && (
        <ul class="mention-list" id={MENTION_LIST} role="listbox" aria-label={t("mention.choose")}>
          {people.map((person, at) => (
            <li
              key={person.id}
              id={optionId(at)}
              role="option"
              aria-selected={at === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <Avatar name={nameOf(person)} small />
              <span>{nameOf(person)}</span>
              <span class="quiet">{roleName(person.role)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
