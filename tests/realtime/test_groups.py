"""Groups: who is in them sees what they may, and nothing after they were taken out.

GRP-1 … GRP-3 of `conversations.groups`, ACC-8 and ACC-9 of `access.rules`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tests.live import Browser, Socket
from tests.world import World, meet
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts, groups, tell, views
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.messages.committer import commit
from zorgmessenger.organisations.models import Membership
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]


@pytest.fixture
def group(world: World, browse: Browse) -> UUID:
    """Bram's group with Anna, Joris and Fatima."""
    meet(world, "bram", "joris")
    people = [str(world.id(name)) for name in ("anna", "joris", "fatima")]
    made = browse("bram").ask("POST", "/api/v1/groups", {"title": "Wandelgroep", "symbol": "leaf", "people": people})
    assert made.status == 201
    return UUID(made.body["conversation"])


def _mine(socket: Socket, conversation: UUID) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in socket.welcome["conversations"] if c["id"] == str(conversation))
    return found


def _people(frame: dict[str, Any]) -> dict[str, str]:
    return {person["id"]: f"{person['firstName']} {person['lastName']}".strip() for person in frame["people"]}


def _group_names(frame: dict[str, Any]) -> dict[str, str]:
    return {person["id"]: person.get("groupName", "") for person in frame["people"]}


def _add(browse: Browse, world: World, group: UUID, name: str, *, history: bool) -> None:
    body = {"person": str(world.id(name)), "history": history}
    assert browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body).status == 200


def test_a_group_has_a_name_that_is_sealed_and_all_talk_in_it(browse: Browse, group: UUID) -> None:
    with browse("anna").socket() as anna, browse("joris").socket() as joris, browse("bram").socket() as bram:
        assert (_mine(anna, group)["title"], _mine(anna, group)["symbol"]) == ("Wandelgroep", "leaf")
        anna.say(type="send", id=uuid4(), conversation=group, body="Zullen we zaterdag?")
        assert joris.hear("message")["body"] == bram.hear("message")["body"] == "Zullen we zaterdag?"
    assert b"Wandelgroep" not in bytes(Conversation.objects.get(pk=group).title_sealed or b"")


def test_clients_of_a_group_know_each_other_by_first_name_or_chosen_name_only(
    world: World, browse: Browse, group: UUID
) -> None:
    with browse("anna").socket() as anna:
        assert _people(anna.welcome)[str(world.id("joris"))] == "Joris"
        assert _people(anna.welcome)[str(world.id("bram"))] == "Bram van Toneel"
    with browse("bram").socket() as bram:
        assert _people(bram.welcome)[str(world.id("joris"))] == "Joris van Toneel"
        assert _group_names(bram.welcome)[str(world.id("joris"))] == "Joris"
    with browse("anna").socket() as anna, browse("bram").socket() as bram:
        assert browse("joris").ask("PUT", "/api/v1/me/group-name", {"name": "Zonnetje"}).status == 200
        assert _people(anna.hear("conversation"))[str(world.id("joris"))] == "Zonnetje"
        assert _group_names(bram.hear("conversation"))[str(world.id("joris"))] == "Zonnetje"
    with browse("anna").socket() as anna:
        assert _people(anna.welcome)[str(world.id("joris"))] == "Zonnetje"
        assert "Joris" not in json.dumps(anna.welcome)
        _add(browse, world, group, "pim", history=True)
        told = anna.hear("conversation")
        assert _people(told)[str(world.id("joris"))] == "Zonnetje"
        assert _people(told)[str(world.id("pim"))] == "Pim van Toneel"


def test_grp_1_somebody_new_sees_what_was_before_only_where_that_was_chosen(
    world: World, browse: Browse, group: UUID
) -> None:
    for number in range(1, 4):
        world.send("bram", group, f"van voor {number}")
    _add(browse, world, group, "petra", history=False)
    _add(browse, world, group, "pim", history=True)
    world.send("anna", group, "van na")
    for have in ({}, {str(group): 0}, {str(group): 2}):
        with browse("petra").socket(have=have) as petra:
            assert [m["body"] for m in _mine(petra, group)["messages"]] == ["van na"]
            assert _mine(petra, group)["above"] == 3
            for asked in ({"before": 100}, {"after": 0}, {"before": 3}):
                petra.say(type="history", request=1, conversation=group, **asked)
                page = petra.hear("history")
                assert "van voor" not in json.dumps(page)
                assert page["complete"]
    page = browse("petra").ask("GET", f"/api/v1/conversations/{group}/messages").body
    assert [m["body"] for m in page["messages"]] == ["van na"]
    with browse("pim").socket() as pim:
        assert len(_mine(pim, group)["messages"]) == 4


