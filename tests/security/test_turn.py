"""The relay, as hosts run it: for who has fresh credentials of ours, and a way into nobody's network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests import coturn as relay
from tests.coturn import Coturn
from tests.turn_client import FORBIDDEN, QUOTA_REACHED, UNAUTHORIZED, Client
from zorgmessenger import clock
from zorgmessenger.calls.places import TurnServer
from zorgmessenger.calls.relay import IceServer, credentials

ANNA, CALL = uuid4(), uuid4()
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104  (nothing is bound to it)
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
]
INSIDE_IPV6 = [
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:192.168.1.1",
    "::ffff:169.254.169.254",
    "::ffff:100.64.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fdff::1",
    "fe80::1",
    "ff02::1",
]
needs_ipv6 = pytest.mark.skipif(not relay.has_ipv6(), reason="no IPv6 on this machine")


@pytest.fixture(scope="module")
def open_coturn() -> Iterator[Coturn]:
    """A relay that lets itself be used against its own machine."""
    try:
        with relay.running(loopback_peers=True) as running:
            yield running
    except relay.NotInstalled as missing:
        pytest.skip(str(missing))


def made(server: TurnServer, age: timedelta = timedelta(), person: UUID = ANNA) -> IceServer:
    [only] = credentials(person, CALL, clock.now() - age, server)
    return only


def client(coturn: Coturn, kind: str = "udp") -> Client:
    mine = made(coturn.server, person=uuid4())
    return Client(coturn.port, mine.username, mine.credential, kind)


@contextmanager
def listening() -> Iterator[socket.socket]:
    """What nobody outside should reach: a socket on this machine."""
    with socket.socket(type=socket.SOCK_DGRAM) as inside:
        inside.bind(("127.0.0.1", 0))
        inside.settimeout(0)
        yield inside


@pytest.mark.parametrize("kind", ["udp", "tcp"])
def test_fresh_credentials_of_ours_are_relayed(coturn: Coturn, kind: str) -> None:
    with client(coturn, kind) as anna:
        assert anna.allocate() == 0
        assert anna.permit("198.51.100.7") == 0
        assert anna.bind("198.51.100.7") == 0


def test_they_are_relayed_over_tls(coturn: Coturn) -> None:
    mine = made(coturn.server)
    with Client(coturn.tls_port, mine.username, mine.credential, "tcp", coturn.tls()) as anna:
        assert anna.allocate() == 0


@pytest.mark.parametrize("kind", ["udp", "tcp"])
def test_no_credentials_no_relay(coturn: Coturn, kind: str) -> None:
    with Client(coturn.port, kind=kind) as stranger:
        assert stranger.allocate() == UNAUTHORIZED


@pytest.mark.parametrize("kind", ["udp", "tcp"])
def test_credentials_that_expired_or_were_altered_are_refused(coturn: Coturn, kind: str) -> None:
    fresh, old = made(coturn.server), made(coturn.server, timedelta(minutes=10, seconds=1))
    foreign = made(TurnServer(coturn.server.urls, "another secret of more than 32 characters"))
    expiry, _, name = fresh.username.partition(":")
    for username, password in [
        (old.username, old.credential),
        (fresh.username, old.credential),
        (f"{int(expiry) + 3600}:{name}", fresh.credential),
        (f"{expiry}:{name[::-1]}", fresh.credential),
        (name, fresh.credential),
        (fresh.username, ""),
        (foreign.username, foreign.credential),
        ("admin", "admin"),
    ]:
        with Client(coturn.port, username, password, kind) as stranger:
            assert stranger.allocate() == UNAUTHORIZED, username


def test_credentials_hold_until_they_expire(coturn: Coturn) -> None:
    nearly = made(coturn.server, timedelta(minutes=9))
    with Client(coturn.port, nearly.username, nearly.credential) as anna:
        assert anna.allocate() == 0


@pytest.mark.parametrize("peer", INSIDE)
def test_no_peer_is_within_a_network(coturn: Coturn, peer: str) -> None:
    with client(coturn) as anna:
        assert anna.allocate() == 0
        assert anna.permit(peer) == FORBIDDEN
        assert anna.bind(peer) == FORBIDDEN


@needs_ipv6
@pytest.mark.parametrize("peer", INSIDE_IPV6)
def test_no_peer_is_within_a_network_by_ipv6(coturn: Coturn, peer: str) -> None:
    """Nor by an IPv4 address that is written as one of IPv6."""
    with client(coturn) as anna:
        assert anna.allocate(6) == 0
        assert anna.permit(peer) == FORBIDDEN
        assert anna.bind(peer) == FORBIDDEN


@needs_ipv6
def test_a_peer_outside_is_reached_by_ipv6(coturn: Coturn) -> None:
    with client(coturn) as anna:
        assert anna.allocate(6) == 0
        assert anna.permit("2001:db8::7") == 0
        assert anna.bind("2001:db8::7") == 0


def test_what_is_sent_without_asking_reaches_nobody_inside(coturn: Coturn) -> None:
    with listening() as inside, client(coturn) as anna:
        assert anna.allocate() == 0
        anna.permit("127.0.0.1")
        anna.send("127.0.0.1", inside.getsockname()[1], b"hello")
        with pytest.raises(BlockingIOError):
            inside.recv(100)


def test_a_relay_that_lets_itself_be_used_against_its_machine_is_noticed(open_coturn: Coturn) -> None:
    """The tests above would fail on it."""
    with listening() as inside, client(open_coturn) as anna:
        assert anna.allocate() == 0
        assert anna.permit("127.0.0.1") == 0
        anna.send("127.0.0.1", inside.getsockname()[1], b"hello")
        assert inside.recv(100) == b"hello"
        assert anna.bind("127.0.0.1") == 0
    if relay.has_ipv6():
        with client(open_coturn) as anna:
            assert anna.allocate(6) == 0
            assert anna.permit("::1") == 0


def test_one_person_in_one_call_cannot_take_all_of_it(coturn: Coturn) -> None:
    mine, theirs = made(coturn.server, person=uuid4()), made(coturn.server, person=uuid4())
    with ExitStack() as stack:
        for _ in range(48):
            assert stack.enter_context(Client(coturn.port, mine.username, mine.credential)).allocate() == 0
        one_more = stack.enter_context(Client(coturn.port, mine.username, mine.credential))
        another = stack.enter_context(Client(coturn.port, theirs.username, theirs.credential))
        assert one_more.allocate() == QUOTA_REACHED
        assert another.allocate() == 0
