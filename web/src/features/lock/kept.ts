// What is kept of the app while it is locked or closed, as records that are sealed one by one: who one is and whom one
// knows, each conversation with its newest messages, what is not sent yet, drafts, and when the server was last heard. Pure:
// what differs from what was kept is written, and from the records the session is made as if the line had just gone.
import { START, type Session } from "../../realtime/session";
import { isNews, type Alteration, type Held, type Pending, type State } from "../../state/state";

/** So many of the newest messages of a conversation. */
export const NEWEST = 100;

/** Noted no more often than this. */
const HEARD_EVERY = 60_000;

/** A record: its value, and what it is made of; as long as that is the same, so is the value. */
export interface Part {
  readonly of: readonly unknown[];
  readonly value: () => unknown;
}

export type Parts = ReadonlyMap<string, Part>;
export type Drafts = ReadonlyMap<string, string>;

const PERSON = ["me", "organisations", "people", "contacts", "teams", "availability", "notices", "secondFactorBy", "plans", "mutes"] as const;
type Known = Pick<State, (typeof PERSON)[number]>;

/** `heard`: when there was a line last, in ms, as far as this page knows. */
export function partsOf(state: State, drafts: Drafts, heard: number): Parts {
  const parts = new Map<string, Part>();
  if (!state.me) return parts;
  parts.set("heard", { of: [Math.floor(heard / HEARD_EVERY)], value: () => heard });
  const person = Object.fromEntries(PERSON.map((name) => [name, state[name]]));
  parts.set("person", { of: Object.values(person), value: () => person });
  for (const held of Object.values(state.conversations)) {
    parts.set(`conversation/${held.id}`, { of: shapeOf(held), value: () => newestOf(held, state.me?.id) });
  }
  for (const pending of state.pending) parts.set(`unsent/${pending.id}`, { of: [pending], value: () => pending });
  parts.set("wishes", { of: [state.alterations], value: () => state.alterations });
  for (const [conversation, text] of drafts) parts.set(`draft/${conversation}`, { of: [text], value: () => text });
  return parts;
}

/** A welcome makes each conversation anew, though nothing happened in most: its messages are those, and the rest says the same. */
const shapeOf = ({ messages, ...rest }: Held): readonly unknown[] => [messages, JSON.stringify(rest)];

/** The newest messages; what is unread among the others is counted below them. */
function newestOf(held: Held, me: string | undefined): Held {
  if (held.messages.length <= NEWEST) return held;
  const read = held.participants.find((p) => p.person === me)?.read ?? 0;
  const left = held.messages.slice(0, -NEWEST).filter((m) => m.seq > read && isNews(me, m)).length;
  return { ...held, messages: held.messages.slice(-NEWEST), unreadBefore: held.unreadBefore + left };
}

/** What to write so that `before` becomes `now`; undefined is to be removed. */
export function changed(before: Parts, now: Parts): ReadonlyMap<string, Part | undefined> {
  const changes = new Map<string, Part | undefined>();
  for (const [key, part] of now) {
    const kept = before.get(key);
    if (!kept || kept.of.length !== part.of.length || part.of.some((one, i) => one !== kept.of[i])) changes.set(key, part);
  }
  for (const key of before.keys()) if (!now.has(key)) changes.set(key, undefined);
  return changes;
}

export interface Restored {
  readonly session: Session;
  readonly drafts: Drafts;
  readonly heard: number;
}

/** The session and the drafts that records tell of; null where they tell of nobody. */
export function restored(records: ReadonlyMap<string, unknown>): Restored | null {
  const person = records.get("person") as Known | undefined;
  if (!person) return null;
  const under = <T>(prefix: string) =>
    [...records].flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value as T] as const] : []));
  const alterations = (records.get("wishes") ?? []) as readonly Alteration[];
  const pending = under<Pending>("unsent/").map(([, one]) => one);
  const state: State = {
    ...START.state,
    ...person,
    conversations: Object.fromEntries(under<Held>("conversation/")),
    pending: pending.sort((a, b) => a.at.localeCompare(b.at)),
    alterations,
  };
  const request = Math.max(0, ...alterations.map((one) => one.request));
  return { session: { ...START, state, request }, drafts: new Map(under<string>("draft/")), heard: (records.get("heard") ?? 0) as number };
}
