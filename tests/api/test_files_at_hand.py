"""All files that somebody may see: listed, chosen among, and nothing more than FIL-4 lets them open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest

from tests import files, hours
from tests.live import Answer, Browser
from tests.world import World, meet
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.files import listing
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.models import Message

Browse = Callable[..., Browser]
TEXT = b"een brief"


def listed(browser: Browser, **choice: object) -> Answer:
    return browser.ask("GET", "/api/v1/files?" + urlencode(choice))


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [one["file"]["name"] for one in answer.body["files"]]


def seen(answer: Answer) -> list[UUID]:
    return [UUID(one["file"]["id"]) for one in answer.body["files"]]


def withdraw(world: World, name: str, conversation: UUID, seq: int) -> None:
    commit([world.alter(name, "withdraw", conversation, seq=seq)])


def group_of(browse: Browse, world: World, *names: str) -> UUID:
    """Bram's group."""
    meet(world, "bram", "joris")
    body = {"title": "Wandelgroep", "symbol": "leaf", "people": [str(world.id(name)) for name in names]}
    return UUID(browse("bram").ask("POST", "/api/v1/groups", body).body["conversation"])


def test_both_find_what_they_sent_each_other_and_nobody_else_finds_it(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    first = files.sent(world, "anna", conversation, TEXT, "vraag.txt")
    second = files.sent(world, "bram", conversation, TEXT, "antwoord.txt")
    for name in ("anna", "bram"):
        answer = listed(browse(name))
        assert seen(answer) == [second, first]
        (newest, _) = answer.body["files"]
        assert (newest["conversation"], newest["seq"], newest["sender"]) == (
            str(conversation),
            2,
            str(world.id("bram")),
        )
        assert datetime.fromisoformat(newest["at"]).tzinfo is not None
        assert (newest["file"]["state"], newest["file"]["kind"], newest["file"]["size"]) == ("ready", "document", 9)
        assert {one["firstName"] for one in answer.body["people"]} == {"Anna", "Bram"}
        assert (answer.body["more"], answer.body["next"]) == (False, "")
    for name in ("fatima", "joris", "petra", "ingrid", "vera", "carla", "dora"):
        assert (seen(listed(browse(name))), listed(browse(name)).body["people"]) == ([], [])


def test_the_planning_office_sees_no_file_of_a_treatment(world: World, browse: Browse) -> None:
    files.sent(world, "bram", world.conversations["bram", "anna"], TEXT, "behandelplan.txt")
    planned = files.sent(world, "anna", world.conversations["petra", "anna"], TEXT, "rooster.txt")
    petra = browse("petra")
    assert seen(listed(petra)) == [planned]
    assert names(listed(petra, name="behandelplan")) == []
    assert names(listed(petra, person=world.id("bram"))) == []
    assert listed(petra, conversation=world.conversations["bram", "anna"]).status == 404


def test_the_client_of_a_team_is_told_who_of_it_sent_a_file(world: World, browse: Browse) -> None:
    files.sent(world, "petra", world.conversations["petra", "anna"], TEXT, "rooster.txt")
    answer = listed(browse("anna"))
    assert answer.body["files"][0]["sender"] == str(world.id("petra"))
    assert [(one["id"], one["firstName"]) for one in answer.body["people"]] == [(str(world.id("petra")), "Petra")]


def test_what_is_withdrawn_not_sent_or_not_checked_is_not_listed(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    files.sent(world, "anna", conversation, TEXT, "vergissing.txt")
    files.made(world, "anna", conversation, TEXT, "concept.txt")
    withdraw(world, "anna", conversation, 1)
    assert names(listed(browse("anna"))) == []
    assert names(listed(browse("bram"), conversation=conversation)) == []


def test_who_came_later_sees_no_file_from_before_and_who_was_taken_out_none_at_all(
    world: World, browse: Browse
) -> None:
    group = group_of(browse, world, "anna")
    files.sent(world, "anna", group, TEXT, "vroeger.txt")
    body = {"person": str(world.id("joris")), "history": False}
    assert browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body).status == 200
    files.sent(world, "anna", group, TEXT, "later.txt")
    joris = browse("joris")
    for choice in ({}, {"conversation": group}, {"name": "r"}, {"kind": "document"}):
        assert names(listed(joris, **choice)) == ["later.txt"], choice
    assert browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('joris')}").status == 200
    assert names(listed(joris)) == []
    assert listed(joris, conversation=group).status == 404


def test_a_client_knows_another_client_by_the_name_they_chose_for_groups(world: World, browse: Browse) -> None:
    group = group_of(browse, world, "anna", "joris")
    assert browse("anna").ask("PUT", "/api/v1/me/group-name", {"name": "Zon"}).status == 200
    files.sent(world, "anna", group, TEXT, "brief.txt")
    (shown,) = listed(browse("joris")).body["people"]
    assert (shown["firstName"], shown["lastName"]) == ("Zon", "")
    assert b"Toneel" not in listed(browse("joris")).raw


