"""Pages of a PDF: made when first asked for, kept sealed beside the file.

PAGE-1 What a page is kept under is drawn anew each time it is made (`page-3-5e…`, `text-3-5e…`), so that nobody writes
       over what another reads: neither a second asker, nor another process, nor a forwarded file with the same blob.
PAGE-2 Who first notes a page's blobs in its row has made it; what others made meanwhile is removed.
PAGE-3 Of one page a process makes one at a time, and of a file at most `MOST`.
"""

from __future__ import annotations

import secrets
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
from zorgmessenger.files.models import Page
from zorgmessenger.files.room import room

MOST = 200
_turns: WeakValueDictionary[tuple[UUID, int], threading.Lock] = WeakValueDictionary()
_guard = threading.Lock()


class Kept(Struct, frozen=True):
    """A page: its picture and its text (UTF-8), and what both are called in the store."""

    number: int
    mark: str
    picture: Blob
    text: Blob

    @property
    def picture_name(self) -> str:
        """The name of the picture's blob."""
        return f"page-{self.number}-{self.mark}"

    @property
    def text_name(self) -> str:
        """The name of the text's blob."""
        return f"text-{self.number}-{self.mark}"


def kept(found: Opened, number: int) -> Kept | None:
    """Page `number` of a PDF, from 1; None where it was not made yet.

    Raises:
        NotFound: it has no such page, or is no PDF.
    """
    if found.about.kind != "pdf" or not 1 <= number <= min(found.about.pages, MOST):
        raise NotFound("no such page")
    row = Page.objects.filter(file_id=found.row.id, number=number).first()
    return _decode(_key(found).open(bytes(row.kept_sealed), _place(found, number))) if row else None


def make(found: Opened, number: int) -> Kept:
    """Makes a page and keeps it, where nobody did meanwhile.

    Raises:
        NotFound: as `kept`.
        Conflict: `page_unreadable`, this one cannot be shown.
        Unavailable: as many as may be are being made.
        StorageFull: it could not be kept.
    """
    with room(), _turn(found.row.id, number):
        return kept(found, number) or _noted(found, _made(found, number))


def text(found: Opened, page: Kept) -> str:
    """What a page says."""
    key = blobs.key_of(found.material, found.row.blob, page.text_name, page.text.size)
    return b"".join(blobs.parts(key, page.text)).decode()


def _turn(file: UUID, number: int) -> threading.Lock:
    with _guard:
        return _turns.setdefault((file, number), threading.Lock())


def _made(found: Opened, number: int) -> Kept:
    row, whole = found.row, found.about.blobs[found.about.whole]
    key = blobs.key_of(found.material, row.blob, found.about.whole, whole.size)
    try:
        made = making.page(blobs.parts(key, whole), number)
    except making.Unreadable as error:
        raise Conflict("this page cannot be shown", code="page_unreadable") from error
    mark, size = secrets.token_hex(4), (made.picture.width, made.picture.height)
    material, blob = found.material, row.blob
    picture = blobs.put(material, blob, f"page-{number}-{mark}", made.picture.data, made.picture.type, size)
    said = blobs.put(material, blob, f"text-{number}-{mark}", made.text.encode(), "text/plain")
    return Kept(number, mark, picture, said)


def _noted(found: Opened, made: Kept) -> Kept:
    """The page that is kept from now on; PAGE-2."""
    sealed = _key(found).seal(msgspec.msgpack.encode(made), _place(found, made.number))
    row = Page(file_id=found.row.id, number=made.number, kept_sealed=sealed)
    Page.objects.bulk_create([row], ignore_conflicts=True)
    first = kept(found, made.number)
    if first is None or first.mark != made.mark:
        blobs.remove(found.row.blob, made.picture_name, made.picture.size)
        blobs.remove(found.row.blob, made.text_name, made.text.size)
    if first is None:
        raise NotFound("the file is gone")
    return first


def _key(found: Opened) -> Key:
    return keyring().conversation(found.row.conversation_id, found.known.facts.organisation)


def _place(found: Opened, number: int) -> bytes:
    return place("files_page", f"kept:{found.row.id.hex}", number)


_decode = msgspec.msgpack.Decoder(Kept).decode
