"""The Dutch holidays, beside a list that others keep."""

from __future__ import annotations

from datetime import date

import pytest
from holidays import country_holidays

from zorgmessenger.organisations.hours import feasts
from zorgmessenger.organisations.hours.feasts import Feast

NAMES = {
    "Nieuwjaarsdag": Feast.NEW_YEAR,
    "Goede vrijdag": Feast.GOOD_FRIDAY,
    "Eerste paasdag": Feast.EASTER,
    "Tweede paasdag": Feast.EASTER_MONDAY,
    "Koningsdag": Feast.KINGS_DAY,
    "Bevrijdingsdag": Feast.LIBERATION_DAY,
    "Hemelvaartsdag": Feast.ASCENSION,
    "Eerste pinksterdag": Feast.WHIT_SUNDAY,
    "Tweede pinksterdag": Feast.WHIT_MONDAY,
    "Eerste kerstdag": Feast.CHRISTMAS,
    "Tweede kerstdag": Feast.BOXING_DAY,
}


@pytest.mark.parametrize("year", range(2014, 2101))
def test_every_holiday_falls_on_the_day_that_others_say(year: int) -> None:
    told = country_holidays("NL", years=year, language="nl", categories=("public", "optional"))
    names = [(NAMES[name], day) for day, both in told.items() for name in both.split("; ")]
    assert sorted(set(names)) == sorted(feasts.dates(year).items())


def test_kings_day_on_a_sunday_is_kept_the_day_before() -> None:
    assert feasts.dates(2025)[Feast.KINGS_DAY] == date(2025, 4, 26)
    assert feasts.dates(2026)[Feast.KINGS_DAY] == date(2026, 4, 27)


def test_good_friday_and_liberation_day_are_to_be_chosen() -> None:
    assert set(Feast) - feasts.OFFICIAL == {Feast.GOOD_FRIDAY, Feast.LIBERATION_DAY}


def test_two_holidays_can_fall_on_one_day() -> None:
    assert feasts.of(2016)[date(2016, 5, 5)] == {Feast.ASCENSION, Feast.LIBERATION_DAY}
