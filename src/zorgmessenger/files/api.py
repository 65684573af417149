"""Files over HTTP: sending one part by part, and opening what may be seen."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.conversations import facts as conversations
from zorgmessenger.crypto.stream import PART
from zorgmessenger.errors import NotFound
from zorgmessenger.files import answers, arriving, cards, facts, log
from zorgmessenger.files.about import SMALL
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.models import File

router = Router(tags=["files"])


class NewFile(Body):
    """A file that is to be sent. `fingerprint` is the sender's own, to know the file again by; `duration` is in ms."""

    name: Annotated[str, StringConstraints(max_length=1_000)]
    size: Annotated[int, Field(ge=0, le=2**53 - 1)]
    fingerprint: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    duration: Annotated[int, Field(ge=0, le=24 * 60 * 60 * 1000)] = 0


@router.post("/conversations/{conversation}/files", response={201: dict[str, Any]}, auth=SignedIn())
def begin(request: HttpRequest, conversation: UUID, body: NewFile) -> Status[dict[str, Any]]:
    """Begins a file, or goes on with the same one; tells which parts are to be sent."""
    person = person_of(request)
    known = conversations.one(conversation)
    proof = rules.may_send(known.members.get(person.id), known.facts)
    limits.check(limits.FILES_BEGUN, str(person.id))
    announced = arriving.Announced(body.name, body.size, body.fingerprint, body.duration)
    row = arriving.begin(proof, announced, origin_of(request))
    return Status(201, _arriving(facts.opened(row, known)))


@router.get("/files/{file}", auth=SignedIn())
def arrival(request: HttpRequest, file: UUID) -> dict[str, Any]:
    """How far a file of one's own is that is not sent yet."""
    return _arriving(facts.to_prepare(person_of(request).id, file)[1])


@router.put("/files/{file}/parts/{part}", auth=SignedIn())
def put_part(request: HttpRequest, file: UUID, part: int) -> dict[str, str]:
    """Keeps one part: the body as it is."""
    _, found = facts.to_prepare(person_of(request).id, file)
    arriving.put_part(found, part, request.body)
    return {}


@router.post("/files/{file}/whole", auth=SignedIn())
def finish(request: HttpRequest, file: UUID) -> dict[str, Any]:
    """All parts were sent."""
    _, found = facts.to_prepare(person_of(request).id, file)
    arriving.finish(found.row)
    return _arriving(facts.to_prepare(person_of(request).id, file)[1])


@router.delete("/files/{file}", auth=SignedIn())
def drop(request: HttpRequest, file: UUID) -> dict[str, str]:
    """Drops a file of one's own that is not sent yet."""
    proof, found = facts.to_prepare(person_of(request).id, file)
    arriving.drop(proof, found.row, origin_of(request))
    return {}


@router.get("/files/{file}/content", auth=SignedIn())
def content(request: HttpRequest, file: UUID, save: bool = False) -> HttpResponse:  # noqa: FBT001, FBT002  (ninja reads the query by it)
    """The file itself; with `save` as an attachment, whatever it is."""
    proof, found = facts.to_open(person_of(request).id, file)
    asked = request.headers.get("Range", "")
    log.opening(proof, found, origin_of(request), anew=_begins(asked))
    return answers.answer(found, found.about.whole, asked, _still(request, file), attached=save)


@router.get("/files/{file}/small", auth=SignedIn())
def small(request: HttpRequest, file: UUID) -> HttpResponse:
    """The small picture. It is part of the message: who read that is logged as having seen it."""
    _, found = facts.to_open(person_of(request).id, file)
    if SMALL not in found.about.blobs:
        raise NotFound("no small picture of this file")
    return answers.answer(found, SMALL, "", _still(request, file), attached=False)


def _still(request: HttpRequest, file: UUID) -> Any:
    person, session = person_of(request).id, origin_of(request).session
    return lambda: facts.going_on(person, session, file)


def _begins(asked: str) -> bool:
    """Whether this is the first of perhaps many requests with which a player reads one file."""
    return not asked or asked.startswith("bytes=0-")


def _arriving(found: Opened) -> dict[str, Any]:
    row = found.row
    state = "arriving" if row.state == File.ARRIVING else None
    card = msgspec.to_builtins(cards.card(row.id, row.state, row.size, found.about))
    return {
        "file": {**card, "id": str(row.id), "state": state or card["state"]},
        "partSize": PART,
        "missing": arriving.missing(row),
    }
