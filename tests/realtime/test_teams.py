"""A client and a team: to the client the team is one, among themselves its members share the work.

ACC-6, ACC-7 of `access.rules`; CASE-1 … CASE-3 of `conversations.rules`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.hours import set_hours
from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations import facts, rules, teams, views
from zorgmessenger.conversations.rules import Case
from zorgmessenger.ids import NIL
from zorgmessenger.messages.committer import commit
from zorgmessenger.organisations.hours.opening import Hours
from zorgmessenger.organisations.models import Team
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]
AT, LATER = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)
ANNA, PETRA = Member(UUID(int=1), NIL, Role.CLIENT), Member(UUID(int=2), NIL, Role.PLANNER)


@pytest.fixture
def planning(world: World) -> UUID:
    """Anna's conversation with the planning office: Petra and Pim."""
    return world.conversations["petra", "anna"]


def _due(at: datetime) -> datetime:
    return at + timedelta(hours=8)


def test_an_answer_is_due_when_the_promise_has_passed_in_office_hours(world: World, planning: UUID) -> None:
    """A working day of 8 hours by default, Monday to Friday from 9 to 17."""
    set_hours(world.organisation, Hours())
    friday = datetime(2026, 3, 6, 14, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with clock.at(friday):
        world.send("anna", planning, "vrijdagmiddag")
    case = facts.one(planning).case
    assert case is not None
    assert (case.waiting_since, case.answer_by) == (friday, friday + timedelta(days=3))


def _mine(socket: Socket, conversation: UUID) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in socket.welcome["conversations"] if c["id"] == str(conversation))
    return found


def _said(socket: Socket) -> list[dict[str, Any]]:
    """All that arrives before the answer to a ping."""
    socket.say(type="ping")
    frames = [socket.hear()]
    while frames[-1]["type"] != "pong":
        frames.append(socket.hear())
    return frames[:-1]


def test_case_1_the_first_message_without_an_answer_says_since_when_the_client_waits() -> None:
    case = rules.after_message(Case(assignee=PETRA.person, handled_at=AT), ANNA, AT, _due)
    assert case == Case(assignee=PETRA.person, waiting_since=AT, answer_by=_due(AT))
    assert rules.after_message(case, ANNA, LATER, _due) == case


def test_case_2_who_answers_takes_what_nobody_had() -> None:
    waiting = Case(waiting_since=AT, answer_by=LATER)
    assert rules.after_message(waiting, PETRA, LATER, _due) == Case(assignee=PETRA.person)
    other = UUID(int=9)
    assert rules.after_message(replace(waiting, assignee=other), PETRA, LATER, _due) == Case(assignee=other)


def test_case_3_in_what_is_handled_nobody_waits() -> None:
    waiting = Case(waiting_since=AT, answer_by=LATER)
    done = rules.handled(waiting, LATER)
    assert views.case(done) == protocol.Case(handled_at=LATER)
    assert rules.handled(done, AT) == done
    assert rules.reopened(done) == waiting, "the client waits as before"
    again = LATER + timedelta(days=1)
    assert rules.after_message(done, ANNA, again, _due) == Case(waiting_since=again, answer_by=_due(again))


def test_case_4_when_the_last_answer_is_withdrawn_the_client_waits_as_before(
    world: World, browse: Browse, planning: UUID
) -> None:
    world.send("anna", planning, "een vraag")
    waits = facts.one(planning).case
    assert waits is not None
    world.send("anna", planning, "en nog een")
    world.send("pim", planning, "een antwoord")
    world.send("petra", planning, "een verkeerd antwoord")
    with browse("petra").socket() as petra:
        commit([world.alter("petra", "withdraw", planning, seq=4)])
        assert facts.one(planning).case == Case(assignee=world.id("pim")), "Pim's answer stands"
        with browse("pim").socket() as pim:
            pim.say(type="withdraw", request=1, conversation=planning, seq=3)
            assert petra.hear("case")["case"]["waitingSince"]
    assert facts.one(planning).case == replace(waits, assignee=world.id("pim"))


