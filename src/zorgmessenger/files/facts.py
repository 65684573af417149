"""What is asked about one file: the file, its conversation as it stands now, and the message it is part of."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import FileFacts, MessageFacts
from zorgmessenger.access.proofs import MayOpenFile, MayPrepareFile
from zorgmessenger.accounts import identify, in_use
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound, SignedOut
from zorgmessenger.files.about import About, open_about, unwrap
from zorgmessenger.files.models import File
from zorgmessenger.organisations import second_factor_policy


class Opened(Struct, frozen=True):
    """A file with what only its conversation's key opens."""

    row: File
    known: Known
    about: About
    material: bytes


def to_prepare(person: UUID, file: UUID) -> tuple[MayPrepareFile, Opened]:
    """A file of one's own that is not sent yet.

    Raises:
        NotFound, Refused, Conflict: as `rules.may_prepare_file`.
    """
    found = _find(file)
    proof = rules.may_prepare_file(found.known.members.get(person), found.known.facts, facts_of(found.row))
    return proof, found


def to_open(person: UUID, file: UUID) -> tuple[MayOpenFile, Opened]:
    """A file that somebody may see.

    Raises:
        NotFound, Conflict: as `rules.may_open_file`.
    """
    found = _find(file)
    member, row = found.known.members.get(person), found.row
    return rules.may_open_file(member, found.known.facts, facts_of(row), message_of(row)), found


def going_on(person: UUID, session: str, file: UUID) -> tuple[MayOpenFile, Opened]:
    """As `to_open`, in the midst of an answer.

    Raises:
        SignedOut: the session by which it was asked for has ended.
    """
    check_session(person, session)
    return to_open(person, file)


def check_session(person: UUID, session: str) -> None:
    """Raises `SignedOut` where somebody's session has ended, or they need a second factor by now."""
    in_use.note(session)
    if identify.remaining(person, session) is None or second_factor_policy.is_barred(person, session):
        raise SignedOut("the session has ended")


def facts_of(row: File) -> FileFacts:
    """What the access rules ask."""
    return FileFacts(row.id, row.conversation_id, row.owner_id, row.seq, ready=row.state == File.READY)


def message_of(row: File) -> MessageFacts | None:
    """The message that a file stands in."""
    if row.seq is None:
        return None
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sender_id, at, withdrawn_at FROM messages_message WHERE conversation_id = %s AND seq = %s",
            [dialect.id(row.conversation_id), row.seq],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    sender, at, withdrawn = found
    return MessageFacts(row.seq, dialect.read_id(sender), dialect.read_time(at), withdrawn=withdrawn is not None)


def opened(row: File, known: Known) -> Opened:
    """The row with what is sealed in it.

    Raises:
        Unsealable: it does not open.
    """
    key = keyring().conversation(row.conversation_id, known.facts.organisation)
    about = open_about(key, row.id, bytes(row.about_sealed))
    return Opened(row, known, about, unwrap(key, row.id, bytes(row.key_sealed)))


def _find(file: UUID) -> Opened:
    row = File.objects.filter(pk=file).first()
    if row is None:
        raise NotFound("no such file")
    return opened(row, facts.one(row.conversation_id))
