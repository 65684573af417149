"""What comes back by mail: whose mail it was, told by no more than the address that it came back to."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zorgmessenger.delivery.bounces import MOST_BYTES, NoBounce, read_token

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
OTHER = "7" * 32
REPORTS = Path(__file__).parent.parent / "reports"
SERVERS = ["postfix", "exim", "exchange"]


def report(name: str) -> bytes:
    """A mail that came back, or an answer that looks like it, as that server sends it."""
    return (REPORTS / f"{name}.eml").read_bytes().replace(b"TOKEN", TOKEN.encode())


def altered(old: str, new: str, name: str = "postfix") -> bytes:
    """The same with other words."""
    whole = report(name)
    assert old.encode() in whole
    return whole.replace(old.encode(), new.encode())


def is_nothing(mail: bytes) -> None:
    with pytest.raises(NoBounce):
        read_token(BytesIO(mail))


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_mail_that_failed_for_good_is_known_by_its_token(server: str, end: bytes) -> None:
    assert read_token(BytesIO(report(server).replace(b"\n", end))) == TOKEN


@pytest.mark.parametrize("kept", ["To", "Delivered-To", "X-Original-To"])
def test_any_head_that_says_where_it_was_sent_will_do(kept: str) -> None:
    head, _, body = report("postfix").partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith((b"To:", b"Delivered-To:", b"X-Original-To:"))]
    to = f"{kept}: <Bounces+{TOKEN.upper()}@Mail.Example.NL>".encode()
    assert read_token(BytesIO(b"\n".join([*lines, to, b"", body]))).lower() == TOKEN


@pytest.mark.parametrize("answer", ["out_of_office", "read_receipt"])
def test_what_a_person_or_their_mailbox_answers_is_no_bounce(answer: str) -> None:
    is_nothing(report(answer))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Action: failed", "Action: delayed"),
        ("Action: failed", "Action: delivered"),
        ("Action: failed", "Action: relayed"),
        ("Action: failed", "Action: expanded"),
        ("Action: failed", "Action: failing"),
        ("Action: failed\n", ""),
        ("Status: 5.1.1", "Status: 4.4.7"),
        ("Status: 5.1.1", "Status: 2.0.0"),
        ("Status: 5.1.1", "Status: 550"),
        ("Status: 5.1.1\n", ""),
    ],
)
def test_what_is_late_or_passed_on_or_not_said_is_no_bounce(old: str, new: str) -> None:
    is_nothing(altered(old, new))


def test_a_mail_that_reached_somebody_did_not_come_back() -> None:
    """An address that stands for several people: one of them has left."""
    both = "Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; mei@voorbeeld.example\nAction: {}\nStatus: {}"
    is_nothing(altered("Action: failed\nStatus: 5.1.1", both.format("delivered", "2.0.0")))
    assert read_token(BytesIO(altered("Action: failed\nStatus: 5.1.1", both.format("failed", "5.1.1")))) == TOKEN


def test_whose_mail_it_was_says_the_address_that_it_was_sent_to_and_nothing_in_it() -> None:
    assert read_token(BytesIO(altered("noor@voorbeeld", "bounces+" + OTHER))) == TOKEN
    head, _, body = report("postfix").partition(b"\n\n")
    is_nothing(head.replace(b"+" + TOKEN.encode(), b"") + b"\n\n" + body)
    is_nothing(report("postfix").replace(TOKEN.encode(), b"token"))


def test_a_report_within_a_mail_is_no_report() -> None:
    head = b"To: bounces+" + TOKEN.encode() + b"@mail.example.nl\n"
    is_nothing(head + b"Content-Type: message/rfc822\n\n" + report("postfix"))
    whole = b"\n--b\nContent-Type: message/rfc822\n\n" + report("postfix") + b"\n--b--\n"
    is_nothing(head + b"Content-Type: multipart/mixed; boundary=b\n" + whole)
    is_nothing(head + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n" + whole)


@pytest.mark.parametrize("server", SERVERS)
def test_a_mail_cut_off_anywhere_is_a_bounce_or_none(server: str) -> None:
    whole = report(server)
    for end in range(0, len(whole), 7):
        with suppress(NoBounce):
            assert read_token(BytesIO(whole[:end])) == TOKEN


@given(st.sampled_from(SERVERS), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=40)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_mail_altered_anywhere_is_a_bounce_or_none(server: str, changes: list[tuple[int, bytes]]) -> None:
    mail = report(server)
    for at, put in changes:
        mail = mail[:at] + put + mail[at + len(put) :]
    with suppress(NoBounce):
        assert len(read_token(BytesIO(mail))) == len(TOKEN)


HEAD = f"To: bounces+{TOKEN}@mail.example.nl\nContent-Type: multipart/report; report-type=delivery-status".encode()
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no text": lambda: bytes(range(256)) * 2000,
    "one line": lambda: b"x" * 10**7,
    "one head": lambda: b"To: " + b"a@b.example, " * 10**6,
    "a million parts": lambda: HEAD + b"; boundary=b\n\n" + b"--b\n\n" * 10**6,
    "a million levels": lambda: HEAD + b"; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\n" * 10**5,
    "mails in mails": lambda: b"Content-Type: message/rfc822\n\n" * 10**5,
    "reports in reports": lambda: b"".join(
        HEAD + f"; boundary=b{level}\n\n--b{level}\n".encode() for level in range(3000)
    ),
    "a million recipients": lambda: (
        HEAD + b"; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 10**6
    ),
    "quotes without end": lambda: HEAD + b'; boundary="' + b';"' * 10**6 + b"\n\n",
    "a million parameters": lambda: HEAD + b";a*0*=b" * 10**6 + b"\n\n",
    "a character set that is none": lambda: HEAD + b"; boundary*=klingon'tlh'%ff%fe\n\n--\xff\xfe\n\n",
    "no boundary": lambda: HEAD + b"\n\n--\n\n",
    "a word for a type": lambda: b"Content-Type: multipart/report; report-type*0*=a''%\n\n",
    "a status in base64": lambda: (
        HEAD + b"; boundary=b\n\n--b\nContent-Type: message/delivery-status\n"
        b"Content-Transfer-Encoding: base64\n\nQWN0aW9uOiBmYWlsZWQK\n--b--\n"
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_is_sent_it_takes_little_room_and_is_nothing(kind: str) -> None:
    mail = BytesIO(HOSTILE[kind]())
    tracemalloc.start()
    try:
        is_nothing_of(mail)
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert mail.read(1) == b"", "read to its end: a pipe that is closed early is taken for a failure"


def is_nothing_of(mail: BytesIO) -> None:
    with pytest.raises(NoBounce):
        read_token(mail)


def test_what_stands_behind_the_bound_is_read_and_not_looked_at() -> None:
    whole = report("postfix")
    assert read_token(BytesIO(whole + b"x" * 10 * MOST_BYTES)) == TOKEN
    is_nothing(altered("This is the mail system", "x\n" * MOST_BYTES))


def test_what_is_said_of_it_names_nobody() -> None:
    for mail in [*map(report, ["out_of_office", "read_receipt"]), altered("Status: 5.1.1", "Status: 4.4.1")]:
        with pytest.raises(NoBounce) as error:
            read_token(BytesIO(mail))
        assert "@" not in str(error.value)
        assert TOKEN not in str(error.value)
