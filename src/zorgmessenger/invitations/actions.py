"""Inviting a client, and both ways of accepting any invitation.

INV-1 A link works once, also when it is opened twice in the same moment; looking at it changes nothing.
INV-2 Wrong, used, expired and withdrawn links are answered alike.
INV-3 The link proves the mailbox and nothing more: it signs nobody in to an account that exists.
INV-4 Accepting gives a client one conversation: with who invited them, or with their team. Staff get none (STF-2).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import InvitationFacts, Member, Role
from zorgmessenger.access.proofs import MayInvite, MayListInvitations, MayManageInvitation
from zorgmessenger.accounts import addresses, limits, terms
from zorgmessenger.accounts.models import Consent, Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited, record
from zorgmessenger.conversations.actions import open_pair, open_with_team
from zorgmessenger.errors import Conflict, FieldError, Invalid, NotFound
from zorgmessenger.invitations import letters, staff, tokens
from zorgmessenger.invitations.letters import Sender
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.actions import add_member, relate
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.origin import Origin

Invitee = letters.Invitee


@dataclass(frozen=True)
class Registration:
    """What a new account is made of, already checked; `consents` are versions by kind."""

    first_name: str
    last_name: str
    password: str
    language: str
    consents: dict[str, str]


def invite(proof: MayInvite, invitee: Invitee, origin: Origin, language: str) -> Invitation:
    """Invites a client.

    Raises:
        Invalid: `email_own` or `email_colleague`, the address is theirs or of other staff of this organisation.
        Conflict: `invitation_open`, this person has an open invitation for that address already.
        TooMany: too many invitations in an hour, or too many mails to this address in a day; what is refused sends
            nothing, so it does not count.
    """
    member = proof.member
    _check_no_colleague(member, invitee.address)
    sender = Sender(member.organisation, member.person, member.role)
    try:
        with audited() as log:
            for old in letters.make_room(sender, invitee.address, Role.CLIENT):
                log(_entry(Tag.INVITATION_WITHDRAWN, member, old, origin))
            invitation = letters.send(sender, invitee, Role.CLIENT, language)
            limits.check(limits.INVITATIONS_SENT, str(member.person))
            limits.check(limits.MAIL_RECIPIENT, invitee.address)
            log(_entry(Tag.INVITED, member, invitation, origin))
    except IntegrityError as error:
        raise Conflict("an open invitation for this address", code="invitation_open") from error
    return invitation


def listed(proof: MayListInvitations, origin: Origin) -> list[Invitation]:
    """The invitations that are open or have expired, newest first, at most 500."""
    member = proof.member
    rows = Invitation.objects.filter(organisation_id=member.organisation, state=Invitation.OPEN).select_related(
        "inviter"
    )
    own = rows.filter(inviter_role=member.role.value) if proof.whole_role else rows.filter(inviter_id=member.person)
    record(
        Entry(
            Tag.INVITATIONS_LISTED,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            origin=origin,
        )
    )
    return list(own.order_by("-sent_at", "-id")[:500])


def facts_of(invitation: UUID) -> InvitationFacts | None:
    """What the access rules ask about an invitation that is still open."""
    row = Invitation.objects.filter(pk=invitation, state=Invitation.OPEN).first()
    return InvitationFacts(row.id, row.organisation_id, row.inviter_id, Role(row.inviter_role)) if row else None


def resend(proof: MayManageInvitation, origin: Origin, language: str) -> Invitation:
    """Sends a new link and starts the time anew; the old link is dead.

    Raises:
        NotFound: it was accepted or withdrawn meanwhile.
        TooMany: too many mails to this address in a day.
    """
    with audited() as log:
        invitation = _locked(proof.invitation.id)
        invitee = letters.invitee_of(invitation)
        limits.check(limits.MAIL_RECIPIENT, invitee.address)
        letters.send_again(invitation, invitee.address, language)
        log(_entry(Tag.INVITATION_RESENT, proof.member, invitation, origin))
    return invitation


def withdraw(proof: MayManageInvitation, origin: Origin) -> None:
    """Makes the link dead.

    Raises:
        NotFound: it was accepted or withdrawn meanwhile.
    """
    with audited() as log:
        invitation = _locked(proof.invitation.id)
        invitation.state = Invitation.WITHDRAWN
        invitation.save(update_fields=["state"])
        log(_entry(Tag.INVITATION_WITHDRAWN, proof.member, invitation, origin))


def look(token: str, origin: Origin) -> Invitation:
    """The invitation of a link. Changes nothing.

    Raises:
        NotFound: INV-2.
    """
    invitation = _usable(token)
    record(
        Entry(Tag.INVITATION_READ, organisation=invitation.organisation_id, object=str(invitation.id), origin=origin)
    )
    return invitation


def organisation_name(token: str) -> str:
    """The name of the organisation that a link belongs to, used or not; empty where there is none."""
    invitation = Invitation.objects.filter(token_digest=tokens.digest(token)).select_related("organisation").first()
    return invitation.organisation.name if invitation else ""


def register(token: str, registration: Registration, origin: Origin) -> tuple[Person, UUID | None]:
    """Makes the account of who was invited, and accepts.

    Raises:
        NotFound: INV-2.
        Conflict: `account_exists`, the address has an account; INV-3.
    """
    person = Person(id=ids.new(), language=registration.language, created_at=clock.now())
    person.first_name, person.last_name = registration.first_name, registration.last_name
    _usable(token)
    person.set_password(registration.password)
    try:
        with audited() as log:
            invitation = _claim(token)
            address = addresses.open_address(invitation.address_sealed)
            if addresses.verified_owner(address) is not None:
                raise Conflict("the address has an account", code="account_exists")
            person.save(force_insert=True)
            addresses.add_verified(person.id, address, primary=True)
            Consent.objects.bulk_create(
                Consent(person=person, kind=kind, version=version, at=person.created_at)
                for kind, version in registration.consents.items()
            )
            consents = ",".join(f"{kind}={version}" for kind, version in sorted(registration.consents.items()))
            log(
                Entry(
                    Tag.REGISTERED,
                    organisation=invitation.organisation_id,
                    actor=person.id,
                    origin=origin,
                    detail=consents,
                )
            )
            conversation = _accept(invitation, person.id, origin, log)
    except IntegrityError as error:
        raise Conflict("the address got an account meanwhile", code="account_exists") from error
    return person, conversation


def link(token: str, person: UUID, origin: Origin) -> UUID | None:
    """Adds the invited address to the account of `person`, who has just signed in, and accepts.

    Raises:
        NotFound: INV-2.
        Conflict: `own_invitation`, `address_of_another_account`, or one of `staff.check_side`.
    """
    invitation = _usable(token)
    address = addresses.open_address(invitation.address_sealed)
    owner = addresses.verified_owner(address)
    if invitation.inviter_id == person:
        raise Conflict("somebody's own invitation", code="own_invitation")
    if owner not in {None, person}:
        raise Conflict("the address is another account's", code="address_of_another_account")
    staff.check_side(person, invitation.organisation_id, Role(invitation.role))
    try:
        with audited() as log:
            invitation = _claim(token)
            if owner is None:
                addresses.add_verified(person, address, primary=False)
                log(Entry(Tag.ADDRESS_LINKED, organisation=invitation.organisation_id, actor=person, origin=origin))
            return _accept(invitation, person, origin, log)
    except IntegrityError as error:
        raise Conflict("the address became another account's", code="address_of_another_account") from error


def consents_of(versions: dict[str, str]) -> dict[str, str]:
    """The versions agreed to, when they are the present ones.

    Raises:
        Invalid: a consent is missing, or of another version.
    """
    wrong = [FieldError(kind, "consent") for kind, version in terms.VERSIONS.items() if versions.get(kind) != version]
    if wrong:
        raise Invalid(*wrong)
    return dict(terms.VERSIONS)


def _check_no_colleague(member: Member, address: str) -> None:
    """Of anybody else nothing may be told: whether a client has an account is not the inviter's to know."""
    owner = addresses.verified_owner(address)
    if owner == member.person:
        raise Invalid(FieldError("email", "email_own"))
    colleague = members.find(owner, member.organisation) if owner else None
    if colleague and colleague.role.staff:
        raise Invalid(FieldError("email", "email_colleague"))


