"""A mail that came back, as mail servers report it (RFC 3464): pure, for what anybody may send.

Laws:
1. Of a mail `MOST_BYTES` are looked at, and of its parts `MOST_PARTS`, no part of a part among them: reading takes time
   by the length and no more.
2. It came back if every recipient of whom it tells failed for good (`Action: failed`, `Status: 5.…`). What is late or
   passed on, automatic replies and receipts of reading are no bounces.
3. Whose mail it was is said by the address that the report was sent to, never by what stands in the report.
4. Whatever is sent, the answer is a token or `NoBounce`.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesParser, Parser
from typing import BinaryIO

MOST_BYTES = 128 * 1024
MOST_PARTS = 10
_MOST_TYPE = 500
"""Characters of a type with its parameters: what takes them apart takes their square in time."""
_SENT_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_TOKEN = re.compile(r"\+([A-Za-z2-7]{32})@")
_FOR_GOOD = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")


class NoBounce(Exception):
    """Nothing that says that a mail of ours came back."""


def read_token(mail: BinaryIO) -> str:
    """The token (`delivery.return_paths`) of the mail that came back by the report in `mail`, which is read to its end.

    Raises:
        NoBounce: there is none.
    """
    raw = mail.read(MOST_BYTES)
    while mail.read(MOST_BYTES):
        pass  # a mail server whose pipe is closed early takes the delivery for failed
    try:
        return _token(BytesParser().parsebytes(raw.replace(b"\r\n", b"\n"), headersonly=True))
    except NoBounce:
        raise
    except Exception as error:
        raise NoBounce(f"the mail cannot be read ({type(error).__name__})") from error


def _token(report: Message) -> str:
    if _type(report) != "multipart/report" or _word(report.get_param("report-type")) != "delivery-status":
        raise NoBounce("the mail is no report of a delivery")
    told = [recipient for recipient in _recipients(report) if recipient["Action"]]
    if not told or not all(_failed_for_good(recipient) for recipient in told):
        raise NoBounce("the report tells of no mail that failed for good")
    found = _TOKEN.search(" ".join(str(value) for name in _SENT_TO for value in report.get_all(name, [])))
    if found is None:
        raise NoBounce("the report was not sent to an address that stands for a mail of ours")
    return found[1]


def _recipients(report: Message) -> list[Message]:
    """The groups of fields in a delivery status: what holds for the mail, then each recipient's."""
    line = re.compile(rf"^--{re.escape(str(report.get_boundary('')))}(?:--)?[ \t]*\n", re.MULTILINE)
    for text in line.split(str(report.get_payload()), MOST_PARTS)[1:]:
        part = Parser().parsestr(text, headersonly=True)
        if _type(part) == "message/delivery-status":
            groups = re.split(r"\n[ \t]*\n", str(part.get_payload()), maxsplit=MOST_PARTS)
            return [Parser().parsestr(group.lstrip("\n"), headersonly=True) for group in groups]
    return []


def _type(part: Message) -> str:
    if len(str(part.get("Content-Type", ""))) > _MOST_TYPE:
        raise NoBounce("the mail has a type that no mail server writes")
    return part.get_content_type()


def _failed_for_good(recipient: Message) -> bool:
    return _word(recipient["Action"]) == "failed" and _FOR_GOOD.match(_word(recipient["Status"])) is not None


def _word(value: object) -> str:
    return str(value).strip().lower()
