"""Messages over HTTP: a second door to the engine, for integrations. The web app uses the socket."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field, StringConstraints

from zorgmessenger.access import rules
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.writer import record
from zorgmessenger.conversations import facts
from zorgmessenger.messages import engine, history
from zorgmessenger.realtime import protocol

router = Router(tags=["messages"])


class NewMessage(Body):
    """A message; `id` is the sender's own, sent again it makes no second one."""

    id: UUID
    body: Annotated[str, StringConstraints(min_length=1, max_length=protocol.MAX_BODY)]


@router.post("/conversations/{conversation}/messages", response={201: dict[str, Any]}, auth=SignedIn())
def send(request: HttpRequest, conversation: UUID, message: NewMessage) -> Status[dict[str, Any]]:
    """Sends a message; answered when it is stored for good."""
    person = person_of(request)
    limits.check(limits.MESSAGES_BY_HTTP, str(person.id))
    sent = engine.current().send(person.id, origin_of(request), conversation, message.id, message.body)
    return Status(201, {"id": str(sent.client_id), "seq": sent.seq, "at": sent.at.isoformat()})


@router.get("/conversations/{conversation}/messages", auth=SignedIn())
def page(
    request: HttpRequest,
    conversation: UUID,
    before: Annotated[int | None, Query(ge=0, le=2**53 - 1)] = None,
    limit: Annotated[int, Field(ge=1, le=protocol.MAX_HISTORY)] = 50,
) -> dict[str, Any]:
    """Messages below `before`, the newest of them, oldest first."""
    known = facts.one(conversation)
    proof = rules.may_read(known.members.get(person_of(request).id), known.facts)
    asked = protocol.History(request=0, conversation=conversation, before=before, after=None, limit=limit)
    reading = history.page(proof, asked, known.last_rev, origin_of(request))
    record(*reading.entries)
    frame = reading.frame
    return {
        "messages": [{**msgspec.to_builtins(message), "kind": message.kind} for message in frame.messages],
        "complete": frame.complete,
    }
