"""Somebody comes into a conversation that goes on already, and begins as far as they are said to be.

JOI-1 Where somebody begins is not what they have read: a reader of a message is who read up to it in a stay of theirs.
JOI-2 Who comes back begins anew; what they had read in an earlier stay stays known.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zorgmessenger.conversations.models import Participant


def begin(
    conversation: UUID, person: UUID, *, delivered: int, read: int, above: int = 0, until: datetime | None = None
) -> None:
    """Makes `person` take part from now on, in the caller's action, under the conversation's lock.

    They begin with the numbers `delivered` and `read`, see the messages above number `above`, and are out at `until`.
    """
    before = Participant.objects.filter(conversation_id=conversation, person_id=person).first()
    earlier = _stretches(before) if before else ""
    stay = {"left_at": None, "until": until, "above": above, "delivered": delivered, "read": read, "read_from": read}
    Participant.objects.update_or_create(
        conversation_id=conversation, person_id=person, defaults={**stay, "read_earlier": earlier}
    )


def has_read(seq: int, *, read: int, read_from: int, read_earlier: str) -> bool:
    """JOI-1 and JOI-2: whether who is that far has read message `seq`."""
    stretches = (stretch.split("-") for stretch in read_earlier.split())
    return read_from < seq <= read or any(int(start) < seq <= int(end) for start, end in stretches)


def _stretches(stay: Participant) -> str:
    if stay.read <= stay.read_from:
        return stay.read_earlier
    return f"{stay.read_earlier} {stay.read_from}-{stay.read}".strip()
