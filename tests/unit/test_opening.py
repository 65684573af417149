"""Open or closed, in every zone, through summer time, holidays and absences. The numbers are the laws of `opening`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.organisations.hours import opening
from zorgmessenger.organisations.hours.feasts import Feast
from zorgmessenger.organisations.hours.opening import DAY, Block, Hours, Interval

AMSTERDAM = "Europe/Amsterdam"
# Through midnight (Cairo, Havana), by half an hour (Lord Howe), a day that never was (Apia), no summer time (Kolkata).
TROUBLE = [AMSTERDAM, "Africa/Cairo", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
OFFICE = Hours()
ROUND_THE_CLOCK = Hours(week=((Block(0, DAY),),) * 7, holidays=frozenset())
NEVER = Hours(week=((),) * 7)

zones = st.sampled_from(TROUBLE) | st.sampled_from(sorted(opening.zones()))
moments = st.datetimes(datetime(2009, 1, 1), datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@st.composite
def blocks(draw: Any) -> tuple[Block, ...]:
    edges = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
    return tuple(Block(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def hours(draw: Any) -> Hours:
    around = draw(st.dates(date(2010, 1, 1), date(2036, 1, 1)))
    near = st.integers(-20, 20).map(lambda days: around + timedelta(days))
    return Hours(
        zone=draw(zones),
        week=tuple(draw(st.lists(blocks(), min_size=7, max_size=7))),
        exceptions=draw(st.dictionaries(near, blocks(), max_size=4)),
        holidays=draw(st.frozensets(st.sampled_from(Feast))),
        away=tuple(draw(st.lists(st.tuples(near, near), max_size=2))),
    )


anybody = st.lists(hours(), min_size=1, max_size=3)


def here(*numbers: int, zone: str = AMSTERDAM) -> datetime:
    return datetime(*numbers, tzinfo=opening.zone(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]  # fixed numbers


@given(anybody, moments, st.integers(0, 20))
def test_intervals_are_in_order_and_apart_and_none_is_over(who: list[Hours], at: datetime, days: int) -> None:
    found = opening.openings(who, at, days)
    assert all(span.start < span.end for span in found)
    assert all(before.end < after.start for before, after in pairwise(found))
    assert all(span.end > at for span in found)


@given(anybody, moments)
def test_open_is_to_be_in_an_interval(who: list[Hours], at: datetime) -> None:
    """Law 3."""
    lies_in = any(span.start <= at < span.end for span in opening.openings(who, at, 2))
    assert opening.is_open(who, at) == lies_in
    assert opening.is_open(who, at) == any(opening.is_open([one], at) for one in who)


@given(anybody, moments)
def test_the_next_opening_is_the_first_open_moment(who: list[Hours], at: datetime) -> None:
    found = opening.next_opening(who, at)
    if opening.is_open(who, at):
        assert found == at
        return
    if found is None:
        assert not any(span.start < at + timedelta(opening.FAR - 10) for span in opening.openings(who, at, 60))
        return
    assert found > at
    assert opening.is_open(who, found)
    assert not opening.is_open(who, found - timedelta(microseconds=1))
    middle = at + (found - at) / 2
    assert opening.next_opening(who, middle) == found
    assert opening.closed_period(who, middle) == opening.closed_period(who, at)


@given(anybody, moments)
def test_a_closed_period_starts_where_it_was_last_open(who: list[Hours], at: datetime) -> None:
    start = opening.closed_period(who, at)
    assert (start is None) == opening.is_open(who, at)
    if start is not None and start.year > 1:
        assert start <= at
        assert not opening.is_open(who, start)
        assert opening.is_open(who, start - timedelta(microseconds=1))
        assert opening.closed_period(who, start) == start


@given(anybody, moments, st.integers(0, 3000))
def test_a_promise_is_kept_in_just_so_many_open_minutes(who: list[Hours], at: datetime, promise: int) -> None:
    by = opening.answer_by(who, at, promise)
    if by is None or by - at > timedelta(60):
        return
    within = [Interval(max(span.start, at), min(span.end, by)) for span in opening.openings(who, at, 62)]
    passed = sum(((span.end - span.start) for span in within if span.start < span.end), timedelta())
    assert passed == timedelta(minutes=promise)
    assert promise == 0 or not opening.is_open(who, at) or by > at


@given(zones, moments)
def test_round_the_clock_is_open_at_every_moment_in_every_zone(zone: str, at: datetime) -> None:
    """Law 1: neither midnight nor summer time leaves a gap."""
    always = Hours(zone=zone, week=ROUND_THE_CLOCK.week, holidays=frozenset())
    assert opening.is_open([always], at)
    assert len(opening.openings([always], at, 10)) == 1


@given(zones, st.dates(date(2009, 1, 1), date(2036, 1, 1)), st.integers(0, DAY), st.integers(0, DAY))
def test_a_later_wall_time_is_never_an_earlier_moment(zone: str, day: date, one: int, other: int) -> None:
    """Law 1: the first moment at which a clock there shows it or later."""
    first, last = sorted((one, other))
    assert opening.moment(day, first, zone) <= opening.moment(day, last, zone)
    found = opening.moment(day, first, zone)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=first)
    assert found.astimezone(opening.zone(zone)).replace(tzinfo=None) >= wall
    just_before = found - timedelta(seconds=1)
    assert just_before.astimezone(opening.zone(zone)).replace(tzinfo=None) < wall


def lengths(one: Hours, at: datetime, days: int = 0) -> Sequence[float]:
    return [(span.end - span.start).total_seconds() / 3600 for span in opening.openings([one], at, days)]


def test_on_the_day_summer_time_begins_the_night_is_an_hour_short() -> None:
    night = Hours(week=((Block(60, 5 * 60),),) * 7)
    assert lengths(night, here(2026, 3, 29)) == [3]
    assert lengths(night, here(2026, 3, 28)) == [4]


def test_on_the_day_summer_time_ends_the_night_is_an_hour_long() -> None:
    night = Hours(week=((Block(60, 5 * 60),),) * 7)
    assert lengths(night, here(2026, 10, 25)) == [5]


def test_an_hour_that_is_skipped_is_no_hour_and_one_that_comes_twice_lasts_twice() -> None:
    skipped = Hours(week=((Block(125, 165),),) * 7)
    twice = Hours(week=((Block(120, 180),),) * 7)
    assert lengths(skipped, here(2026, 3, 29)) == []
    assert lengths(twice, here(2026, 10, 25)) == [2]


def test_nine_oclock_is_nine_oclock_in_summer_and_in_winter() -> None:
    assert opening.next_opening([OFFICE], here(2026, 3, 28, 12)) == here(2026, 3, 30, 9)
    assert opening.next_opening([OFFICE], here(2026, 10, 24, 12)) == here(2026, 10, 26, 9)
    assert here(2026, 3, 30, 9).hour == 7
    assert here(2026, 10, 26, 9).hour == 8


def test_blocks_that_touch_at_midnight_are_one_also_at_the_turn_of_the_year() -> None:
    nights = Hours(week=((Block(0, 6 * 60), Block(22 * 60, DAY)),) * 7, holidays=frozenset())
    assert lengths(nights, here(2026, 12, 31, 12), 1)[0] == 8
    assert opening.next_opening([nights], here(2026, 12, 31, 12)) == here(2026, 12, 31, 22)
    assert opening.closed_period([nights], here(2026, 12, 31, 12)) == here(2026, 12, 31, 6)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (here(2026, 4, 2, 18), here(2026, 4, 3, 9)),  # Good Friday is a day like others, unless chosen
        (here(2026, 4, 3, 18), here(2026, 4, 7, 9)),  # Easter
        (here(2026, 4, 24, 18), here(2026, 4, 28, 9)),  # King's Day on a Monday
        (here(2027, 5, 4, 18), here(2027, 5, 5, 9)),  # Liberation Day, likewise
        (here(2027, 5, 5, 18), here(2027, 5, 7, 9)),  # Ascension
        (here(2026, 12, 24, 18), here(2026, 12, 28, 9)),  # Christmas, then a weekend
        (here(2026, 12, 31, 18), here(2027, 1, 4, 9)),  # over the turn of the year
    ],
)
def test_after_the_last_working_day_it_opens_on_the_next(before: datetime, after: datetime) -> None:
    assert opening.next_opening([OFFICE], before) == after


def test_a_chosen_holiday_is_closed_and_an_exception_comes_before_it() -> None:
    """Law 2."""
    chosen = Hours(holidays=frozenset({Feast.GOOD_FRIDAY}))
    assert opening.next_opening([chosen], here(2026, 4, 2, 18)) == here(2026, 4, 6, 9)
    duty = Hours(exceptions={date(2026, 12, 25): (Block(600, 660),), date(2026, 12, 28): ()})
    assert opening.next_opening([duty], here(2026, 12, 24, 18)) == here(2026, 12, 25, 10)
    assert opening.next_opening([duty], here(2026, 12, 25, 12)) == here(2026, 12, 29, 9)


def test_who_is_away_is_closed_from_the_first_day_up_to_and_including_the_last() -> None:
    """Law 2: also on a day with an exception."""
    away = Hours(away=((date(2026, 12, 1), date(2026, 12, 3)),), exceptions={date(2026, 12, 2): opening.OFFICE})
    assert opening.next_opening([away], here(2026, 11, 30, 16)) == here(2026, 11, 30, 16)
    assert opening.next_opening([away], here(2026, 11, 30, 17)) == here(2026, 12, 4, 9)


def test_it_is_open_when_any_of_several_is() -> None:
    early, late = Hours(week=((Block(480, 720),),) * 7), Hours(week=((Block(700, 900),),) * 7)
    assert lengths(early, here(2026, 11, 24)) == [4]
    both = opening.openings([early, late], here(2026, 11, 24), 0)
    assert both == [Interval(here(2026, 11, 24, 8), here(2026, 11, 24, 15))]


def test_a_promise_of_eight_working_hours_runs_over_the_weekend() -> None:
    assert opening.answer_by([OFFICE], here(2026, 11, 27, 15), 8 * 60) == here(2026, 11, 30, 15)
    assert opening.answer_by([OFFICE], here(2026, 11, 28, 15), 8 * 60) == here(2026, 11, 30, 17)


def test_what_never_opens_has_no_next_opening_and_one_closed_period() -> None:
    at = here(2026, 11, 24)
    assert opening.next_opening([NEVER], at) is None
    assert opening.answer_by([NEVER], at, 60) is None
    assert opening.closed_period([NEVER], at) == opening.closed_period([NEVER], at + timedelta(1000))


def test_a_zone_that_is_none_is_refused() -> None:
    """Law 4: only names of the package's own list, so that no name reaches a file of the machine."""
    for name in ("Europe/Utrecht", "../../etc/passwd", ""):
        with pytest.raises(KeyError):
            opening.zone(name)
