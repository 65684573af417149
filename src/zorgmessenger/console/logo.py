"""A logo that was sent in becomes a picture of our own, in a process with limits (`files.studio`).

LOG-1 What is not PNG, JPEG or WebP by its content is refused, whatever it is called; SVG always.
LOG-2 It waits its turn with all other pictures: they take no more than two cores and half of the threads, whoever sends
      how many.
LOG-3 The process has none of our environment, no keys and no open file; it is ended after some seconds.
"""

from __future__ import annotations

from zorgmessenger.errors import FieldError, Invalid, RequestError
from zorgmessenger.files import making
from zorgmessenger.files.room import room

MOST_BYTES = 256 * 1024


def remade(sent: bytes) -> bytes:
    """A PNG made of what was sent.

    Raises:
        RequestError: `logo_too_large`.
        Invalid: it is no picture that we read.
        Unavailable: others are being made.
    """
    if len(sent) > MOST_BYTES:
        raise RequestError(code="logo_too_large")
    try:
        with room():
            return making.logo([sent]).data
    except making.Unreadable:
        raise Invalid(FieldError("logo", "logo")) from None