def test_it_is_chosen_by_conversation_kind_sender_day_and_name(world: World, browse: Browse) -> None:
    treatment, planning = world.conversations["bram", "anna"], world.conversations["petra", "anna"]
    files.sent(world, "anna", treatment, called="vakantie.jpg")
    files.sent(world, "bram", treatment, files.PDF, "Crème brûlée recept.pdf")
    files.sent(world, "petra", planning, TEXT, "rooster mei.txt")
    anna, today = browse("anna"), hours.today()
    choices: list[tuple[dict[str, Any], list[str]]] = [
        ({"conversation": planning}, ["rooster mei.txt"]),
        ({"kind": "picture"}, ["vakantie.jpg"]),
        ({"kind": "pdf"}, ["Crème brûlée recept.pdf"]),
        ({"kind": "archive"}, []),
        ({"person": world.id("petra")}, ["rooster mei.txt"]),
        ({"person": world.id("carla")}, []),
        ({"name": "BRULEE creme"}, ["Crème brûlée recept.pdf"]),
        ({"name": "recept vakantie"}, []),
        ({"until": today - timedelta(days=2)}, []),
        ({"since": today + timedelta(days=2)}, []),
        ({"since": today - timedelta(days=1), "until": today + timedelta(days=1), "kind": "picture"}, ["vakantie.jpg"]),
        ({"name": " "}, ["rooster mei.txt", "Crème brûlée recept.pdf", "vakantie.jpg"]),
    ]
    for choice, expected in choices:
        assert names(listed(anna, **choice)) == expected, choice


def test_a_day_is_a_day_in_the_netherlands(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    files.sent(world, "anna", conversation, TEXT, "nacht.txt")
    half_past_midnight = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    Message.objects.filter(conversation_id=conversation).update(at=half_past_midnight)
    anna = browse("anna")
    assert names(listed(anna, since="2026-07-01", until="2026-07-01")) == ["nacht.txt"]
    assert names(listed(anna, since="2026-06-30", until="2026-06-30")) == []


def test_pages_follow_each_other_without_a_gap_also_where_files_have_to_be_opened(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    monkeypatch.setattr(listing, "_ROWS", 2)
    conversation = world.conversations["bram", "anna"]
    sent = [files.sent(world, "anna", conversation, TEXT, f"brief {number}.txt") for number in range(8)]
    anna = browse("anna")
    for choice in ({}, {"name": "brief"}):
        found, before, pages = [], "", 0
        while True:
            answer = listed(anna, before=before, **choice)
            found += seen(answer)
            pages += 1
            if not answer.body["more"]:
                break
            before = answer.body["next"]
        assert (found, pages) == (sent[::-1], 3)
    assert names(listed(anna, name="brief 0")) == ["brief 0.txt"]


def test_a_list_of_one_organisation_holds_no_file_of_another(world: World, browse: Browse) -> None:
    files.sent(world, "anna", world.conversations["bram", "anna"], TEXT, "brief.txt")
    anna = browse("anna")
    assert len(names(listed(anna, organisation=world.organisation))) == 1
    assert names(listed(anna, organisation=world.elsewhere)) == []
    assert names(anna.ask("GET", "/api/v1/files", **{"X-Organisation": str(world.elsewhere)})) == []


@pytest.mark.parametrize(
    "choice",
    [
        "kind=x",
        "before=x",
        f"before={'9' * 17}-{'0' * 32}",
        f"before={'9' * 16}-{'g' * 32}",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=x",
        "person=x",
        "name=" + "x" * 201,
    ],
)
def test_a_choice_that_is_none_is_refused_clearly(world: World, browse: Browse, choice: str) -> None:
    del world
    answer = browse("anna").ask("GET", f"/api/v1/files?{choice}")
    assert (answer.status, answer.body["code"]) == (422, "invalid"), answer


def test_the_last_moment_of_a_cursor_does_no_harm(world: World, browse: Browse) -> None:
    del world
    assert listed(browse("anna"), before=f"{'9' * 16}-{'f' * 32}").status == 200


def test_the_log_says_what_was_seen_of_whom_and_not_what_it_is_called(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    files.sent(world, "anna", conversation, TEXT, "geheim.txt")
    files.sent(world, "anna", conversation, TEXT, "geheimer.txt")
    listed(browse("bram"), name="geheim")
    whole, one = AuditEntry.objects.filter(tag=Tag.FILES_LISTED, actor=world.id("bram")).order_by("pk")
    assert (whole.organisation, whole.object, whole.subject, whole.detail) == (world.organisation, "", None, "")
    assert (one.object, one.subject, one.detail) == (str(conversation), world.id("anna"), "1,2")


def test_a_long_list_is_logged_whole(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(25):
        files.sent(world, "anna", conversation, TEXT, f"brief {number}.txt")
    listed(browse("bram"))
    entries = AuditEntry.objects.filter(tag=Tag.FILES_LISTED, object=str(conversation)).order_by("pk")
    assert ",".join(entries.values_list("detail", flat=True)) == ",".join(map(str, range(1, 26)))


def test_it_costs_no_question_for_each_file(world: World, django_assert_max_num_queries: Any) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(20):
        files.sent(world, "anna", conversation, TEXT, f"brief {number}.txt")
    wanted = listing.Wanted(words=("brief",))
    with django_assert_max_num_queries(4):
        proofs = listing.readable(world.id("bram"), wanted)
        found, _ = listing.page(world.id("bram"), proofs, wanted)
    assert len(found) == 20
