// What one person wrote in one go: own on the right, of others on the left under their name and role.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { roleName } from "../organisations/roles";
import type { Group } from "./days";
import { MessageLine } from "./MessageLine";

export function MessageGroup({ group, held }: { group: Group; held: Held }) {
  const own = group.sender === state.value.me?.id;
  return (
    <>
      {group.unread && (
        <p class="unread-line">
          <span>{t("messages.new")}</span>
        </p>
      )}
      <div class={own ? "group own" : "group"}>
        {own ? <p class="only-read">{t("messages.you")}</p> : <Sender id={group.sender} />}
        <ul>
          {group.lines.map((line) => (
            <MessageLine key={line.id} line={line} own={own} held={held} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Sender({ id }: { id: string }) {
  const person = state.value.people[id];
  const name = person ? nameOf(person) : t("messages.unknown");
  return (
    <p class="sender">
      <Avatar name={name} small />
      <strong>{name}</strong>
      {person && <span class="quiet">{roleName(person.role)}</span>}
    </p>
  );
}
