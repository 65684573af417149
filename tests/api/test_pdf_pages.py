"""Pages of a PDF: made when asked for, kept, shown to who may open the file; others do not wait for it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image

from tests import files, pictures
from tests.live import Answer, Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.errors import Unavailable
from zorgmessenger.files import facts, kept_pages, log, making, room, sweeping
from zorgmessenger.files.models import File, Page
from zorgmessenger.files.opening import store
from zorgmessenger.messages.committer import commit

Browse = Callable[..., Browser]
Made = Callable[..., making.Page]


def says(*pages: str) -> bytes:
    return pictures.pdf(*map(pictures.says, pages))


@pytest.fixture
def letter(world: World) -> UUID:
    """A letter of two pages that Bram sent Anna."""
    return files.sent(world, "bram", world.conversations["bram", "anna"], says("Beste Anna", "Tot ziens"), "brief.pdf")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    log._logged.clear()  # noqa: SLF001


def ask(browser: Browser, file: UUID, page: object, end: str = "") -> Answer:
    return browser.ask("GET", f"/api/v1/files/{file}/pages/{page}{end}")


def kept(file: UUID) -> set[str]:
    """What the store keeps of its pages."""
    return {name for name in store().sizes(File.objects.get(pk=file).blob.hex) if name.startswith("page")}


def test_a_page_is_a_picture_and_its_text(world: World, browse: Browse, letter: UUID) -> None:
    del world
    anna = browse("anna")
    for number, said in ((1, "Beste Anna"), (2, "Tot ziens")):
        picture = ask(anna, letter, number)
        assert max(Image.open(io.BytesIO(picture.raw)).size) == 1600
        assert picture.headers["content-type"] == "image/webp"
        assert picture.headers["content-disposition"] == "inline"
        assert (picture.headers["cache-control"], picture.headers["x-content-type-options"]) == (
            "private, no-store",
            "nosniff",
        )
        assert ask(anna, letter, number, "/text").body == {"text": said}


def test_a_page_is_made_once_and_kept_sealed(browse: Browse, letter: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = browse("anna")
    first = ask(anna, letter, 1).raw
    monkeypatch.setattr(making, "page", _never)
    assert ask(browse("bram"), letter, 1).raw == first
    assert ask(anna, letter, 1, "/text").body["text"] == "Beste Anna"
    assert len(kept(letter)) == 2
    blob = File.objects.get(pk=letter).blob.hex
    for name in kept(letter):
        sealed = store().read(f"{blob}/{name}")
        assert b"RIFF" not in sealed
        assert b"Beste" not in sealed


@pytest.mark.parametrize("page", [0, -1, 3, 201, 2**31, 2**70])
def test_a_page_that_is_not_there_is_not_found(browse: Browse, letter: UUID, page: int) -> None:
    for end in ("", "/text"):
        answer = ask(browse("anna"), letter, page, end)
        assert (answer.status, answer.body["code"]) == (404, "not_found")


def test_what_is_no_pdf_has_no_pages(world: World, browse: Browse) -> None:
    picture = files.sent(world, "bram", world.conversations["bram", "anna"])
    assert ask(browse("anna"), picture, 1).status == 404


def test_of_a_long_document_no_more_than_the_first_pages_are_made(
    browse: Browse, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "MOST", 1)
    anna = browse("anna")
    assert (ask(anna, letter, 1).status, ask(anna, letter, 2).status) == (200, 404)


def test_two_who_ask_at_once_see_the_same_page_and_one_is_kept(
    browse: Browse, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAGE-3."""
    times = _counted(monkeypatch)
    anna, bram = browse("anna"), browse("bram")
    with ThreadPoolExecutor(2) as both:
        seen = [one.raw for one in both.map(lambda browser: ask(browser, letter, 1), (anna, bram))]
    assert seen[0] == seen[1] != b""
    assert (len(times), len(kept(letter))) == (1, 2)


