"""What is logged when somebody opens a file."""

from __future__ import annotations

from zorgmessenger.access.proofs import MayOpenFile
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.files.facts import Opened
from zorgmessenger.origin import Origin


def opened(proof: MayOpenFile, found: Opened, origin: Origin) -> Entry:
    """The entry: who opened which file, of which client."""
    return Entry(
        Tag.FILE_OPENED,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        subject=found.known.subject(found.row.owner_id),
        object=str(found.row.conversation_id),
        origin=origin,
        detail=str(found.row.id),
    )
