"""NOT-1 … NOT-3: quiet hours and when a mail goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zorgmessenger.notifications import rules
from zorgmessenger.organisations.hours import opening

ZONE = "Europe/Amsterdam"
NIGHT = [22 * 60, 7 * 60]
NOON = [12 * 60, 13 * 60]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=opening.zone(ZONE)).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        ([], "2026-11-25 03:00", None),
        (NIGHT, "2026-11-25 21:59", None),
        (NIGHT, "2026-11-25 22:00", "2026-11-26 07:00"),
        (NIGHT, "2026-11-26 06:59", "2026-11-26 07:00"),
        (NIGHT, "2026-11-26 07:00", None),
        (NOON, "2026-11-25 12:30", "2026-11-25 13:00"),
        (NOON, "2026-11-25 13:00", None),
        (NIGHT, "2026-10-25 01:00", "2026-10-25 07:00"),  # the night in which an hour comes twice
        (NIGHT, "2027-03-28 01:30", "2027-03-28 07:00"),  # the night in which one is left out
    ],
)
def test_quiet_hours_hold_on_the_clock_on_the_wall_over_midnight_and_summer_time(
    quiet: list[int], now: str, until: str | None
) -> None:
    assert rules.end_of_quiet(quiet, ZONE, at(now)) == (at(until) if until else None)


@given(
    some.integers(0, 1439),
    some.integers(0, 1439),
    some.integers(0, 2 * 365 * 24 * 60),
)
def test_quiet_hours_end_within_a_day_and_are_over_then(begin: int, end: int, minute: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    if begin == end:
        return
    until = rules.end_of_quiet([begin, end], ZONE, now)
    if until is not None:
        assert now < until <= now + timedelta(hours=25)
        assert rules.end_of_quiet([begin, end], ZONE, until) is None


def test_at_once_leaves_time_to_read() -> None:
    assert rules.wait(0) == rules.GRACE
    assert rules.wait(15) == timedelta(minutes=15)


def test_there_is_no_second_mail_before_the_app_was_opened_nor_within_the_chosen_time() -> None:
    now = at("2026-11-25 12:00")
    earliest = rules.next_mail(60, None, opened=False)
    assert earliest is not None
    assert earliest < now
    assert rules.next_mail(60, now, opened=False) is None
    assert rules.next_mail(60, now, opened=True) == now + timedelta(hours=1)
    assert rules.next_mail(0, now, opened=True) == now + rules.GAP
