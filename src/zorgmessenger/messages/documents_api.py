"""What is still missing of the documents that were asked for, over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from zorgmessenger import sql
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.files import listing
from zorgmessenger.messages import documents

router = Router(tags=["documents"])


@router.get("/documents", auth=SignedIn())
def missing(request: HttpRequest, conversation: UUID | None = None) -> dict[str, Any]:
    """Every document that was asked for, where one takes part, and has not come; the oldest first."""
    person, origin = person_of(request).id, origin_of(request)
    wanted = listing.Wanted(organisation=organisation_of(request), conversation=conversation)
    proofs = listing.readable(person, wanted)
    with connection.cursor() as cursor:
        found = documents.missing(cursor, sql.dialect(connection.vendor), proofs)
    shown = {one.conversation: proofs[one.conversation] for one in found}
    members = {proof.member.organisation: proof.member for proof in proofs.values()}
    about = [(proof.member, proof.conversation.client, str(identifier)) for identifier, proof in shown.items()]
    record(
        *(
            Entry(
                Tag.DOCUMENTS_LISTED,
                organisation=member.organisation,
                actor=person,
                role=member.role.value,
                subject=subject,
                object=what,
                origin=origin,
            )
            for member, subject, what in about or [(member, None, "") for member in members.values()]
        )
    )
    return {
        "documents": [
            {
                "conversation": str(one.conversation),
                "seq": one.seq,
                "number": one.number,
                "name": one.name,
                "sender": str(one.sender),
                "at": one.at.isoformat(),
            }
            for one in found
        ]
    }
