// Until when the person wants no notifications of a conversation.
import { nowUntil } from "../../platform/now";
import { session } from "../../realtime/store";

const YEAR = 366 * 86_400_000;

export interface Muted {
  readonly until: Date;
  /** So far away that nobody means to wait for it. */
  readonly forGood: boolean;
}

/** What holds in this moment; who reads it is drawn anew when it is over. */
export function mutedNow(conversation: string): Muted | null {
  const said = session.value.state.mutes[conversation];
  if (!said) return null;
  const until = new Date(said);
  const now = nowUntil(until.getTime());
  return until.getTime() > now ? { until, forGood: until.getTime() - now > YEAR } : null;
}
