"""Codes by the time: RFC 6238 with six digits, one step of drift, and never a step twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.authenticator import code_at
from zorgmessenger.accounts import recovery_codes, totp

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = datetime(2026, 11, 25, 20, 0, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_the_vectors_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code_of(SECRET, step) == code == code_at(SECRET, step)
    assert totp.step_of(SECRET, code, datetime.fromtimestamp(seconds, UTC), 0) == step


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_a_code_is_good_within_a_step_of_now_and_above_the_last_one_used(off: int, used: int) -> None:
    now = totp.step_at(NOW)
    found = totp.step_of(SECRET, totp.code_of(SECRET, now + off), NOW, now + used)
    assert found == (now + off if -1 <= off <= 1 and off > used else None)


def test_two_secrets_are_never_alike_and_long_enough() -> None:
    secrets = {totp.new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(secret) == 32 for secret in secrets)


@pytest.mark.parametrize(
    "said",
    ["", "12345", "1234567", "12345x", "\uff11\uff12\uff13\uff14\uff15\uff16", "²²²²²²", "🙂🙂🙂🙂🙂🙂", "-12345"],
)
def test_what_is_no_code_is_taken_for_none(said: str) -> None:
    assert not totp.is_code(said)
    assert totp.step_of(SECRET, said, NOW, 0) is None


def test_an_address_with_any_account_keeps_its_parts_apart() -> None:
    address = totp.address_of(SECRET, "a?b&secret=x#/@voorbeeld.example")
    assert address.count("?") == address.count("secret=") == 1
    assert "#" not in address


def test_recovery_codes_have_nothing_that_looks_alike_and_never_look_like_a_code() -> None:
    codes = [code for _ in range(20) for code in recovery_codes.new()]
    assert len(set(codes)) == 200
    assert not set("".join(codes)) & set("il1o0")
    assert not any(totp.is_code(recovery_codes.plain(code)) for code in codes)
