"""What a refused request over HTTP was about: the one place that knows every kind of object."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.refusals import About, as_uuid
from zorgmessenger.accounts.request import organisation_of
from zorgmessenger.calls.models import Call
from zorgmessenger.conversations import facts
from zorgmessenger.conversations import refusals as conversations
from zorgmessenger.files.models import File
from zorgmessenger.ids import NIL
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.organisations import members


def about(actor: UUID, ids: Mapping[str, Any], request: HttpRequest) -> About:
    """Of the object where there is one that exists, else of the organisation that the actor acts in."""
    chosen = organisation_of(request)
    conversation, invitation = as_uuid(ids.get("conversation")), as_uuid(ids.get("invitation"))
    file = as_uuid(ids.get("file"))
    if file is not None:
        conversation = File.objects.filter(pk=file).values_list("conversation_id", flat=True).first()
    call = as_uuid(ids.get("call"))
    if call is not None:
        conversation = Call.objects.filter(pk=call).values_list("conversation_id", flat=True).first()
    client = as_uuid(ids.get("client"))
    if conversation is not None:
        return conversations.about(actor, facts.load([conversation]).get(conversation), chosen)
    if client is not None and (found := _of_client(actor, client)):
        return found
    invited = invitations.facts_of(invitation) if invitation else None
    member = members.find(actor, invited.organisation) if invited else members.acting_where_clear(actor, chosen)
    home = invited.organisation if invited else member.organisation if member else NIL
    return About(home, member.role.value if member else "", _client(request, home))


def _of_client(actor: UUID, client: UUID) -> About | None:
    """Of the client's organisation, of several the one that both belong to."""
    theirs = [member.organisation for member in members.of(client) if member.role is Role.CLIENT]
    mine = {member.organisation: member.role.value for member in members.of(actor)}
    home = next((one for one in theirs if one in mine), next(iter(theirs), None))
    return About(home, mine.get(home, ""), client) if home else None


def _client(request: HttpRequest, organisation: UUID) -> UUID | None:
    """The client of this organisation whom the request names."""
    with suppress(msgspec.DecodeError, AttributeError, RecursionError):
        person = as_uuid(msgspec.json.decode(request.body).get("person"))
        member = members.find(person, organisation) if person else None
        return person if member and member.role is Role.CLIENT else None
    return None
