"""The lock of the app in one browser: LCK-1 to LCK-7 of `accounts.app_lock`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.cast import PASSWORD
from tests.device import LOCK, PIN, Device, said
from tests.later import Clock
from tests.live import Answer, Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.accounts import app_lock
from zorgmessenger.accounts.models import AppLock, Person, Session
from zorgmessenger.accounts.sessions import SessionStore
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config.app_lock import Door
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
ME = "/api/v1/me"
WRONG = "0000"
DESTROYED = (401, "lock_destroyed")


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def logged(world: World, name: str, *tags: Tag) -> list[str]:
    entries = AuditEntry.objects.filter(actor=world.id(name), tag__in=tags).order_by("position")
    return [str(tag) for tag in entries.values_list("tag", flat=True)]


@pytest.fixture
def device(browse: Browse) -> Device:
    device = Device(browse("anna"))
    assert device.set_up().status == 201
    return device


def test_the_pin_gives_the_same_share_each_time_and_is_logged(world: World, device: Device) -> None:
    assert len(device.share) == 43
    for _ in range(2):
        assert device.attempt().body == {"share": device.share}
    assert logged(world, "anna", Tag.LOCK_SET, Tag.LOCK_OPENED) == [Tag.LOCK_SET, Tag.LOCK_OPENED, Tag.LOCK_OPENED]


def test_there_is_one_lock_for_a_session_and_another_for_another(device: Device, browse: Browse) -> None:
    assert told(Device(device.browser).set_up()) == (409, "lock_on")
    other = Device(browse("anna"))
    assert other.set_up().status == 201
    assert other.share != device.share
    assert device.attempt().body == {"share": device.share}


def test_five_wrong_pins_destroy_the_share_and_end_the_session(world: World, device: Device) -> None:
    """LCK-2."""
    with device.browser.socket() as socket:
        for left in (4, 3, 2, 1):
            answer = device.attempt(WRONG)
            assert told(answer) == (422, "wrong_pin")
            assert f"nog {left} keer" in answer.body["fields"][0]["text"]
            assert device.browser.ask("POST", f"{LOCK}/challenge").body["left"] == left
        assert told(device.attempt(WRONG)) == DESTROYED
        assert socket.close_code() == Close.SIGNED_OUT
    assert not AppLock.objects.exists()
    assert device.browser.ask("GET", ME).status == 401
    assert not device.browser.greet()
    tags = logged(world, "anna", Tag.LOCK_FAILED, Tag.LOCK_DESTROYED)
    assert tags == [Tag.LOCK_FAILED] * 5 + [Tag.LOCK_DESTROYED]


def test_a_right_pin_starts_the_count_anew(device: Device) -> None:
    for _ in range(3):
        for _ in range(4):
            assert told(device.attempt(WRONG)) == (422, "wrong_pin")
        assert device.attempt().status == 200


def together(count: int, one: Callable[[int], Answer]) -> list[tuple[int, str]]:
    barrier = Barrier(count)

    def wait(number: int) -> Answer:
        barrier.wait()
        return one(number)

    with ThreadPoolExecutor(count) as pool:
        return [told(answer) for answer in pool.map(wait, range(count))]


def test_of_twenty_tries_of_one_nonce_in_one_moment_one_counts(device: Device) -> None:
    """LCK-1."""
    nonce = device.nonce()
    answers = together(20, lambda n: device.browser.ask("POST", f"{LOCK}/open", device.body(f"{n:04}", nonce)))
    assert sorted(answers) == [(409, "lock_stale")] * 19 + [(422, "wrong_pin")]
    assert AppLock.objects.get().tries == 1


def test_of_twenty_who_guess_in_one_moment_no_more_than_five_are_heard(world: World, device: Device) -> None:
    """LCK-1: again and again, with the nonce of each moment, until each is answered."""

    def guess(number: int) -> Answer:
        for _ in range(200):
            challenge = device.browser.ask("POST", f"{LOCK}/challenge")
            if challenge.status != 200:
                return challenge
            body = device.body(f"{number:04}", challenge.body["nonce"])
            answer = device.browser.ask("POST", f"{LOCK}/open", body)
            if told(answer) != (409, "lock_stale"):
                return answer
        raise AssertionError("never heard")

    answers = together(20, guess)
    heard = [answer for answer in answers if answer in {(422, "wrong_pin"), DESTROYED}]
    assert sorted(heard) == [DESTROYED] + [(422, "wrong_pin")] * 4
    assert logged(world, "anna", Tag.LOCK_FAILED) == [Tag.LOCK_FAILED] * 5
    assert not AppLock.objects.exists()
    assert {status for status, _ in answers} <= {401, 403, 404, 422}


def test_what_the_device_did_not_sign_is_refused_and_not_counted(world: World, device: Device) -> None:
    """LCK-3: a session that was stolen is of no use to guess by, nor to destroy the lock."""
    stranger = Device(device.browser)
    stranger.lock = device.lock
    for _ in range(7):
        assert told(stranger.attempt(WRONG)) == (403, "lock_unsigned")
    for purpose in ("remove", ""):
        body = device.body(PIN, device.nonce(), purpose)
        assert told(device.browser.ask("POST", f"{LOCK}/open", body)) == (403, "lock_unsigned")
    assert AppLock.objects.get().tries == 0
    assert device.attempt().status == 200
    assert len(logged(world, "anna", Tag.REFUSED)) == 9


def test_a_nonce_is_good_once(device: Device) -> None:
    for never in (said(bytes(32)), ""):
        assert told(device.browser.ask("POST", f"{LOCK}/open", device.body(PIN, never)))[0] in {409, 422}
    body = device.body(PIN, device.nonce())
    assert device.browser.ask("POST", f"{LOCK}/open", body).status == 200
    assert told(device.browser.ask("POST", f"{LOCK}/open", body)) == (409, "lock_stale")


def test_a_lock_ends_with_its_session(device: Device) -> None:
    """LCK-4."""
    assert device.browser.ask("DELETE", "/_allauth/browser/v1/auth/session").status == 401
    assert not AppLock.objects.exists()
    device.browser.sign_in("anna")
    assert told(device.browser.ask("POST", f"{LOCK}/challenge")) == (404, "no_lock")


def test_who_ends_the_session_elsewhere_destroys_the_share(world: World, device: Device) -> None:
    Session.objects.filter(person=world.id("anna")).delete()
    assert not AppLock.objects.exists()
    assert device.browser.ask("POST", f"{LOCK}/challenge").status == 401


def test_while_it_is_closed_the_session_gives_nothing(world: World, device: Device) -> None:
    """LCK-5."""
    conversation = world.conversations["bram", "anna"]
    assert device.browser.ask("POST", f"{LOCK}/close").status == 200
    for method, path in (
        ("GET", ME),
        ("GET", f"/api/v1/conversations/{conversation}/messages"),
        ("GET", "/api/v1/files"),
        ("PUT", LOCK),
        ("POST", LOCK),
        ("POST", f"{LOCK}/remove"),
    ):
        assert told(device.browser.ask(method, path, {} if method != "GET" else None)) == (403, "locked"), path
    with device.browser.bare_socket() as socket:
        socket.say(type="hello", protocol=1)
        assert socket.close_code() == Close.LOCKED
    assert device.browser.ask("GET", "/api/v1/session").status == 200
    assert device.attempt().status == 200
    assert device.browser.ask("GET", ME).status == 200


def test_the_lock_of_another_session_than_the_requests_opens_no_door(world: World, browse: Browse) -> None:
    """When it closes comes with the session that was loaded: of a session without a lock, here, until it is another."""
    request = RequestFactory().get(ME)
    request.session = SessionStore(browse("bram").cookie)
    request.session.load()
    request.user, door = Person.objects.get(pk=world.id("bram")), Door(lambda _: HttpResponse())
    assert door.process_view(request) is None
    request.session.cycle_key()
    refused = door.process_view(request)
    assert refused is not None
    assert refused.status_code == 403


def test_a_socket_that_is_open_closes_with_the_lock(device: Device) -> None:
    """LCK-5."""
    with device.browser.socket() as mine, device.browser.socket() as other_tab:
        assert device.browser.ask("POST", f"{LOCK}/close").status == 200
        assert mine.close_code() == other_tab.close_code() == Close.LOCKED


def test_a_socket_from_before_the_lock_was_set_closes_with_it_too(browse: Browse) -> None:
    """LCK-5."""
    device, elsewhere = Device(browse("anna")), browse("anna")
    with device.browser.socket() as socket, elsewhere.socket() as untouched:
        assert device.set_up().status == 201
        assert device.browser.ask("POST", f"{LOCK}/close").status == 200
        assert socket.close_code() == Close.LOCKED
        assert elsewhere.ask("GET", ME).status == 200
        untouched.say(type="typing", conversation="")
        assert untouched.close_code() == Close.MALFORMED


def test_a_socket_closes_by_itself_when_the_app_is_heard_of_no_more(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LCK-5: whether the lock was set, or was set shorter, while it was open."""
    device = Device(browse("anna"))
    with device.browser.socket() as socket:
        assert device.set_up(minutes=15).status == 201
        assert device.browser.ask("POST", f"{LOCK}/stay").status == 200
        monkeypatch.setattr(app_lock, "SPARE", timedelta(seconds=0.5))
        assert device.browser.ask("PUT", LOCK, {"minutes": 0}).status == 200
        assert socket.close_code() == Close.LOCKED
    device = Device(browse("anna"))
    with device.browser.socket() as socket:
        assert device.set_up(minutes=0).status == 201
        assert socket.close_code() == Close.LOCKED


