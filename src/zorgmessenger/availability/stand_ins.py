"""Who stands in takes part in the absent person's one-to-one conversations with clients, as long as the absence lasts.

`keep` compares what the absences of today call for with who takes part because of one, and makes both agree. It runs
when the server starts, every few seconds, and after each change of an absence: it does nothing twice, needs no memory
of when it ran, and catches up after any pause.

Laws:
1. Who took part already is not added, and so not removed.
2. Each coming and going is one transaction under the conversation's lock, logged, and told in the conversation.
3. With it comes a care relation, and both it and the part they take end by themselves with the absence, should nobody
   end them. A care relation that somebody has for good, or longer by break-glass, is not shortened.
4. Nobody stands in where the absent person themselves only stands in, or has no part any more.
5. Who stands in no more is told nothing more, over any channel, from that transaction on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Max, QuerySet
from msgspec import Struct

from zorgmessenger import clock
from zorgmessenger.access.facts import Kind
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.availability import rules
from zorgmessenger.conversations import facts, joining, tell
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.messages import events
from zorgmessenger.organisations import members
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.models import Absence, BreakGlass, CareRelation, StandIn
from zorgmessenger.realtime import protocol

_log = structlog.get_logger()
_DAY = timedelta(1)
T = TypeVar("T")


class _Wanted(Struct, frozen=True):
    """That somebody stands in for `absent` in a conversation until `last`, which ends at `until`."""

    conversation: Conversation
    absent: UUID
    person: UUID
    last: date
    until: datetime


def keep() -> set[tuple[UUID, UUID]]:
    """Makes who stands in agree with the absences of this moment; gives (organisation, absent person) where it did not.

    One conversation's trouble does not keep the others from agreeing.
    """
    changed: set[tuple[UUID, UUID]] = set()
    now = clock.now()
    open_now = {(row.conversation, row.person_id): row for row in StandIn.objects.filter(ended_at=None)}
    wanted = {(one.conversation.id, one.person): one for one in _wanted(now)}
    for name, row in open_now.items():
        if name not in wanted and _attempt(_end, row, now):
            changed.add((row.organisation_id, row.absent_id))
    for name, one in wanted.items():
        if name not in open_now and _attempt(_begin, one, now):
            changed.add((one.conversation.organisation_id, one.absent))
    _prolong([one for name, one in wanted.items() if name in open_now])
    return changed


def _attempt(what: Callable[[T, datetime], bool], one: T, now: datetime) -> bool:
    try:
        return what(one, now)
    except Exception:  # noqa: BLE001  (the next round tries again)
        _log.exception("a stand-in")
        return False


def _wanted(now: datetime) -> Iterator[_Wanted]:
    """What the absences call for now; a day's margin in the question, since zones have other dates."""
    about = Absence.objects.filter(first__lte=(now + _DAY).date(), last__gte=(now - _DAY).date())
    for absence in about:
        zone = lookup.of(absence.organisation_id, [], now)[absence.organisation_id].hours
        if absence.stand_in_id is None or not absence.first <= opening.today(zone, now) <= absence.last:
            continue
        stand_in = members.find(absence.stand_in_id, absence.organisation_id)
        if stand_in is None or not rules.may_stand_in(stand_in):
            continue
        ends = opening.moment(absence.last + _DAY, 0, zone.zone)
        for part in _one_to_one(absence):
            until = min(ends, part.until or ends)
            yield _Wanted(part.conversation, absence.person_id, stand_in.person, absence.last, until)


def _one_to_one(absence: Absence) -> Collection[Participant]:
    """Law 4."""
    stands_in = StandIn.objects.filter(person_id=absence.person_id, ended_at=None).values("conversation")
    own = Participant.objects.present().filter(person_id=absence.person_id).exclude(conversation__in=stands_in)
    home = own.filter(conversation__organisation_id=absence.organisation_id, conversation__kind=Kind.TREATMENT.value)
    with_client = home.exclude(conversation__client=None).exclude(conversation__pair=None)
    return with_client.filter(conversation__team=None).select_related("conversation")