def test_a_second_claim_does_not_take_the_first(world: World, browse: Browse, planning: UUID) -> None:
    path = f"/api/v1/conversations/{planning}/assignee"
    petra, pim = str(world.id("petra")), str(world.id("pim"))
    assert browse("petra").ask("PUT", path, {"person": petra, "expected": None}).status == 200
    second = browse("pim").ask("PUT", path, {"person": pim, "expected": None})
    assert (second.status, second.body["code"]) == (409, "case_taken")
    assert facts.one(planning).case == Case(assignee=world.id("petra"))
    assert browse("petra").ask("PUT", path, {"person": petra, "expected": None}).status == 200, "said again"
    assert browse("pim").ask("PUT", path, {"person": pim, "expected": petra}).status == 200
    assert browse("pim").ask("PUT", path, {"person": pim}).status == 422


def test_to_the_client_a_team_is_one(world: World, browse: Browse, planning: UUID) -> None:
    team = str(world.team("petra"))
    with browse("anna").socket() as anna, browse("petra").socket() as petra, browse("pim").socket() as pim:
        assert {p["person"] for p in _mine(anna, planning)["participants"]} == {str(world.id("anna")), team}
        assert not {str(world.id(name)) for name in ("petra", "pim")} & {p["id"] for p in anna.welcome["people"]}
        assert {t["name"] for t in anna.welcome["teams"]} == {"Planbureau", "Cliëntensupport"}
        everybody = {str(world.id(name)) for name in ("anna", "petra", "pim")}
        assert {p["person"] for p in _mine(petra, planning)["participants"]} == everybody
        anna.say(type="send", id=uuid4(), conversation=planning, body="Kan het een dag later?")
        anna.hear("ack")
        assert petra.hear("message")["sender"] == pim.hear("message")["sender"] == str(world.id("anna"))
        pim.say(type="read", conversation=planning, seq=1)
        receipt = anna.hear("receipt")
        assert (receipt["person"], receipt["read"]) == (team, 1)
        assert petra.hear("receipt")["person"] == str(world.id("pim"))
        petra.say(type="typing", conversation=planning)
        assert anna.hear("typing")["person"] == team
        assert pim.hear("typing")["person"] == str(world.id("petra"))
        petra.say(type="send", id=uuid4(), conversation=planning, body="Dat kan.")
        answer = anna.hear("message")
        assert (answer["sender"], answer["author"]["firstName"]) == (str(world.id("petra")), "Petra")
        assert "author" not in pim.hear("message")
    with browse("anna").socket() as anna:
        assert str(world.id("petra")) in {p["id"] for p in anna.welcome["people"]}, "who answered is seen"
        assert str(world.id("pim")) not in {p["id"] for p in anna.welcome["people"]}
        anna.say(type="history", request=1, conversation=planning, before=3)
        assert "Petra" in {p["firstName"] for p in anna.hear("history")["people"]}


def test_the_team_and_only_the_team_is_told_where_a_case_stands(world: World, browse: Browse, planning: UUID) -> None:
    with browse("anna").socket() as anna, browse("petra").socket() as petra, browse("pim").socket() as pim:
        anna.say(type="send", id=uuid4(), conversation=planning, body="Ik heb een vraag.")
        waiting = petra.hear("case")["case"]
        assert waiting["waitingSince"] < waiting["answerBy"]
        assert "assignee" not in waiting
        pim.say(type="send", id=uuid4(), conversation=planning, body="Zegt u het maar.")
        assert petra.hear("case")["case"] == {"assignee": str(world.id("pim"))}
        answer = browse("petra").ask(
            "PUT",
            f"/api/v1/conversations/{planning}/assignee",
            {"person": str(world.id("petra")), "expected": str(world.id("pim"))},
        )
        assert answer.status == 200
        assert petra.hear("case")["case"] == {"assignee": str(world.id("petra"))}
        assert browse("pim").ask("PUT", f"/api/v1/conversations/{planning}/handled", {"handled": True}).status == 200
        assert petra.hear("case")["case"]["handledAt"]
        anna.say(type="send", id=uuid4(), conversation=planning, body="Toch nog iets.")
        reopened = petra.hear("case")["case"]
        assert "handledAt" not in reopened
        assert reopened["assignee"] == str(world.id("petra"))
        assert "case" not in {frame["type"] for frame in _said(anna)}
    with browse("anna").socket() as anna:
        assert "case" not in _mine(anna, planning)
    with browse("pim").socket() as pim:
        assert _mine(pim, planning)["case"] == reopened
    entry = AuditEntry.objects.filter(tag=Tag.CASE_CHANGED).earliest("position")
    assert (entry.actor, entry.subject, entry.detail) == (
        world.id("petra"),
        world.id("anna"),
        f"assignee={world.id('petra')}",
    )


