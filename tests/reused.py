"""Connections to PostgreSQL that are used again where Django opens a new one: each test has a server with new threads.

A connection that is new has to learn about every table anew, which takes longer than most tests. So one that Django
closes waits for the next, if it is in no transaction and well; nothing sets anything for longer than a transaction.
SQLite's are opened sooner than they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.pq import TransactionStatus


@contextmanager
def connections() -> Iterator[None]:
    """Until the block ends; then those that wait are closed."""
    if connection.vendor != "postgresql":
        yield
        return
    waiting: list[psycopg.Connection[Any]] = []
    opening = DatabaseWrapper.get_new_connection
    closing = DatabaseWrapper._close  # type: ignore[attr-defined]  # noqa: SLF001  (the stubs have only what is public)

    def opened(wrapper: DatabaseWrapper, params: dict[str, Any]) -> Any:
        with suppress(IndexError):
            return waiting.pop()
        return opening(wrapper, params)

    def closed(wrapper: DatabaseWrapper) -> None:
        status = wrapper.connection.info.transaction_status
        if status == TransactionStatus.IDLE and not wrapper.in_atomic_block:
            waiting.append(wrapper.connection)
        else:
            closing(wrapper)

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(DatabaseWrapper, "get_new_connection", opened)
        meanwhile.setattr(DatabaseWrapper, "_close", closed)
        yield
    for one in waiting:
        one.close()
