"""A group's picture: made anew, for who takes part, told to all of them at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from PIL import Image

from tests import files
from tests.live import Answer, Browser
from tests.world import World, meet
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import GroupPicture
from zorgmessenger.files.group_pictures import MOST_BYTES
from zorgmessenger.texts import text

Browse = Callable[..., Browser]


@pytest.fixture
def group(world: World, browse: Browse) -> UUID:
    """Bram's group with Anna and Fatima."""
    body = {"title": "Wandelgroep", "symbol": "leaf", "people": [str(world.id(name)) for name in ("anna", "fatima")]}
    return UUID(browse("bram").ask("POST", "/api/v1/groups", body).body["conversation"])


def put(browser: Browser, group: UUID, data: bytes) -> Answer:
    kind = {"Content-Type": "application/octet-stream"}
    return browser.ask("PUT", f"/api/v1/groups/{group}/picture", data, **kind)


def test_everybody_in_the_group_is_told_at_once_and_sees_a_picture_of_ours(
    world: World, browse: Browse, group: UUID
) -> None:
    anna, petra = browse("anna"), browse("petra")
    with anna.socket() as phone, petra.socket() as outside:
        assert put(browse("bram"), group, files.jpeg((1200, 800))).status == 200
        path = phone.hear("conversation")["conversation"]["picture"]
        assert outside.silent()
    assert path.startswith(f"/api/v1/groups/{group}/picture?v=")
    answer = anna.ask("GET", path)
    picture = Image.open(io.BytesIO(answer.raw))
    assert (picture.format, picture.size, len(picture.getexif())) == ("WEBP", (640, 427), 0)
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == (
        "private, no-store",
        "nosniff",
    )
    with anna.socket() as phone:
        assert path in [one.get("picture") for one in phone.welcome["conversations"]]
    for name in ("petra", "joris", "ingrid", "carla"):
        assert browse(name).ask("GET", path).status == 404
    entry = AuditEntry.objects.get(tag=Tag.GROUP_PICTURE_SET)
    assert (entry.actor, entry.object, entry.detail) == (world.id("bram"), str(group), "picture")


def test_another_picture_has_another_address_and_an_empty_one_removes_it(browse: Browse, group: UUID) -> None:
    bram, paths = browse("bram"), []
    with browse("anna").socket() as phone:
        for data in (files.jpeg((64, 64)), files.jpeg((64, 64)), b"", b""):
            assert put(bram, group, data).status == 200
            paths.append(phone.hear("conversation")["conversation"].get("picture", ""))
    assert len({*paths[:2], ""}) == 3
    assert paths[2:] == ["", ""]
    assert bram.ask("GET", f"/api/v1/groups/{group}/picture").status == 404
    assert not GroupPicture.objects.exists()


def test_who_was_taken_out_sees_it_no_more(world: World, browse: Browse, group: UUID) -> None:
    put(browse("bram"), group, files.jpeg((64, 64)))
    fatima = browse("fatima")
    assert fatima.ask("GET", f"/api/v1/groups/{group}/picture").status == 200
    browse("bram").ask("DELETE", f"/api/v1/groups/{group}/people/{world.id('fatima')}")
    assert fatima.ask("GET", f"/api/v1/groups/{group}/picture").status == 404
    assert put(fatima, group, b"").status == 404


def test_a_client_and_a_closed_group_get_no_picture(world: World, browse: Browse, group: UUID) -> None:
    assert put(browse("anna"), group, files.jpeg((64, 64))).body["code"] == "forbidden"
    treatment = world.conversations["bram", "anna"]
    assert put(browse("bram"), treatment, files.jpeg((64, 64))).body["code"] == "forbidden"
    browse("bram").ask("POST", f"/api/v1/groups/{group}/close")
    assert put(browse("bram"), group, files.jpeg((64, 64))).body["code"] == "conversation_closed"
    assert not GroupPicture.objects.exists()


def test_what_is_no_picture_is_refused_and_the_one_before_stays(browse: Browse, group: UUID) -> None:
    bram = browse("bram")
    put(bram, group, files.jpeg((64, 64)))
    for wrong in (b"x", files.PDF, b"<svg xmlns='http://www.w3.org/2000/svg'/>", files.jpeg((640, 480))[:5000]):
        answer = put(bram, group, wrong)
        assert (answer.status, answer.body["fields"][0]["text"]) == (422, text("error.field.picture")), wrong[:10]
    assert bram.ask("GET", f"/api/v1/groups/{group}/picture").status == 200


def test_a_picture_of_five_mib_is_read_and_a_larger_one_is_not(browse: Browse, group: UUID) -> None:
    bram, picture = browse("bram"), files.jpeg((64, 64))
    assert put(bram, group, picture + bytes(MOST_BYTES - len(picture))).status == 200
    assert put(bram, group, picture + bytes(MOST_BYTES - len(picture) + 1)).body["code"] == "too_large"


def test_it_is_sealed_and_opens_in_its_own_group_only(world: World, browse: Browse, group: UUID) -> None:
    put(browse("bram"), group, files.jpeg((64, 64)))
    row = GroupPicture.objects.get()
    assert b"RIFF" not in bytes(row.picture_sealed)
    meet(world, "bram", "joris")
    body = {"title": "Andere groep", "symbol": "sun", "people": [str(world.id("joris"))]}
    other = UUID(browse("bram").ask("POST", "/api/v1/groups", body).body["conversation"])
    GroupPicture.objects.create(conversation_id=other, picture_sealed=row.picture_sealed)
    assert browse("joris").ask("GET", f"/api/v1/groups/{other}/picture").status == 500
