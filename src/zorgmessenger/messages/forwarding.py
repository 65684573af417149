"""Forwarding a message: the server copies it itself, so nobody can put words in another's mouth.

It goes only where everybody takes part in the source too, so that nobody learns what they could not read (MSG-7).
What is for colleagues only stays with them, also where no client takes part yet: one may be brought into a group later.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct

from zorgmessenger.access import rules
from zorgmessenger.access.proofs import MayForward, MaySend
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.facts import Known
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound, RequestError
from zorgmessenger.files import copies
from zorgmessenger.messages import stored
from zorgmessenger.messages.alterations import Batch
from zorgmessenger.messages.bodies import is_blank
from zorgmessenger.origin import Origin


class ForwardJob(Struct, frozen=True):
    """Put a copy of message `seq` of `source` in `conversation`, for `person`."""

    person: UUID
    origin: Origin
    conversation: UUID
    client_id: UUID
    source: UUID
    seq: int
    then: Callable[..., None]


def copied(batch: Batch, target: MaySend, source: Known | None, job: ForwardJob) -> tuple[str, list[UUID]]:
    """The body that is to be forwarded and the files, put there already; the log says from where to where.

    Raises:
        NotFound: they do not take part in the source, or there is no such message.
        Refused: somebody would learn what they cannot read.
        Conflict: it was withdrawn, or has a file that is not ready.
    """
    facts = source.facts if source else None
    member = source.members.get(job.person) if source else None
    message = stored.facts(batch.cursor, batch.dialect, job.source, job.seq)
    return _copied(batch, rules.may_forward(member, facts, message, target), job.origin)


def _copied(batch: Batch, proof: MayForward, origin: Origin) -> tuple[str, list[UUID]]:
    """What cannot be forwarded is not logged as if it had been."""
    source, member = proof.source, proof.member
    key = keyring().conversation(source.id, source.organisation)
    message = stored.one(batch.cursor, batch.dialect, key, source.id, proof.seq)
    if message is None:
        raise NotFound("no such message in this conversation")
    files = copies.copied(proof, batch.at)
    if is_blank(message.body) and not files:
        raise RequestError("a request without a text", code="empty_body")
    batch.entries.append(
        Entry(
            Tag.MESSAGE_FORWARDED,
            organisation=source.organisation,
            actor=member.person,
            role=member.role.value,
            subject=source.client,
            object=str(source.id),
            origin=origin,
            detail=f"{proof.seq} to {proof.target.id}",
            at=batch.at,
        )
    )
    return message.body, files
