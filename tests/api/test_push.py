"""Pushes: real ones, to a service of the test's own, opened by the device alone; and none to where there is nothing."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests import push
from tests.live import Browser
from tests.push import Device, Service, claims_of
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules as access
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.calls import actions as calls
from zorgmessenger.calls.actions import Actor
from zorgmessenger.calls.models import Call
from zorgmessenger.conversations import facts, mutes
from zorgmessenger.ids import NIL
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.notifications import devices, endpoints, noting, pushes, ringing, rules, telling, webpush
from zorgmessenger.notifications.models import Push, ServerKey, Subscription
from zorgmessenger.organisations.hours import opening
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]
PATH = "/api/v1/me/push"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with push.running(tmp_path, monkeypatch) as service:
        yield service


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself does what runs beside the server."""
    monkeypatch.setattr("zorgmessenger.config.asgi.BESIDE", ())


@pytest.fixture
def phone(browse: Browse, service: Service) -> tuple[Browser, Device]:
    """Anna's, with pushes switched on."""
    browser, device = browse("anna"), service.device()
    assert browser.ask("PUT", PATH, device.given).status == 200
    return browser, device


def pass_by(seconds: float, start: datetime | None = None) -> datetime:
    """What runs beside the server does its round, so many seconds later."""
    now = (start or clock.now()) + timedelta(seconds=seconds)
    with clock.at(now):
        noting.note()
        telling.tell(lambda _: False)
        ringing.ring(lambda _: False)
        pushes.send()
    return now


def start_call(world: World) -> None:
    calls.start(Actor(world.id("bram"), NOWHERE), world.conversations["bram", "anna"], NIL, sfu=False)


