"""Inviting over HTTP: one colleague, a file of people, and all that is still open."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Role
from zorgmessenger.access.proofs import MayManageInvitation
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import language_of, origin_of
from zorgmessenger.accounts.rules import clean_address, clean_name
from zorgmessenger.console import importing
from zorgmessenger.console import invitations as console_invitations
from zorgmessenger.console.api import StaffRole, administering
from zorgmessenger.delivery import refused
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.invitations import actions, letters, staff
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.texts import text

router = Router(tags=["console"])
Short = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class InviteStaff(Body):
    """Whom to invite, and what they are to be here."""

    first_name: Short
    last_name: Short
    email: Short
    role: StaffRole


@router.get("/console/invitations", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Every open invitation."""
    rows = console_invitations.listed(administering(request), origin_of(request))
    return [_shown(row, person_of(request).id) for row in rows]


@router.post("/console/invitations", response={201: dict[str, Any]}, auth=SignedIn())
def invite(request: HttpRequest, body: InviteStaff) -> Status[dict[str, Any]]:
    """Invites somebody to work here."""
    proof = administering(request)
    first, last, address = clean_name(body.first_name), clean_name(body.last_name), clean_address(body.email)
    faults = {"firstName": (first, "name"), "lastName": (last, "name"), "email": (address, "email_invalid")}
    wrong = [FieldError(field, code) for field, (value, code) in faults.items() if value is None]
    if first is None or last is None or address is None:
        raise Invalid(*wrong)
    invitee = letters.Invitee(first, last, address)
    invitation = staff.invite(proof, invitee, Role(body.role), origin_of(request), "nl")
    return Status(201, _shown(invitation, person_of(request).id))


@router.post("/console/invitations/{invitation}/resend", auth=SignedIn())
def resend(request: HttpRequest, invitation: UUID) -> dict[str, Any]:
    """Sends a new link."""
    return _shown(actions.resend(_overseeing(request, invitation), origin_of(request), "nl"), person_of(request).id)


@router.post("/console/invitations/{invitation}/withdraw", auth=SignedIn())
def withdraw(request: HttpRequest, invitation: UUID) -> dict[str, str]:
    """Makes the link dead."""
    actions.withdraw(_overseeing(request, invitation), origin_of(request))
    return {}


@router.post("/console/import/preview", auth=SignedIn())
def preview(request: HttpRequest) -> list[dict[str, Any]]:
    """What would be done with each row of the file that is the body; changes nothing."""
    found = importing.preview(administering(request), request.body, origin_of(request))
    return [_row(one, language_of(request)) for one in found]


@router.post("/console/import", auth=SignedIn())
def invite_all(request: HttpRequest) -> list[dict[str, Any]]:
    """Invites the good rows of the file that is the body; says what was done with each."""
    found = importing.invite(administering(request), request.body, origin_of(request), "nl")
    return [_row(one, language_of(request)) for one in found]


def _overseeing(request: HttpRequest, invitation: UUID) -> MayManageInvitation:
    return rules.may_oversee_invitation(administering(request), actions.facts_of(invitation))


def _shown(invitation: Invitation, person: UUID) -> dict[str, Any]:
    invitee = letters.invitee_of(invitation)
    return {
        "id": str(invitation.id),
        "firstName": invitee.first_name,
        "lastName": invitee.last_name,
        "email": invitee.address,
        "role": invitation.role,
        "sentAt": invitation.sent_at.isoformat(),
        "expiresAt": invitation.expires_at.isoformat(),
        "arrives": not refused.is_refused(invitee.address),
        "state": "open" if invitation.expires_at > clock.now() else "expired",
        "inviter": invitation.inviter.full_name if invitation.inviter else "",
        "mine": invitation.inviter_id == person,
    }


def _row(one: importing.Outcome, language: str) -> dict[str, Any]:
    row = one.row
    return {
        "line": row.line,
        "firstName": row.first_name,
        "lastName": row.last_name,
        "email": row.email,
        "role": row.role.value if row.role else None,
        "outcome": one.outcome,
        "text": text(f"import.{one.why or one.outcome}", language),
    }
