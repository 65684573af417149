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
_PICTURES = {"jpg", "jpeg", "png", "gif", "webp", "heic", "heif"}
_JOINERS = "\u200c\u200d"
"""They join letters of some scripts, and people to a family; between two signs they hide nothing."""


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
    signs = unicodedata.normalize("NFC", last)
    plain = "".join(" " if _hides(signs, at) else sign for at, sign in enumerate(signs))
    stem, dot, extension = " ".join(plain.split()).strip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    extension = extension[:10]
    return (stem[: LONGEST_NAME - len(extension) - 1].rstrip(". ") + dot + extension).strip(". ") or "bestand"


def _hides(signs: str, at: int) -> bool:
    if signs[at] in _JOINERS and 0 < at < len(signs) - 1:
        return not (signs[at - 1].isprintable() and signs[at + 1].isprintable()) or " " in signs[at - 1 : at + 2]
    return unicodedata.category(signs[at]) in _HIDDEN


def name_as(name: str, media_type: str) -> str:
    """The name with the end that its content asks for: what is saved opens as what it is, and as nothing else."""
    ends = EXTENSIONS[media_type]
    stem, _, extension = name.rpartition(".")
    if stem and extension.lower() in ends:
        return name
    is_alike = stem and extension.lower() in _PICTURES and ends[0] in _PICTURES
    return f"{stem}.{ends[0]}" if is_alike else f"{name}.{ends[0]}"
