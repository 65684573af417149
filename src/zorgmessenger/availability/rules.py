"""What hours, absences and notices must hold: pure decisions, each fault told by its field.

AVL-1 Blocks of a day are in order and apart.
AVL-2 An absence is at most a year, is not over yet, ends within two years, and does not lie over another of the same
      person, nor over days on which they stand in for somebody. Nobody has more than `MOST_ABSENCES` to come.
AVL-3 A stand-in is another practitioner, who is not away in that time themselves: nobody else treats clients.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import Member, Role
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import phones
from zorgmessenger.organisations.hours import opening
from zorgmessenger.organisations.hours.opening import Blocks, Hours

LONGEST = timedelta(366)
FARTHEST = timedelta(2 * 366)
MOST_ABSENCES = 50
MOST_PROMISED = 10 * opening.DAY
MOST_BLOCKS = 6
MOST_EXCEPTIONS = 400
_WEEK = 7


class Plan(Struct, frozen=True):
    """An absence as asked for: first and last day, both included, and who stands in."""

    first: date
    last: date
    stand_in: UUID | None = None


def check_hours(hours: Hours) -> None:
    """AVL-1, and that the zone is one.

    Raises:
        Invalid: with each field that is wrong; `week.0` is Monday, `exceptions.2026-12-24` a date.
    """
    wrong = [*_hours(hours)]
    if wrong:
        raise Invalid(*wrong)


def check_plan(plan: Plan, today: date, others: Collection[Plan], stands_in: Iterable[Plan] = ()) -> None:
    """AVL-2; `others` are the same person's, `stands_in` those in which they stand in.

    Raises:
        Invalid: with the field that is wrong.
    """
    if plan.last < plan.first:
        raise Invalid(FieldError("last", "before_first"))
    if plan.last < today:
        raise Invalid(FieldError("last", "in_the_past"))
    if plan.last - plan.first >= LONGEST:
        raise Invalid(FieldError("last", "absence_long"))
    if plan.last - today > FARTHEST:
        raise Invalid(FieldError("last", "absence_far"))
    if sum(other.last >= today for other in others) >= MOST_ABSENCES:
        raise Invalid(FieldError("first", "absences_many"))
    if any(_overlap(plan, other) for other in others):
        raise Invalid(FieldError("first", "absence_overlaps"))
    if any(_overlap(plan, other) for other in stands_in):
        raise Invalid(FieldError("first", "absence_stands_in"))


def check_stand_in(plan: Plan, absent: UUID, stand_in: Member | None, theirs: Iterable[Plan]) -> None:
    """AVL-3; `theirs` are the stand-in's own absences.

    Raises:
        Invalid: `standIn` is wrong.
    """
    if plan.stand_in == absent:
        raise Invalid(FieldError("standIn", "stand_in_self"))
    if plan.stand_in is not None and (stand_in is None or not may_stand_in(stand_in)):
        raise Invalid(FieldError("standIn", "stand_in_unknown"))
    if any(_overlap(plan, other) for other in theirs):
        raise Invalid(FieldError("standIn", "stand_in_away"))


def may_stand_in(member: Member) -> bool:
    """Whether somebody may read and answer in a colleague's treatment conversations; AVL-3."""
    return member.role is Role.PRACTITIONER


def check_numbers(numbers: Iterable[str]) -> None:
    """That each can be called.

    Raises:
        Invalid: `phones.0` is the first.
    """
    wrong = [FieldError(f"phones.{n}", "phone") for n, one in enumerate(numbers) if not phones.is_number(one)]
    if wrong:
        raise Invalid(*wrong)


def _hours(hours: Hours) -> Iterator[FieldError]:
    if len(hours.week) != _WEEK:
        yield FieldError("week", "invalid")
    for day, blocks in enumerate(hours.week):
        yield from _blocks(f"week.{day}", blocks)
    for exception, blocks in hours.exceptions.items():
        yield from _blocks(f"exceptions.{exception}", blocks)
    if len(hours.exceptions) > MOST_EXCEPTIONS:
        yield FieldError("exceptions", "too_many_exceptions")
    if hours.zone not in opening.zones():
        yield FieldError("zone", "zone")
    if hours.promise is not None and not 0 < hours.promise <= MOST_PROMISED:
        yield FieldError("promise", "promise")


def _blocks(name: str, blocks: Blocks) -> Iterator[FieldError]:
    if any(not 0 <= block.start < block.end <= opening.DAY for block in blocks):
        yield FieldError(name, "block_order")
    elif any(after.start < before.end for before, after in pairwise(blocks)):
        yield FieldError(name, "blocks_overlap")
    elif len(blocks) > MOST_BLOCKS:
        yield FieldError(name, "too_many_blocks")


def _overlap(one: Plan, other: Plan) -> bool:
    return one.first <= other.last and other.first <= one.last
