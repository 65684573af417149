"""Rows that are kept beside the tables they stand in, and put back as they were: sooner done than building them anew.

Laws:
1. Each table that had rows when they were kept has them back, the same in every column; what became empty stays so.
2. The database copies them itself, so that nothing is read or written here and no type can change on the way.
3. Rows that refer to each other are put back in any order: references are looked at when the transaction ends.
"""

from __future__ import annotations

from django.db import connection, transaction

PREFIX = "kept_"


def keep() -> list[str]:
    """Keeps all rows of the database; gives the names of the tables that have any."""
    tables = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608  (Django's own name)
            if cursor.fetchone():
                cursor.execute(f'CREATE TABLE "{PREFIX}{table}" AS SELECT * FROM "{table}"')  # noqa: S608
                tables.append(table)
    return tables


def put_back(tables: list[str]) -> None:
    """Puts the kept rows of these tables back, which are empty now."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{PREFIX}{table}"')  # noqa: S608  (Django's own name)