def test_two_processes_that_make_one_page_keep_one_of_both(
    world: World, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAGE-2: the second finds its page made when it comes to note its own."""
    _, found = facts.to_open(world.id("anna"), letter)
    page = making.page([says("Beste Anna")], 1)
    first: list[kept_pages.Kept] = []

    def make(*_: object) -> making.Page:
        """While this process makes it, another does from the beginning to the end."""
        monkeypatch.setattr(making, "page", lambda *_: page)
        first.append(kept_pages.make(found, 1))
        return page

    monkeypatch.setattr(kept_pages, "_turn", lambda *_: threading.Lock())
    monkeypatch.setattr(making, "page", make)
    later = kept_pages.make(found, 1)
    assert first == [later] == [kept_pages.kept(found, 1)]
    assert kept(letter) == {f"{later.picture.stored}-0", f"{later.text.stored}-0"}
    assert kept_pages.text(found, later) == "Beste Anna"


def test_a_forwarded_document_has_its_own_pages_and_leaves_the_others_as_they_are(world: World, browse: Browse) -> None:
    with browse("bram").socket() as bram:
        group = browse("bram").ask(
            "POST", "/api/v1/groups", {"title": "Overleg", "symbol": "sun", "people": [str(world.id("anna"))]}
        )
        target = UUID(group.body["conversation"])
        source = world.conversations["bram", "anna"]
        first = files.sent(world, "bram", source, says("Beste Anna"), "brief.pdf")
        assert ask(browse("anna"), first, 1).status == 200
        bram.say(type="forward", id=UUID(int=1), conversation=target, source=source, seq=1)
        bram.hear("ack")
    copy = File.objects.get(conversation_id=target).id
    anna = browse("anna")
    assert [ask(anna, file, 1, "/text").body["text"] for file in (copy, first)] == ["Beste Anna"] * 2
    assert len(kept(first)) == 4


def test_what_is_swept_beside_a_file_is_never_a_page_of_it(browse: Browse, letter: UUID) -> None:
    anna = browse("anna")
    first = ask(anna, letter, 1).raw
    in_vain = f"{File.objects.get(pk=letter).blob.hex}/page-1-0badcafe-0"
    store().put(in_vain, b"made by somebody who was killed before they noted it")
    with clock.at(clock.now() + timedelta(days=9)):
        sweeping.sweep()
    assert len(kept(letter)) == 2
    assert in_vain.partition("/")[2] not in kept(letter)
    assert ask(anna, letter, 1).raw == first != b""


def test_a_page_moved_to_another_file_or_number_does_not_open(world: World, browse: Browse, letter: UUID) -> None:
    anna = browse("anna")
    ask(anna, letter, 1)
    Page.objects.filter(file_id=letter).update(number=2)
    assert ask(anna, letter, 2).status == 500
    other = files.sent(world, "bram", world.conversations["bram", "anna"], says("Anders"), "anders.pdf")
    Page.objects.filter(file_id=letter).update(number=1, file_id=other)
    assert ask(anna, other, 1).status == 500


def test_who_may_not_open_the_file_sees_no_page_of_it(world: World, browse: Browse, letter: UUID) -> None:
    assert ask(browse("anna"), letter, 1).status == 200
    for name in ("petra", "fatima", "ingrid", "carla"):
        assert [ask(browse(name), letter, 1, end).status for end in ("", "/text")] == [404, 404]
    commit([world.alter("bram", "withdraw", world.conversations["bram", "anna"], seq=1)])
    for name in ("anna", "bram"):
        answer = ask(browse(name), letter, 1)
        assert (answer.status, answer.body["code"]) == (409, "withdrawn")


def test_a_page_that_cannot_be_shown_says_so(browse: Browse, letter: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "page", _unreadable)
    answer = ask(browse("anna"), letter, 1)
    assert (answer.status, answer.body["code"], answer.body["retry"]) == (409, "page_unreadable", False)
    assert not Page.objects.exists()


def test_pages_that_are_slow_leave_threads_for_everybody_else(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the threads wait; who comes then is told to come again, and gets what is kept already."""
    conversation = world.conversations["bram", "anna"]
    letters = [files.sent(world, "bram", conversation, says(f"Brief {n}"), f"{n}.pdf") for n in range(6)]
    anna = browse("anna")
    assert ask(anna, letters[0], 1).status == 200
    begun, go_on = threading.Semaphore(0), threading.Event()
    monkeypatch.setattr(making, "page", _slow(begun, go_on, making.page))
    with ThreadPoolExecutor(4) as readers:
        waiting = [readers.submit(ask, browse("anna"), file, 1) for file in letters[1:5]]
        for _ in waiting:
            assert begun.acquire(timeout=10)
        try:
            refused = ask(anna, letters[5], 1)
            assert (refused.status, refused.body["code"], refused.body["retry"]) == (503, "unavailable", True)
            assert ask(anna, letters[0], 1).status == 200
            assert anna.ask("GET", "/api/v1/me").status == 200
        finally:
            go_on.set()
        assert [one.result().status for one in waiting] == [200] * 4
    assert ask(anna, letters[5], 1).status == 200


def test_there_is_room_again_after_a_failure() -> None:
    for _ in range(20):
        with pytest.raises(Unavailable), room.room():
            raise Unavailable


def test_a_document_that_is_read_page_by_page_is_logged_once(world: World, browse: Browse, letter: UUID) -> None:
    """Whichever page comes first, and each reader and device for itself."""
    anna = browse("anna")
    for page, end in ((2, ""), (2, "/text"), (1, ""), (1, "/text")):
        ask(anna, letter, page, end)
    ask(browse("bram"), letter, 1)
    ask(browse("anna"), letter, 1, "/text")
    entries = AuditEntry.objects.filter(tag=Tag.FILE_OPENED).order_by("pk")
    assert [entry.actor for entry in entries] == [world.id(name) for name in ("anna", "bram", "anna")]
    assert {(entry.subject, entry.detail) for entry in entries} == {(world.id("anna"), str(letter))}


def test_a_page_that_cannot_be_logged_is_not_shown(
    browse: Browse, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = browse("anna")

    def no_log(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr(log, "audited", no_log)
        assert ask(anna, letter, 1, "/text").status == 503
    assert ask(anna, letter, 1, "/text").status == 200
    assert AuditEntry.objects.filter(tag=Tag.FILE_OPENED).count() == 1


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    times: list[int] = []
    make = making.page

    def counted(parts: Iterator[bytes], number: int) -> making.Page:
        times.append(number)
        return make(parts, number)

    monkeypatch.setattr(making, "page", counted)
    return times


def _slow(begun: threading.Semaphore, go_on: threading.Event, make: Made) -> Made:
    def slow(parts: Iterator[bytes], number: int) -> making.Page:
        begun.release()
        assert go_on.wait(20)
        return make(parts, number)

    return slow


def _never(*_: object) -> making.Page:
    raise AssertionError("made again")


def _unreadable(*_: object) -> making.Page:
    raise making.Unreadable
