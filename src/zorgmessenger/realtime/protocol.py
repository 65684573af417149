"""The frames of the socket, as types.

Each frame is one JSON object in one text message; `type` says which it is. `docs/protocol.md` is the specification, and
the web app's types are generated from this module. Times are RFC 3339 in UTC, ids are UUIDs (RFC 9562), `seq` counts a
conversation's messages 1, 2, 3 … without gaps.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from zorgmessenger.access import rules

VERSION = 1
MAX_BODY = 10_000
MAX_FRAME = 128 * 1024
MAX_HAVE = 5_000
MAX_HISTORY = 100
MAX_CHANGES = 200
MAX_MENTIONS = 50
MAX_FILES = 20
MAX_DOCUMENTS = 20
MAX_DOCUMENT_NAME = 100
MAX_DESCRIPTION = 64 * 1024
MAX_CALL_TEXT = 1_000
EDIT_WITHIN = int(rules.EDIT_WITHIN.total_seconds())

Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Body = Annotated[str, Meta(min_length=1, max_length=MAX_BODY)]
Have = Annotated[dict[UUID, Seq], Meta(max_length=MAX_HAVE)]
Limit = Annotated[int, Meta(ge=1, le=MAX_HISTORY)]
Mentions = Annotated[list[UUID], Meta(max_length=MAX_MENTIONS)]
FileIds = Annotated[list[UUID], Meta(max_length=MAX_FILES)]
Documents = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=MAX_DOCUMENT_NAME)]], Meta(max_length=MAX_DOCUMENTS)
]
Number = Annotated[int, Meta(ge=1, le=MAX_DOCUMENTS)]
Request = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Description = Annotated[str, Meta(max_length=MAX_DESCRIPTION)]
Candidate = Annotated[str, Meta(max_length=1_000)]

RoleName = Literal["client", "practitioner", "planner", "support", "administrator", "privacy_officer"]
KindName = Literal["treatment", "planning", "support", "internal", "group", "notes"]
Language = Literal["nl", "en"]
Reaction = Literal["agree", "thanks", "smile", "strength", "seen"]
MessageKind = Literal["text", "auto", "event"]
FileKind = Literal["picture", "pdf", "document", "audio", "video", "archive"]
FileState = Literal["checking", "ready", "refused"]
FileReason = Literal["infected", "kind", "unreadable", "damaged"]
EventCode = Literal["stand_in_began", "stand_in_ended", "handed_over", "call_started", "call_ended"]
CallMedia = Literal["mesh", "sfu"]
SeatState = Literal["waiting", "in", "away"]
TrackUse = Literal["microphone", "camera", "screen"]
SfuSide = Literal["publish", "subscribe"]
Tracks = Annotated[dict[str, TrackUse], Meta(max_length=8)]


class Frame(Struct, frozen=True, tag_field="type", rename="camel", omit_defaults=True):
    """A message on the socket."""


# --- what a client says ---------------------------------------------------------------------------------------------


class Hello(Frame, frozen=True, tag="hello", forbid_unknown_fields=True):
    """The first frame: what this device already has, by conversation the highest `seq` without a gap below it.

    `revs` says, by conversation, up to which alteration it knows what happened to that.
    """

    protocol: int
    have: Have = {}
    revs: Have = {}


class Send(Frame, frozen=True, tag="send", forbid_unknown_fields=True):
    """A new message. `id` is the sender's own; the same id sent again gives the same `ack` and no second message.

    `reply_to` is the number of the message that it answers. `mentions` are the people whom the body names after an @;
    who does not take part is left out. `files` are the sender's own for this conversation, whole and not sent yet; with
    them the body may be empty. `documents` are the names of documents that staff ask the client for. `answers` is the
    number of the document, of those that message `reply_to` asks for, that these files are.
    """

    id: UUID
    conversation: UUID
    body: Annotated[str, Meta(max_length=MAX_BODY)]
    reply_to: Seq | None = None
    mentions: Mentions = []
    files: FileIds = []
    documents: Documents = []
    answers: Number | None = None


class Forward(Frame, frozen=True, tag="forward", forbid_unknown_fields=True):
    """A new message that is a copy of message `seq` of conversation `source`; otherwise as `send`."""

    id: UUID
    conversation: UUID
    source: UUID
    seq: Seq


class Received(Frame, frozen=True, tag="received", forbid_unknown_fields=True):
    """All messages up to and including `seq` reached this device."""

    conversation: UUID
    seq: Seq


class Read(Frame, frozen=True, tag="read", forbid_unknown_fields=True):
    """All messages up to and including `seq` were shown to the person."""

    conversation: UUID
    seq: Seq


class Typing(Frame, frozen=True, tag="typing", forbid_unknown_fields=True):
    """The person is typing; said at most every three seconds."""

    conversation: UUID


class Attending(Frame, frozen=True, tag="attending", forbid_unknown_fields=True):
    """A member of staff attends to this device from now on, or no longer. Of clients nobody is told."""

    attending: bool


class History(Frame, frozen=True, tag="history", forbid_unknown_fields=True):
    """Asks for messages below `before` (newest of them), or above `after` (oldest of them); exactly one of both."""

    request: Request
    conversation: UUID
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50


class Search(Frame, frozen=True, tag="search", forbid_unknown_fields=True):
    """Asks for messages that hold all words of `text`, in all of the person's conversations.

    With `organisation` or `conversation`: in those of that organisation, or in that one.
    """

    request: Request
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    organisation: UUID | None = None
    conversation: UUID | None = None


class Edit(Frame, frozen=True, tag="edit", forbid_unknown_fields=True):
    """Gives one's own message another text. The text that it has already changes nothing."""

    request: Request
    conversation: UUID
    seq: Seq
    body: Body


