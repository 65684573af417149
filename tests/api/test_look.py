"""How an organisation looks and what it says: a logo that is ours, words without links, days that hold."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from tests.live import Browser
from tests.mailbox import letters, newest_secret
from tests.world import World
from zorgmessenger.console import logo
from zorgmessenger.files import child
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.look import Look

Browse = Callable[..., Browser]
NEW = "noor@voorbeeld.example"
GOOD = {"accent": "#AA2244", "introductionNl": "Welkom bij ons.", "introductionEn": "Welcome.", "invitationDays": 30}


def picture(kind: str, size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b6b3a").save(out, kind, **options)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small file that says it is a very large picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**7))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_made_anew_and_shown_to_members_and_who_is_invited(world: World, browse: Browse, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "hier-genomen"
    ingrid = browse("ingrid")
    kept = ingrid.ask("PUT", "/api/v1/console/logo", picture(kind, (2000, 1000), exif=exif))
    assert kept.status == 200, kept
    with browse("anna").socket() as anna:
        [mine] = anna.welcome["organisations"]
    assert mine["logo"] == kept.body["logo"]
    shown = browse("anna").ask("GET", mine["logo"])
    headers = {name.lower(): value for name, value in shown.headers.items()}
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/png", "nosniff")
    with Image.open(io.BytesIO(shown.raw)) as made:
        assert (made.format, made.size, made.info) == ("PNG", (512, 256), {})
    assert b"hier-genomen" not in shown.raw
    assert browse("carla").ask("GET", mine["logo"]).status == 404
    assert browse().ask("GET", mine["logo"]).status == 401
    assert bytes(Look.objects.get(pk=world.organisation).logo_sealed or b"")[1:4] != b"PNG"
    browse("bram").ask("POST", "/api/v1/invitations", {"firstName": "Noor", "lastName": "Smit", "email": NEW})
    looked = browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).body
    assert base64.b64decode(looked["organisation"]["logo"].partition(",")[2]) == shown.raw
    assert ingrid.ask("PUT", "/api/v1/console/logo", b"").body == {"logo": ""}
    assert browse("anna").ask("GET", mine["logo"]).status == 404


def test_what_is_no_picture_of_the_kinds_we_read_is_refused(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for sent in (
        svg,
        picture("GIF"),
        picture("BMP"),
        b"x",
        picture("PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + svg,
        bomb(30_000, 30_000),
    ):
        answer = ingrid.ask("PUT", "/api/v1/console/logo", sent)
        assert (answer.status, answer.body["fields"][0]["code"]) == (422, "logo"), sent[:20]
    assert ingrid.ask("PUT", "/api/v1/console/logo", b"x" * (logo.MOST_BYTES + 1)).status == 413
    assert not Look.objects.exists()


def test_a_picture_that_takes_forever_is_given_up(
    monkeypatch: pytest.MonkeyPatch, world: World, browse: Browse
) -> None:
    del world
    monkeypatch.setattr(child, "PATIENCE", 0.01)
    assert browse("ingrid").ask("PUT", "/api/v1/console/logo", picture("PNG")).status == 422


def test_the_words_of_an_organisation_are_on_the_page_and_in_the_mail_of_clients_alone(
    world: World, browse: Browse
) -> None:
    del world
    ingrid, bram = browse("ingrid"), browse("bram")
    assert ingrid.ask("PUT", "/api/v1/console/look", GOOD).status == 200
    assert ingrid.ask("GET", "/api/v1/console/look").body == {
        **GOOD,
        "name": "De Linde",
        "accent": "#aa2244",
        "logo": "",
    }
    bram.ask("POST", "/api/v1/invitations", {"firstName": "Noor", "lastName": "Smit", "email": NEW})
    [mail] = letters(NEW)
    assert "\n\nWelkom bij ons.\n\n" in mail.plain
    assert "<p " in mail.html.split("Welkom bij ons.")[0][-120:]
    looked = browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).body
    assert looked["organisation"]["introduction"] == "Welkom bij ons."
    assert "30 dagen" in mail.plain
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.sent_at == timedelta(days=30)
    staff = {"firstName": "Els", "lastName": "Smit", "email": "els@x.example", "role": "planner"}
    ingrid.ask("POST", "/api/v1/console/invitations", staff)
    assert "Welkom bij ons" not in letters("els@x.example")[0].plain


def test_words_hold_no_link_and_no_address_and_are_text(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    for words in ("Ga naar https://x.example", "zie www.x", "mail ons@x", "kijk op delinde.nl", "a\u202eb", "a\x00b"):
        answer = ingrid.ask("PUT", "/api/v1/console/look", {**GOOD, "introductionEn": words})
        assert (answer.status, [f["field"] for f in answer.body["fields"]]) == (422, ["introductionEn"]), words
    for accent in ("red", "#12345", "#12345g", "", "#123456;"):
        answer = ingrid.ask("PUT", "/api/v1/console/look", {**GOOD, "accent": accent})
        assert (answer.status, [f["field"] for f in answer.body["fields"]]) == (422, ["accent"]), accent
    plain = {**GOOD, "introductionNl": "<b>Dag</b> & welkom. Bel ons.\n\nTot gauw."}
    assert ingrid.ask("PUT", "/api/v1/console/look", plain).status == 200
    browse("bram").ask("POST", "/api/v1/invitations", {"firstName": "Noor", "lastName": "Smit", "email": NEW})
    assert "&lt;b&gt;Dag&lt;/b&gt; &amp; welkom. Bel ons. Tot gauw." in letters(NEW)[0].html