def test_grp_2_who_is_taken_out_gets_nothing_more(world: World, browse: Browse, group: UUID) -> None:
    joris = browse("joris")
    with joris.socket() as socket, browse("anna").socket() as anna:
        answer = browse("fatima").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}")
        assert answer.status == 200
        assert socket.hear("gone")["conversation"] == str(group)
        left = {p["person"] for p in anna.hear("conversation")["conversation"]["participants"]}
        assert str(world.id("joris")) not in left
        anna.say(type="send", id=uuid4(), conversation=group, body="zonder Joris")
        anna.say(type="typing", conversation=group)
        anna.hear("ack")
        assert socket.silent()
        socket.say(type="history", request=1, conversation=group, before=100)
        assert socket.hear("refused")["code"] == "not_found"
        socket.say(type="send", id=uuid4(), conversation=group, body="nog iets")
        assert socket.hear("refused")["code"] == "not_found"
    assert joris.ask("GET", f"/api/v1/conversations/{group}/messages").status == 404
    with joris.socket(have={str(group): 0}) as socket:
        assert str(group) not in json.dumps(socket.welcome)
    gone = browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}")
    never = browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('dora')}")
    assert (gone.status, gone.body) == (never.status, never.body)
    assert gone.status == 404


def test_a_client_leaves_and_manages_nothing(world: World, browse: Browse, group: UUID) -> None:
    anna = browse("anna")
    look = {"title": "Anders", "symbol": "sun"}
    assert anna.ask("PUT", f"/api/v1/groups/{group}", look).status == 403
    assert anna.ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}").status == 403
    newcomer = {"person": str(world.id("bram")), "history": True}
    assert anna.ask("POST", f"/api/v1/groups/{group}/people", newcomer).status == 403
    assert anna.ask("POST", f"/api/v1/groups/{group}/close").status == 403
    assert anna.ask("POST", f"/api/v1/groups/{group}/leave").status == 200
    assert anna.ask("GET", f"/api/v1/conversations/{group}/messages").status == 404


def test_grp_3_a_group_without_staff_is_closed_and_can_be_read(world: World, browse: Browse, group: UUID) -> None:
    world.send("bram", group, "tot ziens")
    with browse("anna").socket() as anna:
        for name in ("fatima", "bram"):
            assert browse(name).ask("POST", f"/api/v1/groups/{group}/leave").status == 200
        anna.hear("conversation")
        assert anna.hear("conversation")["conversation"]["closed"]
        anna.say(type="send", id=uuid4(), conversation=group, body="hallo?")
        assert anna.hear("refused")["code"] == "conversation_closed"
        anna.say(type="history", request=1, conversation=group, before=100)
        assert [m["body"] for m in anna.hear("history")["messages"]] == ["tot ziens"]
    assert AuditEntry.objects.filter(tag=Tag.GROUP_CLOSED, object=str(group)).exists()


def test_acc_8_only_colleagues_and_ones_own_clients_are_brought_in(world: World, browse: Browse, group: UUID) -> None:
    for name in ("dora", "carla"):
        body = {"person": str(world.id(name)), "history": False}
        assert browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body).status == 404
    body = {"person": str(world.id("anna")), "history": False}
    assert browse("fatima").ask("POST", f"/api/v1/groups/{group}/people", body).status == 404, "Anna is Bram's"


def test_a_group_gets_another_name_and_everybody_is_told(world: World, browse: Browse, group: UUID) -> None:
    with browse("joris").socket() as joris:
        look = {"title": "  Wandelen   op zaterdag ", "symbol": "sun"}
        assert browse("fatima").ask("PUT", f"/api/v1/groups/{group}", look).status == 200
        assert joris.hear("conversation")["conversation"]["title"] == "Wandelen op zaterdag"
    wrong = browse("fatima").ask("PUT", f"/api/v1/groups/{group}", {"title": " \u202e ", "symbol": "sun"})
    assert (wrong.status, wrong.body["fields"][0]["field"]) == (422, "title")
    group_alone = browse("fatima").ask("PUT", f"/api/v1/groups/{world.conversations['fatima', 'joris']}", look)
    assert group_alone.status == 403


def test_a_group_holds_no_more_people_than_it_may(
    world: World, browse: Browse, group: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_PEOPLE", 5)
    _add(browse, world, group, "petra", history=False)
    body = {"person": str(world.id("pim")), "history": False}
    answer = browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body)
    assert (answer.status, answer.body["code"]) == (409, "group_full")
    _add(browse, world, group, "petra", history=False)
    people = [str(world.id(name)) for name in ("anna", "joris", "fatima", "petra", "pim")]
    made = browse("bram").ask("POST", "/api/v1/groups", {"title": "Te veel", "symbol": "leaf", "people": people})
    assert (made.status, made.body["code"]) == (409, "group_full")


