// What the app knows, as one immutable value. Only `realtime/apply.ts` makes a new one. Of each conversation it holds a
// run of messages without gaps; `lastSeq` is the highest number the server told of, so `topOf(held) < lastSeq` means
// that the run's newer end is still to be fetched.
import type {
  Availability,
  Call,
  Case,
  KindName,
  Me,
  Notice,
  Organisation,
  Participant,
  Person,
  Reaction,
  SharedFile,
  StoredMessage,
  Team,
} from "../api/protocol";

export interface Held {
  readonly id: string;
  readonly organisation: string;
  readonly kind: KindName;
  readonly createdAt: string;
  readonly lastSeq: number;
  /** Everything held is as it was after this alteration, or later. */
  readonly rev: number;
  /** The newest alteration there is known to be; above `rev` there is something to fetch. */
  readonly lastRev: number;
  readonly participants: readonly Participant[];
  readonly messages: readonly StoredMessage[];
  readonly client?: string | null;
  /** The team that answers in it. To a client it is one of the participants, under its own id. */
  readonly team?: string | null;
  readonly notesOf?: string | null;
  readonly case?: Case | null;
  readonly title?: string;
  readonly symbol?: string;
  /** The address of a group's picture; empty for none. */
  readonly picture?: string;
  /** Only messages above this number are the person's to see. */
  readonly above?: number;
  readonly closed?: boolean;
  /** Of the messages below the run, how many are of others and unread; where nobody told, how many they may be. */
  readonly unreadBefore: number;
}

export interface Pending {
  readonly id: string;
  readonly conversation: string;
  readonly body: string;
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
  readonly files?: readonly SharedFile[];
  /** Names of documents that it asks for. */
  readonly documents?: readonly string[];
  /** Which of the documents that message `replyTo` asks for its files are, from 1. */
  readonly answers?: number;
  /** A copy of this message; what it says is known for sure only when the server tells. */
  readonly forward?: { readonly source: string; readonly seq: number };
  readonly at: string;
  /** `stored`: acknowledged, but its place lies above a gap that is still being fetched. */
  readonly status: "waiting" | "stored" | "refused";
  readonly text?: string;
  /** Waits for longer than it should, or for a line: the person is told, and may take it back. */
  readonly late?: true;
}

export type Wish =
  | { readonly type: "edit"; readonly body: string }
  | { readonly type: "withdraw" }
  | { readonly type: "react"; readonly reaction: Reaction | null }
  | { readonly type: "settle"; readonly number: number; readonly done: boolean };

/** What the person wants to happen to a stored message; kept until the server confirms or refuses it. */
export interface Alteration {
  readonly request: number;
  readonly conversation: string;
  readonly seq: number;
  readonly wish: Wish;
  /** Why it was refused. */
  readonly text?: string;
}

export interface State {
  readonly me: Me | null;
  readonly organisations: readonly Organisation[];
  readonly people: Readonly<Record<string, Person>>;
  readonly contacts: readonly string[];
  readonly teams: readonly Team[];
  /** Who of the staff is at work in this moment. */
  readonly present: readonly string[];
  readonly conversations: Readonly<Record<string, Held>>;
  readonly pending: readonly Pending[];
  readonly alterations: readonly Alteration[];
  readonly availability: readonly Availability[];
  readonly notices: readonly Notice[];
  /** The last day (2026-12-05) on which the app opens without a second factor, where one has to be set up. */
  readonly secondFactorBy: string | null;
  /** By `planKey` the newest version of a safety plan that the server told of. */
  readonly plans: Readonly<Record<string, number>>;
  /** The calls that go on, by their id, as this person may see them. */
  readonly calls: Readonly<Record<string, Call>>;
  /** By conversation: until when the person wants no notifications of it. */
  readonly mutes: Readonly<Record<string, string>>;
  /** By conversation, by person: until when (ms) they are typing. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const EMPTY: State = {
  me: null,
  organisations: [],
  people: {},
  contacts: [],
  teams: [],
  present: [],
  conversations: {},
  pending: [],
  alterations: [],
  availability: [],
  notices: [],
  secondFactorBy: null,
  plans: {},
  calls: {},
  mutes: {},
  typing: {},
};

/** A client has a safety plan in each of their organisations. */
export const planKey = (organisation: string, client: string): string => `${organisation}/${client}`;

/** Whether a message is one that somebody else wrote: automatic replies and events are there to be seen, not counted. */
export const isNews = (me: string | undefined, message: StoredMessage): boolean =>
  message.sender !== me && (message.kind ?? "text") === "text";

export const topOf = (held: Held): number => held.messages.at(-1)?.seq ?? 0;

export const bottomOf = (held: Held): number => held.messages[0]?.seq ?? held.lastSeq + 1;

/** Whether older messages exist on the server than the ones held. */
export const hasOlder = (held: Held): boolean => bottomOf(held) > (held.above ?? 0) + 1;
