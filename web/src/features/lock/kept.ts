// What is kept of the app while it is locked or closed, as records that are sealed one by one. Pages share what the server
// tells: who one is and whom one knows, each conversation with its newest messages, and when the server was last heard. What
// is not sent yet, wished or being written belongs to one page, and is kept under its name: no other sends or shows it while
// that page is there. Pure: what differs from what was kept is written, and from the records the session is made as if the
// line had just gone.
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

/** One that cannot be read, or is nobody's any more: it is written anew, or removed. */
export const SPENT: Part = { of: [], value: () => null };

const PERSON = ["me", "organisations", "people", "contacts", "teams", "availability", "notices", "secondFactorBy", "plans", "mutes"] as const;
type Known = Pick<State, (typeof PERSON)[number]>;

/** What all pages share. `heard`: when there was a line last, in ms, as far as this page knows. */
export function sharedParts(state: State, heard: number): Parts {
  const parts = new Map<string, Part>();
  const person = Object.fromEntries(PERSON.map((name) => [name, state[name]]));
  parts.set("heard", { of: [Math.floor(heard / HEARD_EVERY)], value: () => heard });
  parts.set("person", { of: [JSON.stringify(person)], value: () => person });
  for (const held of Object.values(state.conversations)) {
    parts.set(`conversation/${held.id}`, partOf(held, state.me?.id));
  }
  return parts;
}

/** What `page` alone has. */
export function ownParts({ pending, alterations }: State, drafts: Drafts, page: string): Parts {
  const parts = new Map<string, Part>();
  for (const one of pending) parts.set(`unsent/${page}/${one.id}`, { of: [one], value: () => one });
  for (const one of alterations) parts.set(`wish/${page}/${one.request}`, { of: [one], value: () => one });
  for (const [conversation, text] of drafts) parts.set(`draft/${page}/${conversation}`, { of: [text], value: () => text });
  return parts;
}

/** A welcome makes each conversation anew, though nothing happened in most. */
function partOf(held: Held, me: string | undefined): Part {
  const { messages, ...rest } = newestOf(held, me);
  return { of: [messages[0]?.seq, messages.at(-1)?.seq, JSON.stringify(rest)], value: () => ({ ...rest, messages }) };
}

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
  readonly heard: number;
}

const under = <T>(records: ReadonlyMap<string, unknown>, prefix: string): readonly (readonly [string, T])[] =>
  [...records].flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value as T] as const] : []));

/** The session that the shared records tell of; null where they tell of nobody. */
export function restored(records: ReadonlyMap<string, unknown>): Restored | null {
  const person = records.get("person") as Known | undefined;
  if (!person) return null;
  const conversations = Object.fromEntries(under<Held>(records, "conversation/"));
  const heard = (records.get("heard") ?? 0) as number;
  return { session: { ...START, state: { ...START.state, ...person, conversations } }, heard };
}

/** The page that a record belongs to; null where all share it. */
export function pageOf(place: string): string | null {
  const [kind = "", page = "", rest] = place.split("/");
  if (!["unsent", "wish", "draft", "wishes"].includes(kind)) return null;
  return rest === undefined ? "" : page;
}

export interface Left {
  readonly pending: readonly Pending[];
  readonly wishes: readonly Alteration[];
  readonly drafts: Drafts;
}

/** What a page that is gone left, oldest first. */
export function leftBy(records: ReadonlyMap<string, unknown>): Left {
  const last = (place: string) => place.slice(place.lastIndexOf("/") + 1);
  return {
    pending: under<Pending>(records, "unsent/").map(([, one]) => one).sort((a, b) => a.at.localeCompare(b.at)),
    wishes: under<Alteration>(records, "wish/").map(([, one]) => one).sort((a, b) => a.request - b.request),
    drafts: new Map(under<string>(records, "draft/").map(([place, text]) => [last(place), text])),
  };
}
