"""Laws 1, 2 and 3 of `crypto.envelope`."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.crypto.envelope import GCM, SIV, Key, LookupKey, Unsealable, key_id, place

KEY = Key(7, bytes(range(32)))
OTHER = Key(8, bytes(range(1, 33)))
SAME_ID = Key(7, bytes(range(1, 33)))
LOOKUP = LookupKey(9, bytes(range(64)))
OTHER_LOOKUP = LookupKey(9, bytes(range(1, 65)))
HERE = place("messages_message", "body", 1)
THERE = place("messages_message", "body", 2)


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_what_is_sealed_opens_in_its_place_and_looks_like_nothing(data: bytes, at: bytes) -> None:
    envelope = KEY.seal(data, at)
    assert KEY.open(envelope, at) == data
    assert len(data) < 8 or data not in envelope
    assert key_id(envelope) == 7
    assert envelope[0] == GCM


@given(st.binary(max_size=40))
def test_every_flipped_bit_is_found(data: bytes) -> None:
    envelope = KEY.seal(data, HERE)
    for bit in range(len(envelope) * 8):
        flipped = bytearray(envelope)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unsealable):
            KEY.open(bytes(flipped), HERE)


@given(st.binary(max_size=40), st.data())
def test_every_cut_and_every_addition_is_found(data: bytes, more: st.DataObject) -> None:
    envelope = KEY.seal(data, HERE)
    for length in range(len(envelope)):
        with pytest.raises(Unsealable):
            KEY.open(envelope[:length], HERE)
        with pytest.raises(Unsealable):
            KEY.open(envelope[length + 1 :], HERE)
    with pytest.raises(Unsealable):
        KEY.open(envelope + more.draw(st.binary(min_size=1, max_size=20)), HERE)


@given(st.binary(max_size=400))
def test_no_bytes_that_nobody_sealed_open(noise: bytes) -> None:
    for envelope in (noise, b"\x01" + (7).to_bytes(8) + noise):
        with pytest.raises(Unsealable):
            KEY.open(envelope, HERE)


def test_what_is_moved_to_another_row_column_or_table_does_not_open() -> None:
    """Law 1: neither do two rows' values that were swapped."""
    envelope = KEY.seal(b"data", HERE)
    for at in (THERE, place("messages_message", "other", 1), place("other", "body", 1), b"", HERE + b" "):
        with pytest.raises(Unsealable):
            KEY.open(envelope, at)


def test_another_key_opens_nothing_also_when_it_has_the_same_id() -> None:
    envelope = KEY.seal(b"data", HERE)
    for key in (OTHER, SAME_ID):
        with pytest.raises(Unsealable):
            key.open(envelope, HERE)


def test_the_same_data_never_looks_the_same() -> None:
    """Law 3: a random nonce each time."""
    assert len({KEY.seal(b"data", HERE)[9:21] for _ in range(1000)}) == 1000


def test_parts_of_two_envelopes_do_not_make_a_third() -> None:
    one, two = KEY.seal(b"een bericht", HERE), KEY.seal(b"een ander..", HERE)
    for cut in range(10, len(one)):
        with pytest.raises(Unsealable):
            KEY.open(one[:cut] + two[cut:], HERE)


@given(st.text(max_size=100))
def test_look_ups_look_the_same_each_time_and_open(text: str) -> None:
    sealed = LOOKUP.seal(text, HERE)
    assert sealed == LOOKUP.seal(text, HERE)
    assert sealed.isascii()
    assert LOOKUP.open(sealed, HERE) == text
    assert base64.urlsafe_b64decode(sealed)[0] == SIV
    assert LOOKUP.seal(text, THERE) != sealed
    assert OTHER_LOOKUP.seal(text, HERE) != sealed


@given(st.text(max_size=30))
def test_every_flipped_bit_of_a_look_up_is_found(text: str) -> None:
    """In the envelope, and in the letters that it is written in."""
    sealed = LOOKUP.seal(text, HERE)
    envelope = base64.urlsafe_b64decode(sealed)
    for bit in range(len(envelope) * 8):
        flipped = bytearray(envelope)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unsealable):
            LOOKUP.open(base64.urlsafe_b64encode(flipped).decode(), HERE)
    for bit in range(len(sealed) * 7):
        letters = bytearray(sealed.encode())
        letters[bit // 7] ^= 1 << bit % 7
        with pytest.raises(Unsealable):
            LOOKUP.open(letters.decode(), HERE)


@given(st.text(max_size=200))
def test_no_text_that_nobody_sealed_opens_as_a_look_up(noise: str) -> None:
    sealed = LOOKUP.seal("anna@cast.example", HERE)
    for text in (noise, sealed + noise if noise else "", noise + sealed if noise else "", sealed[: len(noise) % 40]):
        with pytest.raises(Unsealable):
            LOOKUP.open(text, HERE)


def test_a_look_up_opens_only_in_its_place_and_with_its_key() -> None:
    sealed = LOOKUP.seal("anna@cast.example", HERE)
    for key, at in ((LOOKUP, THERE), (OTHER_LOOKUP, HERE), (LookupKey(10, LOOKUP.material), HERE)):
        with pytest.raises(Unsealable):
            key.open(sealed, at)


@pytest.mark.parametrize("envelope", [b"", b"\x01", b"\x03" + bytes(40), b"\x00" * 9, bytes(8)])
def test_what_is_no_envelope_names_no_key(envelope: bytes) -> None:
    with pytest.raises(Unsealable):
        key_id(envelope)


def test_a_key_does_not_show_itself() -> None:
    """In a log line or a traceback."""
    for key in (KEY, LOOKUP):
        assert str(key.material)[4:30] not in repr(key)
        assert key.material.hex() not in repr(key)
