"""CHI-2 to CHI-4: how many at once, how much in memory, and how long."""

from __future__ import annotations

import sys
import threading
import tracemalloc
from collections.abc import Iterator

import pytest

from tests.pictures import photograph, saved
from zorgmessenger.errors import Unavailable
from zorgmessenger.files import child, making

JPEG = saved(photograph(), "JPEG")
DEAF = "import time; time.sleep(600)"


def becomes(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(child, "COMMAND", [sys.executable, "-I", "-c", program])


def test_a_large_file_is_never_whole_in_our_memory() -> None:
    padding = bytes(1024 * 1024)

    def parts() -> Iterator[bytes]:
        yield JPEG
        for _ in range(64):
            yield bytes(padding)

    tracemalloc.start()
    try:
        assert making.picture(parts()).whole.width == 320
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_more_than_is_read_is_refused() -> None:
    padding = bytes(1024 * 1024)
    with pytest.raises(making.Unreadable):
        making.picture([JPEG, *[padding] * 129])


def test_any_parts_make_the_same_picture() -> None:
    whole = making.picture([JPEG])
    assert making.picture(JPEG[at : at + 1] for at in range(len(JPEG))) == whole
    assert making.picture([b"", JPEG[:10], b"", JPEG[10:], b""]) == whole


def test_two_at_a_time_and_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, made = threading.Semaphore(0), threading.Event(), list[making.Pictures]()

    def parts() -> Iterator[bytes]:
        begun.release()
        go_on.wait()
        yield JPEG

    both = [threading.Thread(target=lambda: made.append(making.picture(parts()))) for _ in range(child.MOST_AT_ONCE)]
    for one in both:
        one.start()
        begun.acquire()
    monkeypatch.setattr(child, "WAITING", 0.01)
    with pytest.raises(Unavailable):
        making.picture([JPEG])
    go_on.set()
    for one in both:
        one.join()
    assert len(made) == 2
    assert making.picture([JPEG]) == made[0]


def test_a_process_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE", 0.05)
    for program in (DEAF, f"import os; os.close(1); {DEAF}", f"import os; os.write(1, b'x'); os.close(1); {DEAF}"):
        becomes(monkeypatch, program)
        assert child.run([], [])[0] == -9


def test_a_process_that_takes_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    becomes(monkeypatch, DEAF)
    monkeypatch.setattr(child, "SENDING", 0.05)
    with pytest.raises(Unavailable):
        child.run([], [bytes(1024 * 1024)])


def test_a_process_that_ends_before_it_has_the_file_tells_why(monkeypatch: pytest.MonkeyPatch) -> None:
    becomes(monkeypatch, "import os; os._exit(7)")
    assert child.run([], (bytes(65536) for _ in range(1000))) == (7, b"")


def test_what_fails_while_a_file_is_read_for_it_holds_no_place() -> None:
    def parts() -> Iterator[bytes]:
        yield JPEG[:100]
        raise OSError("the store is away")

    for _ in range(child.MOST_AT_ONCE + 1):
        with pytest.raises(OSError, match="the store is away"):
            making.picture(parts())
    assert making.picture([JPEG]).whole.width == 320
