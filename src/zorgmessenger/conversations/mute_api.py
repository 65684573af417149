"""Over HTTP: that one wants no notifications of a conversation, or does again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.conversations import facts, mutes

router = Router(tags=["conversations"])


class Mute(Body):
    """For how long: an hour, until tomorrow morning, always; or no longer."""

    how_long: mutes.For


@router.put("/conversations/{conversation}/mute", auth=SignedIn())
def mute(request: HttpRequest, conversation: UUID, body: Mute) -> dict[str, str | None]:
    """Mutes a conversation for oneself."""
    known = facts.load([conversation]).get(conversation)
    member = known.members.get(person_of(request).id) if known else None
    until = mutes.mute(rules.may_read(member, known.facts if known else None), body.how_long, origin_of(request))
    return {"until": until.isoformat() if until else None}
