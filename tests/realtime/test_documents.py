"""Documents that staff ask for: DOC-1 to DOC-4, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests import files
from tests.clamav import EICAR, Clamav
from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import actions
from zorgmessenger.files import checks
from zorgmessenger.files.scanner import Clamd
from zorgmessenger.messages.models import RequestedDocument
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]
NAMES = ["Aanmeldformulier", "Verwijsbrief"]


def ask(socket: Socket, conversation: UUID, *names: str, body: str = "Wilt u deze sturen?") -> dict[str, Any]:
    """Asks for documents; gives the answer."""
    socket.say(type="send", id=uuid4(), conversation=conversation, body=body, documents=names)
    return socket.hear("ack", "refused")


def answer(socket: Socket, conversation: UUID, number: int, *sent: str, to: int = 1) -> dict[str, Any]:
    """Sends files for a document; gives the answer."""
    socket.say(type="send", id=uuid4(), conversation=conversation, body="", files=sent, replyTo=to, answers=number)
    return socket.hear("ack", "refused")


def settle(socket: Socket, conversation: UUID, number: int, *, done: bool, seq: int = 1) -> dict[str, Any]:
    """Says that a document is done, or not; gives the answer."""
    socket.say(type="settle", request=9, conversation=conversation, seq=seq, number=number, done=done)
    while True:
        told = socket.hear("altered", "refused")
        if told.get("request") == 9:
            return told


def listed(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of a message that was altered."""
    found: list[dict[str, Any]] = told["message"]["documents"]
    return found


def missing(browser: Browser, **query: object) -> list[str]:
    """What somebody is told that is missing."""
    where = "&".join(f"{name}={value}" for name, value in query.items())
    return [one["name"] for one in browser.ask("GET", f"/api/v1/documents?{where}").body["documents"]]


