"""Files from one person to another: sent by parts, checked, shown to who may read the message, and to nobody else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from tests import files
from tests.live import Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.files import log

Browse = Callable[..., Browser]


def test_a_file_goes_from_one_to_the_other_and_is_what_was_sent(world: World, browse: Browse) -> None:
    conversation = world.conversations["bram", "anna"]
    anna, bram = browse("anna"), browse("bram")
    with anna.socket() as phone, bram.socket() as desk:
        data = files.text(3 * files.PART + 17)
        file = files.upload(anna, conversation, data, "brief aan de huisarts.txt")
        assert files.ready(phone, file)["state"] == "ready"
        assert files.send(phone, conversation, file, body="Hierbij.")["seq"] == 1
        (told,) = desk.hear("message")["files"]
        assert (told["id"], told["name"], told["size"]) == (file, "brief aan de huisarts.txt", len(data))
    answer = bram.ask("GET", f"/api/v1/files/{file}/content")
    assert answer.raw == data
    assert answer.headers["content-disposition"].startswith("attachment;")


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
