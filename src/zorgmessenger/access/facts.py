"""The small facts that decisions are made from."""

from __future__ import annotations

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


class Member(Struct, frozen=True):
    """Somebody in an organisation where they are active now."""

    person: UUID
    organisation: UUID
    role: Role


class ConversationFacts(Struct, frozen=True):
    """A conversation and who takes part in it now."""

    id: UUID
    organisation: UUID
    kind: Kind
    participants: frozenset[UUID]
    client: UUID | None
    """The client it is about; none for an internal one."""


class MessageFacts(Struct, frozen=True):
    """A message and whose it is."""

    seq: int
    sender: UUID
    at: datetime
    withdrawn: bool


class InvitationFacts(Struct, frozen=True):
    """An invitation and whose it is."""

    id: UUID
    organisation: UUID
    inviter: UUID
    inviter_role: Role
