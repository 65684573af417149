"""A forwarded message's files: rows of their own, with the same sealed bytes under the key wrapped anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zorgmessenger import ids
from zorgmessenger.access.facts import ConversationFacts
from zorgmessenger.access.proofs import MayForward
from zorgmessenger.crypto.envelope import Key
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict
from zorgmessenger.files.about import open_about, seal_about, unwrap, wrap
from zorgmessenger.files.models import File


def copied(proof: MayForward, at: datetime) -> list[UUID]:
    """Puts copies of a message's files where it is forwarded to, not sent yet, in the caller's transaction.

    Raises:
        Conflict: `file_not_ready`, one of them is not checked, or was refused.
    """
    source, target = _key(proof.source), _key(proof.target)
    made = []
    rows = File.objects.filter(conversation_id=proof.source.id, seq=proof.seq).order_by("position")
    for row in rows:
        if row.state != File.READY:
            raise Conflict("not checked, or refused", code="file_not_ready")
        file = ids.new()
        about = open_about(source, row.id, bytes(row.about_sealed))
        material = unwrap(source, row.id, bytes(row.key_sealed))
        made.append(
            File(
                id=file,
                conversation_id=proof.target.id,
                owner_id=proof.member.person,
                blob=row.blob,
                size=row.size,
                state=File.READY,
                key_sealed=wrap(target, file, material),
                about_sealed=seal_about(target, file, about),
                created_at=at,
            )
        )
    File.objects.bulk_create(made)
    return [row.id for row in made]


def _key(conversation: ConversationFacts) -> Key:
    return keyring().conversation(conversation.id, conversation.organisation)
