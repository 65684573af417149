"""Sealed files: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over chunks of 64 KiB.

Laws:
1. A file has a key of its own. Chunk i is sealed with AES-256-GCM under the nonce (prefix, i, whether it is the last),
   and authenticated with the file's name and i: what is flipped, swapped, truncated or of another file is an error.
2. Sixteen chunks are a part, the unit in which a file comes and is kept. Each sealing of a part draws a new prefix, so
   a part that comes twice never meets a nonce again. Who reads says which prefix the part had when the file was
   checked: a part that was replaced since does not open.
3. Any range opens by its own chunks alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zorgmessenger.crypto.envelope import Unsealable, place

CHUNK = 64 * 1024
CHUNKS = 16
PART = CHUNK * CHUNKS
PREFIX = 7
_TAG = 16
_STRIDE = CHUNK + _TAG
_HEADER = bytes([1])
_HEAD = len(_HEADER) + PREFIX


def parts_of(size: int) -> int:
    """How many parts a file of `size` bytes has; at least one."""
    return max(1, -(-size // PART))


def size_of_part(size: int, part: int) -> int:
    """How many bytes of a file of `size` bytes its part number `part` holds; 0 for one it does not have."""
    return max(0, min(PART, size - part * PART))


def sealed_size(size: int, part: int) -> int:
    """How many bytes part number `part` takes when it is sealed."""
    plain = size_of_part(size, part)
    return _HEAD + plain + _TAG * max(1, -(-plain // CHUNK))


@dataclass(frozen=True)
class FileKey:
    """A file's key, for the file called `name` of `size` bytes; `material` is 32 bytes."""

    material: bytes = field(repr=False)
    name: str
    size: int
    _aead: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_aead", AESGCM(self.material))

    def seal(self, part: int, data: bytes) -> bytes:
        """Seals a part, with a prefix of its own.

        Raises:
            ValueError: that is not the size of this part.
        """
        if len(data) != size_of_part(self.size, part):
            raise ValueError("a part of another size")
        prefix = os.urandom(PREFIX)
        sealed = bytearray(sealed_size(self.size, part))
        sealed[:_HEAD] = _HEADER + prefix
        plain, into = memoryview(data), memoryview(sealed)[_HEAD:]
        for number in range(max(1, -(-len(data) // CHUNK))):
            index = part * CHUNKS + number
            chunk = plain[number * CHUNK : (number + 1) * CHUNK]
            target = into[number * _STRIDE : number * _STRIDE + len(chunk) + _TAG]
            self._aead.encrypt_into(self._nonce(prefix, index), chunk, self._at(index), target)
        return bytes(sealed)

    def open(self, part: int, sealed: bytes, prefix: bytes) -> bytes:
        """Opens a whole part that was sealed with `prefix`.

        Raises:
            Unsealable: it is not that part as it was sealed.
        """
        if sealed[:_HEAD] != _HEADER + prefix or len(sealed) != sealed_size(self.size, part):
            raise Unsealable("another part")
        return self._open(part * CHUNKS, memoryview(sealed)[_HEAD:], prefix)

    def open_range(self, piece: Piece, sealed: bytes, prefix: bytes) -> bytes:
        """Opens the bytes that `pieces` asked for, from the slice of a sealed part that it named.

        Raises:
            Unsealable: it is not that slice as it was sealed.
        """
        if len(sealed) != piece.length:
            raise Unsealable("truncated")
        return self._open(piece.first, memoryview(sealed), prefix)[piece.skip : piece.skip + piece.take]

    def pieces(self, start: int, stop: int) -> Iterator[Piece]:
        """What has to be read for the bytes from `start` until `stop`, part by part."""
        while start < stop:
            part = start // PART
            until = min(stop, (part + 1) * PART)
            first, last = start // CHUNK, (until - 1) // CHUNK
            offset = first - part * CHUNKS
            plain = min((last + 1) * CHUNK, self.size) - first * CHUNK
            length = plain + _TAG * (last - first + 1)
            yield Piece(part, _HEAD + offset * _STRIDE, length, first, start - first * CHUNK, until - start)
            start = until

    def _open(self, first: int, sealed: memoryview, prefix: bytes) -> bytes:
        chunks = -(-len(sealed) // _STRIDE)
        opened = bytearray(max(0, len(sealed) - chunks * _TAG))
        into = memoryview(opened)
        try:
            for number in range(chunks):
                index = first + number
                chunk = sealed[number * _STRIDE : (number + 1) * _STRIDE]
                target = into[number * CHUNK : number * CHUNK + max(0, len(chunk) - _TAG)]
                self._aead.decrypt_into(self._nonce(prefix, index), chunk, self._at(index), target)
        except (InvalidTag, ValueError) as error:
            raise Unsealable("damaged, or of another file") from error
        return bytes(opened)

    def _nonce(self, prefix: bytes, index: int) -> bytes:
        is_last = (index + 1) * CHUNK >= self.size
        return prefix + index.to_bytes(4) + bytes([is_last])

    def _at(self, index: int) -> bytes:
        return place("files", self.name, index)


@dataclass(frozen=True)
class Piece:
    """Of part `part` the bytes to read, and which of what they open to are asked for."""

    part: int
    offset: int
    length: int
    first: int
    """The index of the first chunk in it."""
    skip: int
    take: int


def prefix_of(sealed: bytes) -> bytes:
    """The prefix that a part was sealed with.

    Raises:
        Unsealable: this is no sealed part.
    """
    if len(sealed) < _HEAD or not sealed.startswith(_HEADER):
        raise Unsealable("no sealed part")
    return sealed[len(_HEADER) : _HEAD]
