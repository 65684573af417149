"""The sensor of the lock: SNS-1 to SNS-3 of `accounts.app_lock_sensor`, with an authenticator of this test."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

from tests.device import LOCK, Device, said
from tests.live import ORIGIN, Answer, Browser
from tests.world import World
from zorgmessenger.accounts.models import AppLock
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag

Browse = Callable[..., Browser]
PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40
REFUSED = (403, "sensor_refused")


class Sensor:
    """A platform authenticator: what it is asked, it does."""

    def __init__(self, device: Device, *, origin: str = ORIGIN) -> None:
        self.device = device
        self.origin = origin
        self.id = hashlib.sha256(str(id(self)).encode()).digest()
        self._key = ec.generate_private_key(ec.SECP256R1())

    def add(self, *, flags: int = PRESENT | VERIFIED, nonce: str = "") -> Answer:
        """Makes a credential and adds it to the lock."""
        nonce = nonce or self.device.nonce()
        point = self._key.public_key().public_numbers()
        key = cbor.encode({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        about = self._about(flags | NEW) + bytes(16) + len(self.id).to_bytes(2) + self.id + key
        body = {
            "nonce": nonce,
            "id": said(self.id),
            "clientData": said(self._client_data("webauthn.create", nonce)),
            "attestation": said(cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})),
        }
        return self.device.browser.ask("POST", f"{LOCK}/sensor", body)

    def body(self, nonce: str, *, flags: int = PRESENT | VERIFIED, kind: str = "webauthn.get") -> dict[str, str]:
        """An assertion."""
        about, client_data = self._about(flags), self._client_data(kind, nonce)
        signature = self._key.sign(about + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return {
            "nonce": nonce,
            "id": said(self.id),
            "clientData": said(client_data),
            "authenticatorData": said(about),
            "signature": said(signature),
        }

    def open(self, body: dict[str, str] | None = None) -> Answer:
        """Opens the lock by it."""
        return self.device.browser.ask("POST", f"{LOCK}/open-by-sensor", body or self.body(self.device.nonce()))

    def _about(self, flags: int) -> bytes:
        name = urlsplit(self.origin).hostname or ""
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + bytes(4)

    def _client_data(self, kind: str, nonce: str) -> bytes:
        return json.dumps({"type": kind, "challenge": nonce, "origin": self.origin}).encode()


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


@pytest.fixture
def device(browse: Browse) -> Device:
    device = Device(browse("anna"))
    assert device.set_up().status == 201
    return device


@pytest.fixture
def sensor(device: Device) -> Sensor:
    return Sensor(device)


def test_it_has_a_share_of_its_own_and_opens_the_lock(world: World, device: Device, sensor: Sensor) -> None:
    share = sensor.add().body["share"]
    assert share != device.share
    device.browser.ask("POST", f"{LOCK}/close")
    assert device.browser.ask("GET", "/api/v1/me").status == 403
    assert sensor.open().body == {"share": share}
    assert device.browser.ask("GET", "/api/v1/me").status == 200
    assert device.attempt().body == {"share": device.share}, "the PIN stays"
    tags = AuditEntry.objects.filter(actor=world.id("anna"), tag__startswith="account.lock").values_list(
        "tag", "detail"
    )
    assert (Tag.LOCK_SENSOR_ADDED, "") in tags
    assert (Tag.LOCK_OPENED, "sensor") in tags


def test_it_is_not_added_while_the_lock_is_closed(device: Device, sensor: Sensor) -> None:
    """SNS-1."""
    device.browser.ask("POST", f"{LOCK}/close")
    assert told(sensor.add()) == (403, "locked")
    assert told(sensor.open()) == (404, "no_sensor")


def test_an_assertion_is_good_once_and_of_this_sensor_person_and_address(device: Device, sensor: Sensor) -> None:
    """SNS-2."""
    sensor.add()
    device.browser.ask("POST", f"{LOCK}/close")
    other, elsewhere = Sensor(device), Sensor(device, origin="https://elsewhere.example")
    other.id = elsewhere.id = sensor.id
    nonce = device.nonce()
    for body in (
        other.body(nonce),
        elsewhere.body(nonce),
        sensor.body(nonce, flags=PRESENT),
        sensor.body(nonce, flags=VERIFIED),
        sensor.body(nonce, kind="webauthn.create"),
        {**sensor.body(said(bytes(32))), "nonce": nonce},
        {**sensor.body(nonce), "id": said(b"another")},
    ):
        assert told(sensor.open(body)) == REFUSED
    assert told(sensor.open(sensor.body(said(bytes(32))))) == (409, "lock_stale")
    body = sensor.body(nonce)
    assert sensor.open(body).status == 200
    assert told(sensor.open(body)) == (409, "lock_stale")
    assert AppLock.objects.get().tries == 0


def test_only_who_was_verified_by_the_device_adds_one(device: Device, sensor: Sensor) -> None:
    assert told(sensor.add(flags=PRESENT)) == REFUSED
    assert told(Sensor(device, origin="https://elsewhere.example").add()) == REFUSED
    assert told(sensor.add(nonce=said(bytes(32)))) == (409, "lock_stale")
    assert not AppLock.objects.get().credential


def test_removed_it_opens_nothing_any_more(device: Device, sensor: Sensor) -> None:
    """SNS-3: its share is gone."""
    sensor.add()
    assert device.browser.ask("DELETE", f"{LOCK}/sensor").status == 200
    assert told(sensor.open()) == (404, "no_sensor")
    assert not AppLock.objects.get().sensor_share_sealed


def test_what_is_no_answer_of_an_authenticator_is_refused(device: Device, sensor: Sensor) -> None:
    sensor.add()
    chance = random.Random(7)  # noqa: S311  (no secret)
    for _ in range(60):
        body = sensor.body(device.nonce())
        name = chance.choice(["clientData", "authenticatorData", "signature", "id"])
        broken = list(body[name])
        broken[chance.randrange(len(broken))] = chance.choice("AZaz09-_")
        body[name] = "".join(broken[: chance.randrange(1, len(broken) + 1)])
        assert sensor.open(body).status in {200, 403}, body
