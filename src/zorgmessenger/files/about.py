"""What is known of a file, sealed in its row with the conversation's key: all that tells what it is or holds."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Struct

from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.realtime.protocol import FileKind, FileReason

ORIGINAL = "original"
PICTURE = "picture"
SMALL = "small"


class Blob(Struct, frozen=True):
    """Sealed bytes in the store: their size and type when opened, and the prefixes of their parts in order."""

    size: int
    type: str
    prefixes: bytes
    width: int = 0
    height: int = 0
    stored: str = ORIGINAL
    """Its name in the store: drawn anew each time it is made, so that of two who make it neither spoils the other's."""


class About(Struct, frozen=True):
    """A file. `blobs` are what is kept of it, by name; `whole` names the one that is the file itself."""

    name: str
    kind: FileKind | None = None
    type: str = ""
    duration: int = 0
    pages: int = 0
    reason: FileReason | None = None
    fingerprint: str = ""
    """What its sender knows it again by, to go on with an upload that was broken off."""
    whole: str = ORIGINAL
    blobs: dict[str, Blob] = {}


def seal_about(key: Key, file: UUID, about: About) -> bytes:
    """Seals it for the row of `file`."""
    return key.seal(msgspec.msgpack.encode(about), place("files_file", "about", file.hex))


def open_about(key: Key, file: UUID, sealed: bytes) -> About:
    """Opens what `seal_about` made.

    Raises:
        Unsealable: it is damaged, or of another file.
    """
    return _decode(key.open(sealed, place("files_file", "about", file.hex)))


def wrap(key: Key, file: UUID, material: bytes) -> bytes:
    """Wraps a file's key for its row."""
    return key.seal(material, place("files_file", "key", file.hex))


def unwrap(key: Key, file: UUID, wrapped: bytes) -> bytes:
    """Opens what `wrap` made.

    Raises:
        Unsealable: it is damaged, or of another file.
    """
    return key.open(wrapped, place("files_file", "key", file.hex))


_decode = msgspec.msgpack.Decoder(About).decode
