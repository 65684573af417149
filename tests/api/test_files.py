"""Files from one person to another: sent by parts, checked, shown to who may read the message, and to nobody else."""

from __future__ import annotations

import errno
import io
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from PIL import Image

from tests import files
from tests.clamav import EICAR, Clamav
from tests.live import WAIT, Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts.sessions import digest
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config import http
from zorgmessenger.conversations import facts as conversations
from zorgmessenger.conversations.models import Participant
from zorgmessenger.errors import SignedOut
from zorgmessenger.files import answers, arriving, blobs, checks, facts, log, opening
from zorgmessenger.files.models import File
from zorgmessenger.files.rules import KINDS
from zorgmessenger.files.scanner import Clamd, Scanner
from zorgmessenger.messages import checker
from zorgmessenger.organisations import file_policy
from zorgmessenger.realtime.websocket import Receive

Browse = Callable[..., Browser]
READABLE = ["whole", "first", "last", "middle", "over a border", "from", "one byte"]


@pytest.fixture
def scanning(clamd: Clamav, monkeypatch: pytest.MonkeyPatch) -> Clamav:
    """Every file goes through the real scanner, and a held one is tried again at once."""
    scanner: Scanner = Clamd(clamd.address)
    monkeypatch.setattr(checks, "scanner", lambda: scanner)
    monkeypatch.setattr(checker, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(checker, "AGAIN", checker.AGAIN * 0)
    return clamd


def test_a_file_goes_from_one_to_the_other_and_is_what_was_sent(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    anna, bram = browse("anna"), browse("bram")
    with anna.socket() as phone, bram.socket() as desk:
        data = files.text(3 * files.PART + 17)
        file = files.upload(anna, conversation, data, "brief aan de huisarts.txt")
        assert files.ready(phone, file)["state"] == "ready"
        ack = files.send(phone, conversation, file, body="Hierbij.")
        assert (ack["seq"], ack["files"][0]["id"]) == (1, file)
        (told,) = desk.hear("message")["files"]
        assert (told["id"], told["name"], told["size"]) == (file, "brief aan de huisarts.txt", len(data))
    answer = bram.ask("GET", f"/api/v1/files/{file}/content")
    assert answer.raw == data
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert AuditEntry.objects.filter(tag=Tag.FILE_OPENED, actor=world.id("bram"), subject=world.id("anna")).count() == 1
    with bram.socket() as desk:
        (message,) = next(c for c in desk.welcome["conversations"] if c["id"] == str(conversation))["messages"]
        assert message["files"] == [told]


def test_a_photograph_comes_without_where_it_was_taken(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    anna, bram = browse("anna"), browse("bram")
    with anna.socket() as phone:
        file = files.upload(anna, conversation, files.jpeg(), "IMG_0001.jpeg")
        files.ready(phone, file)
        files.send(phone, conversation, file)
    picture = Image.open(io.BytesIO(bram.ask("GET", f"/api/v1/files/{file}/content").raw))
    assert (picture.format, picture.size, len(picture.getexif())) == ("JPEG", (640, 480), 0)
    small = bram.ask("GET", f"/api/v1/files/{file}/small")
    assert max(Image.open(io.BytesIO(small.raw)).size) <= 640
    assert small.headers["content-disposition"] == "inline"
    row = File.objects.get(pk=file)
    kept = opening.store().sizes(row.blob.hex)
    assert {name.partition("-")[0] for name in kept} == {"picture", "small"}, "what was sent is still there"


@pytest.mark.parametrize("which", READABLE)
def test_ranges_of_bytes_are_those_bytes(world: World, browse: Browse, which: str) -> None:
    data = files.text(2 * files.PART + 100_000)
    file = files.sent(world, "anna", world.conversations["bram", "anna"], data, "lang.txt")
    size, part = len(data), files.PART
    asked, start, stop = {
        "whole": (f"0-{size + 10}", 0, size),
        "first": ("0-99", 0, 100),
        "last": ("-500", size - 500, size),
        "middle": ("70000-70100", 70_000, 70_101),
        "over a border": (f"{part - 10}-{part + 10}", part - 10, part + 11),
        "from": (f"{2 * part}-", 2 * part, size),
        "one byte": ("65536-65536", 65_536, 65_537),
    }[which]
    answer = browse("bram").ask("GET", f"/api/v1/files/{file}/content", Range=f"bytes={asked}")
    assert (answer.status, answer.raw) == (206, data[start:stop])
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2", "bytes=-0", "bytes=-", "bytes=a-b"])
def test_a_range_that_is_not_there_is_said_to_be_none(world: World, browse: Browse, asked: str) -> None:
    file = files.sent(world, "anna", world.conversations["bram", "anna"], b"kort", "kort.txt")
    answer = browse("bram").ask("GET", f"/api/v1/files/{file}/content", Range=asked)
    assert (answer.status, answer.body["code"]) == (416, "no_such_range")


def test_whatever_range_is_asked_for_first_the_opening_is_logged_and_going_on_is_not(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files.sent(world, "anna", world.conversations["bram", "anna"], files.text(1000), "brief.txt")
    bram = browse("bram")
    opened = AuditEntry.objects.filter(tag=Tag.FILE_OPENED, actor=world.id("bram"), detail=str(file))
    for asked, count in (("bytes=1-", 1), ("bytes=500-", 1), ("bytes=-10", 1), ("bytes=0-", 2), ("bytes=7-9", 2)):
        answer = bram.ask("GET", f"/api/v1/files/{file}/content", Range=asked)
        assert (answer.status, opened.count()) == (206, count), asked
    monkeypatch.setattr(log, "AGAIN", timedelta(0))
    assert bram.ask("GET", f"/api/v1/files/{file}/content", Range="bytes=1-").status == 206
    assert opened.count() == 3


@pytest.mark.parametrize("asked", ["", "lines=1-2", "bytes=0-1,3-4"])
def test_what_is_no_range_for_us_gives_the_whole(world: World, browse: Browse, asked: str) -> None:
    file = files.sent(world, "anna", world.conversations["bram", "anna"], b"kort", "kort.txt")
    answer = browse("bram").ask("GET", f"/api/v1/files/{file}/content", **({"Range": asked} if asked else {}))
    assert (answer.status, answer.raw) == (200, b"kort")


@pytest.mark.parametrize(
    ("name", "data", "saved"),
    [
        ("salaris.hta", b"ID3<html><script>alert(1)</script>", "salaris.hta.mp3"),
        ("uitslag.bat", b"{\\rtf1 \r\n@echo off", "uitslag.bat.rtf"),
        ("uitslag.html", b"fLaC<script>alert(1)</script>", "uitslag.html.flac"),
        ("opname.exe.js", b"\0\0\0\x18ftypisom" + bytes(20), "opname.exe.js.mp4"),
        ("film.MP4", b"\0\0\0\x18ftypisom" + bytes(20), "film.MP4"),
        ("liedje", b"ID3" + bytes(20), "liedje.mp3"),
        ("brief.TXT", b"een brief", "brief.TXT"),
    ],
)
def test_a_saved_file_opens_as_what_it_is_and_as_nothing_else(
    world: World, browse: Browse, name: str, data: bytes, saved: str
) -> None:
    file = files.sent(world, "anna", world.conversations["bram", "anna"], data, name)
    answer = browse("bram").ask("GET", f"/api/v1/files/{file}/content?save=true")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(saved)}"


def test_a_picture_that_we_cannot_make_anew_is_no_film(world: World, browse: Browse) -> None:
    anna, avif = browse("anna"), b"\0\0\0\x1cftypavif" + bytes(100)
    file = files.begin(anna, world.conversations["bram", "anna"], avif, "foto.avif").body["file"]["id"]
    assert files.put(anna, file, 0, avif).body["code"] == "file_kind"


def test_a_part_that_comes_late_changes_nothing_of_what_was_checked(world: World, browse: Browse) -> None:
    """From another tab, whose request was let in before the first one said that all was sent."""
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    data = files.text(1_000)
    begun = files.begin(anna, conversation, data, "x.txt").body["file"]["id"]
    late = facts.opened(File.objects.get(pk=begun), conversations.one(conversation))
    with anna.socket() as phone:
        assert files.upload(anna, conversation, data, "x.txt") == begun
        files.ready(phone, begun)
        arriving.put_part(late, 0, data)
        files.send(phone, conversation, begun)
    assert browse("bram").ask("GET", f"/api/v1/files/{begun}/content").raw == data


def test_who_opened_a_file_had_seen_it_when_it_is_withdrawn(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.sent(world, "anna", conversation)
    with browse("anna").socket() as phone:
        assert browse("bram").ask("GET", f"/api/v1/files/{file}/content").status == 200
        phone.say(type="withdraw", request=1, conversation=conversation, seq=1)
        assert phone.hear("altered")["message"]["seenBy"] == [str(world.id("bram"))]


def test_a_session_that_ends_ends_what_it_was_reading(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "ASK_EVERY", 1)
    conversation, bram = world.conversations["bram", "anna"], browse("bram")
    file = files.sent(world, "anna", conversation, files.text(5 * files.PART), "lang.txt")
    person, session = world.id("bram"), digest(bram.cookie)
    found = facts.to_open(person, file)[1]
    blob = found.about.blobs[found.about.whole]
    parts = blobs.parts(blobs.key_of(found.material, found.row.blob, blob), blob)
    reading = answers.while_allowed(lambda: facts.going_on(person, session, file), parts)
    next(reading)
    next(reading)
    assert bram.ask("DELETE", "/_allauth/browser/v1/auth/session").status == 401
    with pytest.raises(SignedOut):
        next(reading)


def test_who_reads_slowly_is_asked_again_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now, asked = [0.0], []
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    reading = answers.while_allowed(lambda: asked.append(now[0]), iter([b"1", b"2", b"3", b"4"]))
    for moment in (0.0, 0.5, 2.0, 2.5):
        now[0] = moment
        next(reading)
    assert asked == [2.0]


def test_an_upload_that_was_broken_off_goes_on_where_it_was(world: World, browse: Browse) -> None:
    """Also from another tab, and though parts come twice, in any order."""
    conversation, data = world.conversations["bram", "anna"], files.text(4 * files.PART + 5)
    anna = browse("anna")
    begun = files.begin(anna, conversation, data, "lang.txt").body
    file = begun["file"]["id"]
    assert begun["missing"] == [0, 1, 2, 3, 4]
    for part in (0, 4, 2, 2):
        assert files.put(anna, file, part, data).status == 200
    early = anna.ask("POST", f"/api/v1/files/{file}/whole")
    assert (early.status, early.body["code"]) == (409, "file_incomplete")
    again = files.begin(browse("anna"), conversation, data, "lang.txt").body
    assert (again["file"]["id"], again["missing"]) == (file, [1, 3])
    assert files.upload(anna, conversation, data, "lang.txt") == file
    with anna.socket() as phone:
        (told,) = files.send(phone, conversation, file)["files"]
        assert told["state"] == "ready" or files.ready(phone, file)["size"] == len(data)
    assert browse("bram").ask("GET", f"/api/v1/files/{file}/content").raw == data
    late = files.put(anna, file, 0, data)
    assert (late.status, late.body["code"]) == (409, "file_sent")


def test_what_was_sent_is_not_the_same_file_when_it_is_chosen_again(world: World, browse: Browse) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    with anna.socket() as phone:
        first = files.upload(anna, conversation, b"twee keer")
        files.send(phone, conversation, first)
        second = files.upload(anna, conversation, b"twee keer")
        assert second != first
        assert files.send(phone, conversation, second)["seq"] == 2


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leeg.txt", b"", "file_empty"),
        ("raar.exe", b"MZ" + bytes(100), "file_kind"),
        ("pagina.html", b"<!doctype html><script>alert(1)</script>", "file_kind"),
        ("plaatje.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_kind"),
        ("foto.jpg", b"<!doctype html><script>alert(1)</script>", "file_kind"),
        ("archief.zip", b"PK\x03\x04" + bytes(100), "file_kind"),
        ("script.txt.sh", b"#!/bin/sh\nrm -rf /", "file_kind"),
    ],
)
def test_what_may_not_be_sent_is_refused_at_once(
    world: World, browse: Browse, name: str, data: bytes, code: str
) -> None:
    anna = browse("anna")
    answer = files.begin(anna, world.conversations["bram", "anna"], data, name)
    if answer.status == 201:
        answer = files.put(anna, answer.body["file"]["id"], 0, data)
    assert (answer.status, answer.body["code"]) == (400, code)
    assert len(answer.body["text"]) > 10


def test_a_file_larger_than_allowed_is_refused_before_it_is_sent(world: World, browse: Browse) -> None:
    file_policy.set_policy(world.organisation, 1, KINDS)
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    with anna.socket() as phone:
        (told,) = phone.welcome["organisations"]
        assert told["files"]["largest"] == files.PART
    answer = files.begin(anna, conversation, files.text(files.PART + 1), "groot.txt")
    assert (answer.status, answer.body["code"]) == (400, "file_too_large")
    begun = files.begin(anna, conversation, files.text(100), "klein.txt").body
    for part, size in ((0, 101), (0, 99), (1, 100), (-1, 100), (2**40, 1)):
        path = f"/api/v1/files/{begun['file']['id']}/parts/{part}"
        assert anna.ask("PUT", path, files.text(size)).status in {400, 422}
    too_long = anna.ask("PUT", f"/api/v1/files/{begun['file']['id']}/parts/0", files.text(files.PART + 1))
    assert (too_long.status, too_long.body["code"]) == (413, "too_large")


def test_one_person_leaves_only_so_many_files_unsent(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_UNSENT", 2)
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    for number in range(2):
        assert files.begin(anna, conversation, f"{number}".encode(), "x.txt").status == 201
    answer = files.begin(anna, conversation, b"2", "x.txt")
    assert (answer.status, answer.body["code"]) == (409, "too_many_files")
    assert files.begin(browse("bram"), conversation, b"2", "x.txt").status == 201


def test_what_was_refused_takes_no_room_of_a_person(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_UNSENT", 1)
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    files.made(world, "anna", conversation, b"\xff\xd8\xff geen foto", "foto.jpg")
    assert File.objects.get().state == File.REFUSED
    assert files.begin(anna, conversation, b"1", "x.txt").status == 201


def test_the_room_of_an_organisation_is_its_own(world: World, browse: Browse, settings: Any) -> None:
    settings.ZORG = settings.ZORG.model_copy(update={"storage_gib": 1})
    conversation = world.conversations["bram", "anna"]
    File.objects.filter(pk=files.made(world, "anna", conversation)).update(size=1024**3 - 10)
    answer = files.begin(browse("bram"), conversation, files.text(11), "net te veel.txt")
    assert (answer.status, answer.body["code"]) == (409, "storage_quota")
    assert files.begin(browse("bram"), conversation, files.text(10), "past net.txt").status == 201
    assert (
        files.begin(browse("carla"), world.conversations["carla", "dora"], files.text(11), "elders.txt").status == 201
    )


def test_of_many_at_once_no_more_than_the_room_is_taken(world: World, browse: Browse, settings: Any) -> None:
    settings.ZORG = settings.ZORG.model_copy(update={"storage_gib": 1})
    conversation = world.conversations["bram", "anna"]
    File.objects.filter(pk=files.made(world, "anna", conversation)).update(size=1024**3 - 25)
    browsers = [browse(name) for name in ("anna", "bram") for _ in range(3)]
    with ThreadPoolExecutor(6) as threads:
        begun = list(threads.map(lambda b: files.begin(b, conversation, files.text(10), "x.txt").status, browsers))
    assert sorted(begun) == [201, 201, 409, 409, 409, 409]


def test_a_full_disk_is_said_so_and_shows_nothing_half(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, data, anna = world.conversations["bram", "anna"], files.text(files.PART + 5), browse("anna")
    begun = files.begin(anna, conversation, data, "lang.txt").body["file"]["id"]
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", lambda _: _raise(OSError(errno.ENOSPC, "full")))
        answer = files.put(anna, begun, 0, data)
        assert (answer.status, answer.body["code"], answer.body["retry"]) == (507, "storage_full", True)
    assert anna.ask("GET", f"/api/v1/files/{begun}").body["missing"] == [0, 1]
    assert files.upload(anna, conversation, data, "lang.txt") == begun


def _raise(error: Exception) -> None:
    raise error


def test_files_of_others_of_elsewhere_and_unfinished_ones_cannot_be_sent(world: World, browse: Browse) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    other = files.made(world, "bram", conversation)
    elsewhere = files.made(world, "anna", world.conversations["petra", "anna"])
    unfinished = files.begin(anna, conversation, b"nog niet", "x.txt").body["file"]["id"]
    sent = files.sent(world, "anna", conversation)
    mine = files.made(world, "anna", conversation)
    with anna.socket() as phone:
        for wrong in ([other], [elsewhere], [unfinished], [sent], [uuid4()], [mine, mine], [mine, other]):
            refused = files.send(phone, conversation, *map(str, wrong))
            assert (refused["type"], refused["code"]) == ("refused", "file_gone")
        assert files.send(phone, conversation, str(mine))["type"] == "ack"


def test_a_file_is_nobody_elses_until_it_is_sent_and_nobodys_after_it_is_withdrawn(
    world: World, browse: Browse
) -> None:
    conversation, anna, bram = world.conversations["bram", "anna"], browse("anna"), browse("bram")
    file = files.made(world, "anna", conversation)
    path = f"/api/v1/files/{file}/content"
    assert (anna.ask("GET", path).status, bram.ask("GET", path).status) == (200, 404)
    with anna.socket() as phone:
        files.send(phone, conversation, str(file))
        assert bram.ask("GET", path).status == 200
        phone.say(type="withdraw", request=1, conversation=conversation, seq=1)
        assert "files" not in phone.hear("altered")["message"]
    for browser in (anna, bram):
        answer = browser.ask("GET", path)
        assert (answer.status, answer.body["code"]) == (409, "withdrawn")


def test_who_takes_part_no_more_opens_nothing_from_that_moment(world: World, browse: Browse) -> None:
    conversation, bram = world.conversations["bram", "anna"], browse("bram")
    path = f"/api/v1/files/{files.sent(world, 'anna', conversation)}/content"
    assert bram.ask("GET", path).status == 200
    Participant.objects.filter(conversation_id=conversation, person_id=world.id("bram")).update(left_at=clock.now())
    assert bram.ask("GET", path).status == 404


def test_a_forwarded_file_is_one_of_its_own(world: World, browse: Browse) -> None:
    conversation, bram = world.conversations["bram", "anna"], browse("bram")
    data = files.text(1_000)
    file = files.sent(world, "anna", conversation, data, "brief.txt")
    with bram.socket() as desk:
        desk.say(type="forward", id=uuid4(), conversation=conversation, source=conversation, seq=1)
        (copy,) = desk.hear("message")["files"]
        desk.hear("ack")
        assert copy["id"] != str(file)
    with browse("anna").socket() as phone:
        phone.say(type="withdraw", request=1, conversation=conversation, seq=1)
        phone.hear("altered")
    assert bram.ask("GET", f"/api/v1/files/{copy['id']}/content").raw == data
    assert bram.ask("GET", f"/api/v1/files/{file}/content").status == 409


def test_what_is_not_checked_is_not_forwarded_nor_logged_as_if_it_were(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.sent(world, "anna", conversation)
    File.objects.filter(pk=file).update(state=File.CHECKING)
    with browse("bram").socket() as desk:
        desk.say(type="forward", id=uuid4(), conversation=conversation, source=conversation, seq=1)
        assert desk.hear("refused")["code"] == "file_not_ready"
    assert not AuditEntry.objects.filter(tag=Tag.MESSAGE_FORWARDED).exists()
    assert File.objects.count() == 1


def test_until_it_is_checked_only_its_sender_knows_what_it_is(world: World, browse: Browse, scanning: Clamav) -> None:
    conversation, anna, bram = world.conversations["bram", "anna"], browse("anna"), browse("bram")
    with anna.socket() as phone, anna.socket() as laptop, bram.socket() as desk:
        with scanning.down():
            file = files.upload(anna, conversation, b"geheim", "geheim.txt")
            ack = files.send(phone, conversation, file)
            assert ack["files"] == [{"id": file, "state": "checking", "name": "geheim.txt", "size": 6}]
            assert laptop.hear("message")["files"] == ack["files"]
            assert desk.hear("message")["files"] == [{"id": file, "state": "checking"}]
            desk.say(type="history", request=1, conversation=conversation, before=9)
            assert desk.hear("history")["messages"][0]["files"] == [{"id": file, "state": "checking"}]
            for browser in (anna, bram):
                answer = browser.ask("GET", f"/api/v1/files/{file}/content")
                assert (answer.status, answer.body["code"]) == (409, "file_not_ready")
        for socket in (phone, laptop, desk):
            assert files.ready(socket, file)["name"] == "geheim.txt"
    assert bram.ask("GET", f"/api/v1/files/{file}/content").raw == b"geheim"


def test_a_virus_is_stopped_told_and_logged(world: World, browse: Browse, scanning: Clamav) -> None:
    del scanning
    conversation, anna, bram = world.conversations["bram", "anna"], browse("anna"), browse("bram")
    with anna.socket() as phone, bram.socket() as desk:
        with files.unchecked():
            file = files.upload(anna, conversation, EICAR, "factuur.txt")
            assert files.send(phone, conversation, file)["type"] == "ack"
        mine, theirs = files.ready(phone, file), files.ready(desk, file)
        assert (mine["state"], mine["reason"], mine["name"]) == ("refused", "infected", "factuur.txt")
        assert theirs == {"id": file, "state": "refused", "reason": "infected"}
    assert bram.ask("GET", f"/api/v1/files/{file}/content").status == 409
    (entry,) = AuditEntry.objects.filter(tag=Tag.FILE_REFUSED)
    assert (entry.subject, entry.object) == (world.id("anna"), str(conversation))
    assert "infected" in entry.detail
    assert opening.store().sizes(File.objects.get(pk=file).blob.hex) == {}


def test_what_is_replaced_after_it_was_checked_does_not_open(world: World, browse: Browse) -> None:
    """A part of a virus, put under a name that was found clean, by somebody who holds the store and the key."""
    conversation = world.conversations["bram", "anna"]
    file = files.sent(world, "anna", conversation, b"onschuldig", "brief.txt")
    found = facts.opened(File.objects.get(pk=file), conversations.one(conversation))
    opening.store().remove(f"{found.row.blob.hex}/original-0")
    blobs.put_part(blobs.arriving_key(found.material, found.row.blob, 10), 0, b"kwaadaardi")
    with pytest.raises(Exception, match=r"IncompleteRead|closed|Remote|reset"):
        browse("bram").ask("GET", f"/api/v1/files/{file}/content")


def test_a_dropped_file_leaves_nothing(world: World, browse: Browse) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    file = files.begin(anna, conversation, b"toch niet", "x.txt").body["file"]["id"]
    files.put(anna, file, 0, b"toch niet")
    blob = File.objects.get(pk=file).blob
    assert opening.store().sizes(blob.hex)
    assert anna.ask("DELETE", f"/api/v1/files/{file}").status == 200
    assert opening.store().sizes(blob.hex) == {}
    assert anna.ask("GET", f"/api/v1/files/{file}").status == 404


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\anna\\brief.txt", "brief.txt"),
        ("a\x00b\nc.txt", "a b c.txt"),
        ("\u202egpj.exe.txt", "gpj.exe.txt"),
        ("  ...  ", "bestand.txt"),
        ("x" * 900 + ".txt", "x" * 146 + ".txt"),
        ('"; drop table; --.txt', '"; drop table; --.txt'),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("Brief e\u0301e\u0301n.txt", "Brief één.txt"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467.txt", "\U0001f468\u200d\U0001f469\u200d\U0001f467.txt"),
        ("a \u200d\u200d.txt", "a.txt"),
    ],
)
def test_a_hostile_name_is_a_plain_one(world: World, browse: Browse, said: str, kept: str) -> None:
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    begun = files.begin(anna, conversation, b"tekst", said)
    assert begun.status == 201
    assert begun.body["file"]["name"] == (kept if kept != "bestand.txt" else "bestand")
    file = files.sent(world, "anna", conversation, b"tekst", kept)
    disposition = browse("bram").ask("GET", f"/api/v1/files/{file}/content").headers["content-disposition"]
    assert "\n" not in disposition
    assert disposition.isascii()


def test_the_same_file_from_two_at_once_is_two(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    ids = {files.begin(browse(name), conversation, b"zelfde", "x.txt").body["file"]["id"] for name in ("anna", "bram")}
    assert len(ids) == 2


def test_nothing_of_a_file_runs_or_is_kept_by_the_browser(world: World, browse: Browse) -> None:
    file: UUID = files.sent(world, "anna", world.conversations["bram", "anna"])
    for path in ("content", "small", "content?save=true"):
        headers = browse("bram").ask("GET", f"/api/v1/files/{file}/{path}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "script" not in headers["content-security-policy"]
        assert headers["cache-control"] == "private, no-store"
        assert "x-streamed" not in headers


def test_a_part_of_who_is_not_signed_in_is_not_even_read(world: World, browse: Browse, address: str) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.begin(browse("anna"), conversation, b"tekst", "x.txt").body["file"]["id"]
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        head = f"PUT /api/v1/files/{file}/parts/0 HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1048576\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 401")


def test_only_so_many_parts_are_read_at_once(
    world: World, browse: Browse, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "MOST_OF_ONE", 1)
    conversation, anna = world.conversations["bram", "anna"], browse("anna")
    file = files.begin(anna, conversation, files.text(10), "x.txt").body["file"]["id"]
    host, port = address.removeprefix("http://").split(":")
    path = f"/api/v1/files/{file}/parts/0"
    counted, reads = threading.Event(), http._body  # noqa: SLF001

    async def reading(receive: Receive, most: int) -> bytes | None:
        counted.set()
        return await reads(receive, most)

    monkeypatch.setattr(http, "_body", reading)
    with socket.create_connection((host, int(port)), 10) as slow:
        cookies = f"session={anna.cookie}"
        slow.sendall(
            f"PUT {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nContent-Length: 10\r\n\r\n1".encode()
        )
        assert counted.wait(WAIT)
        answer = anna.ask("PUT", path, b"tien tekens"[:10])
        assert (answer.status, answer.body["retry"]) == (503, True)
    while anna.ask("PUT", path, b"tien tekens"[:10]).status == 503:
        pass  # that it is gone is on its way