def test_a_new_message_is_pushed_with_a_kind_and_a_count_that_the_device_alone_can_open(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    browser, device = phone
    for _ in range(3):
        world.send("bram", world.conversations["bram", "anna"], "Geheim over de behandeling")
    now = pass_by(0)
    assert service.got == []
    pass_by(rules.GRACE.total_seconds(), now)
    [got] = service.take()
    assert device.opened(got.body) == {"kind": "new", "count": 3}
    assert got.path == "/push/device"
    sent = {name: got.headers[name] for name in ("content-encoding", "urgency", "topic", "ttl")}
    assert sent == {"content-encoding": "aes128gcm", "urgency": "normal", "topic": "new", "ttl": str(12 * 3600)}
    key = browser.ask("GET", "/api/v1/me/notifications").body["pushKey"]
    claims = claims_of(got.headers["authorization"], key)
    assert claims["aud"] == service.address
    assert claims["sub"].startswith("mailto:")
    assert now.timestamp() < claims["exp"] <= now.timestamp() + 24 * 3600
    pass_by(3600, now)
    assert service.take() == []
    assert not Push.objects.exists()


def test_nothing_of_what_and_whom_goes_along(world: World, service: Service, phone: tuple[Browser, Device]) -> None:
    _, device = phone
    world.send("bram", world.conversations["bram", "anna"], "Geheim")
    pass_by(rules.GRACE.total_seconds(), pass_by(0))
    start_call(world)
    pass_by(0)
    got = service.take()
    assert [device.opened(one.body)["kind"] for one in got] == ["new", "call"]
    assert len({len(one.body) for one in got}) == 1, "a call is as long as a message"
    for one in got:
        said = json.dumps([one.path, one.headers, device.opened(one.body)])
        assert all(word not in said for word in ("Geheim", "Bram", "Linde", str(world.conversations["bram", "anna"])))


def test_what_is_read_within_the_grace_is_not_pushed(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    del phone
    conversation = world.conversations["bram", "anna"]
    seq = world.send("bram", conversation, "hallo").seq
    now = pass_by(0)
    commit([MarkJob(world.id("anna"), NOWHERE, conversation, seq, seq, lambda _: None)])
    pass_by(60, now)
    assert service.got == []


def test_a_call_that_starts_is_pushed_at_once_urgently_and_for_a_minute_alone(
    world: World, service: Service, phone: tuple[Browser, Device], browse: Browse
) -> None:
    _, device = phone
    starter = service.device("starter")
    assert browse("bram").ask("PUT", PATH, starter.given).status == 200
    start_call(world)
    now = pass_by(0)
    [got] = service.take()
    assert got.path == "/push/device"
    assert device.opened(got.body) == {"kind": "call", "count": 0}
    assert (got.headers["urgency"], got.headers["topic"]) == ("high", "call")
    assert 55 <= int(got.headers["ttl"]) <= 60
    pass_by(1, now)
    assert service.take() == []


def test_a_call_that_started_a_minute_ago_rings_no_more(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    del phone
    start_call(world)
    pass_by(61)
    assert service.got == []


@pytest.mark.parametrize("why", ["quiet", "muted"])
def test_neither_a_message_nor_a_call_rings_in_quiet_hours_or_where_it_is_muted(
    world: World, service: Service, phone: tuple[Browser, Device], why: str
) -> None:
    del phone
    conversation = world.conversations["bram", "anna"]
    if why == "quiet":
        local = clock.now().astimezone(opening.zone("Europe/Amsterdam"))
        minute = local.hour * 60 + local.minute
        Person.objects.filter(pk=world.id("anna")).update(
            quiet_from=(minute - 5) % 1440, quiet_until=(minute + 600) % 1440
        )
    else:
        known = facts.one(conversation)
        mutes.mute(access.may_read(known.members[world.id("anna")], known.facts), "always", NOWHERE)
    world.send("bram", conversation, "hallo")
    start_call(world)
    pass_by(3600, pass_by(30, pass_by(0)))
    assert service.got == []
    assert Call.objects.get().rung is not None


def set_quiet(world: World, who: str, begin: datetime, end: datetime) -> None:
    begins, ends = (one.astimezone(opening.zone("Europe/Amsterdam")) for one in (begin, end))
    Person.objects.filter(pk=world.id(who)).update(
        quiet_from=begins.hour * 60 + begins.minute, quiet_until=ends.hour * 60 + ends.minute
    )


def test_a_push_that_was_not_taken_before_quiet_hours_comes_when_they_end(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    start = clock.now().replace(second=0, microsecond=0)
    set_quiet(world, "anna", start + timedelta(minutes=5), start + timedelta(hours=14))
    service.status = 503
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    now = pass_by(30, pass_by(0))
    assert len(service.got) == 1
    service.status = 201
    now = pass_by(360, now)
    now = pass_by(12 * 3600, now)
    assert len(service.got) == 1, "it is quiet"
    pass_by(2 * 3600, now)
    assert len(service.got) == 2
    assert phone[1].opened(service.got[-1].body) == {"kind": "new", "count": 1}


def test_who_ends_their_quiet_hours_early_is_told_of_the_next_message(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    del phone
    conversation, start = world.conversations["bram", "anna"], clock.now()
    set_quiet(world, "anna", start - timedelta(minutes=5), start + timedelta(hours=9))
    world.send("bram", conversation, "hallo")
    now = pass_by(30, pass_by(0))
    Person.objects.filter(pk=world.id("anna")).update(quiet_from=None, quiet_until=None)
    world.send("bram", conversation, "nog iets")
    pass_by(30, pass_by(1, now))
    assert len(service.got) == 1


def test_who_is_at_their_screen_is_not_pushed_to(world: World, service: Service, browse: Browse) -> None:
    browse("bram").ask("PUT", PATH, service.device().given)
    world.send("anna", world.conversations["bram", "anna"], "hallo")
    noting.note()
    with clock.at(clock.now() + timedelta(minutes=1)):
        telling.tell(lambda person: person == world.id("bram"))
        assert not Push.objects.exists()
    pass_by(120)
    assert len(service.got) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_the_service_knows_no_more_is_forgotten(
    world: World, service: Service, phone: tuple[Browser, Device], status: int
) -> None:
    service.status = status
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    pass_by(30, pass_by(0))
    assert len(service.got) == 1
    assert not Subscription.objects.exists()
    entry = AuditEntry.objects.get(tag=Tag.PUSH_REMOVED.value)
    assert (entry.subject, entry.detail) == (world.id("anna"), "gone")
    assert phone[0].ask("GET", "/api/v1/me/notifications").body["here"] is False


@pytest.mark.parametrize("status", [500, 429, 403, 302])
def test_a_push_that_is_not_taken_is_tried_again_later_each_time_and_no_redirect_is_followed(
    world: World, service: Service, phone: tuple[Browser, Device], status: int
) -> None:
    del phone
    service.status = status
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    now = pass_by(30, pass_by(0))
    tries = [now]
    for _ in range(3600):
        now = pass_by(10, now)
        if len(service.got) > len(tries):
            tries.append(now)
        if len(tries) == 4:
            break
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(tries)]
    assert waits == [20, 40, 80]
    service.status = 201
    pass_by(3600, now)
    assert not Push.objects.exists()
    assert len(service.got) == 5


def test_a_push_that_nobody_takes_for_half_a_day_is_given_up(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    del phone
    service.status = 503
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    now = pass_by(30, pass_by(0))
    for _ in range(13):
        now = pass_by(3600, now)
    assert not Push.objects.exists()
    assert Subscription.objects.exists()


def test_two_processes_push_once(world: World, service: Service, phone: tuple[Browser, Device]) -> None:
    del service, phone
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    noting.note()
    with clock.at(clock.now() + timedelta(minutes=1)):
        telling.tell(lambda _: False)
        rows = [Push.objects.get(), Push.objects.get()]
        taken = [pushes._take(row, clock.now()) for row in rows]  # noqa: SLF001  (each with its own reading)
    assert [one is not None for one in taken] == [True, False]


def test_a_subscription_is_sealed_and_goes_with_its_session(
    world: World, service: Service, phone: tuple[Browser, Device], browse: Browse
) -> None:
    browser, device = phone
    row = Subscription.objects.get()
    stored = bytes(row.sealed) + row.endpoint.encode()
    assert not any(part.encode() in stored for part in (device.endpoint, *device.given.values()))
    other = browse("anna")
    assert other.ask("PUT", PATH, service.device("other").given).status == 200
    assert other.ask("GET", "/api/v1/me/notifications").body["devices"] == 2
    browser.ask("DELETE", "/_allauth/browser/v1/auth/session")
    assert Subscription.objects.get().pk != row.pk
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    pass_by(30, pass_by(0))
    assert [got.path for got in service.got] == ["/push/other"]


def test_switching_on_twice_is_once_and_on_and_off_are_logged(phone: tuple[Browser, Device], world: World) -> None:
    browser, device = phone
    assert browser.ask("PUT", PATH, device.given).status == 200
    assert Subscription.objects.count() == 1
    assert browser.ask("DELETE", PATH).status == 200
    assert browser.ask("DELETE", PATH).status == 200
    assert not Subscription.objects.exists()
    tags = [Tag.PUSH_ADDED.value, Tag.PUSH_REMOVED.value]
    entries = AuditEntry.objects.filter(tag__in=tags).order_by("position")
    assert [(entry.tag, entry.actor) for entry in entries] == [(tag, world.id("anna")) for tag in tags]


def test_a_device_on_which_somebody_else_signs_in_is_theirs_alone(
    world: World, service: Service, phone: tuple[Browser, Device], browse: Browse
) -> None:
    _, device = phone
    assert browse("joris").ask("PUT", PATH, device.given).status == 200
    assert Subscription.objects.get().person_id == world.id("joris")
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    pass_by(30, pass_by(0))
    assert service.got == []


def test_somebody_has_so_many_devices_at_most(
    service: Service, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "MOST", 2)
    browsers = [browse("anna") for _ in range(3)]
    for number, browser in enumerate(browsers):
        assert browser.ask("PUT", PATH, service.device(str(number)).given).status == 200
    here = [browser.ask("GET", "/api/v1/me/notifications").body["here"] for browser in browsers]
    assert here == [False, True, True]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "ftp://push.example/x",
        "https://",
        "https:///x",
        "https://user@push.example/x",
        "https://user:secret@push.example/x",
        "https://push.example:99999/x",
        "https://push.example/\u00e9",
        "https://push.example/a b\r\nX: y",
        "//push.example/x",
        "x",
        "https://push.example/" + "x" * 1000,
    ],
)
def test_an_endpoint_that_is_none_is_refused(browse: Browse, service: Service, endpoint: str) -> None:
    given = {**service.device().given, "endpoint": endpoint}
    assert browse("anna").ask("PUT", PATH, given).status == 422
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"p256dh": "AAAA"}, {"p256dh": "BB" + "A" * 85}, {"auth": "AAAA"}, {"auth": "A" * 200}, {"p256dh": "!"}],
)
def test_keys_that_are_none_are_refused(browse: Browse, service: Service, wrong: dict[str, str]) -> None:
    assert browse("anna").ask("PUT", PATH, {**service.device().given, **wrong}).status == 422


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104  (one that is refused)
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "not an address",
    ],
)
def test_no_address_that_is_not_for_everybody_counts_as_public(address: str) -> None:
    assert not endpoints.is_public(address)


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450:400e::1", "::ffff:142.250.1.1"])
def test_an_address_of_the_internet_does(address: str) -> None:
    assert endpoints.is_public(address)


