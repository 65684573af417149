// In which list of the menu an address stands: an open conversation belongs to the list it is in.
import { placeOf } from "./select";
import type { State } from "./state";

export function listPath(state: State, path: string): string {
  const [, section, id = ""] = path.split("/");
  if (section === "beheer") return "/beheer";
  if (section === "bestanden") return "/bestanden";
  if (section === "hulp") return "/hulp";
  if (section === "instellingen") return "/instellingen";
  if (section !== "gesprekken") return path;
  const held = state.conversations[id];
  const shown = held?.notesOf ? state.conversations[held.notesOf] : held;
  if (!shown) return "/";
  const place = placeOf(state, shown);
  if (place === "groups") return "/groepsgesprekken";
  return place === "inbox" ? `/team/${shown.team ?? ""}` : "/";
}

/** Whether a list stands at this address; until it is known which teams are one's own, also at a team's. */
export function hasList(state: State, path: string): boolean {
  if (path === "/" || path === "/groepsgesprekken" || path === "/uitnodigingen") return true;
  const team = path.startsWith("/team/") ? path.slice("/team/".length) : null;
  return team !== null && (state.me === null || state.teams.some((one) => one.id === team && one.mine));
}
