// Opens what somebody has with a team: a client's conversation, which is made where there is none; who answers for it, its
// inbox.
import { askTeam } from "../../api/conversations";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";

export async function openWith(team: string): Promise<void> {
  if (isStaff(state.value)) return navigate(`/team/${team}`);
  const known = Object.values(state.value.conversations).find((held) => held.team === team && !held.notesOf);
  navigate(`/gesprekken/${known?.id ?? (await askTeam(team)).conversation}`);
}
