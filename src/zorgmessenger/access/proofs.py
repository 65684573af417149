"""Rights as values: only `access.rules` makes them, and what writes or opens data asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zorgmessenger.access.facts import ConversationFacts, InvitationFacts, Kind, Member


@dataclass(frozen=True, slots=True)
class MayRead:
    """`member` may open what is in `conversation`."""

    member: Member
    conversation: ConversationFacts


@dataclass(frozen=True, slots=True)
class MaySend:
    """`member` may add a message to `conversation`."""

    member: Member
    conversation: ConversationFacts


@dataclass(frozen=True, slots=True)
class MayInvite:
    """`member` may invite a client to a conversation of `kind`."""

    member: Member
    kind: Kind


@dataclass(frozen=True, slots=True)
class MayListInvitations:
    """`member` may see the open invitations made by `inviters_role`, or only their own when it is None."""

    member: Member
    whole_role: bool


@dataclass(frozen=True, slots=True)
class MayManageInvitation:
    """`member` may send `invitation` again or withdraw it."""

    member: Member
    invitation: InvitationFacts


@dataclass(frozen=True, slots=True)
class MayStart:
    """`member` may start a conversation of `kind` with `other`."""

    member: Member
    other: UUID
    kind: Kind
    client: UUID | None
