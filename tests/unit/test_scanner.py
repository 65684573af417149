"""The scanner: only a plain "clean" is clean. The real clamd where it is about viruses, a false one where it lies."""

from __future__ import annotations

import io
import os
import random
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import clamav
from tests.clamav import EICAR, SIGNATURE, Clamav
from zorgmessenger.errors import Unavailable
from zorgmessenger.files.scanner import Clamd, Clean, Infected

MIB = 1024 * 1024
Behaviour = Callable[[socket.socket, threading.Event], None]


def test_what_holds_no_virus_is_clean(clamd: Clamav) -> None:
    scanner = Clamd(clamd.address)
    assert scanner.scan([b"hallo"]) == Clean()
    assert scanner.scan([]) == Clean()
    assert scanner.scan(os.urandom(MIB) for _ in range(3)) == Clean()


def test_a_virus_is_found_and_named(clamd: Clamav) -> None:
    assert Clamd(clamd.address).scan([EICAR]) == Infected(SIGNATURE)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), before=st.integers(0, 3 * MIB), cuts=st.lists(st.integers(0, 68), max_size=5))
def test_a_virus_is_found_however_it_is_cut(clamd: Clamav, seed: int, before: int, cuts: list[int]) -> None:
    """Empty parts among them: an empty chunk would end what the scanner sees."""
    edges = [0, *sorted(cuts), len(EICAR)]
    parts = [EICAR[start:end] for start, end in pairwise(edges)]
    data = random.Random(seed).randbytes(before)  # noqa: S311  (a filling, no secret)
    assert Clamd(clamd.address).scan([data, *parts, b"after"]) == Infected(SIGNATURE)


def test_a_virus_across_the_edge_of_a_chunk_is_found(clamd: Clamav) -> None:
    for before in (MIB - 68, MIB - 34, MIB - 1, MIB):
        assert Clamd(clamd.address).scan([bytes(before) + EICAR]) == Infected(SIGNATURE)


def test_a_virus_at_the_very_end_of_the_largest_file_is_found(clamd: Clamav) -> None:
    parts = [bytes(MIB)] * 99 + [bytes(MIB - len(EICAR)) + EICAR]
    assert Clamd(clamd.address).scan(parts) == Infected(SIGNATURE)


def test_a_virus_in_a_packed_file_is_found(clamd: Clamav) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("brief.txt", b"hallo" * 1000 + EICAR)
    assert EICAR not in packed.getvalue()
    assert Clamd(clamd.address).scan([packed.getvalue()]) == Infected(SIGNATURE)


def test_what_unpacks_to_more_than_the_scanner_looks_through_is_never_clean(clamd: Clamav) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", bytes(MIB))
        archive.writestr("last.txt", EICAR)
    assert Clamd(clamd.address).scan([bomb.getvalue()]) == Infected(SIGNATURE)
    with clamav.running(MaxScanSize="3M") as small, pytest.raises(Unavailable, match="Limits"):
        Clamd(small.address).scan([bomb.getvalue()])


def test_what_is_too_large_for_the_scanner_is_never_clean(clamd: Clamav) -> None:
    scanner = Clamd(clamd.address)
    for surplus in (1, MIB, 30 * MIB):
        with pytest.raises(Unavailable, match="size limit exceeded"):
            scanner.scan([*[bytes(MIB)] * 110, bytes(surplus)])
    assert scanner.scan([b"hallo"]) == Clean(), "and the scanner goes on"


def test_what_the_scanner_takes_and_does_not_look_through_is_never_clean(clamd: Clamav) -> None:
    del clamd
    with clamav.running(MaxFileSize="1M") as careless, pytest.raises(Unavailable, match="Limits"):
        Clamd(careless.address).scan([bytes(2 * MIB), EICAR])


def test_the_scanner_of_the_tests_is_set_up_as_the_documents_tell_a_host_to() -> None:
    told = (Path(__file__).parents[2] / "docs/operate/files.md").read_text().splitlines()
    assert {f"{name} {value}" for name, value in clamav.LIMITS.items()} <= set(told)


def test_a_scanner_that_is_down_says_nothing_and_scans_again_when_it_is_back(clamd: Clamav) -> None:
    scanner = Clamd(clamd.address)
    with clamd.down(), pytest.raises(Unavailable):
        scanner.scan([b"hallo"])
    assert scanner.scan([EICAR]) == Infected(SIGNATURE)


def test_a_scanner_that_ends_in_the_midst_of_a_file_says_nothing(clamd: Clamav) -> None:
    def parts() -> Iterator[bytes]:
        yield bytes(MIB)
        clamd.stop()
        yield from [bytes(MIB)] * 3

    try:
        with pytest.raises(Unavailable):
            Clamd(clamd.address).scan(parts())
    finally:
        clamd.start()


