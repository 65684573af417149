"""The frames of the socket, as types.

Each frame is one JSON object in one text message; `type` says which it is. `docs/protocol.md` is the specification, and
the web app's types are generated from this module. Times are RFC 3339 in UTC, ids are UUIDs (RFC 9562), `seq` counts a
conversation's messages 1, 2, 3 … without gaps.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

VERSION = 1
MAX_BODY = 10_000
MAX_FRAME = 64 * 1024
MAX_HAVE = 5_000
MAX_HISTORY = 100

Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Body = Annotated[str, Meta(min_length=1, max_length=MAX_BODY)]
Have = Annotated[dict[UUID, Seq], Meta(max_length=MAX_HAVE)]
Limit = Annotated[int, Meta(ge=1, le=MAX_HISTORY)]
Request = Annotated[int, Meta(ge=0, le=2**31 - 1)]

RoleName = Literal["client", "practitioner", "planner", "support", "administrator", "privacy_officer"]
KindName = Literal["treatment", "planning", "support", "internal", "group", "notes"]
Language = Literal["nl", "en"]


class Frame(Struct, frozen=True, tag_field="type", rename="camel", omit_defaults=True):
    """A message on the socket."""


# --- what a client says ---------------------------------------------------------------------------------------------


class Hello(Frame, frozen=True, tag="hello", forbid_unknown_fields=True):
    """The first frame: what this device already has, by conversation the highest `seq` without a gap below it."""

    protocol: int
    have: Have = {}


class Send(Frame, frozen=True, tag="send", forbid_unknown_fields=True):
    """A new message. `id` is the sender's own; the same id sent again gives the same `ack` and no second message."""

    id: UUID
    conversation: UUID
    body: Body


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


class History(Frame, frozen=True, tag="history", forbid_unknown_fields=True):
    """Asks for messages below `before` (newest of them), or above `after` (oldest of them); exactly one of both."""

    request: Request
    conversation: UUID
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50


class Ping(Frame, frozen=True, tag="ping", forbid_unknown_fields=True):
    """Asks for a `pong`; browsers cannot send the WebSocket's own ping."""


ClientFrame = Hello | Send | Received | Read | Typing | History | Ping


# --- what the server says -------------------------------------------------------------------------------------------


class Person(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Somebody as another may know them. `role` is theirs in the organisation at hand."""

    id: UUID
    first_name: str
    last_name: str
    role: RoleName


class Participant(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A person in a conversation, with what reached them and what they saw (highest `seq`)."""

    person: UUID
    delivered: int
    read: int


class Case(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Where a team's conversation stands: who has it, since when the client waits, when it was handled."""

    assignee: UUID | None = None
    waiting_since: datetime | None = None
    answer_by: datetime | None = None
    """Until when an answer is in time, by what the team promises."""
    handled_at: datetime | None = None


class StoredMessage(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A message as it stands in its conversation. `id` is its sender's own id for it."""

    seq: int
    id: UUID
    sender: UUID
    at: datetime
    body: str


class Conversation(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A conversation as one participant may see it.

    `messages` is a run without gaps that ends at `last_seq`. It starts right above what the device said to have, or
    else replaces what the device has. `unread`: how many messages of others lie above the person's own `read`; only
    `welcome` tells it.
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
    above: Seq = 0
    """The person sees messages above this number only: they came later, without what was before."""
    closed: bool = False
    unread: int | None = None


class Team(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A team of an organisation. `mine`: the person answers for it."""

    id: UUID
    organisation: UUID
    kind: KindName
    name: str
    mine: bool = False


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


class Me(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The person who is signed in on this socket."""

    id: UUID
    first_name: str
    last_name: str
    language: Language


class Welcome(Frame, frozen=True, tag="welcome"):
    """The answer to `hello`: everything an opening app draws. `contacts` are ids in `people`."""

    me: Me
    organisations: list[Organisation]
    people: list[Person]
    contacts: list[UUID]
    conversations: list[Conversation]
    server_time: datetime
    teams: list[Team] = []
    """The teams of the person's organisations that clients can write to."""


class Ack(Frame, frozen=True, tag="ack"):
    """Message `id` is stored for good as number `seq`; only to the socket that sent it."""

    id: UUID
    conversation: UUID
    seq: int
    at: datetime


class Message(Frame, frozen=True, tag="message"):
    """A new message; to every other socket of every participant, the sender's other devices included."""

    conversation: UUID
    seq: int
    id: UUID
    sender: UUID
    at: datetime
    body: str
    author: Person | None = None
    """Who wrote it, where the receiver may not know them yet: to the client of a team."""


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


class Page(Frame, frozen=True, tag="history"):
    """The answer to `history`, oldest first. `complete`: nothing lies beyond this page in the asked direction."""

    request: int
    conversation: UUID
    messages: list[StoredMessage]
    complete: bool
    people: list[Person] = []
    """Who wrote them, where the device may not know: to the client of a team, and of who takes part no more."""


class CaseChanged(Frame, frozen=True, tag="case"):
    """Where a team's conversation stands now; to those who answer in it."""

    conversation: UUID
    case: Case


class Changed(Frame, frozen=True, tag="conversation"):
    """A conversation is new or its participants changed; `people` holds everybody in it, and new contacts."""

    conversation: Conversation
    people: list[Person]


class Gone(Frame, frozen=True, tag="gone"):
    """The person is no longer in this conversation; what the device has of it is to be removed."""

    conversation: UUID


class Refused(Frame, frozen=True, tag="refused"):
    """A `send` (by `id`) or a `history` (by `request`) was not done. `retry`: trying again later may help."""

    code: str
    text: str
    retry: bool
    id: UUID | None = None
    request: int | None = None


class Pong(Frame, frozen=True, tag="pong"):
    """The answer to `ping`."""


ServerFrame = Welcome | Ack | Message | Receipt | Typed | Page | CaseChanged | Changed | Gone | Refused | Pong


class Close:
    """Codes with which the server closes a socket (RFC 6455, section 7.4.2: 4000–4999 are the application's own)."""

    MALFORMED = 4400
    SIGNED_OUT = 4401
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
