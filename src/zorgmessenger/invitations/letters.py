"""The invitation itself: its row, the secret of its link, and the mail that carries it.

Every mail is from the same texts; what an organisation says in its own words is the same in each of its invitations.
Nothing that is typed for one invitation leaves by mail, the name of who is invited neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from zorgmessenger import clock, ids
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.delivery import outbox
from zorgmessenger.invitations import tokens
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import look
from zorgmessenger.organisations.models import Organisation


@dataclass(frozen=True)
class Invitee:
    """Who is invited: names and address, already checked."""

    first_name: str
    last_name: str
    address: str


@dataclass(frozen=True)
class Sender:
    """For which organisation somebody invites, and as what; the host is nobody of it."""

    organisation: UUID
    person: UUID | None = None
    role: Role = Role.ADMINISTRATOR


def invitee_of(invitation: Invitation) -> Invitee:
    """Whom an invitation is for."""
    key = keyring().organisation(invitation.organisation_id)
    first = key.open(bytes(invitation.first_name_sealed), _place("first_name", invitation.id)).decode()
    last = key.open(bytes(invitation.last_name_sealed), _place("last_name", invitation.id)).decode()
    return Invitee(first, last, addresses.open_address(invitation.address_sealed))


def send(sender: Sender, invitee: Invitee, role: Role, language: str) -> Invitation:
    """Makes an invitation to become `role` and mails it, in the caller's action.

    Raises:
        django.db.IntegrityError: there is an open one for this address.
    """
    token = tokens.generate()
    now = clock.now()
    invitation = Invitation(
        id=ids.new(),
        organisation_id=sender.organisation,
        inviter_id=sender.person,
        inviter_role=sender.role.value,
        role=role.value,
        address_sealed=addresses.seal_address(invitee.address),
        token_digest=tokens.digest(token),
        state=Invitation.OPEN,
        sent_at=now,
        expires_at=now + _validity(sender.organisation),
    )
    key = keyring().organisation(sender.organisation)
    invitation.first_name_sealed = key.seal(invitee.first_name.encode(), _place("first_name", invitation.id))
    invitation.last_name_sealed = key.seal(invitee.last_name.encode(), _place("last_name", invitation.id))
    invitation.save(force_insert=True)
    _mail(invitation, invitee.address, token, language)
    return invitation


def make_room(sender: Sender, address: str, role: Role) -> list[Invitation]:
    """Withdraws what has expired and stands in the way, in the caller's action; gives it, to be logged.

    That is one's own invitation of this address, and for staff anybody's: it is no reason not to invite again.
    """
    expired = Invitation.objects.filter(
        organisation_id=sender.organisation,
        address_sealed=addresses.seal_address(address),
        state=Invitation.OPEN,
        expires_at__lte=clock.now(),
    )
    own, of_staff = Q(inviter_id=sender.person), ~Q(role=Role.CLIENT.value)
    found = list(expired.filter(own | of_staff if role.staff else own))
    for old in found:
        old.state = Invitation.WITHDRAWN
        old.save(update_fields=["state"])
    return found


def send_again(invitation: Invitation, address: str, language: str) -> None:
    """Mails a new link and starts the time anew, in the caller's action; the old link is dead."""
    token = tokens.generate()
    invitation.token_digest, invitation.sent_at = tokens.digest(token), clock.now()
    invitation.expires_at = invitation.sent_at + _validity(invitation.organisation_id)
    invitation.save(update_fields=["token_digest", "sent_at", "expires_at"])
    _mail(invitation, address, token, language)


def _mail(invitation: Invitation, address: str, token: str, language: str) -> None:
    values = {
        "organisation": Organisation.objects.get(pk=invitation.organisation_id).name,
        "days": str(_validity(invitation.organisation_id).days),
        "link": f"{settings.ZORG.address}/uitnodiging#{token}",
    }
    template = "invitation" if Role(invitation.role) is Role.CLIENT else "staff_invitation"
    if invitation.inviter_id is None:
        template = "founding_invitation"
    else:
        values["sender"] = Person.objects.get(pk=invitation.inviter_id).full_name
    introduction = look.introduction(invitation.organisation_id, language) if template == "invitation" else ""
    outbox.put(address, template, language, values, introduction=introduction)


def _validity(organisation: UUID) -> timedelta:
    return timedelta(days=look.invitation_days(organisation))


def _place(column: str, invitation: UUID) -> bytes:
    return place("invitations_invitation", column, invitation)