def test_what_goes_wrong_in_the_file_is_no_fault_of_the_scanners(clamd: Clamav) -> None:
    def parts() -> Iterator[bytes]:
        yield b"hallo"
        raise OSError("the file's own")

    with pytest.raises(OSError, match="the file's own"):
        Clamd(clamd.address).scan(parts())


def test_nobody_at_a_port_is_a_scanner_that_is_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable, match="does not answer"):
            Clamd(taken.getsockname()).scan([b"hallo"])


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: OK\n",
        b"stream: OK\0stream: OK\0",
        b"stream: ok\0",
        b"stream: OK. No, wait: Worm FOUND",
        b"stream: FOUND\0",
        b"stream:  FOUND\0",
        b"stream: a\r\nb FOUND\0",
        b"stream: Can't allocate memory ERROR\0",
        b"INSTREAM: OK\0",
        b"UNKNOWN COMMAND\0",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"stream: " + b"A" * 5000 + b" FOUND\0",
        b"stream: OK" + b"\0" * 5000,
        b"\xff" * 100_000,
        b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0",
    ],
    ids=lambda answer: repr(answer[:40]),
)
def test_an_answer_that_we_do_not_know_is_never_clean(answer: bytes) -> None:
    with false_clamd(lambda client, _: says(client, answer)) as address, pytest.raises(Unavailable):
        Clamd(address).scan([b"hallo"])


@given(answer=st.binary(max_size=60).filter(lambda answer: not answer.startswith(b"stream: ")))
@settings(max_examples=40)
def test_rubbish_is_never_clean(answer: bytes) -> None:
    with false_clamd(lambda client, _: says(client, answer)) as address, pytest.raises(Unavailable):
        Clamd(address).scan([b"hallo"])


def test_an_answer_that_comes_in_pieces_is_one_answer() -> None:
    def piecemeal(client: socket.socket, _: threading.Event) -> None:
        swallow(client)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"stream: Worm.Test FOUND\0":
            client.sendall(bytes([byte]))

    with false_clamd(piecemeal) as address:
        assert Clamd(address).scan([b"hallo"]) == Infected("Worm.Test")


def test_a_scanner_that_never_answers_is_not_waited_for_without_end() -> None:
    with false_clamd(takes_nothing) as address, pytest.raises(Unavailable, match="cannot say"):
        Clamd(address, thinking=0.2).scan([b"hallo"])


def test_a_scanner_that_answers_ever_so_slowly_has_no_more_time_than_one_that_hangs() -> None:
    def trickle(client: socket.socket, over: threading.Event) -> None:
        swallow(client)
        with suppress(OSError):
            while not over.wait(0.05):
                client.sendall(b"a")

    with false_clamd(trickle) as address, pytest.raises(Unavailable, match="cannot say"):
        Clamd(address, thinking=0.3).scan([b"hallo"])


def test_a_scanner_that_takes_nothing_is_given_up() -> None:
    """It listens and never reads: what the kernel holds for it is full after some MiB."""
    with false_clamd(takes_nothing) as address, pytest.raises(Unavailable, match="no more"):
        Clamd(address, patience=0.2).scan(bytes(MIB) for _ in range(100))


def test_a_scanner_that_hangs_up_early_is_never_clean() -> None:
    with false_clamd(lambda *_: None) as address, pytest.raises(Unavailable):
        Clamd(address).scan(bytes(MIB) for _ in range(10))


def test_clean_before_the_end_is_not_believed_when_the_rest_was_not_taken() -> None:
    def hasty(client: socket.socket, _: threading.Event) -> None:
        client.recv(100)
        client.sendall(b"stream: OK\0")

    with false_clamd(hasty) as address, pytest.raises(Unavailable, match="no more"):
        Clamd(address, patience=0.5).scan(bytes(MIB) for _ in range(100))


def test_no_path_too_long_for_a_socket_brings_anything_down() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        Clamd(Path("/" + "a" * 200)).scan([b"hallo"])


@contextmanager
def false_clamd(behave: Behaviour) -> Iterator[tuple[str, int]]:
    """Listens, and does with the one that comes what it is told to, until it is over at the latest."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                client, _ = listener.accept()
                with client:
                    behave(client, over)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def takes_nothing(_: socket.socket, over: threading.Event) -> None:
    """Neither reads nor writes."""
    over.wait()


def swallow(client: socket.socket) -> None:
    """Reads one whole request."""
    request = client.makefile("rb")
    assert request.read(10) == b"zINSTREAM\0"
    while size := int.from_bytes(request.read(4)):
        assert len(request.read(size)) == size


def says(client: socket.socket, answer: bytes) -> None:
    """Reads the whole, answers and hangs up."""
    swallow(client)
    client.sendall(answer)