def test_how_far_a_team_is_is_told_when_it_moves_and_never_falls(world: World, browse: Browse, planning: UUID) -> None:
    world.send("anna", planning, "een vraag")
    world.send("anna", planning, "en nog een")

    def read_by_the_team() -> int:
        with browse("anna").socket() as anna:
            found: int = next(p["read"] for p in _mine(anna, planning)["participants"] if p["person"] == team)
            return found

    team = str(world.team("petra"))
    with browse("anna").socket() as anna, browse("petra").socket() as petra, browse("pim").socket() as pim:
        pim.say(type="read", conversation=planning, seq=1)
        assert anna.hear("receipt")["read"] == petra.hear("receipt")["read"] == 1
        petra.say(type="read", conversation=planning, seq=1)
        assert pim.hear("receipt")["read"] == 1
        assert _said(anna) == [], "the team is where it was"
        pim.say(type="read", conversation=planning, seq=2)
        assert anna.hear("receipt")["read"] == 2
    assert read_by_the_team() == 2
    with audited() as log:
        teams.leave(log, Team.objects.get(pk=world.team("petra")), world.id("pim"))
    assert read_by_the_team() == 2, "also when who read it left"
    with browse("anna").socket() as anna, browse("petra").socket() as petra:
        petra.say(type="read", conversation=planning, seq=2)
        petra.hear("receipt")
        assert _said(anna) == []


def test_a_case_is_given_to_somebody_of_the_team_only(world: World, browse: Browse, planning: UUID) -> None:
    petra, path = browse("petra"), f"/api/v1/conversations/{planning}/assignee"
    for name in ("anna", "bram", "carla"):
        answer = petra.ask("PUT", path, {"person": str(world.id(name)), "expected": None})
        assert (answer.status, answer.body["fields"][0]["code"]) == (422, "not_of_team")
    assert petra.ask("PUT", path, {"person": None, "expected": None}).status == 200


def test_a_note_reaches_no_client_by_any_way(world: World, browse: Browse, planning: UUID) -> None:
    with browse("anna").socket() as anna, browse("pim").socket() as pim, browse("petra").socket() as petra:
        notes = browse("petra").ask("POST", f"/api/v1/conversations/{planning}/notes").body["conversation"]
        assert browse("pim").ask("POST", f"/api/v1/conversations/{planning}/notes").body["conversation"] == notes
        assert pim.hear("conversation")["conversation"]["notesOf"] == str(planning)
        petra.say(type="send", id=uuid4(), conversation=notes, body="Let op: belt liever.")
        assert pim.hear("message")["body"] == "Let op: belt liever."
        petra.say(type="typing", conversation=notes)
        pim.say(type="read", conversation=notes, seq=1)
        petra.hear("receipt")
        assert _said(anna) == [], "no message, receipt, typing sign or conversation"
        anna.say(type="history", request=1, conversation=notes, before=100)
        assert anna.hear("refused")["code"] == "not_found"
        anna.say(type="send", id=uuid4(), conversation=notes, body="mag niet")
        assert anna.hear("refused")["code"] == "not_found"
    client = browse("anna")
    assert client.ask("GET", f"/api/v1/conversations/{notes}/messages").status == 404
    with client.socket(have={notes: 0}) as anna:
        assert notes not in json.dumps(anna.welcome)
        assert "belt liever" not in json.dumps(anna.welcome)
    with browse("pim").socket() as pim:
        mine = next(c for c in pim.welcome["conversations"] if c["id"] == notes)
        assert (mine["kind"], mine["notesOf"]) == ("notes", str(planning))
    sent = AuditEntry.objects.get(tag=Tag.MESSAGE_SENT, object=notes)
    assert sent.subject == world.id("anna"), "what is noted about a client is logged as about them"


def test_a_client_opens_the_conversation_with_a_team_of_their_organisation(world: World, browse: Browse) -> None:
    joris, support = browse("joris"), str(world.team("sem"))
    with browse("sem").socket() as sem:
        opened = joris.ask("POST", "/api/v1/conversations", {"team": support})
        assert sem.hear("conversation")["conversation"]["id"] == opened.body["conversation"]
    assert joris.ask("POST", "/api/v1/conversations", {"team": support}).body == opened.body
    foreign, absent = (
        joris.ask("POST", "/api/v1/conversations", {"team": str(t)}) for t in (_elsewhere(world), uuid4())
    )
    assert (foreign.status, foreign.body) == (absent.status, absent.body)
    assert foreign.status == 404
    assert joris.ask("POST", "/api/v1/conversations", {"team": support, "person": support}).status == 422


