"""All files of a conversation in one ZIP: what its reader may see, safely named, and nothing after the right ended."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import files
from tests.live import Browser
from tests.world import World, meet
from zorgmessenger.access import rules
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.errors import NotFound
from zorgmessenger.files import facts as file_facts
from zorgmessenger.files import saving
from zorgmessenger.files.models import File
from zorgmessenger.files.opening import store
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations import actions as organisations

Browse = Callable[..., Browser]
MIB = 1024 * 1024
TEXT = b"een brief"


def saved(browser: Browser, conversation: UUID) -> zipfile.ZipFile:
    answer = browser.ask("GET", f"/api/v1/conversations/{conversation}/files.zip")
    assert answer.status == 200, answer
    archive = zipfile.ZipFile(io.BytesIO(answer.raw))
    assert archive.testzip() is None
    return archive


def zipped(world: World, name: str, conversation: UUID) -> Iterator[bytes]:
    known = facts.one(conversation)
    proof = rules.may_read(known.members.get(world.id(name)), known.facts)
    return saving.zipped(proof, saving.to_save(proof), lambda file: file_facts.to_open(world.id(name), file)[1])


def test_it_holds_what_was_sent(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    large = files.text(3 * MIB + 17)
    files.sent(world, "anna", conversation, large, "verslag.txt")
    files.sent(world, "bram", conversation, TEXT, "antwoord.txt")
    Message.objects.filter(conversation_id=conversation, seq=1).update(at=datetime(2026, 7, 1, 12, 5, tzinfo=UTC))
    with saved(browse("anna"), conversation) as archive:
        first, second = archive.namelist()
        assert first == "2026-07-01 14.05 Anna verslag.txt"
        assert second.endswith(" Bram van Toneel antwoord.txt")
        assert (archive.read(first), archive.read(second)) == (large, TEXT)
        assert archive.getinfo(first).date_time[:5] == (2026, 7, 1, 14, 5)
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_it_comes_as_an_attachment_that_nobody_keeps(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    headers = browse("anna").ask("GET", f"/api/v1/conversations/{conversation}/files.zip").headers
    assert headers["content-type"] == "application/zip"
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["cache-control"] == "private, no-store"
    assert "x-streamed" not in headers


def test_a_conversation_without_files_is_an_empty_zip(world: World, browse: Browse) -> None:
    assert saved(browse("anna"), world.conversations["bram", "anna"]).namelist() == []


def test_files_of_one_name_and_moment_are_kept_apart(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    for name in ("brief.txt", "BRIEF.TXT", "brief.txt"):
        files.sent(world, "anna", conversation, TEXT, name)
    Message.objects.filter(conversation_id=conversation).update(at=datetime(2026, 7, 1, 12, 5, tzinfo=UTC))
    found = saved(browse("anna"), conversation).namelist()
    assert [name.rpartition("Anna ")[2] for name in found] == ["brief.txt", "BRIEF (2).TXT", "brief (3).txt"]


def test_what_is_withdrawn_not_sent_or_came_before_somebody_is_not_in_it(world: World, browse: Browse) -> None:
    group = _group(world, browse)
    files.sent(world, "anna", group, TEXT, "vroeger.txt")
    body = {"person": str(world.id("joris")), "history": False}
    assert browse("bram").ask("POST", f"/api/v1/groups/{group}/people", body).status == 200
    files.sent(world, "anna", group, TEXT, "vergissing.txt")
    files.sent(world, "anna", group, TEXT, "later.txt")
    files.made(world, "anna", group, TEXT, "concept.txt")
    commit([world.alter("anna", "withdraw", group, seq=2)])
    assert len(saved(browse("bram"), group).namelist()) == 2
    (name,) = saved(browse("joris"), group).namelist()
    assert name.endswith(" Anna later.txt"), "to a client another client is a first name"
    assert browse("petra").ask("GET", f"/api/v1/conversations/{group}/files.zip").status == 404


def test_to_the_client_of_a_team_it_names_who_sent_it(world: World, browse: Browse) -> None:
    files.sent(world, "petra", world.conversations["petra", "anna"], TEXT, "rooster.txt")
    (name,) = saved(browse("anna"), world.conversations["petra", "anna"]).namelist()
    assert name.endswith(" Petra van Toneel rooster.txt")


def test_the_log_says_who_saved_how_many_of_whom(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    files.sent(world, "anna", conversation, TEXT, "geheim.txt")
    saved(browse("bram"), conversation)
    (entry,) = AuditEntry.objects.filter(tag=Tag.FILES_SAVED)
    assert (entry.actor, entry.subject, entry.object) == (world.id("bram"), world.id("anna"), str(conversation))
    assert entry.detail == "1", "in which messages they stand"


def test_who_loses_the_right_meanwhile_gets_no_further_file(world: World) -> None:
    """SAVE-1."""
    conversation = world.conversations["bram", "anna"]
    for name in ("een.txt", "twee.txt"):
        files.sent(world, "anna", conversation, TEXT, name)
    parts = zipped(world, "bram", conversation)
    assert TEXT in next(parts)
    organisations.deactivate(world.organisation, world.id("bram"))
    with pytest.raises(NotFound):
        list(parts)


def test_who_loses_the_right_in_the_middle_of_a_file_does_not_get_the_rest(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    files.sent(world, "anna", conversation, files.text(20 * MIB), "groot.txt")
    parts = zipped(world, "bram", conversation)
    next(parts)
    organisations.deactivate(world.organisation, world.id("bram"))
    got = [b""]
    with pytest.raises(NotFound):
        got.extend(parts)
    assert len(got) == 16


def test_what_is_withdrawn_meanwhile_is_left_out(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    for name in ("een.txt", "twee.txt", "drie.txt"):
        files.sent(world, "anna", conversation, TEXT, name)
    parts = zipped(world, "bram", conversation)
    begun = next(parts)
    commit([world.alter("anna", "withdraw", conversation, seq=2)])
    archive = zipfile.ZipFile(io.BytesIO(begun + b"".join(parts)))
    assert [name.rpartition(" ")[2] for name in archive.namelist()] == ["een.txt", "drie.txt"]


@pytest.mark.parametrize("part", [0, 1])
def test_a_damaged_file_is_left_out_or_ends_it_and_is_never_half_a_file(world: World, part: int) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.sent(world, "anna", conversation, files.text(2 * MIB), "een.txt")
    files.sent(world, "anna", conversation, TEXT, "twee.txt")
    name = f"{File.objects.get(pk=file).blob.hex}/original-{part}"
    sealed = store().read(name)
    store().remove(name)
    store().put(name, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    if part:
        with pytest.raises(Unsealable):
            list(zipped(world, "bram", conversation))
        return
    (only,) = zipfile.ZipFile(io.BytesIO(b"".join(zipped(world, "bram", conversation)))).namelist()
    assert only.endswith("twee.txt")


def test_what_is_broken_off_is_seen_to_be(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.sent(world, "anna", conversation, files.text(2 * MIB), "een.txt")
    store().remove(f"{File.objects.get(pk=file).blob.hex}/original-1")
    bram = browse("bram")
    with pytest.raises(Exception, match="IncompleteRead"):
        bram.ask("GET", f"/api/v1/conversations/{conversation}/files.zip")


def test_however_much_it_is_no_more_than_some_parts_are_in_memory(world: World) -> None:
    """SAVE-2."""
    conversation = world.conversations["bram", "anna"]
    for number in range(4):
        files.sent(world, "anna", conversation, files.text(12 * MIB), f"{number}.txt")
    size = 0
    tracemalloc.start()
    for part in zipped(world, "bram", conversation):
        size += len(part)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 48 * MIB
    assert most < 8 * MIB


@given(sender=st.text(max_size=30), name=st.text(min_size=1, max_size=60), times=st.integers(2, 4))
def test_no_name_leads_anywhere_and_no_two_are_alike(sender: str, name: str, times: int) -> None:
    """SAVE-3."""
    used: set[str] = set()
    at = datetime(2026, 7, 1, 12, 5, tzinfo=UTC)
    made = [saving._unused(saving.name_of(at, sender, name), used) for _ in range(times)]  # noqa: SLF001
    assert len({one.casefold() for one in made}) == times
    for one in made:
        assert one.startswith("2026-07-01 14.05")
        assert not set(one) & set('/\\:*?"<>|\0\n\r')


def _group(world: World, browse: Browse) -> UUID:
    meet(world, "bram", "joris")
    body = {"title": "Wandelgroep", "symbol": "leaf", "people": [str(world.id("anna"))]}
    return UUID(browse("bram").ask("POST", "/api/v1/groups", body).body["conversation"])
