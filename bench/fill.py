"""Fills the database of this environment and prints who is in it, as JSON. A process of its own: it sets up Django."""

from __future__ import annotations

import json
import sys

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    """Migrates, fills and prints."""
    django.setup()
    from bench import world  # noqa: PLC0415  (models can be imported once Django is set up)

    call_command("migrate", verbosity=0)
    json.dump(world.fill(), sys.stdout)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")  # as its autovacuum does within a minute


if __name__ == "__main__":
    main()
