"""The mark of a database whose people are made up.

A demonstration's passwords are known to all and its mail is on a page. So it never runs on a database that holds people
and lacks the mark: an entry in the installation's log, written in the transaction that makes the made-up people, so
that it also tells that they were made completely.
"""

from __future__ import annotations

from django.db import connection

from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.ids import NIL


def mark(log: Log) -> None:
    """Marks the database, in the caller's transaction."""
    log(Entry(Tag.DEMO_MADE))


def is_marked() -> bool:
    """Whether the made-up people are there."""
    return AuditEntry.objects.filter(organisation=NIL, tag=Tag.DEMO_MADE).exists()


def check() -> None:
    """Stops a demonstration on anybody else's database; changes nothing.

    Raises:
        ConfigurationError: it holds people and lacks the mark.
    """
    tables = set(connection.introspection.table_names())
    if "accounts_person" not in tables or not Person.objects.exists():
        return
    if "audit_auditentry" not in tables or not is_marked():
        raise ConfigurationError(
            "the demo never runs on a database with people who are not its own; set ZORG_DATA_DIR to another folder"
        )
