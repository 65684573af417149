"""Django's SQLite backend, in WAL with `synchronous=FULL`, without automatic checkpoints.

SQLite 3.7.0–3.51.2 can corrupt a database when two connections checkpoint and write at the same instant. So no
connection checkpoints by itself: `checkpoint` alone does, and holds SQLite's write lock with another connection while
it does, so that nobody in any process can write meanwhile.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=FAST",
    "PRAGMA cache_size=-16000",
    "PRAGMA mmap_size=268435456",
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with our pragmas, that gives values as SQLite has them.

    Models read them by their own fields; by the type that a column was declared with they would be read twice.
    """

    def get_connection_params(self) -> dict[str, Any]:
        """What to connect with."""
        return {**super().get_connection_params(), "detect_types": 0}

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connects."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection


def checkpoint(path: str) -> tuple[int, int]:
    """Moves what the write-ahead log holds into the database file; gives (frames in the log, frames moved)."""
    holder = sqlite3.connect(path, timeout=20, isolation_level=None)
    mover = sqlite3.connect(path, timeout=20, isolation_level=None)
    try:
        for connection in (holder, mover):
            connection.execute("PRAGMA wal_autocheckpoint=0")
        holder.execute("BEGIN IMMEDIATE")
        _, logged, moved = mover.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        holder.execute("ROLLBACK")
        return logged, moved
    finally:
        mover.close()
        holder.close()
