// In which list of the menu an address stands: an open conversation belongs to the list it is in.
import { placeOf } from "../../state/select";
import type { State } from "../../state/state";

export function listPath(state: State, path: string): string {
  const [, section, id = ""] = path.split("/");
  if (section === "beheer") return "/beheer";
  if (section !== "gesprekken") return path;
  const held = state.conversations[id];
  const shown = held?.notesOf ? state.conversations[held.notesOf] : held;
  if (!shown) return "/";
  const place = placeOf(state, shown);
  if (place === "groups") return "/groepsgesprekken";
  return place === "inbox" ? `/team/${shown.team ?? ""}` : "/";
}
