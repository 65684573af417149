"""Sealed bytes of a file in the store: written part by part, read whole or by ranges.

A blob is called `<32 hex digits>/<name>`, and each part of it `<that>-<number>`. `about.Blob` says how many bytes it
has and which prefix each part was sealed with; what does not fit that does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.crypto.stream import PART, PREFIX, FileKey, parts_of, prefix_of, sealed_size
from zorgmessenger.files.about import ORIGINAL, Blob
from zorgmessenger.files.opening import store
from zorgmessenger.files.stores import Absent

PAGE = "page-"
"""How names of what is made of pages begin: at any time, by any process, noted with the page (`kept_pages`)."""


def arriving_key(material: bytes, blob: UUID, size: int) -> FileKey:
    """The key for what is being sent."""
    return FileKey(material, f"{blob.hex}/{ORIGINAL}", size)


def key_of(material: bytes, blob: UUID, known: Blob) -> FileKey:
    """The key for one blob of a file."""
    return FileKey(material, f"{blob.hex}/{known.stored}", known.size)


def put_part(key: FileKey, part: int, data: bytes) -> None:
    """Seals and keeps one part; it is durable when this returns.

    Raises:
        ValueError: it is not of this part's size.
        StorageFull, Unavailable: it was not kept.
    """
    store().put(f"{key.name}-{part}", key.seal(part, data))


def put(material: bytes, blob: UUID, name: str, data: bytes, media_type: str, size: tuple[int, int] = (0, 0)) -> Blob:
    """Seals and keeps a blob that we made ourselves; gives what is to be known of it."""
    stored = f"{name}-{secrets.token_hex(4)}"
    key = FileKey(material, f"{blob.hex}/{stored}", len(data))
    prefixes = []
    for part in range(parts_of(len(data))):
        sealed = key.seal(part, data[part * PART : (part + 1) * PART])
        store().put(f"{key.name}-{part}", sealed)
        prefixes.append(prefix_of(sealed))
    return Blob(len(data), media_type, b"".join(prefixes), *size, stored=stored)


def arrived(blob: UUID, size: int) -> list[int]:
    """Which parts of what is being sent are here, whole."""
    sizes = store().sizes(blob.hex)
    return [part for part in range(parts_of(size)) if sizes.get(f"{ORIGINAL}-{part}") == sealed_size(size, part)]


def take_in(key: FileKey, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """What arrived, part by part, telling each part's prefix: that is how it stands from now on.

    Raises:
        Unsealable: a part is not as it was sealed, or not there.
    """
    for part in range(parts_of(key.size)):
        sealed = _read(f"{key.name}-{part}")
        prefix = prefix_of(sealed)
        note(prefix)
        yield key.open(part, sealed, prefix)


def parts(key: FileKey, blob: Blob) -> Iterator[bytes]:
    """A whole blob, part by part.

    Raises:
        Unsealable: it is not as it was when it was checked.
    """
    for part in range(parts_of(key.size)):
        yield key.open(part, _read(f"{key.name}-{part}"), _prefix(blob, part))


def read(key: FileKey, blob: Blob, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` until `stop`, a part at a time; nothing else is read.

    Raises:
        Unsealable: it is not as it was when it was checked.
    """
    for piece in key.pieces(start, stop):
        sealed = _read(f"{key.name}-{piece.part}", piece.offset, piece.length)
        yield key.open_range(piece, sealed, _prefix(blob, piece.part))


def remove(blob: UUID, known: Blob) -> None:
    """Removes one blob of a file."""
    for part in range(parts_of(known.size)):
        store().remove(f"{blob.hex}/{known.stored}-{part}")


def keep_only(blob: UUID, known: Iterable[Blob]) -> None:
    """Removes what is kept of a file beside `known`: what was sent, and what was made in vain."""
    names = {one.stored for one in known}
    for name in store().sizes(blob.hex):
        if name.rpartition("-")[0] not in names:
            store().remove(f"{blob.hex}/{name}")


def remove_all(blob: UUID) -> None:
    """Removes all that is kept of a file."""
    store().delete(blob.hex)


def _prefix(blob: Blob, part: int) -> bytes:
    return blob.prefixes[part * PREFIX : (part + 1) * PREFIX]


def _read(name: str, start: int = 0, size: int | None = None) -> bytes:
    try:
        return store().read(name, start, size)
    except Absent as error:
        raise Unsealable("a part is not there") from error
