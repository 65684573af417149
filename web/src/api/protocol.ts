// Generated from src/zorgmessenger/realtime/protocol.py by `make generate`. Do not edit.

export const VERSION = 1;
export const MAX_BODY = 10_000;
export const MAX_FRAME = 131_072;
export const MAX_HAVE = 5_000;
export const MAX_HISTORY = 100;
export const MAX_CHANGES = 200;
export const MAX_MENTIONS = 50;
export const MAX_FILES = 20;
export const MAX_DOCUMENTS = 20;
export const MAX_DOCUMENT_NAME = 100;
export const MAX_DESCRIPTION = 65_536;
export const MAX_CALL_TEXT = 1_000;
export const EDIT_WITHIN = 86_400;

export type RoleName = "client" | "practitioner" | "planner" | "support" | "administrator" | "privacy_officer";
export type KindName = "treatment" | "planning" | "support" | "internal" | "group" | "notes";
export type Language = "nl" | "en";
export type Reaction = "agree" | "thanks" | "smile" | "strength" | "seen";
export type MessageKind = "text" | "auto" | "event";
export type FileKind = "picture" | "pdf" | "document" | "audio" | "video" | "archive";
export type FileState = "checking" | "ready" | "refused";
export type FileReason = "infected" | "kind" | "unreadable" | "damaged";
export type EventCode = "stand_in_began" | "stand_in_ended" | "handed_over" | "call_started" | "call_ended";
export type CallMedia = "mesh" | "sfu";
export type SeatState = "waiting" | "in" | "away";
export type TrackUse = "microphone" | "camera" | "screen";
export type SfuSide = "publish" | "subscribe";

/**
 * The first frame: what this device already has, by conversation the highest `seq` without a gap below it.
 *
 * `revs` says, by conversation, up to which alteration it knows what happened to that.
 */
export interface Hello {
  type: "hello";
  protocol: number;
  have?: Record<string, number>;
  revs?: Record<string, number>;
}

/**
 * A new message. `id` is the sender's own; the same id sent again gives the same `ack` and no second message.
 *
 * `reply_to` is the number of the message that it answers. `mentions` are the people whom the body names after an @;
 * who does not take part is left out. `files` are the sender's own for this conversation, whole and not sent yet; with
 * them the body may be empty. `documents` are the names of documents that staff ask the client for. `answers` is the
 * number of the document, of those that message `reply_to` asks for, that these files are.
 */
export interface Send {
  type: "send";
  id: string;
  conversation: string;
  body: string;
  replyTo?: number | null;
  mentions?: string[];
  files?: string[];
  documents?: string[];
  answers?: number | null;
}

