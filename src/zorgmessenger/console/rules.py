"""What a file of people may hold, and what an organisation may say and look like: pure functions.

CSV-1 Separated by ; or , as its first line is; UTF-8, with or without a mark of it, else Windows-1252.
CSV-2 The first line names the columns, in Dutch or English, in any order; others are passed over.
CSV-3 A cell is text, whatever it looks like: nothing is computed, and what is no name or address is refused.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec import Struct

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.rules import clean_address, clean_name
from zorgmessenger.errors import RequestError

MOST_ROWS = 2_000
MOST_BYTES = 1024 * 1024
MOST_WORDS = 600
_COLUMNS: Mapping[str, str] = {
    "voornaam": "first_name",
    "first name": "first_name",
    "achternaam": "last_name",
    "last name": "last_name",
    "e-mailadres": "email",
    "e-mail": "email",
    "email": "email",
    "email address": "email",
    "e-mail address": "email",
    "rol": "role",
    "role": "role",
    "behandelaar": "practitioner",
    "practitioner": "practitioner",
}
_NEEDED = frozenset(["first_name", "last_name", "email", "role"])
_ROLES: Mapping[str, Role] = {
    "cliënt": Role.CLIENT,
    "client": Role.CLIENT,
    "behandelaar": Role.PRACTITIONER,
    "practitioner": Role.PRACTITIONER,
    "planbureau": Role.PLANNER,
    "planning office": Role.PLANNER,
    "planner": Role.PLANNER,
    "cliëntensupport": Role.SUPPORT,
    "clientensupport": Role.SUPPORT,
    "client support": Role.SUPPORT,
    "support": Role.SUPPORT,
    "beheerder": Role.ADMINISTRATOR,
    "administrator": Role.ADMINISTRATOR,
    "functionaris gegevensbescherming": Role.PRIVACY_OFFICER,
    "fg": Role.PRIVACY_OFFICER,
    "privacy officer": Role.PRIVACY_OFFICER,
}
_LINK = re.compile(r"://|www\.|@|[^\W\d_]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)


class Row(Struct, frozen=True):
    """A line of the file as it says; `fault` is what is wrong with it, empty where nothing is."""

    line: int
    first_name: str
    last_name: str
    email: str
    role: Role | None
    practitioner: str = ""
    fault: str = ""


def rows_of(file: bytes) -> list[Row]:
    """The people in a file; CSV-1 to CSV-3.

    Raises:
        RequestError: `csv_too_large`, `csv_not_text`, `csv_columns`, `csv_too_many`, `csv_empty`.
    """
    if len(file) > MOST_BYTES:
        raise RequestError(code="csv_too_large")
    lines = _lines(_text(file))
    columns = [_COLUMNS.get(_plain(cell), "") for cell in next(lines, [])]
    if not columns or not set(columns) >= _NEEDED:
        raise RequestError(code="csv_columns")
    cells = list(islice(_filled(lines), MOST_ROWS + 1))
    if len(cells) > MOST_ROWS:
        raise RequestError(code="csv_too_many")
    if not cells:
        raise RequestError(code="csv_empty")
    return [_row(number, dict(zip(columns, line, strict=False))) for number, line in cells]


def clean_words(words: str) -> str | None:
    """A paragraph of plain text; None where it is too long, or holds a link, an address or what is not seen."""
    cleaned = " ".join(unicodedata.normalize("NFC", words).split())
    hidden = any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"} for c in cleaned)
    return None if hidden or len(cleaned) > MOST_WORDS or _LINK.search(cleaned) else cleaned


def is_colour(accent: str) -> bool:
    """Whether this is `#rrggbb`."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", accent) is not None


def _text(file: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RequestError(code="csv_not_text")


def _lines(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") >= first.count(",") else ",")
    try:
        yield from reader
    except csv.Error as error:
        raise RequestError(code="csv_not_text") from error


def _filled(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines with something in them, with their number in the file."""
    for number, line in enumerate(lines, start=2):
        if any(cell.strip() for cell in line):
            yield number, line


def _row(number: int, cells: Mapping[str, str]) -> Row:
    said = {name: cells.get(name, "").strip() for name in [*_NEEDED, "practitioner"]}
    first, last = clean_name(said["first_name"]), clean_name(said["last_name"])
    email, role = clean_address(said["email"]), _ROLES.get(_plain(said["role"]))
    practitioner = clean_address(said["practitioner"]) or ""
    faults = {
        "name": first is None or last is None,
        "email_invalid": email is None,
        "role_unknown": role is None,
        "practitioner_missing": role is Role.CLIENT and not practitioner,
    }
    fault = next((name for name, wrong in faults.items() if wrong), "")
    shown = {name: value[:80] for name, value in said.items()}
    return Row(
        number,
        first or shown["first_name"],
        last or shown["last_name"],
        email or shown["email"],
        role,
        practitioner,
        fault,
    )


def _plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).casefold().replace("_", " ").split())
