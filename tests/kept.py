"""Rows that are kept beside the tables they stand in, and put back as they were: sooner done than building them anew.

Laws:
1. Each table that had rows when they were kept has them back, the same in every column; what became empty stays so.
2. The database copies them itself, so that nothing is read or written here and no type can change on the way.
3. Rows that refer to each other go and come back in any order: all at once, and no reference is looked at meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.db import connection, transaction

PREFIX = "kept_"


def keep() -> list[str]:
    """Keeps all rows of the database; gives the names of the tables that have any."""
    tables = []
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608  (Django's own name)
            if cursor.fetchone():
                cursor.execute(f'CREATE TABLE "{PREFIX}{table}" AS SELECT * FROM "{table}"')  # noqa: S608
                tables.append(table)
    return tables


def empty() -> None:
    """Leaves no row in any table. Where few rows are, deleting takes less than truncating, which makes new files."""
    _all_at_once(f'DELETE FROM "{table}"' for table in _tables())  # noqa: S608  (Django's own name)


def put_back(tables: list[str]) -> None:
    """Puts the kept rows of these tables back, which are empty now."""
    _all_at_once(f'INSERT INTO "{table}" SELECT * FROM "{PREFIX}{table}"' for table in tables)  # noqa: S608


@cache
def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _all_at_once(statements: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(";".join(["SET LOCAL session_replication_role = replica", *statements]))
        else:  # SQLite looks at references when the transaction ends
            for statement in statements:
                cursor.execute(statement)