/** A new message that is a copy of message `seq` of conversation `source`; otherwise as `send`. */
export interface Forward {
  type: "forward";
  id: string;
  conversation: string;
  source: string;
  seq: number;
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

/** A member of staff attends to this device from now on, or no longer. Of clients nobody is told. */
export interface Attending {
  type: "attending";
  attending: boolean;
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

/**
 * Asks for messages that hold all words of `text`, in all of the person's conversations.
 *
 * With `organisation` or `conversation`: in those of that organisation, or in that one.
 */
export interface Search {
  type: "search";
  request: number;
  text: string;
  organisation?: string | null;
  conversation?: string | null;
}

/** Gives one's own message another text. The text that it has already changes nothing. */
export interface Edit {
  type: "edit";
  request: number;
  conversation: string;
  seq: number;
  body: string;
}

/** Withdraws one's own message for everybody. Withdrawn again it stays as it is. */
export interface Withdraw {
  type: "withdraw";
  request: number;
  conversation: string;
  seq: number;
}

/** Puts one's reaction with a message, in place of the one before; `null` takes it away. */
export interface React {
  type: "react";
  request: number;
  conversation: string;
  seq: number;
  reaction: Reaction | null;
}

/** Staff say that document `number` of those that message `seq` asks for is done, or is to be sent (again). */
export interface Settle {
  type: "settle";
  request: number;
  conversation: string;
  seq: number;
  number: number;
  done: boolean;
}

/** Asks for the messages that were altered after revision `after`. */
export interface Changes {
  type: "changes";
  request: number;
  conversation: string;
  after: number;
}

/**
 * Staff start a video call in a conversation and are in it with this `device`; where one goes on, they join that.
 *
 * `device` is an id that a page draws when it is opened and keeps when it is loaded anew.
 */
export interface StartCall {
  type: "start_call";
  request: number;
  conversation: string;
  device: string;
}

/** Joins a call with this device, or comes back to it. A client waits until staff let them in. */
export interface JoinCall {
  type: "join_call";
  request: number;
  call: string;
  device: string;
}

/** The person leaves a call, or the waiting room. From a device that is not in it (any more) it does nothing. */
export interface LeaveCall {
  type: "leave_call";
  call: string;
  device: string;
}

/** Staff who take part in the conversation end its call for everybody. */
export interface EndCall {
  type: "end_call";
  request: number;
  call: string;
}

/** Staff who are in a call let a client in who waits, or send them away from the waiting room. */
export interface AdmitToCall {
  type: "admit_to_call";
  request: number;
  call: string;
  person: string;
  admitted: boolean;
}

/** Who waits answers the question of the waiting room: whether they are alone and can speak freely. */
export interface CallReady {
  type: "call_ready";
  call: string;
  device: string;
  alone: boolean;
}

/** What of a person others can hear and see in a call from now on. */
export interface CallTracks {
  type: "call_tracks";
  call: string;
  device: string;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
}

/**
 * What stands in the line that a person types in a call, the whole of it after each change. Nothing stores it.
 *
 * `line` numbers a person's lines; with the next number the one before is done.
 */
export interface CallType {
  type: "call_type";
  call: string;
  device: string;
  line: number;
  text: string;
}

/** What one device in a call tells another to connect with it: a session description or a candidate, as JSON. */
export interface Signal {
  type: "signal";
  call: string;
  device: string;
  to: string;
  data: string;
}

/** Offers the device's own pictures and sound to the SFU, or offers them anew. `tracks`: by `mid`, what each is. */
export interface SfuPublish {
  type: "sfu_publish";
  call: string;
  device: string;
  sdp: string;
  tracks: Record<string, TrackUse>;
}

/** Answers the newest `sfu_offer`. */
export interface SfuSubscribed {
  type: "sfu_subscribed";
  call: string;
  device: string;
  sdp: string;
}

/** A candidate for the connection with the SFU, as JSON; empty: there are no more. */
export interface SfuCandidate {
  type: "sfu_candidate";
  call: string;
  device: string;
  side: SfuSide;
  candidate: string;
}

/** The network changed: asks for an `sfu_offer` that connects anew. */
export interface SfuRestart {
  type: "sfu_restart";
  call: string;
  device: string;
}

/** Asks for fresh relay servers for a call that the device is in. */
export interface AskRelay {
  type: "ask_relay";
  request: number;
  call: string;
  device: string;
}

/** Asks for a `pong`; browsers cannot send the WebSocket's own ping. */
export interface Ping {
  type: "ping";
}

export type ClientFrame =
  | Hello
  | Send
  | Received
  | Read
  | Typing
  | Attending
  | History
  | Search
  | Forward
  | Edit
  | Withdraw
  | React
  | Settle
  | Changes
  | StartCall
  | JoinCall
  | LeaveCall
  | EndCall
  | AdmitToCall
  | CallReady
  | CallTracks
  | CallType
  | Signal
  | SfuPublish
  | SfuSubscribed
  | SfuCandidate
  | SfuRestart
  | AskRelay
  | Ping;

/**
 * Somebody as another may know them. `role` is theirs in the organisation at hand.
 *
 * `group_name` is told to staff, of a client: what other clients know them by, so that nothing written for all of them
 * to read names them otherwise.
 */
export interface Person {
  id: string;
  firstName: string;
  lastName: string;
  role: RoleName;
  groupName?: string;
}

/**
 * A person in a conversation, with what reached them and what they saw (highest `seq`).
 *
 * They see the messages above number `above` only.
 */
export interface Participant {
  person: string;
  delivered: number;
  read: number;
  above?: number;
}

/** Where a team's conversation stands: who has it, since when the client waits, when it was handled. */
export interface Case {
  assignee?: string | null;
  waitingSince?: string | null;
  answerBy?: string | null;
  handledAt?: string | null;
}

/** Who reacted so, the first one first. */
export interface Reacted {
  reaction: Reaction;
  people: string[];
}

/**
 * A file of a message. Until it is `ready` only its sender is told more than its id and state.
 *
 * `size` is in bytes, `width` and `height` in pixels of a picture, `duration` in milliseconds as its sender says.
 * `small`: there is a small picture of it.
 */
export interface SharedFile {
  id: string;
  state: FileState;
  name?: string;
  kind?: FileKind | null;
  type?: string;
  size?: number;
  width?: number;
  height?: number;
  pages?: number;
  duration?: number;
  small?: boolean;
  reason?: FileReason | null;
}

/** A document that a message asks for; `answer` is the message that brought it. */
export interface RequestedDocument {
  name: string;
  done?: boolean;
  answer?: number | null;
}

/**
 * A message as it stands in its conversation. `id` is its sender's own id for it.
 *
 * `auto` is the automatic reply, `event` something that happened (its body is an `EventBody`); both have the nil id as
 * their sender. `rev` is the conversation's revision that altered it last. A withdrawn message has an empty body;
 * `seen_by` are the people who had read it. To the client of a team, who reacted or had read it is the team.
 */
export interface StoredMessage {
  seq: number;
  id: string;
  sender: string;
  at: string;
  body: string;
  kind?: MessageKind;
  replyTo?: number | null;
  mentions?: string[];
  forwarded?: boolean;
  rev?: number;
  editedAt?: string | null;
  withdrawnAt?: string | null;
  seenBy?: string[];
  reactions?: Reacted[];
  files?: SharedFile[];
  documents?: RequestedDocument[];
}

/**
 * The body of a message of the kind `event`, as JSON: what happened, and to whom.
 *
 * A stand-in and who takes over are `stand_in`, for `person`; what lasts for good has no `until`. `call` began by
 * `person`; when it ended it had lasted `seconds`, and `people` were in it.
 */
export interface EventBody {
  code: EventCode;
  person: string;
  standIn?: string | null;
  until?: string | null;
  call?: string | null;
  seconds?: number;
  people?: string[];
}

/**
 * A conversation as one participant may see it.
 *
 * `messages` is a run without gaps that ends at `last_seq`. It starts right above what the device said to have, or
 * else replaces what the device has; so it does where `anew` says so. `rev` is the newest revision that all of this
 * contains; `changes` are the messages below the run that were altered since the revision that the device knows.
 * `unread`: how many messages of others lie above the person's own `read`; only `welcome` tells it.
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
  picture?: string;
  above?: number;
  closed?: boolean;
  unread?: number | null;
  rev?: number;
  changes?: StoredMessage[];
  anew?: boolean;
}

/** A team of an organisation. `mine`: the person answers for it. */
export interface Team {
  id: string;
  organisation: string;
  kind: KindName;
  name: string;
  mine?: boolean;
}

/** Which files may be sent in an organisation: bytes at most, and kinds; whether a scanner looks at them. */
export interface FileRules {
  largest: number;
  kinds: FileKind[];
  scanned: boolean;
}

/**
 * How calls go in an organisation: whether clients wait until staff let them in, and what they are asked then.
 *
 * By language; what is empty is asked in the app's own words.
 */
export interface CallRules {
  waitingRoom: boolean;
  nl?: string;
  en?: string;
}

/** An organisation the person belongs to; `accent` is `#rrggbb`. */
export interface Organisation {
  id: string;
  name: string;
  role: RoleName;
  accent: string;
  logo?: string;
  contacts?: string[];
  files?: FileRules | null;
  calls?: CallRules | null;
}

/** The person who is signed in on this socket. */
export interface Me {
  id: string;
  firstName: string;
  lastName: string;
  language: Language;
  quiet?: number[];
}

/** Open from `start` until `end`, in minutes from midnight there. */
export interface Block {
  start: number;
  end: number;
}

/** Open from `start` until `end`. */
export interface Opening {
  start: string;
  end: string;
}

/**
 * When a person or a team (`of`) answers.
 *
 * `week` has the usual blocks of seven days, Monday first, on the clock of `zone`. `openings` are those of the next
 * two weeks in order, or the first one after that. `absent_until` is the last day of an absence that goes on now, with
 * who stands in. `promise` is in how many minutes of open time an answer comes.
 */
export interface Availability {
  of: string;
  organisation: string;
  zone: string;
  week: Block[][];
  openings: Opening[];
  absentUntil?: string | null;
  standIn?: string | null;
  promise?: number | null;
}

/** A telephone number, and whose it is. */
export interface Phone {
  name: string;
  number: string;
}

/** What an organisation says of emergencies, by language; what is empty is said in the app's own words. */
export interface Notice {
  organisation: string;
  nl?: string;
  en?: string;
  phones?: Phone[];
}

/**
 * Somebody in a call. `waiting`: for staff to let them in; `away`: their line is gone, for a moment.
 *
 * `device` is told to who is in the call: with it a device is signalled to. `alone` is what who waits answered.
 */
export interface Seat {
  person: string;
  state: SeatState;
  device?: string | null;
  microphone?: boolean;
  camera?: boolean;
  screen?: boolean;
  alone?: boolean | null;
}

/**
 * A call that goes on, as one participant of its conversation may see it.
 *
 * Staff see everybody. A client who is not in it sees the staff who are, and themselves; one who is in it sees who
 * else is, and nobody who waits. `people` names them. `media`: how pictures and sound go, from device to device or
 * through the SFU.
 */
export interface Call {
  id: string;
  conversation: string;
  startedBy: string;
  startedAt: string;
  media: CallMedia;
  seats: Seat[];
  people: Person[];
}

/** Of this conversation the person wants no notifications until then. */
export interface Mute {
  conversation: string;
  until: string;
}

/**
 * The answer to `hello`: everything an opening app draws. `contacts` are ids in `people`.
 *
 * `availability` holds a client's counterparts and a member of staff themselves; `notices` the organisations with
 * words of their own.
 */
export interface Welcome {
  type: "welcome";
  me: Me;
  organisations: Organisation[];
  people: Person[];
  contacts: string[];
  conversations: Conversation[];
  serverTime: string;
  teams?: Team[];
  present?: string[];
  availability?: Availability[];
  notices?: Notice[];
  secondFactorBy?: string | null;
  calls?: Call[];
  mutes?: Mute[];
}

/** Message `id` is stored for good as number `seq`; only to the socket that sent it. `files` are as they are now. */
export interface Ack {
  type: "ack";
  id: string;
  conversation: string;
  seq: number;
  at: string;
  files?: SharedFile[];
}

/**
 * A new message; to every other socket of every participant, the sender's other devices included.
 *
 * A forwarded one is told to the sender's own socket as well, before its `ack`: only the server knows what it says.
 */
export interface Message {
  type: "message";
  conversation: string;
  seq: number;
  id: string;
  sender: string;
  at: string;
  body: string;
  author?: Person | null;
  kind?: MessageKind;
  replyTo?: number | null;
  mentions?: string[];
  forwarded?: boolean;
  files?: SharedFile[];
  documents?: RequestedDocument[];
}

/**
 * A message was altered by revision `rev`; to every participant's sockets, the sender's own included.
 *
 * The socket that asked is told with its `request`. What changed nothing is told to that socket alone, with the
 * revision that the message had.
 */
export interface Altered {
  type: "altered";
  conversation: string;
  rev: number;
  message: StoredMessage;
  request?: number | null;
}

/** A file that its owner has not sent yet was checked; to the owner's sockets. */
export interface FileChecked {
  type: "file";
  conversation: string;
  file: SharedFile;
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

/** A member of staff is at work in this moment, or no longer. */
export interface Present {
  type: "present";
  person: string;
  present: boolean;
}

/**
 * The answer to `history`, oldest first. `complete`: nothing lies beyond this page in the asked direction.
 *
 * `rev` is the newest revision that the page is sure to contain.
 */
export interface Page {
  type: "history";
  request: number;
  conversation: string;
  messages: StoredMessage[];
  complete: boolean;
  people?: Person[];
  rev?: number;
}

/** The answer to `changes`: what was altered above revision `after`, up to `rev`. `complete`: that is all. */
export interface ChangesPage {
  type: "changes";
  request: number;
  conversation: string;
  after: number;
  rev: number;
  messages: StoredMessage[];
  complete: boolean;
}

/** A message that was found. */
export interface Hit {
  conversation: string;
  message: StoredMessage;
}

/** The answer to `search`, the newest first. `more`: there are more than these. `people`: who wrote them. */
export interface Found {
  type: "found";
  request: number;
  hits: Hit[];
  more: boolean;
  people: Person[];
}

/** Where a team's conversation stands now; to those who answer in it. */
export interface CaseChanged {
  type: "case";
  conversation: string;
  case: Case;
}

/**
 * A conversation is new or its participants changed; `people` holds everybody in it.
 *
 * `contacts`: to staff, with whom of those in it they can start a conversation.
 */
export interface Changed {
  type: "conversation";
  conversation: Conversation;
  people: Person[];
  contacts?: string[];
}

/** The person is no longer in this conversation; what the device has of it is to be removed. */
export interface Gone {
  type: "gone";
  conversation: string;
}

/** The person wants no notifications of a conversation until then, or does again; to their own sockets. */
export interface Muted {
  type: "muted";
  conversation: string;
  until?: string | null;
}

/** Hours, an absence or a notice changed: the whole of both lists as `welcome` has them. */
export interface AvailabilityChanged {
  type: "availability";
  availability?: Availability[];
  notices?: Notice[];
}

/** A client's safety plan has a newer version; to the client and the practitioners who care for them. */
export interface PlanChanged {
  type: "plan";
  organisation: string;
  client: string;
  version: number;
}

/** A `send` or `forward` (by `id`) or what has a `request` was not done. `retry`: trying again later may help. */
export interface Refused {
  type: "refused";
  code: string;
  text: string;
  retry: boolean;
  id?: string | null;
  request?: number | null;
}

/** A relay (RFC 8656) and what opens it, for a few minutes. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** A call began, or something about it changed. `ring`: it began for this person now. */
export interface CallChanged {
  type: "call";
  call: Call;
  ring?: boolean;
}

/** A call is over, or is no longer the person's to see. */
export interface CallEnded {
  type: "call_ended";
  call: string;
  conversation: string;
}

/**
 * The answer to `start_call` and `join_call`. `call` comes right before it, with the device's own seat.
 *
 * `servers` are the relays for it, good until `relay_until`; a client who waits has none yet.
 */
export interface CallJoined {
  type: "call_joined";
  request: number;
  call: string;
  state: SeatState;
  servers?: IceServer[];
  relayUntil?: string | null;
}

/** To a device that waited: it is in the call now. */
export interface CallAdmitted {
  type: "call_admitted";
  call: string;
  servers?: IceServer[];
  relayUntil?: string | null;
}

/**
 * To a device that is in a call no more though it did not leave.
 *
 * `elsewhere`: the person is in it with another device; `sent_away`: staff did not let them in; `gone`: they may no
 * longer be there, or their line was gone for too long.
 */
export interface CallLeft {
  type: "call_left";
  call: string;
  device: string;
  reason: "elsewhere" | "gone" | "sent_away";
}

/** The answer to `ask_relay`. */
export interface Relay {
  type: "relay";
  request: number;
  servers: IceServer[];
  relayUntil?: string | null;
}

/** What has this `request` was done: the answer to `end_call` and `admit_to_call`. */
export interface Done {
  type: "done";
  request: number;
}

/** What stands now in the line that somebody types in a call. */
export interface CallTyped {
  type: "call_type";
  call: string;
  person: string;
  line: number;
  text: string;
}

/** What another device in the call tells this one. */
export interface Signalled {
  type: "signal";
  call: string;
  device: string;
  data: string;
}

/** One picture or sound that comes from the SFU: by `mid`, whose device it is, and what. */
export interface SfuStream {
  mid: string;
  device: string;
  use: TrackUse;
}

/** The answer of the SFU to `sfu_publish`. */
export interface SfuPublished {
  type: "sfu_published";
  call: string;
  sdp: string;
}

/** The SFU offers what others publish; each offer replaces the one before. */
export interface SfuOffer {
  type: "sfu_offer";
  call: string;
  sdp: string;
  streams: SfuStream[];
}

/** The SFU knows this device no more, or went over to another: publish anew. */
export interface SfuLost {
  type: "sfu_lost";
  call: string;
}

/** The answer to `ping`. */
export interface Pong {
  type: "pong";
}

export type ServerFrame =
  | Welcome
  | Ack
  | Message
  | Altered
  | FileChecked
  | Receipt
  | Typed
  | Present
  | Page
  | ChangesPage
  | Found
  | CaseChanged
  | Changed
  | Gone
  | Muted
  | AvailabilityChanged
  | PlanChanged
  | CallChanged
  | CallEnded
  | CallJoined
  | CallAdmitted
  | CallLeft
  | Relay
  | Done
  | CallTyped
  | Signalled
  | SfuPublished
  | SfuOffer
  | SfuLost
  | Refused
  | Pong;

/** Codes with which the server closes a socket (RFC 6455, section 7.4.2: 4000–4999 are the application's own). */
export const Close = {
  MALFORMED: 4400,
  SIGNED_OUT: 4401,
  SECOND_FACTOR: 4403,
  LOCKED: 4404,
  OUT_OF_ORDER: 4409,
  TOO_SLOW: 4408,
  TOO_LARGE: 1009,
  TOO_MANY: 4429,
  UPGRADE: 4426,
  BEHIND: 4508,
  RESTART: 1012,
  FAILED: 1011,
} as const;
