"""Where SQLite and PostgreSQL differ, behind functions of one name.

Hot paths speak SQL through a DB-API cursor. Ids are 32 hexadecimal digits in SQLite and `uuid` in PostgreSQL; many
rows go in by one `executemany` or one `COPY`. SQLite has one writer at a time: writers of this process queue at
`writer_lock` rather than at SQLite's polling busy handler.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

_writer_lock = threading.RLock()
Rows = Sequence[Sequence[Any]]


class Cursor(Protocol):
    """The part of a DB-API cursor that is used here."""

    def execute(self, sql: str, params: Any = ...) -> Any: ...
    def executemany(self, sql: str, param_list: Any) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> Any: ...
    def copy(self, sql: str) -> Any: ...


@lru_cache(maxsize=65536)
def _sqlite_id(value: str) -> UUID:
    return UUID(value)


@lru_cache(maxsize=64)
def _sqlite_time(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class Dialect:
    """SQLite's way; placeholders are Django's `%s`."""

    vendor = "sqlite"
    for_update = ""

    def id(self, value: UUID) -> Any:
        """An id as a parameter."""
        return value.hex

    def read_id(self, value: Any) -> UUID:
        """An id as read."""
        return _sqlite_id(value)

    def time(self, value: datetime) -> Any:
        """A moment as a parameter, in the form in which Django itself writes it."""
        return _sqlite_time(value)

    def read_time(self, value: Any) -> datetime:
        """A moment as read."""
        return datetime.fromisoformat(f"{value}+00:00")

    def insert(self, cursor: Cursor, table: str, columns: Sequence[tuple[str, str]], rows: Rows) -> None:
        """Inserts `rows`; each column is (name, PostgreSQL type)."""
        names = ", ".join(name for name, _ in columns)
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  (names are constants)

    def raise_marks(self, cursor: Cursor, table: str, marks: Sequence[str], keys: Sequence[str], rows: Rows) -> None:
        """Raises whole numbers, never lowers them: each row holds the new `marks`, then the ids that are its `keys`."""
        new = ", ".join(f"{mark} = MAX({mark}, %s)" for mark in marks)
        where = " AND ".join(f"{key} = %s" for key in keys)
        cursor.executemany(f"UPDATE {table} SET {new} WHERE {where}", rows)  # noqa: S608  (names are constants)

    def any_of(self, column: str, kind: str, values: Sequence[Any]) -> tuple[str, list[Any]]:  # noqa: ARG002
        """A condition `column in values` and its parameters."""
        return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)

    def given(self, name: str, columns: Sequence[tuple[str, str]], rows: Rows) -> tuple[str, list[Any]]:
        """The `WITH` of a table of these rows, and its parameters; each column is (name, PostgreSQL type)."""
        names = ", ".join(column for column, _ in columns)
        row = f"({', '.join(['%s'] * len(columns))})"
        return f"WITH {name} ({names}) AS (VALUES {', '.join([row] * len(rows))})", [v for row in rows for v in row]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held around each write transaction."""
        with _writer_lock:
            yield


class PostgreSQL(Dialect):
    """PostgreSQL's way."""

    vendor = "postgresql"
    for_update = " FOR UPDATE"

    def id(self, value: UUID) -> Any:
        return value

    def read_id(self, value: Any) -> UUID:
        return value if isinstance(value, UUID) else UUID(value)

    def time(self, value: datetime) -> Any:
        return value

    def read_time(self, value: Any) -> datetime:
        found: datetime = value
        return found.astimezone(UTC)

    def insert(self, cursor: Cursor, table: str, columns: Sequence[tuple[str, str]], rows: Rows) -> None:
        names = ", ".join(name for name, _ in columns)
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([kind for _, kind in columns])
            for row in rows:
                copy.write_row(row)

    def raise_marks(self, cursor: Cursor, table: str, marks: Sequence[str], keys: Sequence[str], rows: Rows) -> None:
        arrays = ", ".join(["%s::bigint[]"] * len(marks) + ["%s::uuid[]"] * len(keys))
        new = ", ".join(f"{mark} = GREATEST(t.{mark}, v.{mark})" for mark in marks)
        where = " AND ".join(f"t.{key} = v.{key}" for key in keys)
        cursor.execute(
            f"UPDATE {table} t SET {new} FROM unnest({arrays}) AS v ({', '.join([*marks, *keys])}) WHERE {where}",  # noqa: S608  (names are constants)
            [list(column) for column in zip(*rows, strict=True)],
        )

    def any_of(self, column: str, kind: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        return f"{column} = ANY(%s::{kind}[])", [list(values)]

    def given(self, name: str, columns: Sequence[tuple[str, str]], rows: Rows) -> tuple[str, list[Any]]:
        names = ", ".join(column for column, _ in columns)
        arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
        values = [list(column) for column in zip(*rows, strict=True)]
        return f"WITH {name} ({names}) AS (SELECT * FROM unnest({arrays}))", values  # noqa: S608  (names are constants)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with nullcontext():
            yield


_dialects: dict[str, Dialect] = {"sqlite": Dialect(), "postgresql": PostgreSQL()}


def dialect(vendor: str) -> Dialect:
    """The way of the database that Django calls `vendor`."""
    return _dialects[vendor]
