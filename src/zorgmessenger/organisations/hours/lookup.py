"""Whose hours count, read from the database: their own laid over the organisation's, with their absences in them.

The committer asks for each message of a client whether its conversation is closed, so what it needs is kept for
`FRESH` seconds, and until the moment at which open becomes closed or closed open. A change forgets it all in this
process when it is committed; another process goes on with the old hours for those few seconds at most. Nothing but the
automatic reply depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from zorgmessenger.organisations.hours import opening
from zorgmessenger.organisations.hours.models import Absence, Notice, Schedule
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.hours.opening import Hours

FRESH = 15.0
_KEPT = 20_000
_END = datetime.max.replace(tzinfo=UTC)


class Known(NamedTuple):
    """Somebody's hours as they count, and their absences that are not over."""

    hours: Hours
    absences: tuple[Absence, ...]


class Closed(NamedTuple):
    """Who answers, since when it is closed, and what the organisation says then."""

    who: tuple[Hours, ...]
    since: datetime
    words: Words


def of(organisation: UUID, owners: Collection[UUID], at: datetime) -> dict[UUID, Known]:
    """The hours that count at `at` for these people and teams, and for the organisation under its own id."""
    stored = Schedule.objects.filter(organisation_id=organisation, owner__in=[*owners, organisation])
    own = {row.owner: row.hours for row in stored}
    base = own.get(organisation, Hours())
    absences: dict[UUID, list[Absence]] = {}
    # A day early, so that no zone has a later date than the one asked for.
    current = Absence.objects.filter(
        organisation_id=organisation, person_id__in=list(owners), last__gte=(at - timedelta(1)).date()
    )
    for absence in current.order_by("first"):
        absences.setdefault(absence.person_id, []).append(absence)
    return {owner: _known(base, own.get(owner, base), absences.get(owner, ())) for owner in {*owners, organisation}}


def of_organisations(organisations: Iterable[UUID]) -> dict[UUID, Hours]:
    """What each organisation's own are, asked of all at once."""
    own = {row.owner: row.hours for row in Schedule.objects.filter(owner=F("organisation"))}
    return {one: own.get(one, Hours()) for one in organisations}


def words_of(organisation: UUID) -> Words:
    """What the organisation says.

    Raises:
        Unsealable: it does not open.
    """
    row = Notice.objects.filter(pk=organisation).first()
    return row.words if row else Words()


class _Phase(NamedTuple):
    """What is known of who answers, from one change of open and closed to the next."""

    read: float
    start: datetime
    end: datetime
    closed: Closed | None


_phases: dict[tuple[UUID, frozenset[UUID]], _Phase] = {}


def closed(organisation: UUID, owners: frozenset[UUID], at: datetime) -> Closed | None:
    """The closed period at `at` of those who answer together; None when any of them is open.

    Raises:
        Unsealable: what the organisation says does not open.
    """
    name = organisation, owners
    known = _phases.get(name)
    if known is None or time.monotonic() - known.read > FRESH or not known.start <= at < known.end:
        if len(_phases) >= _KEPT:
            _phases.clear()
        known = _phases[name] = _read(organisation, owners, at)
    return known.closed


def forget() -> None:
    """Reads everything anew from now on; called when a change is committed."""
    _phases.clear()


def _read(organisation: UUID, owners: frozenset[UUID], at: datetime) -> _Phase:
    now = time.monotonic()
    found = of(organisation, owners, at)
    who = tuple(found[owner].hours for owner in owners)
    since = opening.closed_period(who, at)
    if since is None:
        until = next((span.end for span in opening.openings(who, at, 1) if span.start <= at), at)
        return _Phase(now, at, until, None)
    until = opening.next_opening(who, at) or _END
    return _Phase(now, since, until, Closed(who, since, words_of(organisation)))


def _known(base: Hours, own: Hours, absences: Iterable[Absence]) -> Known:
    kept = tuple(absences)
    return Known(opening.laid_over(base, own, tuple((one.first, one.last) for one in kept)), kept)
