"""The configurations in `deploy/`, with a test's values in place of a host's: what is tested is what hosts run."""

from __future__ import annotations

import random
import re
import socket
from pathlib import Path

DEPLOY = Path(__file__).parents[1] / "deploy"


def filled(path: str, values: dict[str, str], lines: dict[str, str]) -> str:
    """A file of `deploy/`.

    Args:
        path: the file, within `deploy/`.
        values: what to put in place of each `@NAME@`; all there are.
        lines: whole lines to put in place of those that set these names; each must be there.
    """
    text = (DEPLOY / path).read_text()
    for name, value in values.items():
        assert f"@{name}@" in text, f"{path} has no @{name}@"
        text = text.replace(f"@{name}@", value)
    for name, line in lines.items():
        text, times = re.subn(rf"^\s*{re.escape(name)}\b.*$", line, text, flags=re.MULTILINE)
        assert times == 1, f"{path} sets {name} {times} times"
    left = re.findall(r"@\w+@", text)
    assert not left, f"{path} wants {left}"
    return text


def free_port() -> int:
    """A port that is free now, over UDP and TCP."""
    return free_ports(1)


def free_ports(number: int) -> int:
    """The first of so many in a row that are free now.

    They are from below those that the system gives out by itself: what takes seconds to start finds its port taken
    otherwise, by another test's server, and that one is asked in its place.
    """
    while True:
        first = random.randrange(10_000, 32_000, number)  # noqa: S311  (not to be the same as beside us)
        if all(_is_free(port) for port in range(first, first + number)):
            return first


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("", port))
            except OSError:
                return False
    return True