def test_a_socket_goes_on_as_long_as_the_app_is_heard_of(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """LCK-5: when its time is up it is asked for once more how long it may listen."""
    asked, remaining = Event(), app_lock.remaining

    def ask(session: str) -> timedelta | None:
        asked.set()
        return remaining(session)

    AppLock.objects.update(open_until=clock.now() + timedelta(seconds=1))
    with device.browser.socket() as socket:
        assert device.browser.ask("POST", f"{LOCK}/stay").status == 200
        monkeypatch.setattr(app_lock, "remaining", ask)
        assert asked.wait(5)
        assert device.browser.ask("POST", f"{LOCK}/close").status == 200
        assert socket.close_code() == Close.LOCKED


def test_it_closes_by_itself_when_the_app_is_heard_of_no_more(device: Device, later: Clock) -> None:
    """LCK-5: one minute away as set, and five more."""
    for _ in range(3):
        later.forward(minutes=5)
        assert device.browser.ask("POST", f"{LOCK}/stay").status == 200
        assert device.browser.ask("GET", ME).status == 200
    later.forward(minutes=7)
    assert told(device.browser.ask("GET", ME)) == (403, "locked")
    device.browser.ask("POST", f"{LOCK}/stay")
    assert told(device.browser.ask("GET", ME)) == (403, "locked"), "what is closed does not open by staying"
    assert device.attempt().status == 200
    assert device.browser.ask("PUT", LOCK, {"minutes": 15}).status == 200
    later.forward(minutes=19)
    assert device.browser.ask("GET", ME).status == 200


def test_it_is_removed_with_the_pin_or_the_password_and_not_without(world: World, device: Device) -> None:
    browser = device.browser
    assert told(device.attempt(WRONG, "remove")) == (422, "wrong_pin")
    assert told(browser.ask("POST", f"{LOCK}/remove-by-password", {"password": "Verkeerd-42"}))[0] == 422
    assert AppLock.objects.get().tries == 1
    assert device.attempt(PIN, "remove").status == 200
    assert told(browser.ask("POST", f"{LOCK}/challenge")) == (404, "no_lock")
    assert device.set_up().status == 201
    browser.ask("POST", f"{LOCK}/close")
    assert browser.ask("POST", f"{LOCK}/remove-by-password", {"password": PASSWORD}).status == 200
    assert browser.ask("GET", ME).status == 200
    assert logged(world, "anna", Tag.LOCK_REMOVED) == [Tag.LOCK_REMOVED] * 2


def test_another_pin_takes_the_place_of_the_one_before_and_the_share_stays(world: World, device: Device) -> None:
    """LCK-7."""
    assert told(device.change(WRONG, "8352")) == (422, "wrong_pin")
    assert device.attempt().status == 200
    assert device.change(PIN, "8352").status == 200
    assert told(device.attempt()) == (422, "wrong_pin")
    assert device.attempt("8352").body == {"share": device.share}
    device.browser.ask("POST", f"{LOCK}/close")
    assert told(device.change("8352", PIN)) == (403, "locked")
    assert logged(world, "anna", Tag.LOCK_CHANGED) == [Tag.LOCK_CHANGED]


def test_only_the_proof_that_the_device_signed_is_taken_for_the_new_one(device: Device) -> None:
    """LCK-3."""
    signed = device.body(PIN, device.nonce(), f"change|{device.proof('8352').hex()}")
    for body in (signed | {"next": said(bytes(32))}, device.body(PIN, device.nonce()) | {"next": said(bytes(32))}):
        assert told(device.browser.ask("POST", f"{LOCK}/change", body)) == (403, "lock_unsigned")
    assert device.attempt().status == 200


def test_who_forgot_it_puts_another_in_its_place_with_the_password(world: World, device: Device) -> None:
    """LCK-7."""
    share = device.share
    assert told(device.replace("Verkeerd-42", "8352"))[0] == 422
    assert device.attempt().body == {"share": share}
    assert device.replace(PASSWORD, "8352").status == 200
    assert device.share != share
    assert told(device.attempt()) == (422, "wrong_pin")
    assert device.attempt("8352").body == {"share": device.share}
    assert logged(world, "anna", Tag.LOCK_SET, Tag.LOCK_REMOVED) == [Tag.LOCK_SET, Tag.LOCK_REMOVED, Tag.LOCK_SET]


def test_a_key_that_is_none_makes_no_lock(browse: Browse) -> None:
    device = Device(browse("anna"))
    body = {"proof": said(device.proof(PIN)), "minutes": 1}
    for key in (said(b"\x04" + bytes(64)), said(b"\x02" + b"x" * 64)):
        assert told(device.browser.ask("POST", LOCK, body | {"publicKey": key})) == (422, "invalid")
    assert told(device.browser.ask("POST", LOCK, body | {"publicKey": device.public_key, "minutes": 2})) == (
        422,
        "invalid",
    )
