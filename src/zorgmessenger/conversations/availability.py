"""When an answer may be expected in a conversation: whose hours count there, and what each person is told of them.

In a team's conversation the team's hours count, else those of the staff who take part: it is open when any of them is.
A client is told of everybody their conversations depend on, a member of staff of themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import Kind, Member, Role
from zorgmessenger.conversations.facts import Known
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.realtime import protocol

DAYS = 14


class Told(Struct, frozen=True):
    """What one person is told."""

    availability: list[protocol.Availability]
    notices: list[protocol.Notice]


def owners(conversation: Known) -> frozenset[UUID]:
    """The people or the team whose hours count in a conversation; nobody's in an internal one."""
    if conversation.facts.kind is Kind.INTERNAL:
        return frozenset()
    team: UUID | None = getattr(conversation.facts, "team", None)
    if team is not None:
        return frozenset({team})
    return frozenset(member.person for member in conversation.members.values() if member.role.staff)


def of(memberships: Iterable[Member], conversations: Collection[Known], at: datetime) -> Told:
    """What somebody with these memberships and conversations is told at `at`."""
    told = Told([], [])
    for member in memberships:
        wanted = {member.person} if member.role.staff else set()
        for conversation in conversations:
            if member.role is Role.CLIENT and conversation.facts.organisation == member.organisation:
                wanted |= owners(conversation)
        found = lookup.of(member.organisation, wanted, at)
        told.availability.extend(_shown(member.organisation, one, found[one], at) for one in sorted(wanted))
        told.notices.extend(_notice(member.organisation, lookup.words_of(member.organisation)))
    return told


def _shown(organisation: UUID, of: UUID, known: lookup.Known, at: datetime) -> protocol.Availability:
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
        promise=hours.promise,
    )


def _notice(organisation: UUID, words: Words) -> list[protocol.Notice]:
    if not words.notice and not words.phones:
        return []
    phones = [protocol.Phone(phone.name, phone.number) for phone in words.phones]
    said = words.notice
    return [protocol.Notice(organisation=organisation, nl=said.get("nl", ""), en=said.get("en", ""), phones=phones)]