@pytest.mark.parametrize("found", [["10.0.0.1"], ["142.250.1.1", "127.0.0.1"], []])
def test_a_name_that_leads_inwards_is_never_connected_to(
    world: World, service: Service, phone: tuple[Browser, Device], monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    """Whatever it led to when it was given: what counts is where it leads when it is connected to."""
    del phone
    monkeypatch.undo()
    monkeypatch.setattr("zorgmessenger.config.asgi.BESIDE", ())
    lookup = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: lookup)
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    pass_by(30, pass_by(0))
    assert service.got == []
    assert Push.objects.get().attempts == 1


def test_it_is_connected_to_the_very_address_that_was_checked(
    service: Service, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    """A name that leads elsewhere the second time it is looked up leads nowhere: it is looked up once."""
    del world
    asked = []
    real = socket.getaddrinfo

    def lookup(host: str, *more: Any, **named: Any) -> list[Any]:
        if host == "push.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return real(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    given = service.device().given
    named = {**given, "endpoint": given["endpoint"].replace("127.0.0.1", "push.example")}
    note = webpush.Note("test", 0, 60, "normal")
    assert webpush.push(webpush.Device(**named), note, "vapid t=x,k=y") is webpush.Outcome.TAKEN
    assert asked == ["push.example"]


def test_a_service_that_does_not_answer_is_given_up(
    service: Service, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world, service
    monkeypatch.setattr(webpush, "WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"https://127.0.0.1:{silent.getsockname()[1]}/x"
        device = webpush.Device(**Device(endpoint).given)
        note = webpush.Note("test", 0, 60, "normal")
        assert webpush.push(device, note, "vapid t=x,k=y") is webpush.Outcome.FAILED


def test_a_service_that_answers_one_letter_at_a_time_is_given_up_as_well(
    service: Service, world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del world, service
    monkeypatch.setattr(webpush, "WITHIN", 0.5)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(tmp_path / "push.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            line = ours.wrap_socket(listening.accept()[0], server_side=True)
            with suppress(OSError), line:
                while True:
                    line.sendall(b"H")
                    gone.wait(0.05)

        gone = threading.Event()
        thread = threading.Thread(target=drip)
        thread.start()
        device = webpush.Device(**Device(f"https://127.0.0.1:{listening.getsockname()[1]}/x").given)
        assert webpush.push(device, webpush.Note("test", 0, 60, "normal"), "vapid t=x,k=y") is webpush.Outcome.FAILED
        gone.set()
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("host", ["a..example", "x" * 70 + ".example", "xn--a.invalid", "0x7f.1", "2130706433"])
def test_a_device_at_an_odd_host_is_no_trouble_to_the_others(
    world: World, service: Service, phone: tuple[Browser, Device], browse: Browse, host: str
) -> None:
    odd = {**service.device().given, "endpoint": f"https://{host}/x"}
    assert browse("anna").ask("PUT", PATH, odd).status in {200, 422}
    world.send("bram", world.conversations["bram", "anna"], "hallo")
    pass_by(30, pass_by(0))
    assert [got.path for got in service.take()] == ["/push/device"]
    assert Push.objects.count() <= 1, "what was taken is taken"
    del phone


def test_the_installation_s_key_is_made_once_and_sealed(empty: None) -> None:
    del empty
    assert webpush.public_key() == webpush.public_key()
    assert push.decoded(webpush.public_key())[0] == 4
    assert ServerKey.objects.count() == 1
    assert len(bytes(ServerKey.objects.get().sealed)) == 9 + 12 + 32 + 16


def test_a_try_comes_to_this_device_and_by_mail_and_not_too_often(
    world: World, service: Service, phone: tuple[Browser, Device], browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, device = phone
    monkeypatch.setattr(limits, "TEST_NOTIFICATIONS", limits.Limit("test_notifications", 2, 60))
    elsewhere = browse("anna")
    assert elsewhere.ask("POST", "/api/v1/me/notifications/test").body == {"push": False}
    assert browser.ask("POST", "/api/v1/me/notifications/test").body == {"push": True}
    pass_by(0)
    [got] = service.take()
    assert device.opened(got.body) == {"kind": "test", "count": 0}
    refused = browser.ask("POST", "/api/v1/me/notifications/test")
    assert (refused.status, refused.body["code"]) == (429, "too_many")
    del world


def test_the_count_is_of_all_that_is_unread_when_the_push_goes(
    world: World, service: Service, phone: tuple[Browser, Device]
) -> None:
    _, device = phone
    conversation: UUID = world.conversations["bram", "anna"]
    world.send("bram", conversation, "een")
    now = pass_by(0)
    world.send("bram", conversation, "twee")
    world.send("petra", world.conversations["petra", "anna"], "drie")
    pass_by(30, now)
    [got] = service.take()
    assert device.opened(got.body) == {"kind": "new", "count": 3}
