"""What runs beside the server, on any number of processes: noting and telling what is unread, ringing, pushing."""

from __future__ import annotations

from uuid import UUID

from zorgmessenger.errors import Unavailable
from zorgmessenger.messages import engine
from zorgmessenger.notifications import noting, pushes, ringing, telling


def tell() -> None:
    """Notes what is new, and tells whoever is due."""
    noting.note()
    telling.tell(_attends)


def push() -> None:
    """Rings, and sends what is queued."""
    ringing.ring(_attends)
    pushes.send()


def _attends(person: UUID) -> bool:
    """Whether somebody of the staff is at a screen of theirs that this process knows of."""
    try:
        return engine.current().attends(person)
    except Unavailable:
        return False
