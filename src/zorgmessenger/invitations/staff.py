"""Inviting who is to work for an organisation: by an administrator, and the first one by the host.

STF-1 The link is that of any invitation: 256 bits kept as a digest, once, of a limited time, on the same page.
STF-2 Accepting makes a membership in the role invited for, and no conversation with anybody.
STF-3 Nobody becomes staff of an organisation where they are or were a client, nor a client where they worked.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError

from zorgmessenger.access.facts import Member, Role
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import teams
from zorgmessenger.errors import Conflict
from zorgmessenger.invitations import letters
from zorgmessenger.invitations.letters import Invitee, Sender
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.actions import add_member
from zorgmessenger.organisations.models import Membership
from zorgmessenger.origin import NOWHERE, Origin


def invite(proof: MayAdminister, invitee: Invitee, role: Role, origin: Origin, language: str) -> Invitation:
    """Invites somebody to work here as `role`.

    Raises:
        Conflict: `invitation_open`, `already_member`, or `client_here`.
        TooMany: too many invitations in an hour, or too many mails to this address in a day; what is refused sends
            nothing, so it does not count.
    """
    member = proof.member
    check_side(addresses.verified_owner(invitee.address), member.organisation, role)
    sender = Sender(member.organisation, member.person, member.role)
    try:
        with audited() as log:
            for old in letters.make_room(sender, invitee.address, role):
                log(_entry(Tag.INVITATION_WITHDRAWN, old, origin, member))
            invitation = letters.send(sender, invitee, role, language)
            limits.check(limits.INVITATIONS_SENT, str(member.person))
            limits.check(limits.MAIL_RECIPIENT, invitee.address)
            log(_entry(Tag.INVITED, invitation, origin, member))
    except IntegrityError as error:
        raise Conflict("an open invitation for this address", code="invitation_open") from error
    return invitation


def invite_first(log: Log, organisation: UUID, invitee: Invitee, language: str) -> Invitation:
    """The host invites an organisation's first administrator, in the caller's action."""
    invitation = letters.send(Sender(organisation), invitee, Role.ADMINISTRATOR, language)
    log(_entry(Tag.INVITED, invitation, NOWHERE, None))
    return invitation


def check_side(person: UUID | None, organisation: UUID, role: Role) -> None:
    """STF-3.

    Raises:
        Conflict: `already_member`, `client_here` (to be staff), or `already_staff` (to be a client).
    """
    row = Membership.objects.filter(organisation_id=organisation, person_id=person).first() if person else None
    if row is None:
        return
    if Role(row.role).staff != role.staff:
        raise Conflict("of the other side here", code="client_here" if role.staff else "already_staff")
    if row.active and role.staff:
        raise Conflict("works here already", code="already_member")


def join(invitation: Invitation, person: UUID, log: Log) -> Member:
    """STF-2, in the caller's action."""
    member = add_member(log, invitation.organisation_id, person, Role(invitation.role))
    teams.join_by_role(log, member)
    return member


def _entry(tag: Tag, invitation: Invitation, origin: Origin, member: Member | None) -> Entry:
    return Entry(
        tag,
        organisation=invitation.organisation_id,
        actor=member.person if member else None,
        role=member.role.value if member else "",
        object=str(invitation.id),
        origin=origin,
        detail=invitation.role,
    )
