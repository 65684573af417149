"""Who has opened a file: told, as who had read it, when its message is withdrawn (MSG-3)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zorgmessenger import sql
from zorgmessenger.files.models import Opening


def note_openers(person: UUID, files: Iterable[UUID]) -> None:
    """Notes that somebody opened these, in the caller's transaction if there is one."""
    openings = [Opening(file_id=file, person_id=person) for file in files]
    Opening.objects.bulk_create(openings, ignore_conflicts=True)


def of(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, seq: int) -> set[UUID]:
    """Who opened a file of message `seq`."""
    cursor.execute(
        "SELECT o.person_id FROM files_opening o JOIN files_file f ON f.id = o.file_id"
        " WHERE f.conversation_id = %s AND f.seq = %s",
        [dialect.id(conversation), seq],
    )
    return {dialect.read_id(person) for (person,) in cursor.fetchall()}
