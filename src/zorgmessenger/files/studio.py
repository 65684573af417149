"""Makes pictures of our own of files that were sent in; run as a process by itself that can do nothing else.

`python -I -m zorgmessenger.files.studio picture | pdf | page N | logo` reads the file from standard input and writes an
`Answer` to standard output. Pictures and PDF are read by large libraries in C, which a file may be made to break.

STU-1 Before the file is looked at, the process gives up memory, time, files, core dumps, and every call to the kernel
      but those with which one reckons (`confinement`). What it needs is imported before.
STU-2 The whole file is read before any of it is looked at: until then this is our own code, and the parent may send
      without fear that nobody listens.
STU-3 Nothing of the file is kept but the colours of its points (and a page's text): no place, time, device, comment,
      profile, earlier version, nor anything that stands behind the picture.
STU-4 It gives way to the server: pictures wait for messages.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from functools import partial

import msgspec

from zorgmessenger.files import raster
from zorgmessenger.files.answer import UNREADABLE, Answer
from zorgmessenger.files.confinement import confine

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
"""Of one core."""
MOST_BYTES = 128 * 1024 * 1024
"""Of the file that is read."""


def main() -> None:
    """Reads, makes, writes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.nice(10)
    sent = sys.stdin.buffer.read(MOST_BYTES + 1)
    make = _task(sys.argv[1:], sent)
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))
    confine()
    try:
        if len(sent) > MOST_BYTES:
            raise ValueError("too large")  # noqa: TRY301  (as unreadable as any other)
        made = msgspec.msgpack.encode(make(sent))
    except Exception:  # noqa: BLE001  (whatever it is that such a file does: it cannot be read)
        sys.exit(UNREADABLE)
    sys.stdout.buffer.write(made)


def _task(words: list[str], sent: bytes) -> Callable[[bytes], Answer]:
    raster.prepare(sent)
    match words:
        case ["picture"]:
            return raster.picture
        case ["logo"]:
            return raster.logo
        case ["pdf" | "page", *number]:
            from zorgmessenger.files import pages  # noqa: PLC0415  (half of the time that it takes to start)

            return partial(pages.page, number=int(number[0])) if number else pages.pdf
        case _:
            raise ValueError("no such task")


if __name__ == "__main__":
    main()
