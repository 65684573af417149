"""Invitations over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.access.proofs import MayManageInvitation
from zorgmessenger.accounts import addresses, limits, passwords
from zorgmessenger.accounts.again import check_signed_in_recently
from zorgmessenger.accounts.http import Anybody, Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of, language_of, organisation_of, origin_of
from zorgmessenger.accounts.rules import clean_address, clean_name
from zorgmessenger.delivery import refused
from zorgmessenger.errors import FieldError, Invalid, Refused
from zorgmessenger.invitations import actions, letters
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import look as looks
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Organisation

router = Router(tags=["invitations"])
Short = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class Token(Body):
    """The secret of a link."""

    token: Short


class Invite(Body):
    """Whom to invite."""

    first_name: Short
    last_name: Short
    email: Short


class Register(Token):
    """A new account."""

    first_name: Short
    last_name: Short
    password: Short
    terms: Short
    privacy: Short


@router.post("/invitations/look", auth=Anybody())
def look(request: HttpRequest, body: Token) -> dict[str, Any]:
    """What an invitation says; changes nothing."""
    limits.check(limits.INVITATION_LOOK, address_of(request))
    invitation = actions.look(body.token, origin_of(request))
    invitee = letters.invitee_of(invitation)
    organisation = Organisation.objects.get(pk=invitation.organisation_id)
    client = not Role(invitation.role).staff
    return {
        "email": invitee.address,
        "firstName": invitee.first_name,
        "lastName": invitee.last_name,
        "organisation": {
            "name": organisation.name,
            "accent": organisation.accent,
            "logo": looks.logo_as_url(organisation.id),
            "introduction": looks.introduction(organisation.id, language_of(request)) if client else "",
        },
        "role": invitation.role,
        "inviter": _inviter(invitation),
        "expiresAt": invitation.expires_at.isoformat(),
        "hasAccount": addresses.verified_owner(invitee.address) is not None,
    }


@router.post("/invitations/register", response={201: dict[str, Any]}, auth=Anybody())
def register(request: HttpRequest, body: Register) -> Status[dict[str, Any]]:
    """Makes the account, accepts, and signs in."""
    limits.check(limits.REGISTRATIONS, address_of(request))
    first, last = _names(body.first_name, body.last_name)
    weak = passwords.weaknesses(body.password, first, last, actions.organisation_name(body.token))
    if weak:
        raise Invalid(*(FieldError("password", f"password_{code}") for code in weak))
    consents = actions.consents_of({"terms": body.terms, "privacy": body.privacy})
    registration = actions.Registration(first, last, body.password, language_of(request), consents)
    person, conversation = actions.register(body.token, registration, origin_of(request))
    get_adapter(request).login(request, person)
    record_authentication(request, person, method="password")
    return Status(201, _opened(conversation))


@router.post("/invitations/link", auth=SignedIn())
def link(request: HttpRequest, body: Token) -> dict[str, str | None]:
    """Accepts with an account that exists; asks for a sign-in of the last five minutes."""
    limits.check(limits.INVITATION_LOOK, address_of(request))
    if not person_of(request).has_usable_password():
        raise Refused("no password of their own to belong to two organisations by", code="password_first")
    check_signed_in_recently(request)
    return _opened(actions.link(body.token, person_of(request).id, origin_of(request)))


@router.get("/invitations", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """The open invitations that one may manage."""
    person = person_of(request)
    proof = rules.may_list_invitations(members.acting(person.id, organisation_of(request)))
    return [_shown(invitation, person) for invitation in actions.listed(proof, origin_of(request))]


@router.post("/invitations", response={201: dict[str, Any]}, auth=SignedIn())
def invite(request: HttpRequest, body: Invite) -> Status[dict[str, Any]]:
    """Invites a client."""
    person = person_of(request)
    proof = rules.may_invite(members.acting(person.id, organisation_of(request)))
    first, last = _names(body.first_name, body.last_name)
    address = clean_address(body.email)
    if address is None:
        raise Invalid(FieldError("email", "email_invalid"))
    invitation = actions.invite(proof, actions.Invitee(first, last, address), origin_of(request), "nl")
    return Status(201, _shown(invitation, person))


@router.post("/invitations/{invitation}/resend", auth=SignedIn())
def resend(request: HttpRequest, invitation: UUID) -> dict[str, Any]:
    """Sends a new link."""
    person = person_of(request)
    return _shown(actions.resend(_managing(request, invitation), origin_of(request), "nl"), person)


@router.post("/invitations/{invitation}/withdraw", auth=SignedIn())
def withdraw(request: HttpRequest, invitation: UUID) -> dict[str, str]:
    """Makes the link dead."""
    actions.withdraw(_managing(request, invitation), origin_of(request))
    return {}


def _opened(conversation: UUID | None) -> dict[str, str | None]:
    return {"conversation": str(conversation) if conversation else None}


def _inviter(invitation: Invitation) -> dict[str, str] | None:
    inviter = invitation.inviter
    return {"name": inviter.full_name, "role": invitation.inviter_role} if inviter else None


def _managing(request: HttpRequest, invitation: UUID) -> MayManageInvitation:
    member = members.acting(person_of(request).id, organisation_of(request))
    return rules.may_manage_invitation(member, actions.facts_of(invitation))


def _shown(invitation: Invitation, person: Person) -> dict[str, Any]:
    invitee = letters.invitee_of(invitation)
    return {
        "id": str(invitation.id),
        "firstName": invitee.first_name,
        "lastName": invitee.last_name,
        "email": invitee.address,
        "sentAt": invitation.sent_at.isoformat(),
        "expiresAt": invitation.expires_at.isoformat(),
        "arrives": not refused.is_refused(invitee.address),
        "state": "open" if invitation.expires_at > clock.now() else "expired",
        "inviter": invitation.inviter.full_name if invitation.inviter else "",
        "mine": invitation.inviter_id == person.id,
    }


def _names(first_name: str, last_name: str) -> tuple[str, str]:
    first, last = clean_name(first_name), clean_name(last_name)
    wrong = [FieldError(field, "name") for field, name in (("firstName", first), ("lastName", last)) if name is None]
    if first is None or last is None:
        raise Invalid(*wrong)
    return first, last