def _begin(wanted: _Wanted, now: datetime) -> bool:
    conversation, person = wanted.conversation, wanted.person
    with audited() as log:
        before = facts.one(conversation.id, lock=True)
        if person in before.facts.participants:  # law 1, and another process that was first
            return False
        delivered, read = before.marks.get(wanted.absent, (0, 0))  # what the absent person has not read is still unread
        above = before.facts.above.get(wanted.absent, 0)
        joining.begin(conversation.id, person, delivered=delivered, read=read, above=above, until=wanted.until)
        StandIn.objects.create(
            organisation_id=conversation.organisation_id,
            conversation=conversation.id,
            absent_id=wanted.absent,
            person_id=person,
            since=now,
        )
        _care(wanted, now)
        event = protocol.EventBody(code="stand_in_began", person=wanted.absent, stand_in=person, until=wanted.last)
        seq = events.store_event(conversation.id, event, now)
        transaction.on_commit(partial(tell.changed, conversation.id))
        log(_entry(Tag.STAND_IN_BEGAN, conversation, person, seq, now))
    return True


def _end(row: StandIn, now: datetime) -> bool:
    conversation = Conversation.objects.filter(pk=row.conversation).first()
    if conversation is None:
        row.delete()
        return False
    with audited() as log:
        facts.one(conversation.id, lock=True)
        if not StandIn.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now):
            return False
        Participant.objects.filter(conversation=conversation, person_id=row.person_id).update(left_at=now)
        others = Conversation.objects.filter(
            pk__in=StandIn.objects.filter(person_id=row.person_id, ended_at=None).values("conversation"),
            client_id=conversation.client_id,
        )
        if not others.exists():
            until = max(now, _reached(conversation, row.person_id) or now)
            _relation(conversation, row.person_id).filter(until__gt=until).update(until=until)
        transaction.on_commit(partial(tell.gone, conversation.id, [row.person_id]))
        event = protocol.EventBody(
            code="stand_in_ended", person=row.absent_id, stand_in=row.person_id, until=now.date()
        )
        seq = events.store_event(conversation.id, event, now)
        transaction.on_commit(partial(tell.changed, conversation.id))
        log(_entry(Tag.STAND_IN_ENDED, conversation, row.person_id, seq, now))
    return True


def _prolong(wanted: Collection[_Wanted]) -> None:
    """Each part and care relation ends with the absence as it is now, the last of them where there are several."""
    last: dict[tuple[UUID, UUID], _Wanted] = {}
    for one in wanted:
        part = Participant.objects.filter(conversation=one.conversation, person_id=one.person)
        part.exclude(until=one.until).update(until=one.until)
        name = one.person, one.conversation.client_id or one.person
        if name not in last or last[name].until < one.until:
            last[name] = one
    for one in last.values():
        until = max(one.until, _reached(one.conversation, one.person) or one.until)
        _relation(one.conversation, one.person).exclude(until=None).exclude(until=until).update(until=until)


def _care(wanted: _Wanted, now: datetime) -> None:
    """Law 3; a relation that goes on for good stays so."""
    conversation = wanted.conversation
    relation, new = CareRelation.objects.get_or_create(
        organisation_id=conversation.organisation_id,
        client_id=conversation.client_id,
        staff_id=wanted.person,
        defaults={"since": now, "until": wanted.until},
    )
    if not new and relation.until is not None and relation.until < wanted.until:
        relation.until = wanted.until
        relation.save(update_fields=["until"])


def _reached(conversation: Conversation, person: UUID) -> datetime | None:
    """Until when somebody cares for the client because of break-glass, whoever they stand in for."""
    uses = BreakGlass.objects.filter(
        organisation_id=conversation.organisation_id, client_id=conversation.client_id, staff_id=person
    )
    reached: datetime | None = uses.aggregate(last=Max("until"))["last"]
    return reached


def _relation(conversation: Conversation, person: UUID) -> QuerySet[CareRelation]:
    return CareRelation.objects.filter(
        organisation_id=conversation.organisation_id, client_id=conversation.client_id, staff_id=person
    )


def _entry(tag: Tag, conversation: Conversation, person: UUID, seq: int, at: datetime) -> Entry:
    return Entry(
        tag,
        organisation=conversation.organisation_id,
        subject=conversation.client_id,
        object=str(conversation.id),
        detail=f"{person} {seq}",
        at=at,
    )
