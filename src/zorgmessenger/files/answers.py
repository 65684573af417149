"""A file as an HTTP answer: whole or a range of bytes (RFC 9110, 14), and nothing in it ever runs.

SRV-1 What may be shown in the app is a picture, sound or film of a type on our list; all else is an attachment. Every
      answer says `nosniff` and has a policy that forbids everything and puts it in a sandbox.
SRV-2 Nobody keeps it: `no-store`, so that a right that ends leaves nothing that a browser would show again.
SRV-3 An answer asks again, for each part that comes a second after it asked last, and each 16 MiB, whether the right
      and the session still hold; else it is broken off.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.http import HttpResponse

from zorgmessenger.errors import ZorgError
from zorgmessenger.files import blobs, streams
from zorgmessenger.files.about import Blob
from zorgmessenger.files.facts import Opened

ASK_EVERY = 16
ASK_AFTER = 1.0
"""Seconds."""
SHOWN = re.compile(r"image/(jpeg|png|gif|webp)|audio/[a-z0-9-]+|video/[a-z0-9-]+")
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.IGNORECASE)
_UNIT = "bytes="


class NoSuchRange(ZorgError):
    """The range asked for is not in the file."""

    code = "no_such_range"
    status = 416


def answer(found: Opened, name: str, asked: str, still: Callable[[], object], *, attached: bool) -> HttpResponse:
    """The blob `name` of a file; `asked` is the header `Range`, `still` raises when the right has ended.

    Raises:
        NoSuchRange: there are no such bytes.
    """
    blob = found.about.blobs[name]
    partial = asked.strip().lower().startswith(_UNIT) and "," not in asked
    start, stop = _range(asked.strip(), blob.size) if partial else (0, blob.size)
    response = _parts(found, blob, (start, stop), still)
    response["Accept-Ranges"] = "bytes"
    if partial:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{blob.size}"
    return _safe(response, found.about.name if name == found.about.whole else "", attached=attached)


def made(found: Opened, blob: Blob, still: Callable[[], object]) -> HttpResponse:
    """What we made of a file and keep beside it, whole."""
    return _safe(_parts(found, blob, (0, blob.size), still), "", attached=False)


def shown(data: bytes, media_type: str) -> HttpResponse:
    """A small picture of our own that is at hand."""
    return _safe(HttpResponse(data, content_type=media_type), "", attached=False)


def archive(name: str, parts: Iterator[bytes]) -> HttpResponse:
    """A ZIP of that name; nobody knows yet how large it is."""
    response = HttpResponse(content_type="application/zip")
    response[streams.HEADER] = streams.hand_over(parts)
    return _safe(response, name, attached=True)


def _parts(found: Opened, blob: Blob, span: tuple[int, int], still: Callable[[], object]) -> HttpResponse:
    start, stop = span
    key = blobs.key_of(found.material, found.row.blob, blob)
    response = HttpResponse(content_type=blob.type)
    response["Content-Length"] = str(stop - start)
    response[streams.HEADER] = streams.hand_over(while_allowed(still, blobs.read(key, blob, start, stop)))
    return response


def _safe(response: HttpResponse, name: str, *, attached: bool) -> HttpResponse:
    shown = not attached and SHOWN.fullmatch(response["Content-Type"])
    disposition = "inline" if shown else "attachment"
    named = f"; filename*=UTF-8''{quote(name, safe='')}" if name else ""
    response["Content-Disposition"] = disposition + named
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _range(asked: str, size: int) -> tuple[int, int]:
    """From where until where. Other units, and more than one range, are not for us: those get the whole (14.2)."""
    found = _RANGE.fullmatch(asked)
    if found is None or not any(found.groups()):
        raise NoSuchRange
    first, last = found.groups()
    start, stop = (int(first), min(int(last or size) + bool(last), size)) if first else (max(0, size - int(last)), size)
    if not 0 <= start < stop:
        raise NoSuchRange
    return start, stop


def while_allowed(still: Callable[[], object], parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts, as long as `still` does not raise; SRV-3."""
    asked = time.monotonic()
    for number, part in enumerate(parts):
        if number and (number % ASK_EVERY == 0 or time.monotonic() - asked > ASK_AFTER):
            still()
            asked = time.monotonic()
        yield part
