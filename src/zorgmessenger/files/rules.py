"""What may be sent as a file, and what a file is called. Pure; the numbers are those of docs/files.md.

FIL-1 A file is not empty, not larger than its organisation allows, and of a kind that it allows.
FIL-2 A name is one line without a path, without characters that hide or turn what is read, and ends as its content is.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from zorgmessenger.errors import RequestError
from zorgmessenger.files.kinds import EXTENSIONS
from zorgmessenger.realtime.protocol import FileKind

KINDS: tuple[FileKind, ...] = ("picture", "pdf", "document", "audio", "video", "archive")
MIB = 1024 * 1024
LONGEST_NAME = 150
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SAME = {"jpeg": "jpg", "heif": "heic"}


class Policy(Struct, frozen=True):
    """What an organisation lets be sent: at most so many bytes a file, and of which kinds."""

    largest: int
    kinds: frozenset[FileKind]


def check_size(size: int, policy: Policy) -> None:
    """FIL-1.

    Raises:
        RequestError: `file_empty`, `file_too_large`.
    """
    if size <= 0:
        raise RequestError("an empty file", code="file_empty")
    if size > policy.largest:
        raise RequestError("larger than allowed", code="file_too_large")


def clean_name(name: str) -> str:
    """FIL-2, but for its end."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if unicodedata.category(c) in _HIDDEN else c for c in unicodedata.normalize("NFC", last))
    stem, dot, extension = " ".join(plain.split()).strip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    extension = extension[:10]
    return (stem[: LONGEST_NAME - len(extension) - 1].rstrip(". ") + dot + extension).strip(". ") or "bestand"


def name_as(name: str, media_type: str) -> str:
    """The name with the end that its content asks for, where that is one we know."""
    wanted = EXTENSIONS.get(media_type)
    stem, _, extension = name.rpartition(".")
    has = _SAME.get(extension.lower(), extension.lower())
    if wanted is None or has == wanted:
        return name
    return f"{stem}.{wanted}" if stem and has in EXTENSIONS.values() else f"{name}.{wanted}"
