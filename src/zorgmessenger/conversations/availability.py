"""When an answer may be expected in a conversation: whose hours count there, and what each person is told of them.

In a team's conversation the team's hours count, else those of the staff who take part: it is open when any of them is.
A client is told of everybody their conversations depend on and of every team they can write to, since what they write
first is to be answered too; a member of staff of themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import Kind, Member, Role
from zorgmessenger.conversations.facts import Known
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.models import Team
from zorgmessenger.realtime import protocol

DAYS = 14


class Told(Struct, frozen=True):
    """What one person is told."""

    availability: list[protocol.Availability]
    notices: list[protocol.Notice]


def owners(conversation: Known) -> frozenset[UUID]:
    """The people or the team whose hours count in a conversation; nobody's where no client takes part."""
    if conversation.facts.kind in {Kind.INTERNAL, Kind.NOTES}:
        return frozenset()
    if conversation.facts.team is not None:
        return frozenset({conversation.facts.team})
    return frozenset(member.person for member in conversation.members.values() if member.role.staff)


def answer_by(conversation: Known, at: datetime) -> datetime | None:
    """Until when an answer to what a client writes at `at` is in time, by the hours and the promise of the team."""
    team = conversation.facts.team
    if team is None:
        return None
    hours = lookup.of(conversation.facts.organisation, [team], at)[team].hours
    promise = Team.objects.values_list("promise_minutes", flat=True).get(pk=team)
    return opening.answer_by([hours], at, promise if hours.promise is None else hours.promise)


def of(memberships: Iterable[Member], conversations: Collection[Known], at: datetime) -> Told:
    """What somebody with these memberships and conversations is told at `at`."""
    told = Told([], [])
    for member in memberships:
        wanted = {member.person} if member.role.staff else {team.id for team in teams.of(member.organisation)}
        for conversation in conversations:
            if member.role is Role.CLIENT and conversation.facts.organisation == member.organisation:
                wanted |= owners(conversation)
        found = lookup.of(member.organisation, wanted, at)
        promises = dict(Team.objects.filter(pk__in=wanted).values_list("id", "promise_minutes"))
        for one in sorted(wanted):
            told.availability.append(_shown(member.organisation, one, found[one], at, promises.get(one)))
        told.notices.extend(_notice(member.organisation, lookup.words_of(member.organisation)))
    return told


def _shown(
    organisation: UUID, of: UUID, known: lookup.Known, at: datetime, promise: int | None
) -> protocol.Availability:
    """`promise` is what the team itself promises, where its hours promise nothing."""
    hours = known.hours
    today = opening.today(hours, at)
    absence = next((one for one in known.absences if one.first <= today <= one.last), None)
    return protocol.Availability(
        of=of,
        organisation=organisation,
        zone=hours.zone,
        week=[[protocol.Block(start, end) for start, end in day] for day in hours.week],
        openings=[protocol.Opening(start, end) for start, end in opening.ahead([hours], at, DAYS)],
        absent_until=absence.last if absence else None,
        stand_in=absence.stand_in_id if absence else None,
        promise=promise if hours.promise is None else hours.promise,
    )


def _notice(organisation: UUID, words: Words) -> list[protocol.Notice]:
    if not words.notice and not words.phones:
        return []
    phones = [protocol.Phone(phone.name, phone.number) for phone in words.phones]
    said = words.notice
    return [protocol.Notice(organisation=organisation, nl=said.get("nl", ""), en=said.get("en", ""), phones=phones)]
