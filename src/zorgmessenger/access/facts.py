"""The small facts that decisions are made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Role(StrEnum):
    """What somebody is in an organisation."""

    CLIENT = "client"
    PRACTITIONER = "practitioner"
    PLANNER = "planner"
    SUPPORT = "support"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"

    @property
    def staff(self) -> bool:
        """Whether they work there."""
        return self is not Role.CLIENT


class Kind(StrEnum):
    """What a conversation is for."""

    TREATMENT = "treatment"
    PLANNING = "planning"
    SUPPORT = "support"
    INTERNAL = "internal"
    GROUP = "group"
    NOTES = "notes"
    """What a team writes to itself about a client's conversation; no client takes part."""


class Member(Struct, frozen=True):
    """Somebody in an organisation where they are active now."""

    person: UUID
    organisation: UUID
    role: Role


class TeamFacts(Struct, frozen=True):
    """A team, what its conversations are for, and who answers for it now."""

    id: UUID
    organisation: UUID
    kind: Kind
    members: frozenset[UUID]


class ConversationFacts(Struct, frozen=True):
    """A conversation and who takes part in it now."""

    id: UUID
    organisation: UUID
    kind: Kind
    participants: frozenset[UUID]
    client: UUID | None
    """The client it is about; none for an internal one."""
    team: UUID | None = None
    """The team that answers in it."""
    closed: bool = False
    above: Mapping[UUID, int] = {}
    """For who came later and does not see what was before: the number above which they see messages."""


class MessageFacts(Struct, frozen=True):
    """A message and whose it is."""

    seq: int
    sender: UUID
    at: datetime
    withdrawn: bool


class FileFacts(Struct, frozen=True):
    """A file and whose it is. `seq` is the message it stands in; none yet where it is not sent."""

    id: UUID
    conversation: UUID
    owner: UUID
    seq: int | None
    ready: bool


class InvitationFacts(Struct, frozen=True):
    """An invitation and whose it is."""

    id: UUID
    organisation: UUID
    inviter: UUID | None
    """None where the host invited."""
    inviter_role: Role


class SignOnFacts(Struct, frozen=True):
    """Somebody who comes by an organisation's own sign-on, and what is known of their account."""

    organisation: UUID
    role: Role | None
    """What their groups make them."""
    here: Role | None = None
    """What they are or were in the organisation."""
    elsewhere: bool = False
    """Whether they are or were anything in another one."""
    sent_away: bool = False
    """Whether they are out because an administrator ended it."""
    closed: bool = False


class OwnerKind(StrEnum):
    """Whose hours they are."""

    ORGANISATION = "organisation"
    TEAM = "team"
    PERSON = "person"


class HoursOwner(Struct, frozen=True):
    """An organisation, a team or a member of staff: what has hours."""

    id: UUID
    organisation: UUID
    kind: OwnerKind
