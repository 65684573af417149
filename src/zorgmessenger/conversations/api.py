"""Conversations over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.conversations import actions
from zorgmessenger.organisations import members

router = Router(tags=["conversations"])


class Start(Body):
    """With whom to start a conversation."""

    person: UUID


@router.post("/conversations", auth=SignedIn())
def start(request: HttpRequest, body: Start) -> dict[str, str]:
    """Starts a conversation with one's client or a colleague, or gives the one there is."""
    member = members.acting(person_of(request).id)
    other = members.find(body.person, member.organisation) if member else None
    cares = member is not None and members.cares_for(member.person, body.person, member.organisation)
    proof = rules.may_start(member, other, care_relation=cares)
    return {"conversation": str(actions.start(proof, origin_of(request)))}
