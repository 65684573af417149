"""From hours, as people set them, to moments: open or closed, when next, by when an answer.

Hours are wall times in a time zone; everything here is worked out from them as intervals of UTC, half open, in order
and apart. Several people or teams may answer for one conversation, so each question is asked of all who do: it is open
when any of them is.

Laws:
1. A wall time stands for the first moment at which a clock there shows it or later. So an hour that summer time skips
   is no hour, one that comes twice lasts twice as long, and blocks that touch leave no gap.
2. Away comes before an exception, an exception before a holiday, a holiday before the week.
3. It is open at a moment exactly when the moment lies in an interval; all other answers follow from the intervals.
4. The time zones are those of the package tzdata, never the machine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from zorgmessenger.organisations.hours import feasts
from zorgmessenger.organisations.hours.feasts import Feast

DAY = 24 * 60
FAR = 400
"""Days that are searched for an opening; what opens later does not open."""
_STEP = 8
_SECOND = timedelta(seconds=1)

Minute = Annotated[int, Meta(ge=0, le=DAY)]


class Block(NamedTuple):
    """Open from `start` until `end`, in minutes from midnight; 1440 is the end of the day."""

    start: Minute
    end: Minute


class Interval(NamedTuple):
    """From `start` until `end`, UTC, `end` not included."""

    start: datetime
    end: datetime


Blocks = tuple[Block, ...]
CLOSED: Blocks = ()
OFFICE: Blocks = (Block(9 * 60, 17 * 60),)


class Hours(Struct, frozen=True):
    """When somebody answers.

    `week` has the blocks of seven days, Monday first; `exceptions` replaces them on a date; `holidays` are closed, None
    stands for the organisation's; `away` are first and last days, both included, of absence. `promise` is in how many
    minutes of open time an answer comes, where that is said.
    """

    zone: str = "Europe/Amsterdam"
    week: tuple[Blocks, ...] = (*[OFFICE] * 5, CLOSED, CLOSED)
    exceptions: Mapping[date, Blocks] = {}
    holidays: frozenset[Feast] | None = feasts.OFFICIAL
    away: tuple[tuple[date, date], ...] = ()
    promise: int | None = None

    def on(self, day: date) -> Blocks:
        """The blocks of a day (law 2)."""
        if any(first <= day <= last for first, last in self.away):
            return CLOSED
        if day in self.exceptions:
            return self.exceptions[day]
        if not (self.holidays or frozenset()).isdisjoint(feasts.of(day.year).get(day, ())):
            return CLOSED
        return self.week[day.weekday()]


Who = Sequence[Hours]


def laid_over(base: Hours, own: Hours, away: tuple[tuple[date, date], ...] = ()) -> Hours:
    """Somebody's own hours over their organisation's: its zone, its exceptions, and what they leave to it."""
    return Hours(
        zone=base.zone,
        week=own.week,
        exceptions={**base.exceptions, **own.exceptions},
        holidays=base.holidays if own.holidays is None else own.holidays,
        away=away,
        promise=base.promise if own.promise is None else own.promise,
    )


def openings(who: Who, at: datetime, days: int) -> list[Interval]:
    """When it is open from `at` until `days` days later. An interval that `at` lies in starts in its past."""
    spans = _spans(who, at, -1, days)
    return [span for span in spans if span.end > at]


def is_open(who: Who, at: datetime) -> bool:
    """Whether it is open at `at`."""
    return any(span.start <= at < span.end for span in _spans(who, at, -1, 1))


def ahead(who: Who, at: datetime, days: int) -> list[Interval]:
    """`openings`, or the first one after that where there is none in so many days."""
    found = openings(who, at, days)
    return found or [*islice(_ahead(who, at), 1)]


def next_opening(who: Who, at: datetime) -> datetime | None:
    """The first moment from `at` on at which it is open; None where it does not open within `FAR` days."""
    return next((max(span.start, at) for span in _ahead(who, at)), None)


def closed_period(who: Who, at: datetime) -> datetime | None:
    """The start of the closed time that `at` lies in, which identifies it; None where it is open.

    What has not been open for `FAR` days has been closed since the beginning of time.
    """
    if is_open(who, at):
        return None
    for back in range(0, FAR, _STEP):
        ends = [span.end for span in _spans(who, at, -back - _STEP, -back + 1) if span.end <= at]
        if ends:
            return ends[-1]
    return datetime.min.replace(tzinfo=UTC)


def answer_by(who: Who, at: datetime, promise: int) -> datetime | None:
    """The moment by which `promise` minutes of open time have passed since `at`; None where that is too far away."""
    left = timedelta(minutes=promise)
    for span in _ahead(who, at):
        start = max(span.start, at)
        if start + left <= span.end:
            return start + left
        left -= span.end - start
    return None


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name (law 4).

    Raises:
        KeyError: there is none of this name.
    """
    if name not in zones():
        raise KeyError(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(files("tzdata").joinpath("zones").read_text().split())


def today(hours: Hours, at: datetime) -> date:
    """The date that it is there at `at`."""
    return at.astimezone(zone(hours.zone)).date()


def moment(day: date, minute: int, where: str) -> datetime:
    """The moment of a wall time (law 1); minute 1440 is the next day's midnight."""
    return _moment(day + timedelta(minute // DAY), minute % DAY, where)


@lru_cache(maxsize=4096)
def _moment(day: date, minute: int, where: str) -> datetime:
    place = zone(where)
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    found = wall.replace(tzinfo=place).astimezone(UTC)
    if found.astimezone(place).replace(tzinfo=None) == wall:
        return found
    before, after = wall.replace(tzinfo=place, fold=1).astimezone(UTC), found
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(place).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _ahead(who: Who, at: datetime) -> Iterator[Interval]:
    """The openings after `at`, as far as `FAR`; one that goes on for long comes in parts that touch."""
    reached = at
    for start in range(-1, FAR, _STEP):
        for span in _spans(who, at, start, start + _STEP - 1):
            if span.end > reached:
                yield Interval(max(span.start, reached), span.end)
                reached = span.end


def _spans(who: Who, at: datetime, first: int, last: int) -> list[Interval]:
    """The openings of the days from `first` to `last` around the date of `at`, merged."""
    found: list[Interval] = []
    for hours in who:
        here = today(hours, at)
        for number in range(first, last + 1):
            day = here + timedelta(number)
            found += [
                Interval(moment(day, start, hours.zone), moment(day, end, hours.zone)) for start, end in hours.on(day)
            ]
    return _merged(found)


def _merged(spans: Iterable[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged
