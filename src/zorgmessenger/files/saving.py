"""All files of a conversation in one ZIP, written while it is sent.

SAVE-1 Before each file, and as it goes, it is asked again whether it may be opened (FIL-4). Who lost the right gets no
       more of it, and half a ZIP; what was withdrawn meanwhile is left out.
SAVE-2 No more than a part of one file is in memory. ZIP_STORED: what is sent most is compressed already.
SAVE-3 Names are `2026-11-25 14.05 Anna foto.jpg`, in Dutch time, by the name that the reader may know the sender by; no
       two are alike, on no system, and none leads out of the folder where it is unpacked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import connection
from django.utils.timezone import localtime
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.conversations.people import shown
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.errors import Conflict
from zorgmessenger.files import answers, blobs
from zorgmessenger.files.facts import Opened

_FIRST_YEAR = 1980
"""Of a ZIP."""
MOST_BYTES = 240
"""Of a name; file systems take 255."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_PARTS = re.compile(r"(?P<stem>.*?)(?P<end>\.\w{1,10})?", re.DOTALL)


class Sent(Struct, frozen=True):
    """A file, who sent it when, and in which message."""

    file: UUID
    seq: int
    sender: UUID
    at: datetime


def to_save(proof: MayRead) -> list[Sent]:
    """The files that may be saved now, the oldest first."""
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, f.seq, m.sender_id, m.at FROM files_file f"
            " JOIN messages_message m ON m.conversation_id = f.conversation_id AND m.seq = f.seq"
            " WHERE f.conversation_id = %s AND f.seq > %s AND f.state = 'ready' AND m.withdrawn_at IS NULL"
            " ORDER BY f.seq, f.position",
            [dialect.id(proof.conversation.id), proof.above],
        )
        return [
            Sent(dialect.read_id(file), seq, dialect.read_id(sender), dialect.read_time(at))
            for file, seq, sender, at in cursor.fetchall()
        ]


def zipped(proof: MayRead, files: Sequence[Sent], to_open: Callable[[UUID], Opened]) -> Iterator[bytes]:
    """The ZIP, in pieces of about a MiB; a file that does not begin as it was checked is left out.

    Args:
        proof: that its files may be read when it begins.
        files: what goes in.
        to_open: gives a file as long as it may be opened, and is asked for each as it goes.

    Raises:
        NotFound, SignedOut: the right, or the session, has ended.
        Conflict: the file that is being written was withdrawn.
        Unsealable: the rest of a file is not as it was when it was checked.
    """
    people = shown(proof.conversation.organisation, {one.sender for one in files}, to=proof.member.role)
    names = {person.id: f"{person.first_name} {person.last_name}".strip() for person in people}
    used: set[str] = set()
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for one in files:
            try:
                found = to_open(one.file)
                parts = _begun(found)
            except (Conflict, Unsealable):
                continue
            name = _unused(name_of(one.at, names.get(one.sender, ""), found.about.name), used)
            with archive.open(_info(one.at, name, found), "w") as member:
                for part in answers.while_allowed(partial(to_open, one.file), parts):
                    member.write(part)
                    yield sink.taken()
    yield sink.taken()


def name_of(at: datetime, sender: str, name: str) -> str:
    """What a file is called in a ZIP; SAVE-3."""
    safe = [" ".join(_NOT_IN_NAMES.sub(" ", said).split()) for said in (sender, name)]
    return " ".join(word for word in (localtime(at).strftime("%Y-%m-%d %H.%M"), safe[0], safe[1] or "bestand") if word)


def _begun(found: Opened) -> Iterator[bytes]:
    """The parts of a file, the first of which is open already."""
    blob = found.about.blobs[found.about.whole]
    parts = blobs.parts(blobs.key_of(found.material, found.row.blob, blob), blob)
    return chain([next(parts)], parts)


def _info(at: datetime, name: str, found: Opened) -> ZipInfo:
    here = localtime(at)
    info = ZipInfo(name, (max(here.year, _FIRST_YEAR), here.month, here.day, here.hour, here.minute, here.second))
    info.file_size = found.about.blobs[found.about.whole].size
    return info


def _unused(name: str, used: set[str]) -> str:
    parts = _PARTS.fullmatch(name)
    stem, end = (parts["stem"], parts["end"] or "") if parts else (name, "")
    number, again = 1, ""
    while (candidate := _short(stem, f"{again}{end}")).casefold() in used:
        number += 1
        again = f" ({number})"
    used.add(candidate.casefold())
    return candidate


def _short(stem: str, end: str) -> str:
    """A name of no more bytes than file systems take, cut between two signs."""
    return stem.encode()[: MOST_BYTES - len(end.encode())].decode(errors="ignore").rstrip() + end


class _Sink(io.RawIOBase):
    """Takes what is written, and cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keeps it until it is taken."""
        self._written.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        written, self._written = b"".join(self._written), []
        return written
