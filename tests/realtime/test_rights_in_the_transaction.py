"""Groups and teams: a right that was taken away a moment before, and what happens in the same moment.

The proofs here are made, and then lost before they are used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connections

from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.access.proofs import MayAnswerForTeam, MayManageGroup
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations import actions, facts, groups, teams
from zorgmessenger.conversations.models import Participant
from zorgmessenger.errors import Invalid, NotFound, Refused
from zorgmessenger.messages import committer
from zorgmessenger.messages.committer import commit
from zorgmessenger.organisations import teams as organisation_teams
from zorgmessenger.organisations.models import CareRelation, Team
from zorgmessenger.origin import NOWHERE


@pytest.fixture
def planning(world: World) -> UUID:
    """Anna's conversation with the planning office: Petra and Pim."""
    return world.conversations["petra", "anna"]


def _group(world: World, *names: str) -> UUID:
    people = {world.id(name): (world[name], True) for name in names}
    return groups.make(rules.may_make_group(world["bram"], people), "Wandelen", "leaf", NOWHERE)


def _manages(world: World, group: UUID, name: str) -> MayManageGroup:
    known = facts.one(group)
    return rules.may_manage_group(known.members.get(world.id(name)), known.facts)


def _answers(world: World, conversation: UUID, name: str) -> MayAnswerForTeam:
    known = facts.one(conversation)
    return rules.may_answer_for_team(known.members.get(world.id(name)), known.facts)


def _leave(world: World, name: str) -> None:
    with audited() as log:
        teams.leave(log, Team.objects.get(pk=world.team("petra")), world.id(name))


def _apart(what: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            what()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_acc_8_who_was_taken_out_of_a_group_manages_it_no_more(world: World) -> None:
    group = _group(world, "anna", "fatima")
    fatima = _manages(world, group, "fatima")
    adds = rules.may_add_to_group(fatima, world["sem"], [], care_relation=False)
    leaves = rules.may_leave_group(fatima.member, fatima.conversation)
    groups.remove(_manages(world, group, "bram"), world.id("fatima"), NOWHERE)
    attempts: list[Callable[[], None]] = [
        lambda: groups.add(adds, NOWHERE, history=True),
        lambda: groups.rename(fatima, "Gekaapt", "sun", NOWHERE),
        lambda: groups.remove(fatima, world.id("anna"), NOWHERE),
        lambda: groups.close(fatima, NOWHERE),
        lambda: groups.leave(leaves, NOWHERE),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    known = facts.one(group)
    assert known.facts.participants == {world.id("bram"), world.id("anna")}
    assert not known.facts.closed


def test_acc_8_a_client_whose_care_ended_is_not_brought_in(world: World) -> None:
    group = _group(world, "fatima")
    adds = rules.may_add_to_group(_manages(world, group, "bram"), world["anna"], [], care_relation=True)
    makes = rules.may_make_group(world["bram"], {world.id("anna"): (world["anna"], True)})
    CareRelation.objects.filter(staff_id=world.id("bram"), client_id=world.id("anna")).delete()
    with pytest.raises(NotFound):
        groups.add(adds, NOWHERE, history=True)
    with pytest.raises(NotFound):
        groups.make(makes, "Wandelen", "leaf", NOWHERE)


def test_acc_9_nothing_is_done_in_what_was_closed_just_now(world: World) -> None:
    group = _group(world, "anna", "fatima")
    fatima = _manages(world, group, "fatima")
    groups.close(_manages(world, group, "bram"), NOWHERE)
    with pytest.raises(Refused, match="closed"):
        groups.rename(fatima, "Te laat", "sun", NOWHERE)


def test_grp_1_nobody_shows_others_or_themselves_what_was_before_they_came(world: World) -> None:
    group = _group(world, "anna")
    world.send("anna", group, "van voor Fatima")
    _add(world, group, "bram", "fatima", history=False)
    _add(world, group, "fatima", "sem", history=True)
    assert facts.one(group).facts.above == {world.id("fatima"): 1, world.id("sem"): 1}
    groups.remove(_manages(world, group, "sem"), world.id("fatima"), NOWHERE)
    _add(world, group, "sem", "fatima", history=True)
    assert facts.one(group).facts.above[world.id("fatima")] == 1
    _add(world, group, "bram", "petra", history=True)
    assert world.id("petra") not in facts.one(group).facts.above


def _add(world: World, group: UUID, by: str, name: str, *, history: bool) -> None:
    proof = rules.may_add_to_group(_manages(world, group, by), world[name], [], care_relation=False)
    groups.add(proof, NOWHERE, history=history)


def test_acc_7_a_case_is_changed_by_and_given_to_who_is_of_the_team_now(world: World, planning: UUID) -> None:
    petra, pim = _answers(world, planning, "petra"), _answers(world, planning, "pim")
    _leave(world, "pim")
    with pytest.raises(Invalid):
        teams.assign(petra, world.id("pim"), NOWHERE, expected=None)
    with pytest.raises(NotFound):
        teams.assign(pim, world.id("petra"), NOWHERE, expected=None)
    with pytest.raises(NotFound):
        teams.set_handled(pim, NOWHERE, handled=True)
    with pytest.raises(NotFound):
        actions.open_notes(pim, NOWHERE)
    notes = actions.open_notes(petra, NOWHERE)
    assert Participant.objects.filter(conversation_id=notes).count() == 1


def test_who_left_the_team_takes_no_part_in_what_a_client_starts(world: World) -> None:
    team = organisation_teams.find(world.team("petra"))
    asks = rules.may_ask(world["joris"], team, world["joris"], care_relation=False)
    answers = rules.may_ask(world["pim"], team, world["joris"], care_relation=True)
    _leave(world, "pim")
    with pytest.raises(NotFound):
        actions.ask_team(answers, NOWHERE)
    conversation = actions.ask_team(asks, NOWHERE)
    assert not Participant.objects.filter(conversation_id=conversation, person_id=world.id("pim")).exists()


def test_who_leaves_a_team_waits_for_what_is_being_sent_to_it(
    world: World, planning: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, waited = committer._store_messages, []  # noqa: SLF001

    def slow(batch: committer._Batch) -> None:
        leaving.append(_apart(lambda: _leave(world, "pim")))
        leaving[0].join(0.7)
        waited.append(leaving[0].is_alive())
        stored(batch)

    leaving: list[threading.Thread] = []
    monkeypatch.setattr(committer, "_store_messages", slow)
    commit([world.job("anna", planning, "nog net aan allebei")])
    leaving[0].join(10)
    assert waited == [True]
    assert world.id("pim") not in facts.one(planning).facts.participants


def test_who_leaves_a_team_and_a_client_who_starts_with_it_wait_for_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, leaving = actions._open, []  # noqa: SLF001
    asks = rules.may_ask(
        world["joris"], organisation_teams.find(world.team("petra")), world["joris"], care_relation=False
    )

    def slow(*given: object) -> UUID:
        leaving.append(_apart(lambda: _leave(world, "pim")))
        leaving[0].join(0.7)
        assert leaving[0].is_alive()
        return opening(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_open", slow)
    conversation = actions.ask_team(asks, NOWHERE)
    leaving[0].join(10)
    assert world.id("pim") not in facts.one(conversation).facts.participants
