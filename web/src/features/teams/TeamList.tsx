// The teams that somebody can go to, each with what it is for: a client writes to one, who answers for one goes to its inbox.
import { useRef } from "preact/hooks";
import type { Team } from "../../api/protocol";
import { state } from "../../realtime/store";
import { isStaff, matches } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";
import { openWith } from "./open";
import { purposeOf } from "./purpose";

/** Those that somebody can go to, which `sought` tells of, by name. */
export const teamsFor = (sought: string): readonly Team[] =>
  state.value.teams
    .filter((one) => mayOpen(one) && matches(`${one.name} ${purposeOf(one.kind)}`, sought))
    .sort((a, b) => a.name.localeCompare(b.name));

const mayOpen = (team: Team): boolean => team.mine === true || !isStaff(state.value);

export function TeamList({ teams }: { teams: readonly Team[] }) {
  const team = useRef("");
  const { error, submit } = useSubmit(() => openWith(team.current));
  const choose = (chosen: Team) => {
    team.current = chosen.id;
    submit();
  };
  return (
    <>
      <FormError error={error} />
      <ul>
        {teams.map((one) => (
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
