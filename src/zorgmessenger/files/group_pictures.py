"""A group's picture over HTTP: what is sent in becomes a small picture of our own before anybody sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zorgmessenger.access import rules
from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.conversations import facts, group_pictures
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.files import answers, headers, making
from zorgmessenger.files.room import room

MOST_BYTES = 5 * 1024 * 1024
router = Router(tags=["groups"])


@router.put("/groups/{conversation}/picture", auth=SignedIn())
def set_picture(request: HttpRequest, conversation: UUID) -> dict[str, str]:
    """Makes the picture that is the body the group's; an empty body removes it."""
    person = person_of(request).id
    known = facts.one(conversation)
    proof = rules.may_manage_group(known.members.get(person), known.facts)
    sent = request.body
    if sent:
        limits.check(limits.GROUP_PICTURES, str(person))
    group_pictures.set_picture(proof, _remade(sent) if sent else None, origin_of(request))
    return {}


@router.get("/groups/{conversation}/picture", auth=SignedIn())
def picture(request: HttpRequest, conversation: UUID) -> HttpResponse:
    """The picture of a group that one takes part in."""
    known = facts.one(conversation)
    proof = rules.may_read(known.members.get(person_of(request).id), known.facts)
    return answers.shown(group_pictures.picture_of(proof), headers.WEBP)


def _remade(sent: bytes) -> bytes:
    try:
        with room():
            return making.picture([sent]).small.data
    except making.Unreadable as error:
        raise Invalid(FieldError("picture", "picture")) from error
