"""A logo that was sent in becomes a picture of our own, in a process with limits (`console.picture`).

LOG-1 What is not PNG, JPEG or WebP by its content is refused, whatever it is called; SVG always.
LOG-2 One at a time: pictures take no more than one core and half a gigabyte, whoever sends how many.
LOG-3 The process has none of our environment, no keys and no open file; it is ended after some seconds.
"""

from __future__ import annotations

import subprocess
import sys
import threading

from zorgmessenger.errors import FieldError, Invalid, RequestError, Unavailable

MOST_BYTES = 256 * 1024
PATIENCE = 10
_one = threading.Lock()


def remade(sent: bytes) -> bytes:
    """A PNG made of what was sent.

    Raises:
        RequestError: `logo_too_large`.
        Invalid: it is no picture that we read.
        Unavailable: others are being made.
    """
    if len(sent) > MOST_BYTES:
        raise RequestError(code="logo_too_large")
    if not _one.acquire(timeout=PATIENCE):
        raise Unavailable("pictures are being made")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "zorgmessenger.console.picture"],
            input=sent,
            capture_output=True,
            env={"OMP_NUM_THREADS": "1"},
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Invalid(FieldError("logo", "logo")) from None
    finally:
        _one.release()
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise Invalid(FieldError("logo", "logo"))
    return done.stdout
