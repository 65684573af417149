"""The only now(), and ids as RFC 9562 has them."""

from __future__ import annotations

import ast
import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import zorgmessenger
from zorgmessenger import clock, ids


def test_an_id_is_a_uuid_of_version_7() -> None:
    before = time.time_ns() // 1_000_000
    made = [ids.new() for _ in range(2000)]
    after = time.time_ns() // 1_000_000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert all(before <= one.int >> 80 <= after for one in made)
    assert len(set(made)) == len(made)


def test_ids_of_later_milliseconds_stand_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for millisecond in (1, 1000, 1_700_000_000_000, 1_700_000_000_001, 2**47, 2**48 - 1):
        monkeypatch.setattr(time, "time_ns", lambda at=millisecond: at * 1_000_000)
        made.append(ids.new())
    assert made == sorted(made)
    assert [one.hex for one in made] == sorted(one.hex for one in made), "as SQLite sorts them"


def test_what_is_random_in_an_id_is_random() -> None:
    bits = [0] * 128
    for _ in range(2000):
        number = ids.new().int
        for bit in range(128):
            bits[bit] += number >> bit & 1
    random = [*range(62), *range(64, 76)]
    assert all(800 < bits[bit] < 1200 for bit in random)


def test_now_is_aware_and_in_utc_and_can_be_moved_for_a_while() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    moment = datetime(2001, 2, 3, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
        with clock.at(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.now() > moment + timedelta(days=365)


def test_a_moved_clock_moves_back_also_after_an_error() -> None:
    def fail() -> None:
        with clock.at(datetime(2001, 2, 3, tzinfo=UTC)):
            raise OSError("on the way")

    with pytest.raises(OSError, match="way"):
        fail()
    assert clock.now().year > 2001


def test_a_moved_clock_is_moved_for_nobody_else() -> None:
    seen: list[datetime] = []

    async def beside() -> None:
        seen.append(clock.now())

    with clock.at(datetime(2001, 2, 3, tzinfo=UTC)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    asyncio.run(beside())
    assert all(moment.year > 2001 for moment in seen)


def test_nobody_else_asks_for_the_time_of_day() -> None:
    """But Django and allauth, and what measures how long something takes."""
    folder = Path(zorgmessenger.__file__).parent
    asking = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = ast.unparse(node.func)
                if name in {"datetime.now", "datetime.utcnow", "timezone.now", "time.time", "date.today"}:
                    asking.add(f"{path.relative_to(folder)}: {name}")
    assert asking == {
        "clock.py: datetime.now",
        "accounts/request.py: time.time",  # beside what allauth noted by the same clock
        "files/local_store.py: time.time",  # beside what the file system noted
        "accounts/sessions.py: timezone.now",  # beside what Django's session store noted
    }
