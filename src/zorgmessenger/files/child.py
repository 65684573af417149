"""Runs the studio on a file, part by part, and takes what it answers, for so long and no longer.

CHI-1 The process has none of our environment, no keys and no open file.
CHI-2 At most `MOST_AT_ONCE` run: files take no more cores and memory than that, whoever sends how many.
CHI-3 The file is never whole in our memory, and of an answer no more than `MOST_BYTES`.
CHI-4 Whatever the process does, this ends, and so does the process.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, cast

from zorgmessenger.errors import Unavailable
from zorgmessenger.files.answer import MOST_BYTES

COMMAND = [sys.executable, "-I", "-W", "ignore", "-m", "zorgmessenger.files.studio"]
MOST_AT_ONCE = 2
WAITING = 10.0
"""Seconds until others' files are done."""
SENDING = 60.0
"""Seconds in which the process has the whole file."""
PATIENCE = 60.0
"""Seconds in which it answers after that; its own limit is on the time of a core."""
_free = threading.BoundedSemaphore(MOST_AT_ONCE)


def run(task: list[str], parts: Iterable[bytes]) -> tuple[int, bytes]:
    """The exit status, negative for the signal that ended the process, and what it answered.

    Raises:
        Unavailable: too many run, or the file did not come in time.
    """
    if not _free.acquire(timeout=WAITING):
        raise Unavailable("files are being made")
    try:
        return _run(task, parts)
    finally:
        _free.release()


def _run(task: list[str], parts: Iterable[bytes]) -> tuple[int, bytes]:
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [*COMMAND, *task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={},
        cwd="/",
        start_new_session=True,
    )
    with process, cast("IO[bytes]", process.stdin) as put, cast("IO[bytes]", process.stdout) as got:
        try:
            _send(put.fileno(), parts)
            put.close()
            deadline = time.monotonic() + PATIENCE
            answer = _answer(got.fileno(), deadline)
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()) if answer else 0.1)
        finally:
            process.kill()
    return process.returncode, answer


def _send(pipe: int, parts: Iterable[bytes]) -> None:
    os.set_blocking(pipe, False)
    deadline = time.monotonic() + SENDING
    for part in parts:
        rest = memoryview(part)
        while rest:
            if not _ready(pipe, select.POLLOUT, deadline):
                raise Unavailable("the file did not come in time")
            try:
                rest = rest[os.write(pipe, rest) :]
            except BrokenPipeError:
                return  # its status tells why


def _answer(pipe: int, deadline: float) -> bytes:
    """All that is answered; nothing of an answer that is too late or too large."""
    answer = bytearray()
    while len(answer) <= MOST_BYTES and _ready(pipe, select.POLLIN, deadline):
        part = os.read(pipe, 65536)
        if not part:
            return bytes(answer)
        answer += part
    return b""


def _ready(pipe: int, event: int, deadline: float) -> bool:
    poll = select.poll()  # unlike select, for any number of open sockets
    poll.register(pipe, event)
    return bool(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
