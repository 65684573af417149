// The teams a client can write to, each with what it is for.
import { useRef } from "preact/hooks";
import { askTeam } from "../../api/conversations";
import type { Team } from "../../api/protocol";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { matches } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { purposeOf } from "./purpose";

export function TeamList({ sought }: { sought: string }) {
  const team = useRef("");
  const { error, submit } = useSubmit(() => openWith(team.current));
  const found = state.value.teams.filter(({ name, kind }) => matches(`${name} ${purposeOf(kind)}`, sought));
  const choose = (chosen: Team) => {
    team.current = chosen.id;
    submit();
  };
  return (
    <>
      <FormError error={error} />
      <ul>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" class="item" onClick={() => choose(one)}>
              <Avatar name={one.name} />
              <span class="item-text">
                <span class="item-name">{one.name}</span>
                <span class="item-role wrap">{purposeOf(one.kind)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

async function openWith(team: string): Promise<void> {
  const known = Object.values(state.value.conversations).find((held) => held.team === team && !held.notesOf);
  navigate(`/gesprekken/${known?.id ?? (await askTeam(team)).conversation}`);
}
