"""Encryption at rest: what is damaged, moved or of another key does not open; it never gives other data."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.crypto.envelope import Key, LookupKey, Unsealable, key_id, place

KEY = Key(7, secrets.token_bytes(32))
LOOKUP = LookupKey(9, secrets.token_bytes(64))
HERE = place("messages_message", "body", 1)


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_in_its_place(data: bytes) -> None:
    assert KEY.open(KEY.seal(data, HERE), HERE) == data


def test_every_flipped_bit_is_found() -> None:
    sealed = KEY.seal(b"Ik slaap slecht.", HERE)
    for position in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(Unsealable):
            KEY.open(bytes(flipped), HERE)


def test_every_truncation_and_extension_is_found() -> None:
    sealed = KEY.seal(b"Ik slaap slecht.", HERE)
    for wrong in [*(sealed[:length] for length in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(Unsealable):
            KEY.open(wrong, HERE)


@pytest.mark.parametrize("there", [("x", "body", 1), ("messages_message", "x", 1), ("messages_message", "body", 2)])
def test_what_is_moved_does_not_open(there: tuple[str, str, int]) -> None:
    with pytest.raises(Unsealable):
        KEY.open(KEY.seal(b"hier", HERE), place(*there))


def test_another_key_does_not_open_it_even_under_the_same_id() -> None:
    sealed = KEY.seal(b"hier", HERE)
    for other in (Key(8, KEY.material), Key(7, secrets.token_bytes(32))):
        with pytest.raises(Unsealable):
            other.open(sealed, HERE)


def test_the_algorithm_and_the_key_stand_in_front() -> None:
    sealed = KEY.seal(b"hier", HERE)
    assert sealed[0] == 1
    assert key_id(sealed) == 7
    for wrong in (b"", b"\x01", b"\x09" + sealed[1:]):
        with pytest.raises(Unsealable):
            key_id(wrong)


def test_two_seals_of_the_same_are_not_alike() -> None:
    assert KEY.seal(b"hier", HERE) != KEY.seal(b"hier", HERE)


@given(st.text(max_size=200))
def test_a_look_up_seals_equal_texts_alike_and_opens_them(text: str) -> None:
    sealed = LOOKUP.seal(text, HERE)
    assert sealed == LOOKUP.seal(text, HERE)
    assert LOOKUP.open(sealed, HERE) == text


def test_a_damaged_look_up_does_not_open() -> None:
    sealed = LOOKUP.seal("anna@cast.example", HERE)
    swapped = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]
    for wrong in ("", "%%%", sealed[:-4], swapped):
        with pytest.raises(Unsealable):
            LOOKUP.open(wrong, HERE)
    with pytest.raises(Unsealable):
        LOOKUP.open(sealed, place("elsewhere", "body", 1))


def test_a_key_does_not_show_itself() -> None:
    assert KEY.material.hex() not in repr(KEY)
    assert repr(KEY.material) not in repr(KEY)