class Withdraw(Frame, frozen=True, tag="withdraw", forbid_unknown_fields=True):
    """Withdraws one's own message for everybody. Withdrawn again it stays as it is."""

    request: Request
    conversation: UUID
    seq: Seq


class React(Frame, frozen=True, tag="react", forbid_unknown_fields=True):
    """Puts one's reaction with a message, in place of the one before; `null` takes it away."""

    request: Request
    conversation: UUID
    seq: Seq
    reaction: Reaction | None


class Settle(Frame, frozen=True, tag="settle", forbid_unknown_fields=True):
    """Staff say that document `number` of those that message `seq` asks for is done, or is to be sent (again)."""

    request: Request
    conversation: UUID
    seq: Seq
    number: Number
    done: bool


class Changes(Frame, frozen=True, tag="changes", forbid_unknown_fields=True):
    """Asks for the messages that were altered after revision `after`."""

    request: Request
    conversation: UUID
    after: Seq


class StartCall(Frame, frozen=True, tag="start_call", forbid_unknown_fields=True):
    """Staff start a video call in a conversation and are in it with this `device`; where one goes on, they join that.

    `device` is an id that a page draws when it is opened and keeps when it is loaded anew.
    """

    request: Request
    conversation: UUID
    device: UUID


class JoinCall(Frame, frozen=True, tag="join_call", forbid_unknown_fields=True):
    """Joins a call with this device, or comes back to it. A client waits until staff let them in."""

    request: Request
    call: UUID
    device: UUID


class LeaveCall(Frame, frozen=True, tag="leave_call", forbid_unknown_fields=True):
    """The person leaves a call, or the waiting room. From a device that is not in it (any more) it does nothing."""

    call: UUID
    device: UUID


class EndCall(Frame, frozen=True, tag="end_call", forbid_unknown_fields=True):
    """Staff who take part in the conversation end its call for everybody."""

    request: Request
    call: UUID


