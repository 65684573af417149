// Messages as they are drawn: by day, and within a day by sender. A pending message is drawn like one that is stored.
import type { MessageKind, StoredMessage } from "../../api/protocol";
import { daysAgo } from "../../i18n/time";
import type { Pending } from "../../state/state";

export interface Line {
  readonly id: string;
  readonly sender: string;
  readonly kind: MessageKind;
  readonly at: Date;
  readonly body: string;
  readonly stored: StoredMessage | null;
  readonly pending: Pending | null;
}

export const replyTo = (line: Line): number | undefined => (line.stored ?? line.pending)?.replyTo ?? undefined;

export interface Group {
  readonly key: string;
  readonly sender: string;
  readonly kind: MessageKind;
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

// A message gives the same line each time, so that what is drawn of it can be kept.
const lines = new WeakMap<StoredMessage | Pending, Line>();

function remembered<M extends StoredMessage | Pending>(message: M, make: (message: M) => Line): Line {
  const line = lines.get(message) ?? make(message);
  lines.set(message, line);
  return line;
}

const ofStored = (stored: StoredMessage): Line => ({
  id: stored.id,
  sender: stored.sender,
  kind: stored.kind ?? "text",
  at: new Date(stored.at),
  body: stored.body,
  stored,
  pending: null,
});

const ofPending = (me: string) => (pending: Pending): Line => ({
  id: pending.id,
  sender: me,
  kind: "text",
  at: new Date(pending.at),
  body: pending.body,
  stored: null,
  pending,
});

export function days(
  stored: readonly StoredMessage[],
  pending: readonly Pending[],
  me: string,
  firstUnread: number | null,
): readonly Day[] {
  const result: { key: string; at: Date; groups: (Omit<Group, "lines"> & { lines: Line[] })[] }[] = [];
  const known = stored.map((message) => remembered(message, ofStored));
  const waiting = pending.map((message) => remembered(message, ofPending(me)));
  for (const line of [...known, ...waiting]) {
    let day = result.at(-1);
    if (!day || daysAgo(day.at, line.at) !== 0) {
      day = { key: line.id, at: line.at, groups: [] };
      result.push(day);
    }
    const group = day.groups.at(-1);
    const unread = line.stored !== null && line.stored.seq === firstUnread;
    if (group && !unread && goesWith(group.lines.at(-1), line)) group.lines.push(line);
    else day.groups.push({ key: line.id, sender: line.sender, kind: line.kind, lines: [line], unread });
  }
  return result;
}

const goesWith = (before: Line | undefined, line: Line) =>
  before !== undefined &&
  before.sender === line.sender &&
  before.kind === line.kind &&
  line.at.getTime() - before.at.getTime() < PAUSE;
