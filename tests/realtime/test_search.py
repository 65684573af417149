"""Searching: everything one may read and nothing else, also what is sealed in blocks. SRCH-1 … SRCH-3."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.live import Browser, Socket
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.messages import segments
from zorgmessenger.messages.models import SearchBlock
from zorgmessenger.texts.fold import fold

Browse = Callable[..., Browser]


def find(socket: Socket, text: str, conversation: UUID | None = None) -> dict[str, Any]:
    """Searches and gives the answer."""
    socket.say(type="search", request=1, text=text, **({"conversation": conversation} if conversation else {}))
    return socket.hear("found", "refused")


def bodies(found: dict[str, Any]) -> list[str]:
    """What was found, newest first."""
    return [hit["message"]["body"] for hit in found["hits"]]


@pytest.mark.parametrize("built", [False, True], ids=["message by message", "in blocks"])
def test_srch_2_all_words_are_found_without_regard_to_case_and_accents(
    world: World,
    browse: Browse,
    built: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(200):
        world.send("bram", conversation, f"bericht {number}")
    world.send("anna", conversation, "De CAFÉ-afspraak\nis op dinsdag")
    world.send("bram", conversation, "Dinsdag is goed, tot in het café")
    if built:
        segments.build([conversation])
        assert SearchBlock.objects.filter(conversation_id=conversation, until=202).exists()
    with browse("anna").socket() as anna:
        both = ["Dinsdag is goed, tot in het café", "De CAFÉ-afspraak\nis op dinsdag"]
        assert bodies(find(anna, "cafe dinsdag")) == both
        assert bodies(find(anna, "  DINS  ")) == both
        assert bodies(find(anna, "afspraak")) == both[1:]
        assert bodies(find(anna, "afspraak woensdag")) == []
        assert bodies(find(anna, "bericht 150")) == ["bericht 150"]
        many = find(anna, "bericht")
        assert (len(many["hits"]), many["more"]) == (30, True)
        assert bodies(many)[0] == "bericht 199"
        assert {person["firstName"] for person in many["people"]} == {"Bram"}


def test_srch_1_only_what_one_may_read_is_searched(world: World, browse: Browse) -> None:
    treatment, planning = world.conversations["bram", "anna"], world.conversations["petra", "anna"]
    world.send("anna", treatment, "geheim van de behandeling")
    world.send("anna", planning, "geheim van het planbureau")
    notes = browse("petra").ask("POST", f"/api/v1/conversations/{planning}/notes").body["conversation"]
    world.send("petra", UUID(notes), "geheim van het team")
    segments.build([treatment, planning, UUID(notes)])
    with browse("petra").socket() as petra, browse("bram").socket() as bram, browse("anna").socket() as anna:
        assert set(bodies(find(petra, "geheim"))) == {"geheim van het planbureau", "geheim van het team"}
        assert bodies(find(bram, "geheim")) == ["geheim van de behandeling"]
        assert set(bodies(find(anna, "geheim"))) == {"geheim van de behandeling", "geheim van het planbureau"}
        assert bodies(find(anna, "geheim", planning)) == ["geheim van het planbureau"]
        for conversation in (treatment, UUID(int=5)):
            refused = find(petra, "geheim", conversation)
            assert refused["code"] == "not_found"
    with browse("carla").socket() as carla:
        assert bodies(find(carla, "geheim")) == []


def test_srch_1_somebody_new_in_a_group_does_not_find_what_was_before(world: World, browse: Browse) -> None:
    people = [str(world.id("anna")), str(world.id("fatima"))]
    made = browse("bram").ask("POST", "/api/v1/groups", {"title": "Groep", "symbol": "sun", "people": people})
    group = UUID(made.body["conversation"])
    for number in range(100):
        world.send("anna", group, f"van voor {number}")
    browse("bram").ask("POST", f"/api/v1/groups/{group}/people", {"person": str(world.id("pim")), "history": False})
    world.send("anna", group, "van na")
    for build in (False, True):
        if build:
            segments.build([group])
        with browse("pim").socket() as pim:
            assert bodies(find(pim, "van")) == ["van na"]
            assert bodies(find(pim, "voor")) == []
    with browse("fatima").socket() as fatima:
        assert len(bodies(find(fatima, "van voor"))) == 30
        browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('fatima')}")
        assert bodies(find(fatima, "van")) == []


def test_srch_3_the_log_says_what_was_shown_and_not_what_was_sought(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "een zeldzaamwoord")
    with browse("bram").socket() as bram:
        assert len(bodies(find(bram, "zeldzaamwoord"))) == 1
    searched = AuditEntry.objects.get(tag=Tag.SEARCHED)
    assert (searched.actor, searched.organisation) == (world.id("bram"), world.organisation)
    shown = AuditEntry.objects.filter(tag=Tag.HISTORY_READ, detail="found 1").get()
    assert (shown.object, shown.subject) == (str(conversation), world.id("anna"))
    assert "zeldzaam" not in json.dumps([str(vars(entry)) for entry in AuditEntry.objects.all()])


def test_blocks_are_sealed_and_follow_the_conversation(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    for number in range(segments.BLOCK + 100):
        world.send("bram", conversation, f"woord {number}")
    assert segments.build_some() == 1
    assert [(b.number, b.until) for b in SearchBlock.objects.order_by("number")] == [(0, 512), (1, 612)]
    assert segments.build_some() == 0
    assert all(b"woord" not in bytes(block.sealed) for block in SearchBlock.objects.all())
    for number in range(segments.WORTH):
        world.send("bram", conversation, f"later {number}")
    assert segments.build_some() == 1
    assert SearchBlock.objects.get(number=1).until == 612 + segments.WORTH


@given(st.text(max_size=200))
def test_a_folded_text_is_one_line_and_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert "\n" not in folded
    assert fold(folded) == folded


@given(
    last=st.integers(0, 2000),
    above=st.integers(0, 2000),
    blocks=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 512))),
)
def test_what_no_block_covers_is_read_one_by_one_and_nothing_twice(
    last: int, above: int, blocks: list[tuple[int, int]]
) -> None:
    found = [
        segments.Block(number * 512 + 1, min(number * 512 + length, last), [], "")
        for number, length in dict(blocks).items()
        if number * 512 + 1 <= last
    ]
    covered = [seq for block in found for seq in range(block.first, block.until + 1) if seq > above]
    one_by_one = [seq for first, until in segments.uncovered(found, last, above) for seq in range(first, until + 1)]
    assert sorted(covered + one_by_one) == list(range(above + 1, last + 1))
