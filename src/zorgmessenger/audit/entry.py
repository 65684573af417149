"""One line of the log: who did, saw or was refused what, about whom, when, from where and in which role (NEN 7513)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct, field

from zorgmessenger import clock
from zorgmessenger.audit.tags import Tag
from zorgmessenger.ids import NIL
from zorgmessenger.origin import NOWHERE, Origin


class Entry(Struct, frozen=True):
    """An event. `subject` is the client whose data it is about; `detail` holds ids and numbers, never content."""

    tag: Tag
    organisation: UUID = NIL
    """Whose chain it is in; the nil id for what belongs to no organisation."""
    actor: UUID | None = None
    role: str = ""
    subject: UUID | None = None
    object: str = ""
    reason: str = ""
    """Why it was refused; empty when it was done."""
    origin: Origin = NOWHERE
    detail: str = ""
    at: datetime = field(default_factory=clock.now)
