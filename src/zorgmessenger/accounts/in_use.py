"""Which sessions are in use on this process without a socket: by an answer that takes long, such as a file."""

from __future__ import annotations

import time

LATELY = 60.0
_noted: dict[str, float] = {}


def note(session: str) -> None:
    """The session of this digest is in use now; from any thread."""
    _noted[session] = time.monotonic()


def lately() -> set[str]:
    """Those that were in the last `LATELY` seconds; from one thread."""
    for session, at in list(_noted.items()):
        if at < time.monotonic() - LATELY:
            _noted.pop(session, None)
    return set(_noted)