class AdmitToCall(Frame, frozen=True, tag="admit_to_call", forbid_unknown_fields=True):
    """Staff who are in a call let a client in who waits, or send them away from the waiting room."""

    request: Request
    call: UUID
    person: UUID
    admitted: bool


class CallReady(Frame, frozen=True, tag="call_ready", forbid_unknown_fields=True):
    """Who waits answers the question of the waiting room: whether they are alone and can speak freely."""

    call: UUID
    device: UUID
    alone: bool


class CallTracks(Frame, frozen=True, tag="call_tracks", forbid_unknown_fields=True):
    """What of a person others can hear and see in a call from now on."""

    call: UUID
    device: UUID
    microphone: bool
    camera: bool
    screen: bool


class CallType(Frame, frozen=True, tag="call_type", forbid_unknown_fields=True):
    """What stands in the line that a person types in a call, the whole of it after each change. Nothing stores it.

    `line` numbers a person's lines; with the next number the one before is done.
    """

    call: UUID
    device: UUID
    line: Seq
    text: Annotated[str, Meta(max_length=MAX_CALL_TEXT)]


class Signal(Frame, frozen=True, tag="signal", forbid_unknown_fields=True):
    """What one device in a call tells another to connect with it: a session description or a candidate, as JSON."""

    call: UUID
    device: UUID
    to: UUID
    data: Description


class SfuPublish(Frame, frozen=True, tag="sfu_publish", forbid_unknown_fields=True):
    """Offers the device's own pictures and sound to the SFU, or offers them anew. `tracks`: by `mid`, what each is."""

    call: UUID
    device: UUID
    sdp: Description
    tracks: Tracks


class SfuSubscribed(Frame, frozen=True, tag="sfu_subscribed", forbid_unknown_fields=True):
    """Answers the newest `sfu_offer`."""

    call: UUID
    device: UUID
    sdp: Description


class SfuCandidate(Frame, frozen=True, tag="sfu_candidate", forbid_unknown_fields=True):
    """A candidate for the connection with the SFU, as JSON; empty: there are no more."""

    call: UUID
    device: UUID
    side: SfuSide
    candidate: Candidate


class SfuRestart(Frame, frozen=True, tag="sfu_restart", forbid_unknown_fields=True):
    """The network changed: asks for an `sfu_offer` that connects anew."""

    call: UUID
    device: UUID


class AskRelay(Frame, frozen=True, tag="ask_relay", forbid_unknown_fields=True):
    """Asks for fresh relay servers for a call that the device is in."""

    request: Request
    call: UUID
    device: UUID


class Ping(Frame, frozen=True, tag="ping", forbid_unknown_fields=True):
    """Asks for a `pong`; browsers cannot send the WebSocket's own ping."""


ClientFrame = (
    Hello
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
    | Ping
)


# --- what the server says -------------------------------------------------------------------------------------------


