"""Limits that hold under parallel tries, in several threads, and start anew when their window is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from zorgmessenger import clock
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.limits import Limit
from zorgmessenger.accounts.models import Attempt
from zorgmessenger.errors import TooMany
from zorgmessenger.texts.wait import words

FIVE = Limit("five", 5, 10)


def tries(limit: Limit, value: str, times: int) -> int:
    """How many of so many tries pass."""
    passed = 0
    for _ in range(times):
        try:
            limits.check(limit, value)
        except TooMany:
            continue
        passed += 1
    return passed


def test_so_many_pass_and_no_more(empty: None) -> None:
    del empty
    assert tries(FIVE, "anna", 12) == 5
    assert tries(FIVE, "bram", 3) == 3
    assert tries(Limit("other", 2, 10), "anna", 3) == 2


def test_exactly_so_many_pass_of_many_in_one_moment(empty: None) -> None:
    del empty
    together = Barrier(12)

    def one(_: int) -> int:
        together.wait()
        try:
            return tries(FIVE, "anna", 3)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one, range(12))) == 5
    assert Attempt.objects.get().count == 36, "every try counts"


def test_a_window_runs_from_the_first_try_and_not_from_the_last(empty: None) -> None:
    del empty
    start = clock.now()
    passed = []
    for minute in range(24):
        with clock.at(start + timedelta(minutes=minute)):
            passed.append(tries(FIVE, "anna", 1))
    assert passed == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0] * 2 + [1] * 4


def test_a_refusal_carries_how_long_to_wait_in_words_of_both_languages(empty: None) -> None:
    del empty
    tries(FIVE, "anna", 5)
    with clock.at(clock.now() + timedelta(minutes=6)), pytest.raises(TooMany) as refused:
        limits.check(FIVE, "anna")
    assert words(refused.value.wait, "nl") == "4 minuten"
    said = {timedelta(0): "1 minute", timedelta(minutes=15): "15 minutes", timedelta(hours=23, minutes=1): "24 hours"}
    assert {wait: words(wait, "en") for wait in said} == said


def test_spaces_and_capitals_make_no_other_value(empty: None) -> None:
    del empty
    assert (
        sum(tries(FIVE, value, 2) for value in ("Anna@cast.example", " anna@CAST.example ", "anna@cast.example")) == 5
    )
    [attempt] = Attempt.objects.all()
    assert "anna" not in attempt.key


def test_clearing_starts_anew_and_sweeping_removes_only_what_is_over(empty: None) -> None:
    del empty
    tries(FIVE, "anna", 5)
    tries(FIVE, "bram", 5)
    limits.clear(FIVE, "Anna")
    assert tries(FIVE, "anna", 5) == 5
    with clock.at(clock.now() + timedelta(minutes=9)):
        limits.sweep()
        assert Attempt.objects.count() == 2
    with clock.at(clock.now() + timedelta(minutes=11)):
        limits.sweep()
        assert Attempt.objects.count() == 0
