"""Pages of a PDF: made when first asked for, kept sealed beside the file.

PAGE-1 The names that a page is kept under are drawn anew each time it is made, so that nobody writes over what another
       reads: neither a second asker, nor another process, nor a forwarded file with the same blob.
PAGE-2 Who first notes a page's blobs in its row has made it; what others made meanwhile is removed.
PAGE-3 Of one page a process makes one at a time, and of a file at most `MOST`.
"""

from __future__ import annotations

import threading
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec
from msgspec import Struct

from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, NotFound
from zorgmessenger.files import blobs, making
from zorgmessenger.files.about import Blob
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.models import File, Page
from zorgmessenger.files.room import room

MOST = 200
_turns: WeakValueDictionary[tuple[UUID, int], threading.Lock] = WeakValueDictionary()
_guard = threading.Lock()


class Kept(Struct, frozen=True):
    """A page: its picture and its text (UTF-8)."""

    picture: Blob
    text: Blob


def kept(found: Opened, number: int) -> Kept | None:
    """Page `number` of a PDF, from 1; None where it was not made yet.

    Raises:
        NotFound: it has no such page, or is no PDF.
    """
    if found.about.kind != "pdf" or not 1 <= number <= min(found.about.pages, MOST):
        raise NotFound("no such page")
    row = Page.objects.filter(file_id=found.row.id, number=number).first()
    return _decode(_key(found).open(bytes(row.kept_sealed), _place(found, number))) if row else None


def blobs_of(found: Opened) -> list[Blob]:
    """Everything that is kept of a file's pages."""
    rows = Page.objects.filter(file_id=found.row.id)
    pages = [_decode(_key(found).open(bytes(row.kept_sealed), _place(found, row.number))) for row in rows]
    return [blob for page in pages for blob in (page.picture, page.text)]


def make(found: Opened, number: int) -> Kept:
    """Makes a page and keeps it, where nobody did meanwhile.

    Raises:
        NotFound: as `kept`.
        Conflict: `page_unreadable`, this one cannot be shown.
        Unavailable: as many as may be are being made.
        StorageFull: it could not be kept.
    """
    with room(), _turn(found.row.id, number):
        return kept(found, number) or _noted(found, number, _made(found, number))


def text(found: Opened, page: Kept) -> str:
    """What a page says."""
    key = blobs.key_of(found.material, found.row.blob, page.text)
    return b"".join(blobs.parts(key, page.text)).decode()


def _turn(file: UUID, number: int) -> threading.Lock:
    with _guard:
        return _turns.setdefault((file, number), threading.Lock())


def _made(found: Opened, number: int) -> Kept:
    material, blob, whole = found.material, found.row.blob, found.about.blobs[found.about.whole]
    try:
        made = making.page(blobs.parts(blobs.key_of(material, blob, whole), whole), number)
    except making.Unreadable as error:
        raise Conflict("this page cannot be shown", code="page_unreadable") from error
    File.objects.filter(blob=blob).update(tidied=False)
    picture, size = made.picture, (made.picture.width, made.picture.height)
    return Kept(
        blobs.put(material, blob, f"{blobs.PAGE}{number}", picture.data, picture.type, size),
        blobs.put(material, blob, f"{blobs.PAGE}{number}-text", made.text.encode(), "text/plain"),
    )


def _noted(found: Opened, number: int, made: Kept) -> Kept:
    """The page that is kept from now on; PAGE-2."""
    sealed = _key(found).seal(msgspec.msgpack.encode(made), _place(found, number))
    Page.objects.bulk_create([Page(file_id=found.row.id, number=number, kept_sealed=sealed)], ignore_conflicts=True)
    first = kept(found, number)
    if first != made:
        for blob in (made.picture, made.text):
            blobs.remove(found.row.blob, blob)
    if first is None:
        raise NotFound("the file is gone")
    return first


def _key(found: Opened) -> Key:
    return keyring().conversation(found.row.conversation_id, found.known.facts.organisation)


def _place(found: Opened, number: int) -> bytes:
    return place("files_page", f"kept:{found.row.id.hex}", number)


_decode = msgspec.msgpack.Decoder(Kept).decode
