"""How a team does, without content and without names: how many questions, how soon answered, how many wait.

A question is a message of a client that nobody of the team has written before it since the last answer; its answer is
the first message of the team after it. What happened and automatic replies are neither. Times come from the messages,
in the database; of the time between, what lies in the team's hours as they are now is counted.

FIG-1 No figure tells of fewer than `FEW` questions: a week with less says only that there were few.
FIG-2 Weeks are the organisation's own, from Monday, in Dutch time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from zorgmessenger import clock, sql
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.console.administering import entry
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.hours import lookup, opening
from zorgmessenger.organisations.hours.opening import Hours
from zorgmessenger.organisations.models import Team
from zorgmessenger.origin import Origin

FEW = 5
WEEKS = 8
_HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Week:
    """A team's week. Numbers are None where they would tell of fewer than `FEW`; FIG-1."""

    monday: date
    questions: int | None
    median_minutes: int | None
    slow_minutes: int | None
    """Nine of ten questions were answered within this."""
    handled: int | None


@dataclass(frozen=True)
class Figures:
    """A team's weeks, newest first, and what waits now."""

    team: UUID
    name: str
    promise_minutes: int
    open: int | None
    overdue: int | None
    weeks: Sequence[Week]


def minutes_between(asked: datetime, answered: datetime, hours: Hours) -> float:
    """How long a client waited, of the time in which it was open."""
    spans = opening.openings([hours], asked, (answered - asked).days + 2)
    waited = [min(span.end, answered) - max(span.start, asked) for span in spans if span.start < answered]
    return sum((one.total_seconds() for one in waited), 0.0) / 60


def of_teams(proof: MayAdminister, origin: Origin) -> list[Figures]:
    """The figures of every team over the last `WEEKS` weeks."""
    organisation = proof.member.organisation
    record(entry(Tag.FIGURES_READ, proof, organisation, origin))
    mondays = [_monday(clock.now()) - timedelta(weeks=number) for number in range(WEEKS)]
    since = datetime.combine(mondays[-1], datetime.min.time(), _HERE)
    found = teams.of(organisation)
    known = lookup.of(organisation, [team.id for team in found], clock.now())
    return [_of_team(team, known[team.id].hours, mondays, since) for team in found]


def _of_team(team: Team, hours: Hours, mondays: Sequence[date], since: datetime) -> Figures:
    by_week: dict[date, list[float | None]] = defaultdict(list)
    for asked, answered in questions(team.id, since):
        by_week[_monday(asked)].append(minutes_between(asked, answered, hours) if answered else None)
    mine = Conversation.objects.filter(team=team, last_seq__gt=0)
    handled: dict[date, int] = defaultdict(int)
    for at in mine.filter(handled_at__gte=since).values_list("handled_at", flat=True):
        handled[_monday(at)] += 1  # type: ignore[arg-type]  # those without a time are left out
    return Figures(
        team.id,
        team.name,
        team.promise_minutes if hours.promise is None else hours.promise,
        _told(mine.filter(handled_at=None).count()),
        _told(mine.filter(handled_at=None, answer_by__lt=clock.now()).count()),
        [_week(monday, by_week[monday], handled[monday]) for monday in mondays],
    )


def questions(team: UUID, since: datetime) -> list[tuple[datetime, datetime | None]]:
    """When each question since then was asked, and when answered.

    Each conversation is walked from its newest message back to the last one before `since`, by the index of its
    numbers: what it costs is what was written since then, however much lies before.
    """
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, answered FROM ("
            " SELECT m.at AS asked, m.sender_id = c.client_id AS by_client,"
            " LAG(m.sender_id = c.client_id) OVER talk AS before,"
            " MIN(CASE WHEN m.sender_id <> c.client_id THEN m.at END)"
            " OVER (PARTITION BY m.conversation_id ORDER BY m.seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
            " AS answered"
            " FROM conversations_conversation c JOIN messages_message m ON m.conversation_id = c.id AND m.kind = 'text'"
            " AND m.seq >= COALESCE((SELECT o.seq FROM messages_message o"
            " WHERE o.conversation_id = c.id AND o.kind = 'text' AND o.at < %s ORDER BY o.seq DESC LIMIT 1), 0)"
            " WHERE c.team_id = %s WINDOW talk AS (PARTITION BY m.conversation_id ORDER BY m.seq)"
            ") AS told WHERE by_client AND (before IS NULL OR NOT before) AND asked >= %s",
            [dialect.time(since), dialect.id(team), dialect.time(since)],
        )
        return [
            (dialect.read_time(asked), dialect.read_time(answered) if answered else None)
            for asked, answered in cursor.fetchall()
        ]


def _week(monday: date, waited: Sequence[float | None], handled: int) -> Week:
    """FIG-1: also the times are told only where at least `FEW` answers are."""
    answered = [one for one in waited if one is not None]
    enough = len(answered) >= FEW
    slow = quantiles(answered, n=10, method="inclusive")[-1] if enough else 0
    return Week(
        monday,
        _told(len(waited)),
        round(median(answered)) if enough else None,
        round(slow) if enough else None,
        _told(handled),
    )


def _told(count: int) -> int | None:
    return count if count >= FEW or count == 0 else None


def _monday(moment: datetime) -> date:
    day = moment.astimezone(_HERE).date()
    return day - timedelta(days=day.weekday())
