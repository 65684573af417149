"""Figures tell how a team does, and nothing of anybody: FIG-1 and FIG-2 of `console.figures`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.hours import set_hours
from tests.live import Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.audit.writer import audited
from zorgmessenger.console import figures
from zorgmessenger.console.figures import questions
from zorgmessenger.messages import events
from zorgmessenger.organisations.hours.opening import Hours
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]
HERE = ZoneInfo("Europe/Amsterdam")


def monday() -> datetime:
    """Ten o'clock on the Monday of last week."""
    now = clock.now().astimezone(HERE)
    return (now - timedelta(days=now.weekday() + 7)).replace(hour=10, minute=0, second=0, microsecond=0)


def say(world: World, name: str, at: datetime) -> None:
    with clock.at(at):
        world.send(name, world.conversations["petra", "anna"], "Over mijn afspraak")


def planning(browser: Browser) -> Any:
    return browser.ask("GET", "/api/v1/console/figures").body[0]


def test_a_question_is_answered_by_the_first_message_of_the_team_after_it(world: World) -> None:
    start = monday()
    for minutes, name in enumerate(["petra", "anna", "anna", "pim", "petra", "anna"]):
        say(world, name, start + timedelta(minutes=minutes))
    asked = [start + timedelta(minutes=1), start + timedelta(minutes=5)]
    found = questions(world.team("petra"), start)
    assert sorted(found) == [(asked[0], start + timedelta(minutes=3)), (asked[1], None)]
    assert questions(world.team("sem"), start) == []
    assert [one for one, _ in questions(world.team("petra"), asked[1])] == asked[1:]


def test_a_week_tells_the_middle_and_the_slow_of_its_answers(world: World, browse: Browse) -> None:
    for number, waits in enumerate([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]):
        asked = monday() + timedelta(hours=3 * number)
        say(world, "anna", asked)
        say(world, "petra", asked + timedelta(minutes=waits))
    shown = planning(browse("ingrid"))
    week = next(one for one in shown["weeks"] if one["questions"])
    assert week == {
        "monday": monday().date().isoformat(),
        "questions": 10,
        "medianMinutes": 55,
        "slowMinutes": 91,
        "handled": 0,
    }
    assert len(shown["weeks"]) == figures.WEEKS
    assert shown["name"] == "Planbureau"


def test_only_the_time_in_which_the_team_is_open_counts(world: World, browse: Browse) -> None:
    set_hours(world.organisation, Hours(holidays=frozenset(), promise=120), world.team("petra"), "team")
    evening = monday().replace(hour=16, minute=30)
    for number in range(5):
        asked = evening + timedelta(days=min(number, 3), minutes=number)
        say(world, "anna", asked)
        say(world, "petra", asked + timedelta(hours=17))
    shown = planning(browse("ingrid"))
    week = next(one for one in shown["weeks"] if one["questions"])
    assert (week["medianMinutes"], week["slowMinutes"]) == (60, 60), "half an hour before five and one after nine"
    assert shown["promiseMinutes"] == 120
    saturday = monday() + timedelta(days=5)
    assert figures.minutes_between(saturday, saturday + timedelta(hours=3), Hours()) == 0


def test_what_happened_and_automatic_replies_are_no_question_and_no_answer(world: World) -> None:
    start, conversation = monday(), world.conversations["petra", "anna"]
    say(world, "anna", start)
    event = protocol.EventBody(code="handed_over", person=world.id("petra"), stand_in=world.id("pim"))
    with audited():
        events.store_event(conversation, event, start + timedelta(minutes=1))
    say(world, "anna", start + timedelta(minutes=2))
    say(world, "pim", start + timedelta(minutes=3))
    assert questions(world.team("petra"), start) == [(start, start + timedelta(minutes=3))]
    assert questions(world.team("petra"), start + timedelta(minutes=2)) == []


def test_fig_1_nothing_is_told_of_fewer_than_five(world: World, browse: Browse) -> None:
    for number in range(4):
        say(world, "anna", monday() + timedelta(hours=2 * number))
        say(world, "petra", monday() + timedelta(hours=2 * number + 1))
    say(world, "anna", monday() + timedelta(days=1))
    shown = planning(browse("ingrid"))
    told = {key: shown["weeks"][1][key] for key in ("questions", "medianMinutes", "slowMinutes")}
    assert told == {"questions": 5, "medianMinutes": None, "slowMinutes": None}, "five were asked, four answered"
    assert (shown["open"], shown["overdue"]) == (None, None), "one client waits: that is one person"


def test_figures_hold_no_name_and_are_of_ones_own_organisation(world: World, browse: Browse) -> None:
    say(world, "anna", monday())
    answer = browse("ingrid").ask("GET", "/api/v1/console/figures")
    for name in ("anna", "Anna", "petra", "Petra", "Toneel", "afspraak", str(world.id("anna"))):
        assert name.encode() not in answer.raw
    proof = rules.may_administer(world["ingrid"])
    assert {one.name for one in figures.of_teams(proof, NOWHERE)} == {"Planbureau", "Cliëntensupport"}
