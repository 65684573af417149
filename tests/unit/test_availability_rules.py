"""AVL-1 … AVL-3: what hours and absences must hold, each fault at its field."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from zorgmessenger.access.facts import Member, Role
from zorgmessenger.availability import rules
from zorgmessenger.availability.rules import Plan
from zorgmessenger.errors import Invalid
from zorgmessenger.organisations.hours.opening import Block, Hours

ME, COLLEAGUE, HERE = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(2026, 11, 25)
WEEK = Plan(date(2026, 12, 1), date(2026, 12, 7))


def faults(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(field.field, field.code) for field in error.value.fields]


def monday(*blocks: tuple[int, int]) -> Hours:
    return Hours(week=(tuple(Block(*block) for block in blocks), *[()] * 6))


@pytest.mark.parametrize(
    ("hours", "fault"),
    [
        (monday((540, 540)), ("week.0", "block_order")),
        (monday((600, 540)), ("week.0", "block_order")),
        (monday((540, 1441)), ("week.0", "block_order")),
        (monday((-1, 60)), ("week.0", "block_order")),
        (monday((540, 720), (719, 800)), ("week.0", "blocks_overlap")),
        (monday((800, 900), (540, 720)), ("week.0", "blocks_overlap")),
        (monday(*[(n, n + 1) for n in range(0, 70, 10)]), ("week.0", "too_many_blocks")),
        (Hours(week=((),)), ("week", "invalid")),
        (Hours(exceptions={date(2026, 12, 24): (Block(600, 500),)}), ("exceptions.2026-12-24", "block_order")),
        (
            Hours(exceptions={date.fromordinal(730_000 + n): () for n in range(401)}),
            ("exceptions", "too_many_exceptions"),
        ),
        (Hours(zone="Europe/Utrecht"), ("zone", "zone")),
        (Hours(promise=0), ("promise", "promise")),
        (Hours(promise=14_401), ("promise", "promise")),
    ],
)
def test_avl_1_a_fault_in_hours_is_told_by_its_field(hours: Hours, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as error:
        rules.check_hours(hours)
    assert faults(error) == [fault]


def test_blocks_that_touch_and_a_whole_day_are_fine() -> None:
    rules.check_hours(monday((0, 720), (720, 1440)))
    rules.check_hours(Hours(promise=14_400, zone="America/Curacao"))


def test_hours_come_back_as_they_were_stored() -> None:
    hours = Hours(exceptions={date(2026, 12, 24): (Block(540, 720),)}, holidays=None, promise=480)
    assert msgspec.json.decode(msgspec.json.encode(hours), type=Hours) == hours


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (Plan(date(2026, 12, 7), date(2026, 12, 1)), ("last", "before_first")),
        (Plan(date(2026, 11, 1), date(2026, 11, 24)), ("last", "in_the_past")),
        (Plan(date(2026, 12, 1), date(2027, 12, 2)), ("last", "absence_long")),
        (Plan(date(2026, 12, 7), date(2026, 12, 9)), ("first", "absence_overlaps")),
        (Plan(date(2026, 11, 25), date(2026, 12, 1)), ("first", "absence_overlaps")),
    ],
)
def test_avl_2_a_fault_in_an_absence_is_told_by_its_field(plan: Plan, fault: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as error:
        rules.check_plan(plan, TODAY, [WEEK])
    assert faults(error) == [fault]


def test_one_day_a_whole_year_and_days_that_touch_are_fine() -> None:
    for plan in (Plan(TODAY, TODAY), Plan(date(2026, 12, 8), date(2027, 12, 8)), Plan(TODAY, date(2026, 11, 30))):
        rules.check_plan(plan, TODAY, [WEEK])


def test_avl_2_there_are_so_many_absences_to_come_and_no_more() -> None:
    past = [Plan(TODAY - timedelta(n), TODAY - timedelta(n)) for n in range(1, 60)]
    coming = [Plan(TODAY + timedelta(n), TODAY + timedelta(n)) for n in range(1, rules.MOST_ABSENCES + 1)]
    rules.check_plan(Plan(TODAY, TODAY), TODAY, past + coming[1:])
    with pytest.raises(Invalid) as error:
        rules.check_plan(Plan(TODAY, TODAY), TODAY, coming)
    assert faults(error) == [("first", "absences_many")]


@pytest.mark.parametrize(
    ("stand_in", "member", "fault"),
    [
        (ME, Member(ME, HERE, Role.PRACTITIONER), "stand_in_self"),
        (COLLEAGUE, None, "stand_in_unknown"),
        *(
            (COLLEAGUE, Member(COLLEAGUE, HERE, role), "stand_in_unknown")
            for role in Role
            if role.name != "PRACTITIONER"
        ),
    ],
)
def test_avl_3_a_stand_in_is_another_practitioner(stand_in: UUID, member: Member | None, fault: str) -> None:
    with pytest.raises(Invalid) as error:
        rules.check_stand_in(Plan(TODAY, TODAY, stand_in), ME, member, [])
    assert faults(error) == [("standIn", fault)]


def test_avl_3_a_stand_in_is_not_away_in_that_time() -> None:
    colleague = Member(COLLEAGUE, HERE, Role.PRACTITIONER)
    rules.check_stand_in(Plan(TODAY, date(2026, 11, 30), COLLEAGUE), ME, colleague, [WEEK])
    with pytest.raises(Invalid) as error:
        rules.check_stand_in(Plan(TODAY, date(2026, 12, 1), COLLEAGUE), ME, colleague, [WEEK])
    assert faults(error) == [("standIn", "stand_in_away")]


@pytest.mark.parametrize("number", ["112", "030 123 45 67", "+31 30 123 45 67", "0900-1515"])
def test_a_number_that_can_be_called_is_fine(number: str) -> None:
    rules.check_numbers([number])


@pytest.mark.parametrize("number", ["", "12", "bel ons", "javascript:1", "030\n123", "1" * 40, "+", "٠٣٠ ١٢٣"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(Invalid) as error:
        rules.check_numbers(["112", number])
    assert faults(error) == [("phones.1", "phone")]