def _elsewhere(world: World) -> UUID:
    return Team.objects.filter(organisation_id=world.elsewhere).values_list("id", flat=True)[0]


def test_acc_6_the_planning_office_writes_with_a_client_as_a_team(world: World, browse: Browse, planning: UUID) -> None:
    started = browse("pim").ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))})
    assert started.body == {"conversation": str(planning)}
    assert browse("pim").ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))}).status == 404
    with browse("pim").socket() as pim:
        contacts = set(pim.welcome["contacts"])
        assert str(world.id("anna")) in contacts
        assert str(world.id("joris")) not in contacts


def test_who_joins_a_team_has_its_conversations_and_makes_nothing_read(
    world: World, browse: Browse, planning: UUID
) -> None:
    world.send("anna", planning, "een vraag")
    with browse("sem").socket() as sem, browse("anna").socket() as anna:
        with audited() as log:
            teams.join(log, Team.objects.get(pk=world.team("petra")), world.id("sem"))
        assert sem.hear("conversation")["conversation"]["lastSeq"] == 1
        assert {frame["type"] for frame in _said(anna)} <= {"conversation"}
    with browse("anna").socket() as anna:
        as_one = next(p for p in _mine(anna, planning)["participants"] if p["person"] != str(world.id("anna")))
        assert as_one["read"] == 0


def test_who_leaves_a_team_gets_nothing_more_from_that_moment(world: World, browse: Browse, planning: UUID) -> None:
    notes = browse("petra").ask("POST", f"/api/v1/conversations/{planning}/notes").body["conversation"]
    browse("pim").ask(
        "PUT", f"/api/v1/conversations/{planning}/assignee", {"person": str(world.id("pim")), "expected": None}
    )
    pim = browse("pim")
    with pim.socket() as socket, browse("petra").socket() as petra:
        with audited() as log:
            teams.leave(log, Team.objects.get(pk=world.team("petra")), world.id("pim"))
        gone = {socket.hear("gone")["conversation"] for _ in range(2)}
        assert gone == {str(planning), notes}
        petra.say(type="send", id=uuid4(), conversation=notes, body="zonder Pim")
        petra.hear("ack")
        assert socket.silent()
        socket.say(type="send", id=uuid4(), conversation=planning, body="nog iets")
        assert socket.hear("refused")["code"] == "not_found"
    assert pim.ask("GET", f"/api/v1/conversations/{notes}/messages").status == 404
    with browse("petra").socket() as petra:
        assert _mine(petra, planning)["case"].get("assignee") is None
    assert AuditEntry.objects.filter(tag=Tag.TEAM_LEFT, object=str(world.id("pim"))).exists()


def test_a_team_shares_its_saved_replies(world: World, browse: Browse) -> None:
    path = f"/api/v1/teams/{world.team('petra')}/replies"
    kept = browse("petra").ask("POST", path, {"title": "Formulier", "body": "Dag {voornaam}, …"})
    assert kept.status == 201
    assert browse("pim").ask("GET", path).body == [kept.body]
    assert browse("pim").ask("DELETE", f"{path}/{kept.body['id']}").status == 200
    assert browse("petra").ask("GET", path).body == []


def test_a_saved_reply_holds_nothing_unseen(world: World, browse: Browse) -> None:
    petra, path = browse("petra"), f"/api/v1/teams/{world.team('petra')}/replies"
    for title, body, fields in (
        ("Form\x00ulier", "Dag", ["title"]),
        ("Form\u202eulier", "Dag \x07", ["title", "body"]),
        ("\u200b", "\u200b \u200d", ["title", "body"]),
        ("twee\nregels", "Dag", ["title"]),
    ):
        answer = petra.ask("POST", path, {"title": title, "body": body})
        assert (answer.status, [one["field"] for one in answer.body["fields"]]) == (422, fields)
        assert answer.body["fields"][0]["text"] == "Schrijf gewone tekst, zonder onzichtbare tekens."
    assert petra.ask("POST", path, {"title": "Zorg 👩\u200d⚕️", "body": "Dag,\n\n\ttot gauw"}).status == 201