class Person(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Somebody as another may know them. `role` is theirs in the organisation at hand.

    `group_name` is told to staff, of a client: what other clients know them by, so that nothing written for all of them
    to read names them otherwise.
    """

    id: UUID
    first_name: str
    last_name: str
    role: RoleName
    group_name: str = ""


class Participant(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A person in a conversation, with what reached them and what they saw (highest `seq`).

    They see the messages above number `above` only.
    """

    person: UUID
    delivered: int
    read: int
    above: int = 0


class Case(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Where a team's conversation stands: who has it, since when the client waits, when it was handled."""

    assignee: UUID | None = None
    waiting_since: datetime | None = None
    answer_by: datetime | None = None
    """Until when an answer is in time, by what the team promises."""
    handled_at: datetime | None = None


class Reacted(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Who reacted so, the first one first."""

    reaction: Reaction
    people: list[UUID]


class SharedFile(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A file of a message. Until it is `ready` only its sender is told more than its id and state.

    `size` is in bytes, `width` and `height` in pixels of a picture, `duration` in milliseconds as its sender says.
    `small`: there is a small picture of it.
    """

    id: UUID
    state: FileState
    name: str = ""
    kind: FileKind | None = None
    type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    pages: int = 0
    duration: int = 0
    small: bool = False
    reason: FileReason | None = None
    """Why it was refused."""


class RequestedDocument(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A document that a message asks for; `answer` is the message that brought it."""

    name: str
    done: bool = False
    answer: int | None = None


class StoredMessage(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A message as it stands in its conversation. `id` is its sender's own id for it.

    `auto` is the automatic reply, `event` something that happened (its body is an `EventBody`); both have the nil id as
    their sender. `rev` is the conversation's revision that altered it last. A withdrawn message has an empty body;
    `seen_by` are the people who had read it. To the client of a team, who reacted or had read it is the team.
    """

    seq: int
    id: UUID
    sender: UUID
    at: datetime
    body: str
    kind: MessageKind = "text"
    reply_to: int | None = None
    mentions: list[UUID] = []
    forwarded: bool = False
    rev: int = 0
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    seen_by: list[UUID] = []
    reactions: list[Reacted] = []
    files: list[SharedFile] = []
    documents: list[RequestedDocument] = []


class EventBody(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The body of a message of the kind `event`, as JSON: what happened, and to whom.

    A stand-in and who takes over are `stand_in`, for `person`; what lasts for good has no `until`. `call` began by
    `person`; when it ended it had lasted `seconds`, and `people` were in it.
    """

    code: EventCode
    person: UUID
    stand_in: UUID | None = None
    until: date | None = None
    call: UUID | None = None
    seconds: int = 0
    people: list[UUID] = []


class Conversation(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A conversation as one participant may see it.

    `messages` is a run without gaps that ends at `last_seq`. It starts right above what the device said to have, or
    else replaces what the device has; so it does where `anew` says so. `rev` is the newest revision that all of this
    contains; `changes` are the messages below the run that were altered since the revision that the device knows.
    `unread`: how many messages of others lie above the person's own `read`; only `welcome` tells it.
    """

    id: UUID
    organisation: UUID
    kind: KindName
    created_at: datetime
    last_seq: int
    participants: list[Participant]
    messages: list[StoredMessage]
    client: UUID | None = None
    """The client it is about."""
    team: UUID | None = None
    """The team that answers; to a client it takes part in the place of its members, under its own id."""
    notes_of: UUID | None = None
    """For a team's notes: the conversation they are about."""
    case: Case | None = None
    """To the team that answers: where it stands."""
    title: str = ""
    """A group's name."""
    symbol: str = ""
    picture: str = ""
    """Where a group's picture is, another address for each picture; empty where it has none."""
    above: Seq = 0
    """The person sees messages above this number only: they came later, without what was before."""
    closed: bool = False
    unread: int | None = None
    rev: int = 0
    changes: list[StoredMessage] = []
    anew: bool = False


class Team(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A team of an organisation. `mine`: the person answers for it."""

    id: UUID
    organisation: UUID
    kind: KindName
    name: str
    mine: bool = False


class FileRules(Struct, frozen=True, rename="camel"):
    """Which files may be sent in an organisation: bytes at most, and kinds; whether a scanner looks at them."""

    largest: int
    kinds: list[FileKind]
    scanned: bool


class CallRules(Struct, frozen=True, rename="camel", omit_defaults=True):
    """How calls go in an organisation: whether clients wait until staff let them in, and what they are asked then.

    By language; what is empty is asked in the app's own words.
    """

    waiting_room: bool
    nl: str = ""
    en: str = ""


class Organisation(Struct, frozen=True, rename="camel", omit_defaults=True):
    """An organisation the person belongs to; `accent` is `#rrggbb`."""

    id: UUID
    name: str
    role: RoleName
    accent: str
    logo: str = ""
    """Where its logo is; empty where it has none."""
    contacts: list[UUID] = []
    """Of `contacts` those that are of this organisation; told only to who belongs to several."""
    files: FileRules | None = None
    calls: CallRules | None = None


class Me(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The person who is signed in on this socket."""

    id: UUID
    first_name: str
    last_name: str
    language: Language
    quiet: list[int] = []
    """Quiet hours, from and until, in minutes from midnight where the person is; empty: none."""


class Block(Struct, frozen=True):
    """Open from `start` until `end`, in minutes from midnight there."""

    start: int
    end: int


class Opening(Struct, frozen=True):
    """Open from `start` until `end`."""

    start: datetime
    end: datetime


class Availability(Struct, frozen=True, rename="camel", omit_defaults=True):
    """When a person or a team (`of`) answers.

    `week` has the usual blocks of seven days, Monday first, on the clock of `zone`. `openings` are those of the next
    two weeks in order, or the first one after that. `absent_until` is the last day of an absence that goes on now, with
    who stands in. `promise` is in how many minutes of open time an answer comes.
    """

    of: UUID
    organisation: UUID
    zone: str
    week: list[list[Block]]
    openings: list[Opening]
    absent_until: date | None = None
    stand_in: UUID | None = None
    promise: int | None = None


class Phone(Struct, frozen=True):
    """A telephone number, and whose it is."""

    name: str
    number: str


class Notice(Struct, frozen=True, omit_defaults=True):
    """What an organisation says of emergencies, by language; what is empty is said in the app's own words."""

    organisation: UUID
    nl: str = ""
    en: str = ""
    phones: list[Phone] = []


class Seat(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Somebody in a call. `waiting`: for staff to let them in; `away`: their line is gone, for a moment.

    `device` is told to who is in the call: with it a device is signalled to. `alone` is what who waits answered.
    """

    person: UUID
    state: SeatState
    device: UUID | None = None
    microphone: bool = False
    camera: bool = False
    screen: bool = False
    alone: bool | None = None


class Call(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A call that goes on, as one participant of its conversation may see it.

    Staff see everybody. A client who is not in it sees the staff who are, and themselves; one who is in it sees who
    else is, and nobody who waits. `people` names them. `media`: how pictures and sound go, from device to device or
    through the SFU.
    """

    id: UUID
    conversation: UUID
    started_by: UUID
    started_at: datetime
    media: CallMedia
    seats: list[Seat]
    people: list[Person]


class Mute(Struct, frozen=True, rename="camel"):
    """Of this conversation the person wants no notifications until then."""

    conversation: UUID
    until: datetime


class Welcome(Frame, frozen=True, tag="welcome"):
    """The answer to `hello`: everything an opening app draws. `contacts` are ids in `people`.

    `availability` holds a client's counterparts and a member of staff themselves; `notices` the organisations with
    words of their own.
    """

    me: Me
    organisations: list[Organisation]
    people: list[Person]
    contacts: list[UUID]
    conversations: list[Conversation]
    server_time: datetime
    teams: list[Team] = []
    """The teams of the person's organisations that clients can write to."""
    present: list[UUID] = []
    """Who of the staff is at work in this moment."""
    availability: list[Availability] = []
    notices: list[Notice] = []
    second_factor_by: date | None = None
    """The last day on which all doors are open to somebody who has to set a second factor up."""
    calls: list[Call] = []
    """All calls that go on in the person's conversations."""
    mutes: list[Mute] = []


class Ack(Frame, frozen=True, tag="ack"):
    """Message `id` is stored for good as number `seq`; only to the socket that sent it. `files` are as they are now."""

    id: UUID
    conversation: UUID
    seq: int
    at: datetime
    files: list[SharedFile] = []


class Message(Frame, frozen=True, tag="message"):
    """A new message; to every other socket of every participant, the sender's other devices included.

    A forwarded one is told to the sender's own socket as well, before its `ack`: only the server knows what it says.
    """

    conversation: UUID
    seq: int
    id: UUID
    sender: UUID
    at: datetime
    body: str
    author: Person | None = None
    """Who wrote it, where the receiver may not know them yet: to the client of a team."""
    kind: MessageKind = "text"
    reply_to: int | None = None
    mentions: list[UUID] = []
    forwarded: bool = False
    files: list[SharedFile] = []
    documents: list[RequestedDocument] = []


class Altered(Frame, frozen=True, tag="altered"):
    """A message was altered by revision `rev`; to every participant's sockets, the sender's own included.

    The socket that asked is told with its `request`. What changed nothing is told to that socket alone, with the
    revision that the message had.
    """

    conversation: UUID
    rev: int
    message: StoredMessage
    request: int | None = None


class FileChecked(Frame, frozen=True, tag="file"):
    """A file that its owner has not sent yet was checked; to the owner's sockets."""

    conversation: UUID
    file: SharedFile


class Receipt(Frame, frozen=True, tag="receipt"):
    """How far `person` now is; to every participant's sockets. Numbers never go down.

    To the client of a team the team takes the place of its members, here and in `typing`.
    """

    conversation: UUID
    person: UUID
    delivered: int
    read: int


class Typed(Frame, frozen=True, tag="typing"):
    """`person` is typing; holds for six seconds."""

    conversation: UUID
    person: UUID


class Present(Frame, frozen=True, tag="present"):
    """A member of staff is at work in this moment, or no longer."""

    person: UUID
    present: bool


class Page(Frame, frozen=True, tag="history"):
    """The answer to `history`, oldest first. `complete`: nothing lies beyond this page in the asked direction.

    `rev` is the newest revision that the page is sure to contain.
    """

    request: int
    conversation: UUID
    messages: list[StoredMessage]
    complete: bool
    people: list[Person] = []
    """Who is named in them, those who take part no more included."""
    rev: int = 0


class ChangesPage(Frame, frozen=True, tag="changes"):
    """The answer to `changes`: what was altered above revision `after`, up to `rev`. `complete`: that is all."""

    request: int
    conversation: UUID
    after: int
    rev: int
    messages: list[StoredMessage]
    complete: bool


class Hit(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A message that was found."""

    conversation: UUID
    message: StoredMessage


class Found(Frame, frozen=True, tag="found"):
    """The answer to `search`, the newest first. `more`: there are more than these. `people`: who wrote them."""

    request: int
    hits: list[Hit]
    more: bool
    people: list[Person]


class CaseChanged(Frame, frozen=True, tag="case"):
    """Where a team's conversation stands now; to those who answer in it."""

    conversation: UUID
    case: Case


class Changed(Frame, frozen=True, tag="conversation"):
    """A conversation is new or its participants changed; `people` holds everybody in it.

    `contacts`: to staff, with whom of those in it they can start a conversation.
    """

    conversation: Conversation
    people: list[Person]
    contacts: list[UUID] = []


class Gone(Frame, frozen=True, tag="gone"):
    """The person is no longer in this conversation; what the device has of it is to be removed."""

    conversation: UUID


class Muted(Frame, frozen=True, tag="muted"):
    """The person wants no notifications of a conversation until then, or does again; to their own sockets."""

    conversation: UUID
    until: datetime | None = None


class AvailabilityChanged(Frame, frozen=True, tag="availability"):
    """Hours, an absence or a notice changed: the whole of both lists as `welcome` has them."""

    availability: list[Availability] = []
    notices: list[Notice] = []


class PlanChanged(Frame, frozen=True, tag="plan"):
    """A client's safety plan has a newer version; to the client and the practitioners who care for them."""

    organisation: UUID
    client: UUID
    version: int


class Refused(Frame, frozen=True, tag="refused"):
    """A `send` or `forward` (by `id`) or what has a `request` was not done. `retry`: trying again later may help."""

    code: str
    text: str
    retry: bool
    id: UUID | None = None
    request: int | None = None


class IceServer(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A relay (RFC 8656) and what opens it, for a few minutes."""

    urls: list[str]
    username: str = ""
    credential: str = ""


class CallChanged(Frame, frozen=True, tag="call"):
    """A call began, or something about it changed. `ring`: it began for this person now."""

    call: Call
    ring: bool = False


class CallEnded(Frame, frozen=True, tag="call_ended"):
    """A call is over, or is no longer the person's to see."""

    call: UUID
    conversation: UUID


class CallJoined(Frame, frozen=True, tag="call_joined"):
    """The answer to `start_call` and `join_call`. `call` comes right before it, with the device's own seat.

    `servers` are the relays for it, good until `relay_until`; a client who waits has none yet.
    """

    request: Request
    call: UUID
    state: SeatState
    servers: list[IceServer] = []
    relay_until: datetime | None = None


class CallAdmitted(Frame, frozen=True, tag="call_admitted"):
    """To a device that waited: it is in the call now."""

    call: UUID
    servers: list[IceServer] = []
    relay_until: datetime | None = None


class CallLeft(Frame, frozen=True, tag="call_left"):
    """To a device that is in a call no more though it did not leave.

    `elsewhere`: the person is in it with another device; `sent_away`: staff did not let them in; `gone`: they may no
    longer be there, or their line was gone for too long.
    """

    call: UUID
    device: UUID
    reason: Literal["elsewhere", "sent_away", "gone"]


class Relay(Frame, frozen=True, tag="relay"):
    """The answer to `ask_relay`."""

    request: Request
    servers: list[IceServer]
    relay_until: datetime | None = None


class Done(Frame, frozen=True, tag="done"):
    """What has this `request` was done: the answer to `end_call` and `admit_to_call`."""

    request: Request


class CallTyped(Frame, frozen=True, tag="call_type"):
    """What stands now in the line that somebody types in a call."""

    call: UUID
    person: UUID
    line: int
    text: str


class Signalled(Frame, frozen=True, tag="signal"):
    """What another device in the call tells this one."""

    call: UUID
    device: UUID
    data: str


class SfuStream(Struct, frozen=True, rename="camel"):
    """One picture or sound that comes from the SFU: by `mid`, whose device it is, and what."""

    mid: str
    device: UUID
    use: TrackUse


class SfuPublished(Frame, frozen=True, tag="sfu_published"):
    """The answer of the SFU to `sfu_publish`."""

    call: UUID
    sdp: str


class SfuOffer(Frame, frozen=True, tag="sfu_offer"):
    """The SFU offers what others publish; each offer replaces the one before."""

    call: UUID
    sdp: str
    streams: list[SfuStream]


class SfuLost(Frame, frozen=True, tag="sfu_lost"):
    """The SFU knows this device no more, or went over to another: publish anew."""

    call: UUID


class Pong(Frame, frozen=True, tag="pong"):
    """The answer to `ping`."""


ServerFrame = (
    Welcome
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
    | Pong
)


class Close:
    """Codes with which the server closes a socket (RFC 6455, section 7.4.2: 4000–4999 are the application's own)."""

    MALFORMED = 4400
    SIGNED_OUT = 4401
    SECOND_FACTOR = 4403
    """Their organisation requires a second factor, and they have none."""
    LOCKED = 4404
    """The app is locked in this browser, and opens with the PIN."""
    OUT_OF_ORDER = 4409
    TOO_SLOW = 4408
    TOO_LARGE = 1009
    TOO_MANY = 4429
    UPGRADE = 4426
    BEHIND = 4508
    RESTART = 1012
    FAILED = 1011


_decoder = msgspec.json.Decoder(ClientFrame)
encode = msgspec.json.Encoder().encode


def decode(data: str | bytes) -> ClientFrame:
    """Reads one client frame.

    Raises:
        msgspec.ValidationError: the JSON is well formed but no frame.
        msgspec.DecodeError: the text is not JSON.
    """
    frame: ClientFrame = _decoder.decode(data)
    return frame