def test_a_planner_asks_the_client_sends_and_both_see_what_is_missing(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    petra, anna = browse("petra"), browse("anna")
    file = str(files.made(world, "anna", conversation))
    with petra.socket() as desk, anna.socket() as phone:
        assert ask(desk, conversation, *NAMES)["seq"] == 1
        assert phone.hear("message")["documents"] == [{"name": name} for name in NAMES]
        assert missing(petra) == missing(anna) == NAMES
        assert answer(phone, conversation, 2, file)["seq"] == 2
        for socket in (desk, phone):
            told = socket.hear("altered")
            assert told["message"]["seq"] == 1
            assert listed(told) == [{"name": NAMES[0]}, {"name": NAMES[1], "done": True, "answer": 2}]
        assert missing(petra) == missing(anna) == NAMES[:1]
    with anna.socket() as again:
        (held,) = [c for c in again.welcome["conversations"] if c["id"] == str(conversation)]
        assert held["messages"][0]["documents"][1]["answer"] == 2
    details = AuditEntry.objects.filter(tag=Tag.MESSAGE_SENT).order_by("pk").values_list("detail", flat=True)
    assert list(details) == ["1 documents=2", "2 files=1 answers=2"]


def test_a_client_asks_for_nothing_and_settles_nothing(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    with browse("petra").socket() as desk, browse("anna").socket() as phone:
        ask(desk, conversation, *NAMES)
        assert ask(phone, conversation, "Uw diploma")["code"] == "forbidden"
        assert settle(phone, conversation, 1, done=True)["code"] == "forbidden"
    assert not RequestedDocument.objects.filter(done=True).exists()


def test_colleagues_ask_each_other_for_nothing(world: World, browse: Browse) -> None:
    proof = rules.may_start(world["bram"], world["fatima"], care_relation=False)
    conversation = actions.start(proof, NOWHERE)
    with browse("bram").socket() as desk:
        assert ask(desk, conversation, "Een brief")["code"] == "forbidden"


@pytest.mark.parametrize("names", [[" "], ["Brief", "\u200b"], ["\n"]])
def test_a_document_has_a_name(world: World, browse: Browse, names: list[str]) -> None:
    with browse("petra").socket() as desk:
        assert ask(desk, world.conversations["petra", "anna"], *names)["code"] == "document_name"


def test_what_is_answered_must_be_asked_for_there(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    file = str(files.made(world, "anna", conversation))
    with browse("petra").socket() as desk, browse("anna").socket() as phone:
        ask(desk, conversation, *NAMES)
        world.send("petra", conversation, "tot dan")
        for number, to, sent in ((3, 1, [file]), (1, 2, [file]), (1, 1, [])):
            assert answer(phone, conversation, number, *sent, to=to)["code"] in {"no_such_document", "empty_body"}
        assert answer(phone, conversation, 1, file)["type"] == "ack", "what was refused before took the file with it"


def test_staff_say_that_it_came_in_another_way_and_ask_again(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    with browse("petra").socket() as desk, browse("pim").socket() as colleague, browse("anna").socket() as phone:
        ask(desk, conversation, *NAMES)
        told = settle(colleague, conversation, 1, done=True)
        assert listed(told)[0] == {"name": NAMES[0], "done": True}
        assert listed(phone.hear("altered")) == listed(told)
        assert settle(desk, conversation, 1, done=True)["rev"] == told["rev"], "what changes nothing is no revision"
        assert listed(settle(desk, conversation, 1, done=False))[0] == {"name": NAMES[0]}
        for number, seq in ((3, 1), (1, 7)):
            assert settle(desk, conversation, number, done=True, seq=seq)["type"] == "refused"
    assert AuditEntry.objects.filter(tag=Tag.DOCUMENT_SETTLED).count() == 2


def test_what_is_withdrawn_is_asked_for_again(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    file = str(files.made(world, "anna", conversation))
    with browse("petra").socket() as desk, browse("anna").socket() as phone:
        ask(desk, conversation, *NAMES)
        answer(phone, conversation, 1, file)
        desk.hear("altered")
        phone.say(type="withdraw", request=1, conversation=conversation, seq=2)
        told = [desk.hear("altered"), desk.hear("altered")]
        assert [(one["rev"], one["message"]["seq"]) for one in told] == [(2, 2), (3, 1)]
        assert listed(told[1]) == [{"name": name} for name in NAMES]
        desk.say(type="withdraw", request=1, conversation=conversation, seq=1)
        desk.hear("altered")
    assert missing(browse("anna")) == []


def test_what_is_refused_is_asked_for_again(
    world: World, browse: Browse, clamd: Clamav, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Clamd(clamd.address)
    monkeypatch.setattr(checks, "scanner", lambda: scanner)
    conversation, anna = world.conversations["petra", "anna"], browse("anna")
    with browse("petra").socket() as desk, anna.socket() as phone:
        ask(desk, conversation, *NAMES)
        with clamd.down():
            file = files.upload(anna, conversation, EICAR, "formulier.txt")
            answer(phone, conversation, 1, file)
            assert listed(desk.hear("altered"))[0]["done"]
        told = [desk.hear("altered"), desk.hear("altered")]
        assert [one["message"]["seq"] for one in told] == [2, 1]
        assert listed(told[1]) == [{"name": name} for name in NAMES]


def test_nobody_is_told_what_is_missing_elsewhere(world: World, browse: Browse) -> None:
    treatment, planning = world.conversations["bram", "anna"], world.conversations["petra", "anna"]
    with browse("bram").socket() as desk:
        ask(desk, treatment, "Dagboek")
    with browse("petra").socket() as desk:
        ask(desk, planning, "Aanmeldformulier")
    assert missing(browse("petra")) == missing(browse("pim")) == ["Aanmeldformulier"]
    assert missing(browse("bram")) == ["Dagboek"]
    assert missing(browse("anna")) == ["Dagboek", "Aanmeldformulier"]
    assert missing(browse("anna"), conversation=planning) == ["Aanmeldformulier"]
    for name in ("fatima", "joris", "ingrid", "vera", "carla", "dora"):
        assert missing(browse(name)) == []
    foreign = browse("joris").ask("GET", f"/api/v1/documents?conversation={planning}")
    absent = browse("joris").ask("GET", f"/api/v1/documents?conversation={uuid4()}")
    assert (foreign.status, foreign.raw) == (absent.status, absent.raw) == (404, absent.raw)


def test_a_list_alone_is_not_forwarded_nor_logged_as_if_it_were(world: World, browse: Browse) -> None:
    conversation = world.conversations["petra", "anna"]
    with browse("petra").socket() as desk:
        ask(desk, conversation, *NAMES, body="")
        desk.say(type="forward", id=uuid4(), conversation=conversation, source=conversation, seq=1)
        assert desk.hear("refused")["code"] == "empty_body"
    assert not AuditEntry.objects.filter(tag=Tag.MESSAGE_FORWARDED).exists()
