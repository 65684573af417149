"""Credentials for the relay: for ten minutes, one person and one call, and nobody is named in them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from zorgmessenger.calls.places import TurnServer
from zorgmessenger.calls.relay import IceServer, credentials

SERVER = TurnServer(("turn:t.example:3478?transport=udp", "turns:t.example:5349"), "k" * 40)
NOW = datetime(2026, 3, 2, 9, 30, 0, 700_000, tzinfo=UTC)
ANNA, BRAM, CALL = uuid4(), uuid4(), uuid4()


def made(person: UUID = ANNA, call: UUID = CALL, now: datetime = NOW, server: TurnServer = SERVER) -> IceServer:
    [only] = credentials(person, call, now, server)
    return only


def name(server: IceServer) -> str:
    return server.username.partition(":")[2]


def test_without_a_relay_there_are_none() -> None:
    assert credentials(ANNA, CALL, NOW, None) == []


def test_a_user_name_is_until_when_it_holds_and_an_opaque_name() -> None:
    assert re.fullmatch(r"\d{10}:[0-9a-f]{32}", made().username)
    assert made().urls == ["turn:t.example:3478?transport=udp", "turns:t.example:5349"]


def test_they_hold_ten_minutes_and_say_so() -> None:
    expiry = int(made().username.partition(":")[0])
    assert made().until == datetime.fromtimestamp(expiry, UTC)
    assert timedelta(minutes=10) - timedelta(seconds=1) < made().until - NOW <= timedelta(minutes=10)


def test_the_password_is_the_names_hmac_under_the_shared_secret() -> None:
    expected = hmac.new(SERVER.secret.encode(), made().username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(made().credential, validate=True) == expected


def test_nobody_is_named_in_them() -> None:
    said = f"{made().username}{made().credential}".lower()
    for uuid in (ANNA, CALL):
        assert uuid.hex not in said
        assert str(uuid) not in said
        assert uuid.hex[:8] not in name(made())


def test_each_person_and_each_call_has_another_name_and_another_installation_other_ones() -> None:
    other = TurnServer(SERVER.urls, "m" * 40)
    names = {name(made()), name(made(BRAM)), name(made(call=uuid4())), name(made(CALL, ANNA)), name(made(server=other))}
    assert len(names) == 5


def test_one_person_in_one_call_keeps_the_name_when_credentials_are_made_anew() -> None:
    later = made(now=NOW + timedelta(minutes=8))
    assert name(later) == name(made())
    assert later.username != made().username
    assert later.credential != made().credential
