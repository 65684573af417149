"""Conversations of which a person wants no notifications: theirs alone, and the same on all their devices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from zorgmessenger import clock
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations.models import Participant
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub

ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
MORNING = 8 * 60
"""Minutes from midnight at which "until tomorrow" is over."""

For = Literal["hour", "tomorrow", "always", "no"]


def mute(proof: MayRead, how_long: For, origin: Origin) -> datetime | None:
    """From now on, on all devices of the person; gives until when."""
    member, conversation = proof.member, proof.conversation
    until = _until(conversation.organisation, how_long, clock.now())
    with audited() as log:
        Participant.objects.filter(conversation_id=conversation.id, person_id=member.person).update(muted_until=until)
        log(
            Entry(
                Tag.CONVERSATION_MUTED,
                organisation=conversation.organisation,
                actor=member.person,
                role=member.role.value,
                subject=conversation.client,
                object=str(conversation.id),
                origin=origin,
                detail=how_long,
            )
        )
        told = protocol.Muted(conversation=conversation.id, until=until)
        transaction.on_commit(lambda: hub.tell([member.person], told))
    return until


def of(person: UUID) -> list[protocol.Mute]:
    """What a person has muted now."""
    rows = Participant.objects.present().filter(person_id=person, muted_until__gt=clock.now())
    found = rows.order_by("id").values_list("conversation_id", "muted_until")
    return [protocol.Mute(conversation=conversation, until=until) for conversation, until in found if until]


def _until(organisation: UUID, how_long: For, now: datetime) -> datetime | None:
    if how_long == "no":
        return None
    if how_long == "always":
        return ALWAYS
    if how_long == "hour":
        return now + timedelta(hours=1)
    hours = lookup.of(organisation, [], now)[organisation].hours
    return opening.moment(opening.today(hours, now) + timedelta(1), MORNING, hours.zone)
