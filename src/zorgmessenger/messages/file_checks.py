"""What became of a file that was checked, in the committer's transaction.

For a file that stands in a message already this is an alteration of it: the conversation's next revision, so that every
device learns of it in the same way, over any break of the line.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct, structs

from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.facts import Known
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.files import cards
from zorgmessenger.files.about import About, seal_about
from zorgmessenger.files.models import File
from zorgmessenger.messages import stored
from zorgmessenger.messages.alterations import Altered, Batch, altered, asked_again, touch
from zorgmessenger.realtime import protocol


class FileJob(Struct, frozen=True):
    """The file was checked: this is what is known of it now; with a reason in `about` it is refused."""

    conversation: UUID
    file: UUID
    about: About
    signature: str
    then: Callable[..., None]


class Checked(Struct, frozen=True):
    """A file that its owner has not sent yet was checked, or one whose message is withdrawn: then nobody is told."""

    conversation: UUID
    owner: UUID
    file: protocol.SharedFile | None


def settled(batch: Batch, known: Known, job: FileJob) -> Altered | Checked | None:
    """Stores it; None where the file is gone, or was settled before. Messages of the batch must be in their table."""
    conversation = known.facts
    identifier, here = batch.dialect.id(job.file), batch.dialect.id(conversation.id)
    batch.cursor.execute(
        f"SELECT owner_id, seq, size FROM files_file WHERE id = %s AND conversation_id = %s"  # noqa: S608  (a constant)
        f" AND state = 'checking'{batch.dialect.for_update}",
        [identifier, here],
    )
    row = batch.cursor.fetchone()
    if row is None:
        return None
    owner, seq, size = batch.dialect.read_id(row[0]), row[1], row[2]
    key = keyring().conversation(conversation.id, conversation.organisation)
    state = File.REFUSED if job.about.reason else File.READY
    batch.cursor.execute(
        "UPDATE files_file SET state = %s, about_sealed = %s, check_at = NULL WHERE id = %s",
        [state, seal_about(key, job.file, job.about), identifier],
    )
    if job.about.reason:
        batch.entries.append(_refused(batch, known, owner, job))
    if seq is None:
        return Checked(conversation.id, owner, cards.card(job.file, state, size, job.about))
    before = stored.one(batch.cursor, batch.dialect, key, conversation.id, seq)
    if before is None or before.withdrawn_at:
        return Checked(conversation.id, owner, None)
    touch(batch, conversation.id, seq)
    message = stored.one(batch.cursor, batch.dialect, key, conversation.id, seq)
    assert message is not None  # noqa: S101  (it was just written)
    also = asked_again(batch, key, conversation, seq) if job.about.reason else None
    return structs.replace(altered(conversation, message, new=True), also=also)


def _refused(batch: Batch, known: Known, owner: UUID, job: FileJob) -> Entry:
    return Entry(
        Tag.FILE_REFUSED,
        organisation=known.facts.organisation,
        subject=known.subject(owner),
        object=str(known.facts.id),
        detail=f"{job.file} {job.about.reason} {job.signature}".strip()[:200],
        at=batch.at,
    )
