"""From when until when a device listened is in the log, and none listens longer than its session lasts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.live import Browser
from tests.process import installation
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts.models import Session
from zorgmessenger.accounts.sessions import digest
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config import asgi

Browse = Callable[..., Browser]


def entries(person: UUID, tag: Tag, count: int) -> list[AuditEntry]:
    """What the log has of it, once it is as much as that."""
    for _ in range(100):
        found = list(AuditEntry.objects.filter(tag=tag, actor=person).order_by("position"))
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(f"no {count} × {tag}")


def test_both_ends_of_a_devices_listening_are_logged_with_its_session(world: World, browse: Browse) -> None:
    """Two devices of one person, each by an id of its own; what they were sent between needs no entry each."""
    phone, laptop, anna = browse("anna"), browse("anna"), world.id("anna")
    with phone.socket():
        with laptop.socket():
            pass
        (first,) = entries(anna, Tag.DISCONNECTED, 1)
        assert first.session == digest(laptop.cookie)
    begun, ended = entries(anna, Tag.CONNECTED, 2), entries(anna, Tag.DISCONNECTED, 2)

    def known(entry: AuditEntry) -> tuple[object, ...]:
        return entry.object, entry.session, entry.organisation, entry.role, entry.address

    assert sorted(map(known, begun)) == sorted(map(known, ended))
    assert len({entry.object for entry in begun}) == 2
    until = {entry.object: entry.at for entry in ended}
    assert all(entry.at <= until[entry.object] for entry in begun)


def test_who_was_never_welcomed_did_not_listen(world: World, browse: Browse) -> None:
    with browse("anna").bare_socket() as socket:
        socket.say(type="ping")
        assert socket.close_code() == 4409
    time.sleep(0.2)
    assert not AuditEntry.objects.filter(tag__in=[Tag.CONNECTED, Tag.DISCONNECTED], actor=world.id("anna")).exists()


def test_an_open_socket_closes_when_its_session_expires(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    lasts(world.id("anna"), timedelta(seconds=1))
    with bram.socket() as other:
        with anna.socket() as socket:
            assert socket.close_code() == 4401
        other.say(type="ping")
        assert other.hear("pong")


def test_a_session_that_was_renewed_meanwhile_goes_on_and_one_that_was_removed_does_not(
    world: World, browse: Browse
) -> None:
    renewed, removed = browse("anna"), browse("bram")
    for name in ("anna", "bram"):
        lasts(world.id(name), timedelta(seconds=1))
    with renewed.socket() as goes_on, removed.socket() as ends:
        lasts(world.id("anna"), timedelta(days=1))
        Session.objects.filter(person=world.id("bram")).delete()
        assert ends.close_code() == 4401
        goes_on.say(type="ping")
        assert goes_on.hear("pong")


def test_the_sweep_closes_the_sockets_of_what_it_removes(world: World, browse: Browse) -> None:
    anna = browse("anna")
    with anna.socket() as socket:
        lasts(world.id("anna"), timedelta(seconds=-1))
        asgi._sweep()  # noqa: SLF001  (what runs every hour)
        assert socket.close_code() == 4401
    assert not Session.objects.filter(person=world.id("anna")).exists()


@pytest.mark.parametrize("killed", [False, True])
def test_a_server_that_stops_ends_what_listened_and_one_that_is_killed_tells_when_it_starts_again(
    tmp_path: Path, *, killed: bool
) -> None:
    place = installation(tmp_path)
    with place.running("demo") as server:
        browser = Browser(server.address)
        browser.greet()
        body = {"email": "anna@delinde.example", "password": "Zonnebloem-42"}
        assert browser.ask("POST", "/_allauth/browser/v1/auth/login", body).status == 200
        with browser.socket(origin=server.address) as socket:
            (server.kill if killed else server.stop)()
            assert socket.close_code() in {0, 1012}
    with place.running("demo"):
        pass
    with sqlite3.connect(place.data / "zorgmessenger.sqlite3") as opened:
        told = opened.execute(
            "SELECT tag FROM audit_auditentry WHERE tag IN (?, ?, ?) ORDER BY at, id",
            [Tag.SERVER_STARTED, Tag.CONNECTED, Tag.DISCONNECTED],
        ).fetchall()
    opened.close()
    between = [] if killed else [Tag.DISCONNECTED]
    assert [Tag(tag) for (tag,) in told] == [Tag.SERVER_STARTED, Tag.CONNECTED, *between, Tag.SERVER_STARTED]


def lasts(person: UUID, wait: timedelta) -> None:
    """Makes somebody's session last so long from now on."""
    Session.objects.filter(person=person).update(expire_date=clock.now() + wait)
