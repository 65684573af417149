// Generated from src/zorgmessenger/realtime/protocol.py by `make generate`. Do not edit.

export const VERSION = 1;
export const MAX_BODY = 10_000;
export const MAX_FRAME = 65_536;
export const MAX_HAVE = 5_000;
export const MAX_HISTORY = 100;

export type RoleName = "client" | "practitioner" | "planner" | "support" | "administrator" | "privacy_officer";
export type KindName = "treatment" | "planning" | "support" | "internal" | "group" | "notes";
export type Language = "nl" | "en";

/** The first frame: what this device already has, by conversation the highest `seq` without a gap below it. */
export interface Hello {
  type: "hello";
  protocol: number;
  have?: Record<string, number>;
}

/** A new message. `id` is the sender's own; the same id sent again gives the same `ack` and no second message. */
export interface Send {
  type: "send";
  id: string;
  conversation: string;
  body: string;
}

/** All messages up to and including `seq` reached this device. */
export interface Received {
  type: "received";
  conversation: string;
  seq: number;
}

/** All messages up to and including `seq` were shown to the person. */
export interface Read {
  type: "read";
  conversation: string;
  seq: number;
}

/** The person is typing; said at most every three seconds. */
export interface Typing {
  type: "typing";
  conversation: string;
}

/** Asks for messages below `before` (newest of them), or above `after` (oldest of them); exactly one of both. */
export interface History {
  type: "history";
  request: number;
  conversation: string;
  before?: number | null;
  after?: number | null;
  limit?: number;
}

/** Asks for a `pong`; browsers cannot send the WebSocket's own ping. */
export interface Ping {
  type: "ping";
}

export type ClientFrame = Hello | Send | Received | Read | Typing | History | Ping;

/** Somebody as another may know them. `role` is theirs in the organisation at hand. */
export interface Person {
  id: string;
  firstName: string;
  lastName: string;
  role: RoleName;
}

/** A person in a conversation, with what reached them and what they saw (highest `seq`). */
export interface Participant {
  person: string;
  delivered: number;
  read: number;
}

/** Where a team's conversation stands: who has it, since when the client waits, when it was handled. */
export interface Case {
  assignee?: string | null;
  waitingSince?: string | null;
  answerBy?: string | null;
  handledAt?: string | null;
}

/** A message as it stands in its conversation. `id` is its sender's own id for it. */
export interface StoredMessage {
  seq: number;
  id: string;
  sender: string;
  at: string;
  body: string;
}

/**
 * A conversation as one participant may see it.
 *
 * `messages` is a run without gaps that ends at `last_seq`. It starts right above what the device said to have, or
 * else replaces what the device has. `unread`: how many messages of others lie above the person's own `read`; only
 * `welcome` tells it.
 */
export interface Conversation {
  id: string;
  organisation: string;
  kind: KindName;
  createdAt: string;
  lastSeq: number;
  participants: Participant[];
  messages: StoredMessage[];
  client?: string | null;
  team?: string | null;
  notesOf?: string | null;
  case?: Case | null;
  title?: string;
  symbol?: string;
  above?: number;
  closed?: boolean;
  unread?: number | null;
}

/** A team of an organisation. `mine`: the person answers for it. */
export interface Team {
  id: string;
  organisation: string;
  kind: KindName;
  name: string;
  mine?: boolean;
}

/** An organisation the person belongs to; `accent` is `#rrggbb`. */
export interface Organisation {
  id: string;
  name: string;
  role: RoleName;
  accent: string;
  logo?: string;
  contacts?: string[];
}

/** The person who is signed in on this socket. */
export interface Me {
  id: string;
  firstName: string;
  lastName: string;
  language: Language;
}

/** The answer to `hello`: everything an opening app draws. `contacts` are ids in `people`. */
export interface Welcome {
  type: "welcome";
  me: Me;
  organisations: Organisation[];
  people: Person[];
  contacts: string[];
  conversations: Conversation[];
  serverTime: string;
  teams?: Team[];
}

/** Message `id` is stored for good as number `seq`; only to the socket that sent it. */
export interface Ack {
  type: "ack";
  id: string;
  conversation: string;
  seq: number;
  at: string;
}

/** A new message; to every other socket of every participant, the sender's other devices included. */
export interface Message {
  type: "message";
  conversation: string;
  seq: number;
  id: string;
  sender: string;
  at: string;
  body: string;
  author?: Person | null;
}

/**
 * How far `person` now is; to every participant's sockets. Numbers never go down.
 *
 * To the client of a team the team takes the place of its members, here and in `typing`.
 */
export interface Receipt {
  type: "receipt";
  conversation: string;
  person: string;
  delivered: number;
  read: number;
}

/** `person` is typing; holds for six seconds. */
export interface Typed {
  type: "typing";
  conversation: string;
  person: string;
}

/** The answer to `history`, oldest first. `complete`: nothing lies beyond this page in the asked direction. */
export interface Page {
  type: "history";
  request: number;
  conversation: string;
  messages: StoredMessage[];
  complete: boolean;
  people?: Person[];
}

/** Where a team's conversation stands now; to those who answer in it. */
export interface CaseChanged {
  type: "case";
  conversation: string;
  case: Case;
}

/** A conversation is new or its participants changed; `people` holds everybody in it, and new contacts. */
export interface Changed {
  type: "conversation";
  conversation: Conversation;
  people: Person[];
}

/** The person is no longer in this conversation; what the device has of it is to be removed. */
export interface Gone {
  type: "gone";
  conversation: string;
}

/** A `send` (by `id`) or a `history` (by `request`) was not done. `retry`: trying again later may help. */
export interface Refused {
  type: "refused";
  code: string;
  text: string;
  retry: boolean;
  id?: string | null;
  request?: number | null;
}

/** The answer to `ping`. */
export interface Pong {
  type: "pong";
}

export type ServerFrame =
  | Welcome
  | Ack
  | Message
  | Receipt
  | Typed
  | Page
  | CaseChanged
  | Changed
  | Gone
  | Refused
  | Pong;

/** Codes with which the server closes a socket (RFC 6455, section 7.4.2: 4000–4999 are the application's own). */
export const Close = {
  MALFORMED: 4400,
  SIGNED_OUT: 4401,
  OUT_OF_ORDER: 4409,
  TOO_SLOW: 4408,
  TOO_LARGE: 1009,
  TOO_MANY: 4429,
  UPGRADE: 4426,
  BEHIND: 4508,
  RESTART: 1012,
  FAILED: 1011,
} as const;
