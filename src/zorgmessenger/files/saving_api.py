"""Saving all files of a conversation, over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.conversations import facts
from zorgmessenger.files import answers, listing_log, saving
from zorgmessenger.files import facts as file_facts
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.openers import note_openers

router = Router(tags=["files"])


@router.get("/conversations/{conversation}/files.zip", auth=SignedIn())
def save_all(request: HttpRequest, conversation: UUID) -> HttpResponse:
    """A ZIP of all files of a conversation that one may see."""
    known = facts.one(conversation)
    proof = rules.may_read(known.members.get(person_of(request).id), known.facts)
    files = saving.to_save(proof)
    origin = origin_of(request)
    record(*listing_log.numbered(Tag.FILES_SAVED, proof, sorted({one.seq for one in files}) or [0], origin))
    person = person_of(request).id
    note_openers(person, [one.file for one in files])

    def to_open(file: UUID) -> Opened:
        return file_facts.going_on(person, origin.session, file)[1]

    return answers.archive(f"bestanden {localdate().isoformat()}.zip", saving.zipped(proof, files, to_open))
