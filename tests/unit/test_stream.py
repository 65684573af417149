"""Sealed files: what was sealed opens, whole and by ranges, and nothing else does."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.crypto.stream import CHUNK, PART, FileKey, parts_of, prefix_of, sealed_size, size_of_part

SIZES = [1, 15, CHUNK - 1, CHUNK, CHUNK + 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + CHUNK + 7]
KEY = os.urandom(32)


def sealed(size: int, name: str = "a/original", data: bytes | None = None) -> tuple[FileKey, bytes, list[bytes]]:
    """A file of `size` bytes, and its sealed parts."""
    data = os.urandom(size) if data is None else data
    key = FileKey(KEY, name, size)
    return key, data, [key.seal(n, data[n * PART : (n + 1) * PART]) for n in range(parts_of(size))]


def whole(key: FileKey, parts: list[bytes]) -> bytes:
    return b"".join(key.open(n, part, prefix_of(part)) for n, part in enumerate(parts))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_opens_as_it_was_sealed_and_takes_the_size_that_was_foretold(size: int) -> None:
    key, data, parts = sealed(size)
    assert whole(key, parts) == data
    assert [len(part) for part in parts] == [sealed_size(size, n) for n in range(len(parts))]
    assert sum(size_of_part(size, n) for n in range(len(parts))) == size
    assert size_of_part(size, len(parts)) == 0


@given(st.sampled_from(SIZES), st.data())
@settings(max_examples=60, deadline=None)
def test_any_range_opens_by_its_own_chunks(size: int, draw: st.DataObject) -> None:
    key, data, parts = sealed(size)
    start = draw.draw(st.integers(0, size - 1))
    stop = draw.draw(st.integers(start + 1, size))
    opened = b"".join(
        key.open_range(
            piece, parts[piece.part][piece.offset : piece.offset + piece.length], prefix_of(parts[piece.part])
        )
        for piece in key.pieces(start, stop)
    )
    assert opened == data[start:stop]


def test_the_same_part_sealed_twice_shares_no_nonce() -> None:
    key, data, _ = sealed(CHUNK)
    assert prefix_of(key.seal(0, data)) != prefix_of(key.seal(0, data))


@given(st.integers(0, sealed_size(3 * CHUNK, 0) - 1), st.integers(1, 255))
@settings(max_examples=100, deadline=None)
def test_a_flipped_bit_anywhere_is_an_error(at: int, flip: int) -> None:
    key, _, (part,) = sealed(3 * CHUNK)
    damaged = part[:at] + bytes([part[at] ^ flip]) + part[at + 1 :]
    with pytest.raises(Unsealable):
        key.open(0, damaged, prefix_of(part))


def test_what_is_truncated_swapped_or_of_another_file_is_an_error() -> None:
    key, data, parts = sealed(2 * PART + 5)
    other, _, others = sealed(2 * PART + 5, name="b/original", data=data)
    shorter, longer = FileKey(KEY, "a/original", 2 * PART), FileKey(KEY, "a/original", 2 * PART + CHUNK)
    stranger = FileKey(os.urandom(32), "a/original", 2 * PART + 5)
    for reader, number, part in [
        (key, 0, parts[0][:-1]),
        (key, 0, parts[0] + b"0"),
        (key, 0, parts[1]),
        (key, 1, parts[0]),
        (key, 2, parts[1]),
        (key, 0, others[0]),
        (other, 0, parts[0]),
        (stranger, 0, parts[0]),
        (shorter, 1, parts[1]),
        (longer, 2, parts[2]),
        (key, 0, b""),
    ]:
        with pytest.raises(Unsealable):
            reader.open(number, part, prefix_of(part) if part else b"")


def test_a_part_that_was_replaced_since_is_an_error() -> None:
    key, _, (checked,) = sealed(CHUNK)
    replaced = key.seal(0, os.urandom(CHUNK))
    with pytest.raises(Unsealable):
        key.open(0, replaced, prefix_of(checked))
    piece = next(key.pieces(0, 10))
    with pytest.raises(Unsealable):
        key.open_range(piece, replaced[piece.offset : piece.offset + piece.length], prefix_of(checked))


def test_a_part_of_another_size_is_not_sealed() -> None:
    key, _, _ = sealed(PART + 5)
    for part, data in [(0, b"short"), (1, b"longer than five"), (2, b"x")]:
        with pytest.raises(ValueError, match="size"):
            key.seal(part, data)
