"""All files that somebody may see now, the newest first: chosen by where, by whom, when, of which kind, by what name.

LIST-1 What is listed stands in a message that its reader may see, was found clean, and was not withdrawn (FIL-4). One
       question asks it for all their conversations at once.
LIST-2 What a file is and is called is sealed in its row. It is opened only for what the rest of the choice leaves, the
       newest first, until a page is full.
LIST-3 The log says in which organisations somebody listed, and of each conversation which messages' files they saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access import rules
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.models import Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.files import cards
from zorgmessenger.files.about import About, open_about
from zorgmessenger.files.models import File
from zorgmessenger.realtime.protocol import FileKind, SharedFile
from zorgmessenger.texts.fold import fold

PAGE = 60
MOST_WORDS = 8
_ROWS = 20_000
"""How many rows are asked for at a time where they have to be opened to choose among them."""
_FOUND = (
    "SELECT m.at, f.id, f.conversation_id, f.seq, f.size, m.sender_id, f.about_sealed FROM files_file f"
    " JOIN messages_message m ON m.conversation_id = f.conversation_id AND m.seq = f.seq"
    " JOIN conversations_participant p ON p.conversation_id = f.conversation_id AND p.person_id = %s"
    " WHERE f.state = 'ready' AND m.withdrawn_at IS NULL AND f.seq > p.above"
)


class Place(Struct, frozen=True):
    """Where in the list a file stands: behind it come those that are older."""

    at: datetime
    file: UUID


class Wanted(Struct, frozen=True):
    """Which files; of what is None all. `since` and `until` are moments, `words` stand in the name."""

    organisation: UUID | None = None
    conversation: UUID | None = None
    kind: FileKind | None = None
    person: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    behind: Place | None = None

    @property
    def sealed(self) -> bool:
        """Whether a file has to be opened to know that it is wanted."""
        return self.kind is not None or bool(self.words)


class Listed(Struct, frozen=True):
    """A file of a message, as it is told to who sees it there."""

    proof: MayRead
    file: SharedFile
    seq: int
    sender: UUID
    at: datetime

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.at, self.file.id)


def words_of(text: str) -> tuple[str, ...]:
    """What is looked for in names, without regard to case and accents."""
    return tuple(fold(text).split()[:MOST_WORDS])


def readable(person: UUID, wanted: Wanted) -> dict[UUID, MayRead]:
    """The conversations that somebody may read now: all, those of one organisation, or the one asked for.

    Raises:
        NotFound: they do not take part in the one asked for.
    """
    if wanted.conversation is not None:
        one = facts.one(wanted.conversation)
        return {one.facts.id: rules.may_read(one.members.get(person), one.facts)}
    mine = Participant.objects.present().filter(person_id=person)
    if wanted.organisation is not None:
        mine = mine.filter(conversation__organisation_id=wanted.organisation)
    known = facts.load(list(mine.values_list("conversation_id", flat=True)))
    return {
        one.facts.id: rules.may_read(one.members[person], one.facts) for one in known.values() if person in one.members
    }


def page(person: UUID, proofs: dict[UUID, MayRead], wanted: Wanted) -> tuple[list[Listed], bool]:
    """At most `PAGE` files, and whether there are more behind them; LIST-1."""
    found = list(islice(_found(person, proofs, wanted), PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def _found(person: UUID, proofs: dict[UUID, MayRead], wanted: Wanted) -> Iterator[Listed]:
    """LIST-2."""
    behind, limit = wanted.behind, _ROWS if wanted.sealed else PAGE + 1
    while proofs:
        number = 0
        for number, row in enumerate(_rows(person, proofs, wanted, behind, limit), 1):  # noqa: B007  (how many there were)
            behind, proof = Place(row.at, row.file), proofs[row.conversation]
            key = keyring().conversation(row.conversation, proof.conversation.organisation)
            about = open_about(key, row.file, row.sealed)
            if _is_wanted(about, wanted):
                yield Listed(proof, cards.card(row.file, File.READY, row.size, about), row.seq, row.sender, row.at)
        if number < limit:
            return


def _is_wanted(about: About, wanted: Wanted) -> bool:
    if wanted.kind not in {None, about.kind}:
        return False
    name = fold(about.name) if wanted.words else ""
    return all(word in name for word in wanted.words)


class _Row(Struct, frozen=True):
    """A file as read."""

    at: datetime
    file: UUID
    conversation: UUID
    seq: int
    size: int
    sender: UUID
    sealed: bytes


def _rows(person: UUID, proofs: Iterable[UUID], wanted: Wanted, behind: Place | None, limit: int) -> Iterator[_Row]:
    dialect = sql.dialect(connection.vendor)
    condition, values = dialect.any_of("f.conversation_id", "uuid", [dialect.id(one) for one in proofs])
    question, asked = f"{_FOUND} AND {condition}", [dialect.id(person), *values]
    further: list[tuple[str, list[Any]]] = [
        ("m.sender_id = %s", [dialect.id(wanted.person)] if wanted.person else []),
        ("m.at >= %s", [dialect.time(wanted.since)] if wanted.since else []),
        ("m.at < %s", [dialect.time(wanted.until)] if wanted.until else []),
        ("(m.at, f.id) < (%s, %s)", [dialect.time(behind.at), dialect.id(behind.file)] if behind else []),
    ]
    for clause, parameters in further:
        if parameters:
            question, asked = f"{question} AND {clause}", [*asked, *parameters]
    with connection.cursor() as cursor:
        cursor.execute(f"{question} ORDER BY m.at DESC, f.id DESC LIMIT %s", [*asked, limit])
        while row := cursor.fetchone():
            at, file, conversation, seq, size, sender, sealed = row
            yield _Row(
                dialect.read_time(at),
                dialect.read_id(file),
                dialect.read_id(conversation),
                seq,
                size,
                dialect.read_id(sender),
                bytes(sealed),
            )
