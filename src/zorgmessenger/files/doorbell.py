"""Rings in this process when there may be a file to check; who missed it looks again soon anyway."""

from __future__ import annotations

import threading

_rung = threading.Condition()
_times = 0


def ring() -> None:
    """Says that there may be something to do."""
    global _times  # noqa: PLW0603  (the doorbell of this process)
    with _rung:
        _times += 1
        _rung.notify_all()


def wait(heard: int, seconds: float) -> int:
    """Waits until it has rung since `heard`, or so long; gives what to wait with next time."""
    with _rung:
        _rung.wait_for(lambda: _times != heard, seconds)
        return _times
