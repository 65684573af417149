"""Saving all files of a conversation, over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.conversations import facts
from zorgmessenger.files import answers, saving

router = Router(tags=["files"])


@router.get("/conversations/{conversation}/files.zip", auth=SignedIn())
def save_all(request: HttpRequest, conversation: UUID) -> HttpResponse:
    """A ZIP of all files of a conversation that one may see."""
    known = facts.one(conversation)
    proof = rules.may_read(known.members.get(person_of(request).id), known.facts)
    files = saving.to_save(proof)
    record(
        Entry(
            Tag.FILES_SAVED,
            organisation=proof.member.organisation,
            actor=proof.member.person,
            role=proof.member.role.value,
            subject=proof.conversation.client,
            object=str(conversation),
            origin=origin_of(request),
            detail=f"{len(files)} files",
        )
    )
    return answers.archive(f"bestanden {localdate().isoformat()}.zip", saving.zipped(proof, files))