def _usable(token: str) -> Invitation:
    rows = Invitation.objects.filter(
        token_digest=tokens.digest(token), state=Invitation.OPEN, expires_at__gt=clock.now()
    )
    invitation = rows.select_related("inviter").first()
    if invitation is None or not _stands(invitation):
        raise NotFound("no usable invitation", code="invitation_unusable")
    return invitation


def _claim(token: str) -> Invitation:
    invitation = _usable(token)
    # Who invited may be leaving in this moment: a client then waits for that to end, and is not met by nobody.
    Organisation.objects.select_for_update(no_key=True).get(pk=invitation.organisation_id)
    open_now = Invitation.objects.filter(pk=invitation.pk, state=Invitation.OPEN, token_digest=tokens.digest(token))
    if not open_now.update(state=Invitation.ACCEPTED):
        raise NotFound("accepted meanwhile", code="invitation_unusable")
    return invitation


def _accept(invitation: Invitation, person: UUID, origin: Origin, log: Log) -> UUID | None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    role = Role(invitation.role)
    staff.check_side(person, invitation.organisation_id, role)
    log(
        Entry(
            Tag.INVITATION_ACCEPTED,
            organisation=invitation.organisation_id,
            actor=person,
            role=role.value,
            subject=None if role.staff else person,
            object=str(invitation.id),
            origin=origin,
        )
    )
    if role.staff:
        staff.join(invitation, person, log)
        return None
    client = add_member(log, invitation.organisation_id, person, role)
    return _meet(invitation, client, origin, log)


def _meet(invitation: Invitation, client: Member, origin: Origin, log: Log) -> UUID:
    """INV-4."""
    inviter, person = _inviter(invitation), client.person
    if inviter is None:
        raise NotFound("who invited has left", code="invitation_unusable")
    if rules.answers_as_team(inviter):
        team = teams.of_member(inviter)
        if team is not None:
            teams.relate(team, person)
        return open_with_team(rules.may_ask(inviter, team, client, care_relation=True), origin, log)
    relate(invitation.organisation_id, person, inviter.person)
    return open_pair(rules.may_start(inviter, client, care_relation=True), origin, log)


def _stands(invitation: Invitation) -> bool:
    """Whether who invited could do so now: the host always, an administrator while they are one."""
    if invitation.inviter_id is None:
        return True
    inviter = _inviter(invitation)
    return inviter is not None and (inviter.role is Role.ADMINISTRATOR or not Role(invitation.role).staff)


def _inviter(invitation: Invitation) -> Member | None:
    """Who invited, while they can be talked with: somebody of the planning office only as one of its team."""
    if invitation.inviter_id is None:
        return None
    inviter = members.find(invitation.inviter_id, invitation.organisation_id)
    if inviter is not None and rules.answers_as_team(inviter) and teams.of_member(inviter) is None:
        return None
    return inviter


def _locked(invitation: UUID) -> Invitation:
    row = Invitation.objects.select_for_update().filter(pk=invitation, state=Invitation.OPEN).first()
    if row is None:
        raise NotFound("not open any more")
    return row


def _entry(tag: Tag, member: Member, invitation: Invitation, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        object=str(invitation.id),
        origin=origin,
    )
