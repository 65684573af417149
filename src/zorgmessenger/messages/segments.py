"""What is searched: the words of each conversation, folded for comparing, in sealed blocks.

Nothing that could be searched without the keys is stored: no index of words, also no keyed one. A block holds the words
of up to `BLOCK` messages and is sealed with the conversation's key, so that a hundred thousand messages are opened in a
few hundred pieces. Blocks are made beside the traffic, never on the way of a message; what no block covers yet is
opened message by message.

Laws:
1. Block b of a conversation covers its messages from b * BLOCK + 1 up to `until`, one line each.
2. When a message is altered its block is forgotten in the same transaction, so that nothing withdrawn is ever found.
3. A block is kept only when nothing was altered since it was read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.crypto.envelope import Key, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages import store
from zorgmessenger.messages.models import SearchBlock
from zorgmessenger.texts.fold import fold

BLOCK = 512
WORTH = 64
"""From how many messages without a block it is worth making one."""


class Line(Struct, frozen=True):
    """One message as it is searched: its number, time in whole seconds since 1970, folded words."""

    seq: int
    at: int
    words: str


class Block(Struct, frozen=True):
    """An opened block: the time of each line, and the lines with a line break after each."""

    first: int
    until: int
    times: list[int]
    lines: str


def blocks(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, key: Key) -> list[Block]:
    """The blocks of a conversation, oldest first."""
    cursor.execute(
        "SELECT number, until, sealed FROM messages_searchblock WHERE conversation_id = %s ORDER BY number",
        [dialect.id(conversation)],
    )
    return [_open(key, conversation, number, until, bytes(sealed)) for number, until, sealed in cursor.fetchall()]


def uncovered(found: Sequence[Block], last_seq: int, above: int) -> list[tuple[int, int]]:
    """The runs of messages above number `above`, (first, last), that no block covers."""
    until = {block.first: block.until for block in found}
    runs = []
    for start in range(above - above % BLOCK + 1, last_seq + 1, BLOCK):
        first, last = max(until.get(start, start - 1), above) + 1, min(start + BLOCK - 1, last_seq)
        if first <= last:
            runs.append((first, last))
    return runs


def read(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, key: Key, run: tuple[int, int]) -> list[Line]:
    """A run of messages, opened one by one; an event has no words to be found by."""
    cursor.execute(
        "SELECT seq, at, CASE kind WHEN 'event' THEN NULL ELSE body_sealed END FROM messages_message"
        " WHERE conversation_id = %s AND seq BETWEEN %s AND %s ORDER BY seq",
        [dialect.id(conversation), *run],
    )
    return [
        Line(seq, _seconds(dialect.read_time(at)), fold(store.opened(key, conversation, seq, bytes(body or b""))))
        for seq, at, body in cursor.fetchall()
    ]


def forget(cursor: sql.Cursor, dialect: sql.Dialect, conversation: UUID, seq: int) -> None:
    """Forgets the block of a message that is altered; law 2."""
    cursor.execute(
        "DELETE FROM messages_searchblock WHERE conversation_id = %s AND number = %s",
        [dialect.id(conversation), (seq - 1) // BLOCK],
    )


def build_some(most: int = 50) -> int:
    """Makes blocks for the conversations that have enough without; gives how many conversations it went through."""
    covered = Coalesce(Max("searchblock__until"), 0)
    behind = Conversation.objects.annotate(covered=covered).filter(last_seq__gte=F("covered") + WORTH)
    found = list(behind.values_list("id", flat=True)[:most])
    build(found)
    return len(found)


def build(conversations: Collection[UUID]) -> None:
    """Makes the blocks that these conversations lack."""
    dialect = sql.dialect(connection.vendor)
    for row in Conversation.objects.filter(pk__in=list(conversations)):
        key = keyring().conversation(row.id, row.organisation_id)
        with connection.cursor() as cursor:
            for run in uncovered(blocks(cursor, dialect, row.id, key), row.last_seq, 0):
                start = (run[0] - 1) // BLOCK * BLOCK + 1
                lines = read(cursor, dialect, row.id, key, (start, run[1]))
                if len(lines) >= WORTH or start + BLOCK <= row.last_seq:
                    _keep(row, key, lines)


def _keep(row: Conversation, key: Key, lines: list[Line]) -> None:
    """Stores a block, unless the conversation was altered since `row` was read; law 3."""
    dialect = sql.dialect(connection.vendor)
    number = (lines[0].seq - 1) // BLOCK
    text = ",".join(str(line.at) for line in lines) + "\n" + "".join(line.words + "\n" for line in lines)
    with dialect.writing(), transaction.atomic():
        present = Conversation.objects.select_for_update().filter(pk=row.pk, last_rev=row.last_rev)
        if not present.exists():
            return
        SearchBlock.objects.update_or_create(
            conversation_id=row.id,
            number=number,
            defaults={"until": lines[-1].seq, "sealed": key.seal(text.encode(), _place(row.id, number))},
        )


def _open(key: Key, conversation: UUID, number: int, until: int, sealed: bytes) -> Block:
    times, _, lines = key.open(sealed, _place(conversation, number)).decode().partition("\n")
    return Block(number * BLOCK + 1, until, [int(at) for at in times.split(",")], lines)


def _seconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp())


def _place(conversation: UUID, number: int) -> bytes:
    return place("messages_searchblock", f"words:{conversation.hex}", number)
