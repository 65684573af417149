"""The only writer of the log.

Entries go in at the end of the transaction of the action they tell of: if they cannot be written, the action does not
happen. The chain's head is locked from then until the commit, a short moment, so that several processes make one chain;
taking that lock last, in order of organisation, keeps transactions from waiting for each other in a circle.

A head that does not hold was set back by somebody else. What happens is logged behind it all the same, but the head is
given no code any more: going on must not make good what was done to the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import structlog
from django.db import connection, transaction

from zorgmessenger import sql
from zorgmessenger.audit import chain
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.models import AuditEntry, AuditHead
from zorgmessenger.audit.tags import Tag
from zorgmessenger.crypto.derived import derived
from zorgmessenger.origin import Origin

_log = structlog.get_logger()
_COLUMNS = (
    ("organisation", "uuid"),
    ("position", "bigint"),
    ("tag", "text"),
    ("actor", "uuid"),
    ("role", "text"),
    ("subject", "uuid"),
    ("object", "text"),
    ("reason", "text"),
    ("address", "text"),
    ("session", "text"),
    ("detail", "text"),
    ("at", "timestamptz"),
    ("link", "bytea"),
)


class Log(list[Entry]):
    """The entries of one action, written when it ends. Call it to add one."""

    def __call__(self, entry: Entry) -> None:
        self.append(entry)


@contextmanager
def audited() -> Iterator[Log]:
    """One action: one transaction, with its entries written last."""
    log = Log()
    with sql.dialect(connection.vendor).writing(), transaction.atomic():
        yield log
        append(log)


def record(*entries: Entry) -> None:
    """Logs what has no transaction of its own: a reading, a refusal."""
    with audited() as log:
        log.extend(entries)


def append(entries: Sequence[Entry]) -> None:
    """Writes `entries` in the transaction at hand, each to its organisation's chain, in the order given."""
    if not entries:
        return
    by_organisation: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_organisation[entry.organisation].append(entry)
    dialect = sql.dialect(connection.vendor)
    key = chain_key()
    with connection.cursor() as cursor:
        for organisation in sorted(by_organisation):
            position, before, intact = _head(cursor, dialect, organisation, key)
            rows = []
            for entry in by_organisation[organisation]:
                position += 1
                before = chain.link(key, before, position, entry)
                rows.append(_row(dialect, position, entry, before))
            dialect.insert(cursor, "audit_auditentry", _COLUMNS, rows)
            cursor.execute(
                "UPDATE audit_audithead SET position = %s, link = %s, code = %s WHERE organisation = %s",
                [
                    position,
                    before,
                    chain.head_code(key, organisation, position, before) if intact else b"",
                    dialect.id(organisation),
                ],
            )


def verify(organisations: Iterable[UUID]) -> chain.Broken | None:
    """Walks the chains of these organisations; gives the first break. The server may go on writing meanwhile."""
    for organisation in organisations:
        broken = _verify(organisation)
        if broken is not None:
            return broken
    return None


def _verify(organisation: UUID) -> chain.Broken | None:
    """One chain up to where its head was when the walk began; what is written during the walk moves the head on."""
    head = _stored_head(organisation)
    above = AuditEntry.objects.filter(organisation=organisation, position__gt=head.position if head else 0)
    broken = chain.verify(chain_key(), organisation, _linked(organisation, head.position if head else None), head)
    if broken is None and head is not None and above.exists() and _stored_head(organisation) == head:
        return chain.Broken(organisation, head.position + 1, f"entry {head.position + 1} stands behind the head")
    return broken


def chain_key() -> bytes:
    """The key of the links, derived from the installation's."""
    return derived("audit chain")


def _head(cursor: sql.Cursor, dialect: sql.Dialect, organisation: UUID, key: bytes) -> tuple[int, bytes, bool]:
    """Number and link to go on from, and whether the head holds."""
    identifier = dialect.id(organisation)
    question = f"SELECT position, link, code FROM audit_audithead WHERE organisation = %s{dialect.for_update}"  # noqa: S608  (a constant)
    cursor.execute(question, [identifier])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(
            "INSERT INTO audit_audithead (organisation, position, link, code) VALUES (%s, 0, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [identifier, chain.START, chain.head_code(key, organisation, 0, chain.START)],
        )
        cursor.execute(question, [identifier])
        row = cursor.fetchone()
    head = chain.Head(row[0], bytes(row[1]), bytes(row[2]))
    intact = head.holds(key, organisation)
    if not intact:
        _log.error("the log's head was changed from outside", organisation=str(organisation), position=head.position)
    return head.position, head.link, intact


def _row(dialect: sql.Dialect, position: int, entry: Entry, link: bytes) -> tuple[object, ...]:
    return (
        dialect.id(entry.organisation),
        position,
        entry.tag.value,
        dialect.id(entry.actor) if entry.actor else None,
        entry.role,
        dialect.id(entry.subject) if entry.subject else None,
        entry.object,
        entry.reason,
        entry.origin.address,
        entry.origin.session,
        entry.detail,
        dialect.time(entry.at),
        link,
    )


def _stored_head(organisation: UUID) -> chain.Head | None:
    head = AuditHead.objects.filter(pk=organisation).first()
    return chain.Head(head.position, bytes(head.link), bytes(head.code)) if head else None


def _linked(organisation: UUID, until: int | None) -> Iterator[chain.Linked]:
    rows = AuditEntry.objects.filter(organisation=organisation).order_by("position")
    for row in (rows if until is None else rows.filter(position__lte=until)).iterator(chunk_size=1000):
        try:
            tag = Tag(row.tag)
        except ValueError:
            tag = row.tag  # type: ignore[assignment]  # a tag nobody wrote: the link will not hold
        entry = Entry(
            tag=tag,
            organisation=row.organisation,
            actor=row.actor,
            role=row.role,
            subject=row.subject,
            object=row.object,
            reason=row.reason,
            origin=Origin(row.address, row.session),
            detail=row.detail,
            at=row.at,
        )
        yield chain.Linked(row.position, entry, bytes(row.link))
