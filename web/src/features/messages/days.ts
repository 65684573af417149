// Messages as they are drawn: by day, and within a day by sender. A pending message is drawn like one that is stored.
import type { StoredMessage } from "../../api/protocol";
import { daysAgo } from "../../i18n/time";
import type { Pending } from "../../state/state";

export interface Line {
  readonly id: string;
  readonly sender: string;
  readonly at: Date;
  readonly body: string;
  readonly stored: StoredMessage | null;
  readonly pending: Pending | null;
}

export interface Group {
  readonly key: string;
  readonly sender: string;
  readonly lines: readonly Line[];
  /** The first group with unread messages: "nieuwe berichten" stands above it. */
  readonly unread: boolean;
}

export interface Day {
  readonly key: string;
  readonly at: Date;
  readonly groups: readonly Group[];
}

const PAUSE = 15 * 60_000;

const ofStored = (stored: StoredMessage): Line => ({ ...stored, at: new Date(stored.at), stored, pending: null });
const ofPending = (me: string) => (pending: Pending): Line => ({
  ...pending,
  sender: me,
  at: new Date(pending.at),
  stored: null,
  pending,
});

export function days(
  stored: readonly StoredMessage[],
  pending: readonly Pending[],
  me: string,
  firstUnread: number | null,
): readonly Day[] {
  const result: { key: string; at: Date; groups: { key: string; sender: string; lines: Line[]; unread: boolean }[] }[] = [];
  for (const line of [...stored.map(ofStored), ...pending.map(ofPending(me))]) {
    let day = result.at(-1);
    if (!day || daysAgo(day.at, line.at) !== 0) {
      day = { key: line.id, at: line.at, groups: [] };
      result.push(day);
    }
    const group = day.groups.at(-1);
    const unread = line.stored !== null && line.stored.seq === firstUnread;
    if (group && !unread && goesWith(group.lines.at(-1), line)) group.lines.push(line);
    else day.groups.push({ key: line.id, sender: line.sender, lines: [line], unread });
  }
  return result;
}

const goesWith = (before: Line | undefined, line: Line) =>
  before !== undefined && before.sender === line.sender && line.at.getTime() - before.at.getTime() < PAUSE;
