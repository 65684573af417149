"""Files as messages tell them, on the hot path: plain SQL, and only for messages that have files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from zorgmessenger import sql
from zorgmessenger.crypto.envelope import Key
from zorgmessenger.errors import Conflict
from zorgmessenger.files.about import SMALL, About, open_about
from zorgmessenger.files.models import File
from zorgmessenger.realtime import protocol

_COLUMNS = "id, state, size, about_sealed"


def of(
    cursor: sql.Cursor, dialect: sql.Dialect, key: Key, conversation: UUID, seqs: Collection[int]
) -> dict[int, list[protocol.SharedFile]]:
    """The files of these messages, by number, in the order in which they were put."""
    if not seqs:
        return {}
    condition, values = dialect.any_of("seq", "bigint", list(seqs))
    cursor.execute(
        f"SELECT {_COLUMNS}, seq FROM files_file WHERE conversation_id = %s AND {condition} ORDER BY seq, position",  # noqa: S608  (built of constants)
        [dialect.id(conversation), *values],
    )
    found: dict[int, list[protocol.SharedFile]] = defaultdict(list)
    for *row, seq in cursor.fetchall():
        found[seq].append(_read(dialect, key, row))
    return found


def put_in(
    cursor: sql.Cursor,
    dialect: sql.Dialect,
    key: Key,
    conversation: UUID,
    owner: UUID,
    seq: int,
    wanted: Sequence[UUID],
) -> list[protocol.SharedFile]:
    """Makes the owner's files part of message `seq`, under the conversation's row lock; gives them as they are told.

    Raises:
        Conflict: `file_gone`, one is not there, not whole, refused, or sent already.
    """
    condition, values = dialect.any_of("id", "uuid", [dialect.id(file) for file in wanted])
    cursor.execute(
        f"SELECT {_COLUMNS} FROM files_file WHERE {condition} AND conversation_id = %s AND owner_id = %s"  # noqa: S608  (built of constants)
        f" AND seq IS NULL AND state IN ('checking', 'ready'){dialect.for_update}",
        [*values, dialect.id(conversation), dialect.id(owner)],
    )
    found = {file.id: file for file in (_read(dialect, key, row) for row in cursor.fetchall())}
    if set(found) != set(wanted) or len(set(wanted)) != len(wanted):
        raise Conflict("a file that cannot be sent", code="file_gone")
    cursor.executemany(
        "UPDATE files_file SET seq = %s, position = %s WHERE id = %s",
        [(seq, position, dialect.id(file)) for position, file in enumerate(wanted)],
    )
    return [found[file] for file in wanted]


def card(file: UUID, state: str, size: int, about: About) -> protocol.SharedFile:
    """A file as its sender is told of it."""
    if state == File.REFUSED:
        return protocol.SharedFile(file, "refused", name=about.name, kind=about.kind, reason=about.reason)
    whole = about.blobs.get(about.whole)
    return protocol.SharedFile(
        file,
        "ready" if state == File.READY else "checking",
        name=about.name,
        kind=about.kind,
        type=about.type,
        size=whole.size if whole else size,
        width=whole.width if whole else 0,
        height=whole.height if whole else 0,
        pages=about.pages,
        duration=about.duration,
        small=SMALL in about.blobs,
    )


def to_others(file: protocol.SharedFile) -> protocol.SharedFile:
    """A file as everybody but its sender is told of it: until it was found clean, that it is there."""
    return file if file.state == "ready" else protocol.SharedFile(file.id, file.state, reason=file.reason)


def _read(dialect: sql.Dialect, key: Key, row: Sequence[Any]) -> protocol.SharedFile:
    identifier, state, size, sealed = row
    file = dialect.read_id(identifier)
    return card(file, state, size, open_about(key, file, bytes(sealed)))