def test_what_happens_with_a_client_in_a_group_is_logged_as_about_them(
    world: World, browse: Browse, group: UUID
) -> None:
    world.send("anna", group, "van Anna")
    world.send("bram", group, "van Bram")
    commit([world.alter("bram", "react", group, seq=1, reaction="agree")])
    commit([world.alter("bram", "withdraw", group, seq=2)])
    assert browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}").status == 200
    assert browse("anna").ask("POST", f"/api/v1/groups/{group}/leave").status == 200
    assert browse("fatima").ask("POST", f"/api/v1/groups/{group}/leave").status == 200
    _add(browse, world, group, "anna", history=False)
    _add(browse, world, group, "petra", history=False)
    mine = AuditEntry.objects.filter(object=str(group)).order_by("position").values_list("tag", "subject", "detail")
    anna, joris = world.id("anna"), world.id("joris")
    added = {detail.split()[0]: subject for tag, subject, detail in mine if tag == Tag.GROUP_PERSON_ADDED}
    assert {UUID(person) for person, subject in added.items() if subject} == {anna, joris}
    assert all(subject is None or str(subject) == person for person, subject in added.items())
    later = [(tag, subject) for tag, subject, _ in mine if tag != Tag.GROUP_PERSON_ADDED][1:]
    assert later == [
        (Tag.MESSAGE_SENT, anna),
        (Tag.MESSAGE_SENT, None),
        (Tag.MESSAGE_REACTED, anna),
        (Tag.MESSAGE_WITHDRAWN, None),
        (Tag.GROUP_PERSON_REMOVED, joris),
        (Tag.GROUP_LEFT, anna),
        (Tag.GROUP_LEFT, None),
    ]


def test_grp_2_a_group_does_not_come_back_to_who_was_taken_out_of_it(
    world: World, browse: Browse, group: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anna is taken out while the group's new name is on its way to her."""
    described = views.conversation
    removing: list[threading.Thread] = []

    def remove() -> None:
        try:
            known = facts.one(group)
            groups.remove(rules.may_manage_group(world["fatima"], known.facts), world.id("anna"), NOWHERE)
        finally:
            connections.close_all()

    def slow(*given: Any, **named: Any) -> protocol.Conversation:
        found = described(*given, **named)
        if not removing:
            removing.append(threading.Thread(target=remove))
            removing[0].start()
            removing[0].join(0.7)
        return found

    with browse("anna").socket() as anna:
        monkeypatch.setattr(views, "conversation", slow)
        known = facts.one(group)
        groups.rename(rules.may_manage_group(world["bram"], known.facts), "Anders", "sun", NOWHERE)
        removing[0].join(10)
        assert anna.hear("gone")["conversation"] == str(group)
        assert anna.silent()


def test_grp_2_a_group_does_not_go_from_who_was_brought_in_again(world: World, browse: Browse, group: UUID) -> None:
    with browse("anna").socket() as anna:
        tell.gone(group, [world.id("anna")])
        assert anna.silent()


@pytest.mark.parametrize("name", ["ingrid", "vera"])
def test_acc_14_who_has_no_clients_is_in_no_group_with_one(
    world: World, browse: Browse, group: UUID, name: str
) -> None:
    bram, they, look = browse("bram"), browse(name), {"title": "Overleg", "symbol": "sun"}
    them, anna, fatima = ([str(world.id(one))] for one in (name, "anna", "fatima"))
    assert bram.ask("POST", f"/api/v1/groups/{group}/people", {"person": them[0], "history": True}).status == 404
    assert bram.ask("POST", "/api/v1/groups", {**look, "people": anna + them}).status == 404
    made = they.ask("POST", "/api/v1/groups", {**look, "people": [*fatima, str(world.id("bram"))]})
    talk = made.body["conversation"]
    assert bram.ask("POST", f"/api/v1/groups/{talk}/people", {"person": anna[0], "history": True}).status == 404


def test_acc_14_who_has_no_clients_any_more_is_there_no_more(world: World, browse: Browse, group: UUID) -> None:
    Membership.objects.filter(person_id=world.id("fatima")).update(role=Role.ADMINISTRATOR)
    with browse("fatima").socket() as fatima, browse("bram").socket() as bram:
        assert str(group) not in {one["id"] for one in fatima.welcome["conversations"]}
        bram.say(type="send", id=uuid4(), conversation=group, body="Tot zaterdag")
        bram.hear("ack")
        fatima.say(type="history", request=1, conversation=group, before=9)
        assert fatima.hear()["code"] == "not_found"


def test_who_meets_a_client_in_a_group_only_has_no_new_contact(world: World, browse: Browse) -> None:
    with browse("bram").socket() as bram, browse("fatima").socket() as fatima, browse("joris").socket() as joris:
        people = [str(world.id(name)) for name in ("joris", "bram")]
        look = {"title": "Overleg", "symbol": "sun", "people": people}
        assert browse("fatima").ask("POST", "/api/v1/groups", look).status == 201
        staff, client = {str(world.id(name)) for name in ("bram", "fatima")}, str(world.id("joris"))
        assert set(bram.hear("conversation")["contacts"]) == staff
        assert set(fatima.hear("conversation")["contacts"]) == staff | {client}
        assert "contacts" not in joris.hear("conversation")


def test_a_page_names_who_wrote_it_also_when_they_are_in_it_no_more(world: World, browse: Browse, group: UUID) -> None:
    world.send("joris", group, "van Joris")
    assert browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}").status == 200
    world.send("fatima", group, "van Fatima")
    with browse("anna").socket() as anna:
        anna.say(type="history", request=1, conversation=group, before=9)
        told = _people(anna.hear("history"))
    assert told == {str(world.id("joris")): "Joris", str(world.id("fatima")): "Fatima van Toneel"}
