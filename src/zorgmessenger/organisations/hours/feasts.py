"""The Dutch holidays, by code. Half of them move with Easter, which Gauss's calculation gives for any year.

Official are those of the Algemene termijnenwet, article 3, and both Sundays that go with them; Good Friday and
Liberation Day are there to be chosen. King's Day that falls on a Sunday is kept the day before.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

_SUNDAY = 6


class Feast(StrEnum):
    """A holiday."""

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER = "easter"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    ASCENSION = "ascension"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS = "christmas"
    BOXING_DAY = "boxing_day"


OFFICIAL = frozenset(Feast) - {Feast.GOOD_FRIDAY, Feast.LIBERATION_DAY}


@lru_cache(maxsize=64)
def of(year: int) -> dict[date, frozenset[Feast]]:
    """The holidays of a year. Two fall on one day at times: Ascension on Liberation Day."""
    found: dict[date, frozenset[Feast]] = {}
    for feast, day in dates(year).items():
        found[day] = found.get(day, frozenset()) | {feast}
    return found


def dates(year: int) -> dict[Feast, date]:
    """The day of each holiday of a year."""
    easter = easter_of(year)
    return {
        Feast.NEW_YEAR: date(year, 1, 1),
        Feast.GOOD_FRIDAY: easter - timedelta(2),
        Feast.EASTER: easter,
        Feast.EASTER_MONDAY: easter + timedelta(1),
        Feast.KINGS_DAY: date(year, 4, 26 if date(year, 4, 27).weekday() == _SUNDAY else 27),
        Feast.LIBERATION_DAY: date(year, 5, 5),
        Feast.ASCENSION: easter + timedelta(39),
        Feast.WHIT_SUNDAY: easter + timedelta(49),
        Feast.WHIT_MONDAY: easter + timedelta(50),
        Feast.CHRISTMAS: date(year, 12, 25),
        Feast.BOXING_DAY: date(year, 12, 26),
    }


def easter_of(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, within = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    golden = year % 19
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (within // 4) - moon - within % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
