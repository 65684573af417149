"""What changes a call, on a thread: one action, one transaction with the right asked in it, and what is stored of it.

Each action takes the call as it is and gives what becomes of it. Who calls them sees to it that one runs at a time for
each conversation (`live`). What happens to a line is no action: nothing of it is stored before somebody is out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.accounts import limits
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.calls import machine, models
from zorgmessenger.calls.machine import Call, Media, Place, Seat
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.errors import Conflict, NotFound, Refused
from zorgmessenger.messages import events
from zorgmessenger.organisations import call_rules
from zorgmessenger.origin import NOWHERE, Origin
from zorgmessenger.realtime import protocol

LOST_AFTER = timedelta(minutes=5)
"""A call of which nothing was known for so long was over then: the server was down."""


class Actor(Struct, frozen=True):
    """Who does it, from where."""

    person: UUID
    origin: Origin


def start(actor: Actor, conversation: UUID, device: UUID, *, sfu: bool) -> Call:
    """Begins a call with its first member of staff in it.

    Raises:
        NotFound, Refused: they may not.
        TooMany: they started very many.
    """
    limits.check(limits.CALLS_STARTED, str(actor.person))
    with audited() as log:
        known = facts.one(conversation, lock=True)
        proof = rules.may_start_call(known.members.get(actor.person), known.facts)
        now = clock.now()
        empty = Call(ids.new(), conversation, proof.conversation.organisation, actor.person, now)
        models.Call.objects.create(
            id=empty.id,
            conversation_id=conversation,
            started_by_id=actor.person,
            started_at=now,
            media=empty.media,
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
    """Staff who are in it let somebody in.

    Raises:
        NotFound, Refused: they may not.
        Conflict: the call is full.
    """

    def step(known: Known) -> Call:
        _check_host(call, actor, known)
        return machine.admit(call, person, sfu=sfu)

    return _change(call, actor, step)


def send_away(call: Call, actor: Actor, person: UUID) -> Call:
    """Staff who are in it send a client away, also one who is not there now: to come they wait.

    Raises:
        NotFound, Refused: they may not, or there is no such client.
    """

    def step(known: Known) -> Call:
        _check_host(call, actor, known)
        if person not in known.clients:
            raise NotFound("no such client in this conversation")
        return machine.send_away(call, person)

    return _change(call, actor, step)


def leave(call: Call, actor: Actor, device: UUID) -> Call:
    """Somebody leaves."""
    return _change(call, actor, lambda _: machine.leave(call, actor.person, device))


def drop(call: Call, person: UUID, device: UUID) -> Call:
    """The line of a device is gone; what of their rights changed meanwhile holds at once."""
    return _change(call, None, lambda known: _kept_to_rights(machine.drop(call, person, device), known))


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
    return _change(call, None, partial(_kept_to_rights, call))


def alive(calls: Iterable[UUID]) -> None:
    """Notes that these calls go on now."""
    models.Call.objects.filter(pk__in=list(calls), ended_at=None).update(alive_at=clock.now())


def over(call: UUID, actor: Actor, *, runs: bool) -> None:
    """A call goes on no more; says so to who took part in its conversation. Who `runs` it meant to end it.

    Raises:
        NotFound, Refused: there was none, or none of theirs.
        Conflict: `call_over`, unless they meant to end it.
    """
    conversation = models.Call.objects.filter(pk=call).values_list("conversation_id", flat=True).first()
    if conversation is None:
        raise NotFound("no such call")
    known = facts.one(conversation)
    if runs:
        rules.may_run_call(known.members.get(actor.person), known.facts)
        return
    rules.may_read(known.members.get(actor.person), known.facts)
    raise Conflict("the call is over", code="call_over")


def participants(call: Call) -> frozenset[UUID]:
    """Who takes part in its conversation now."""
    return facts.one(call.conversation).facts.participants


def going_on() -> list[Call]:
    """The calls that are not over, as they are after a restart: everybody who was in one is away.

    One of which nothing was known for long ends as of then.
    """
    found = []
    for row in models.Call.objects.filter(ended_at=None).select_related("conversation").prefetch_related("stays"):
        stays = [stay for stay in row.stays.all() if stay.until is None]
        seats = {stay.person_id: Seat(stay.person_id, stay.device, stay.staff, Place.AWAY) for stay in stays}
        clients = frozenset(seat.person for seat in seats.values() if not seat.staff)
        home = row.conversation.organisation_id
        empty = Call(row.id, row.conversation_id, home, row.started_by_id, row.started_at)
        sent_away = frozenset(UUID(hex=one) for one in row.sent_away.split())
        call = replace(empty, seats=seats, admitted=clients, sent_away=sent_away, media=Media(row.media))
        if clock.now() - row.alive_at > LOST_AFTER:
            _change(call, None, partial(_ended, call), row.alive_at)
        else:
            found.append(call)
    return found


def _check_host(call: Call, actor: Actor, known: Known) -> None:
    rules.may_run_call(known.members.get(actor.person), known.facts)
    if actor.person not in call.inside:
        raise Refused("they are not in the call")


def _ended(call: Call, known: Known) -> Call:
    del known
    return machine.end(call)


def _kept_to_rights(call: Call, known: Known) -> Call:
    """A right that was taken away is gone, also that of coming back."""
    if known.facts.closed:
        return machine.end(call)
    here = known.facts.participants
    kept = replace(call, admitted=call.admitted & here, sent_away=call.sent_away & here)
    for person in call.seats.keys() - here:
        kept = machine.take_out(kept, person)
    return kept


def _change(before: Call, actor: Actor | None, step: Callable[[Known], Call], moment: datetime | None = None) -> Call:
    with audited() as log:
        known = facts.one(before.conversation, lock=True)
        after = step(known)
        if after != before:
            _store(log, known, before, after, actor, moment or clock.now())
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
    for person in sorted(before.seats.keys() - after.seats.keys()):
        sent_away = person in after.sent_away and actor is not None and actor.person != person
        tag, by = (Tag.CALL_SENT_AWAY, actor) if sent_away else (Tag.CALL_LEFT, _by(actor, person))
        log(_entry(tag, known, after, by, person))
    stays.filter(person_id__in=before.inside - after.inside).update(until=now)
    rows = models.Call.objects.filter(pk=after.id)
    if after.media != before.media:
        rows.update(media=after.media)
    if after.sent_away != before.sent_away:
        rows.update(sent_away=" ".join(sorted(person.hex for person in after.sent_away)))
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
        events.store_event(after.conversation, ended, clock.now())
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
