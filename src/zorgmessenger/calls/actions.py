"""What changes a call, on a thread: one action, one transaction with the right asked in it, and what is stored of it.

Each action takes the call as it is and gives what becomes of it. Who calls them sees to it that one runs at a time for
each conversation (`live`). What happens to a line is no action: nothing of it is stored before somebody is out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.calls import machine, models
from zorgmessenger.calls.machine import Call, Media, Place, Seat
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.messages import events
from zorgmessenger.organisations import call_rules
from zorgmessenger.origin import NOWHERE, Origin
from zorgmessenger.realtime import protocol


class Actor(Struct, frozen=True):
    """Who does it, from where."""

    person: UUID
    origin: Origin


def start(actor: Actor, conversation: UUID, device: UUID, *, sfu: bool) -> Call:
    """Begins a call with its first member of staff in it.

    Raises:
        NotFound, Refused: they may not.
    """
    with audited() as log:
        known = facts.one(conversation, lock=True)
        proof = rules.may_start_call(known.members.get(actor.person), known.facts)
        now = clock.now()
        empty = Call(ids.new(), conversation, proof.conversation.organisation, actor.person, now)
        models.Call.objects.create(
            id=empty.id, conversation_id=conversation, started_by_id=actor.person, started_at=now, media=empty.media
        )
        events.store_event(
            conversation, protocol.EventBody(code="call_started", person=actor.person, call=empty.id), now
        )
        log(_entry(Tag.CALL_STARTED, known, empty, actor, actor.person))
        call = machine.join(empty, actor.person, device, staff=True, waits=False, sfu=sfu)
        _store(log, known, empty, call, actor, now)
    return call


def may_start(actor: Actor, conversation: UUID) -> None:
    """Asks whether somebody may start a call there, where one goes on already.

    Raises:
        NotFound, Refused: they may not.
    """
    known = facts.one(conversation)
    rules.may_start_call(known.members.get(actor.person), known.facts)


def join(call: Call, actor: Actor, device: UUID, *, sfu: bool) -> Call:
    """Somebody comes, or comes back.

    Raises:
        NotFound, Refused: they may not.
        Conflict: the call is over, or full.
    """

    def step(known: Known) -> Call:
        waiting_room = call_rules.of(call.organisation).waiting_room
        proof = rules.may_join_call(known.members.get(actor.person), known.facts, waiting_room=waiting_room)
        staff = proof.member.role.staff
        return machine.join(call, actor.person, device, staff=staff, waits=proof.waits, sfu=sfu)

    return _change(call, actor, step)


def admit(call: Call, actor: Actor, person: UUID, *, sfu: bool) -> Call:
    """Staff let somebody in.

    Raises:
        NotFound, Refused: they may not.
        Conflict: the call is full.
    """

    def step(known: Known) -> Call:
        rules.may_run_call(known.members.get(actor.person), known.facts)
        return machine.admit(call, person, sfu=sfu)

    return _change(call, actor, step)


def send_away(call: Call, actor: Actor, person: UUID) -> Call:
    """Staff send a client away.

    Raises:
        NotFound, Refused: they may not.
    """

    def step(known: Known) -> Call:
        rules.may_run_call(known.members.get(actor.person), known.facts)
        return machine.send_away(call, person)

    return _change(call, actor, step)


def leave(call: Call, actor: Actor, device: UUID) -> Call:
    """Somebody leaves."""
    return _change(call, actor, lambda _: machine.leave(call, actor.person, device))


def give_up(call: Call, person: UUID, device: UUID) -> Call:
    """A device was away for too long."""
    return _change(call, Actor(person, NOWHERE), lambda _: machine.give_up(call, person, device))


def end(call: Call, actor: Actor) -> Call:
    """Staff end it for everybody.

    Raises:
        NotFound, Refused: they may not.
    """

    def step(known: Known) -> Call:
        rules.may_run_call(known.members.get(actor.person), known.facts)
        return machine.end(call)

    return _change(call, actor, step)


def keep_to_rights(call: Call) -> Call:
    """Takes out whoever may not be in it any more; in what is closed that is everybody."""

    def step(known: Known) -> Call:
        if known.facts.closed:
            return machine.end(call)
        kept = call
        for person in call.seats.keys() - known.facts.participants:
            kept = machine.take_out(kept, person)
        return kept

    return _change(call, None, step)


def going_on() -> list[Call]:
    """The calls that are not over, as they are after a restart: everybody who was in one is away."""
    found = []
    for row in models.Call.objects.filter(ended_at=None).select_related("conversation").prefetch_related("stays"):
        stays = [stay for stay in row.stays.all() if stay.until is None]
        seats = {stay.person_id: Seat(stay.person_id, stay.device, stay.staff, Place.AWAY) for stay in stays}
        clients = frozenset(seat.person for seat in seats.values() if not seat.staff)
        home = row.conversation.organisation_id
        empty = Call(row.id, row.conversation_id, home, row.started_by_id, row.started_at)
        found.append(replace(empty, seats=seats, admitted=clients, media=Media(row.media)))
    return found


def _change(before: Call, actor: Actor | None, step: Callable[[Known], Call]) -> Call:
    with audited() as log:
        known = facts.one(before.conversation, lock=True)
        after = step(known)
        if after != before:
            _store(log, known, before, after, actor, clock.now())
    return after


def _store(log: Log, known: Known, before: Call, after: Call, actor: Actor | None, now: datetime) -> None:
    """Stores and logs what is different now."""
    stays = models.CallStay.objects.filter(call_id=after.id, until=None)
    for person in sorted(after.inside - before.inside):
        seat = after.seats[person]
        models.CallStay.objects.create(
            call_id=after.id, person_id=person, device=seat.device, staff=seat.staff, since=now
        )
        if person in after.admitted - before.admitted:
            log(_entry(Tag.CALL_ADMITTED, known, after, actor, person))
        log(_entry(Tag.CALL_JOINED, known, after, _by(actor, person), person))
    for person in sorted(after.inside & before.inside):
        if after.seats[person].device != before.seats[person].device:
            stays.filter(person_id=person).update(device=after.seats[person].device)
    for person in sorted((after.seats.keys() - after.inside) - before.seats.keys()):
        log(_entry(Tag.CALL_WAITED, known, after, _by(actor, person), person))
    for person in sorted(after.sent_away - before.sent_away):
        log(_entry(Tag.CALL_SENT_AWAY, known, after, actor, person))
    for person in sorted(before.inside - after.inside):
        stays.filter(person_id=person).update(until=now)
        log(_entry(Tag.CALL_LEFT, known, after, _by(actor, person), person))
    rows = models.Call.objects.filter(pk=after.id)
    if after.media != before.media:
        rows.update(media=after.media)
    if after.over:
        rows.update(ended_at=now)
        people = models.CallStay.objects.filter(call_id=after.id).order_by("id").values_list("person_id", flat=True)
        ended = protocol.EventBody(
            code="call_ended",
            person=after.started_by,
            call=after.id,
            seconds=max(0, int((now - after.started_at).total_seconds())),
            people=list(dict.fromkeys(people)),
        )
        events.store_event(after.conversation, ended, now)
        log(_entry(Tag.CALL_ENDED, known, after, actor, after.started_by))


def _by(actor: Actor | None, person: UUID) -> Actor:
    """Who comes or goes does so by themselves, from where they are; who is brought in or out, from nowhere."""
    return actor if actor and actor.person == person else Actor(person, NOWHERE)


def _entry(tag: Tag, known: Known, call: Call, actor: Actor | None, about: UUID) -> Entry:
    member = known.members.get(actor.person) if actor else None
    return Entry(
        tag,
        organisation=call.organisation,
        actor=actor.person if actor else None,
        role=member.role.value if member else "",
        subject=known.subject(about),
        object=str(call.id),
        origin=actor.origin if actor else NOWHERE,
        detail=str(call.conversation),
    )
