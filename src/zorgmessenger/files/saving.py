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
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import connection
from django.utils.timezone import localtime
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.conversations.people import shown
from zorgmessenger.errors import Conflict
from zorgmessenger.files import answers, blobs, facts
from zorgmessenger.files.facts import Opened

_FIRST_YEAR = 1980
"""Of a ZIP."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_PARTS = re.compile(r"(?P<stem>.*?)(?P<end>\.\w{1,10})?", re.DOTALL)


class Sent(Struct, frozen=True):
    """A file, who sent it and when."""

    file: UUID
    sender: UUID
    at: datetime


def to_save(proof: MayRead) -> list[Sent]:
    """The files that may be saved now, the oldest first."""
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, m.sender_id, m.at FROM files_file f"
            " JOIN messages_message m ON m.conversation_id = f.conversation_id AND m.seq = f.seq"
            " WHERE f.conversation_id = %s AND f.seq > %s AND f.state = 'ready' AND m.withdrawn_at IS NULL"
            " ORDER BY f.seq, f.position",
            [dialect.id(proof.conversation.id), proof.above],
        )
        return [
            Sent(dialect.read_id(file), dialect.read_id(sender), dialect.read_time(at))
            for file, sender, at in cursor.fetchall()
        ]


def zipped(proof: MayRead, files: Sequence[Sent]) -> Iterator[bytes]:
    """The ZIP, in pieces of about a MiB.

    Raises:
        NotFound: the right has ended.
        Conflict: the file that is being written was withdrawn.
        Unsealable: a file is not as it was when it was checked.
    """
    people = shown(proof.conversation.organisation, {one.sender for one in files}, to=proof.member.role)
    names = {person.id: f"{person.first_name} {person.last_name}".strip() for person in people}
    used: set[str] = set()
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for one in files:
            try:
                found = facts.to_open(proof.member.person, one.file)[1]
            except Conflict:
                continue
            name = _unused(name_of(one.at, names.get(one.sender, ""), found.about.name), used)
            yield from _member(archive, sink, _info(one.at, name, found), proof.member.person, found)
    yield sink.taken()


def name_of(at: datetime, sender: str, name: str) -> str:
    """What a file is called in a ZIP; SAVE-3."""
    safe = [" ".join(_NOT_IN_NAMES.sub(" ", said).split()) for said in (sender, name)]
    return " ".join(word for word in (localtime(at).strftime("%Y-%m-%d %H.%M"), safe[0], safe[1] or "bestand") if word)


def _member(archive: ZipFile, sink: _Sink, info: ZipInfo, person: UUID, found: Opened) -> Iterator[bytes]:
    blob = found.about.blobs[found.about.whole]
    key = blobs.key_of(found.material, found.row.blob, blob)
    with archive.open(info, "w") as member:
        for part in answers.while_allowed(lambda: facts.to_open(person, found.row.id), blobs.parts(key, blob)):
            member.write(part)
            yield sink.taken()


def _info(at: datetime, name: str, found: Opened) -> ZipInfo:
    here = localtime(at)
    info = ZipInfo(name, (max(here.year, _FIRST_YEAR), here.month, here.day, here.hour, here.minute, here.second))
    info.file_size = found.about.blobs[found.about.whole].size
    return info


def _unused(name: str, used: set[str]) -> str:
    parts = _PARTS.fullmatch(name)
    stem, end = (parts["stem"], parts["end"] or "") if parts else (name, "")
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{stem} ({number}){end}"
    used.add(candidate.casefold())
    return candidate


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
