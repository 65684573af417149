"""What is logged of a list of files (LIST-3): nothing of what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from zorgmessenger.access.proofs import MayRead
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.files.listing import Listed
from zorgmessenger.origin import Origin

_NUMBERS = 20
"""Messages that one entry names."""


def entries(proofs: Mapping[UUID, MayRead], shown: Iterable[Listed], origin: Origin) -> Iterator[Entry]:
    """One entry for each organisation in whose conversations was looked, then those of what was shown."""
    members = {proof.conversation.organisation: proof.member for proof in proofs.values()}
    for member in members.values():
        yield Entry(
            Tag.FILES_LISTED,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            origin=origin,
        )
    seen: dict[UUID, set[int]] = defaultdict(set)
    for one in shown:
        seen[one.proof.conversation.id].add(one.seq)
    for conversation, numbers in seen.items():
        yield from numbered(Tag.FILES_LISTED, proofs[conversation], sorted(numbers), origin)


def numbered(tag: Tag, proof: MayRead, numbers: Sequence[int], origin: Origin) -> Iterator[Entry]:
    """As many entries as it takes to name these messages."""
    whole = Entry(
        tag,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        subject=proof.conversation.client,
        object=str(proof.conversation.id),
        origin=origin,
    )
    for first in range(0, len(numbers), _NUMBERS):
        yield msgspec.structs.replace(whole, detail=",".join(map(str, numbers[first : first + _NUMBERS])))
