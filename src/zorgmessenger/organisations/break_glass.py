"""Reaching a client one has no care relation with, when care asks for it: with a reason, for a day, and never unseen.

BRK-1 It takes the client's own e-mail address, exactly: there is no list to look through.
BRK-2 It makes a care relation that ends by itself, and with it the conversation that a practitioner started under it:
      they take part no longer and it is closed, until the relation begins anew. What others wrote with the client stays
      closed. Of the planning office and client support it is the team's relation: it ends unless the client asks the
      team themselves, or accepts its invitation. The team's conversation goes on, as every client may ask every team:
      nothing is in it but what the client and the team write to each other there.
BRK-3 The privacy officer is mailed at once, without names, and sees who, whom, when and why; it stands in the log.
BRK-4 That it is over stands in the log too, and who has the conversation before them is told within seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.access.proofs import MayBreakGlass, MayReviewBreakGlass
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.delivery import outbox
from zorgmessenger.errors import Conflict, NotFound
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.models import BreakGlass, CareRelation, Membership
from zorgmessenger.origin import Origin

LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Use:
    """One time that it was used, opened for the privacy officer."""

    id: UUID
    staff: Person
    client: Person
    reason: str
    at: datetime
    until: datetime
    seen: bool


def use(proof: MayBreakGlass, address: str, reason: str, origin: Origin) -> BreakGlass:
    """Gives a care relation with the client of this address for a day; BRK-1 … BRK-3.

    Raises:
        NotFound: `no_such_client`, no client of this organisation has that address.
        Conflict: `already_contact`.
        TooMany: too many in a day.
    """
    member = proof.member
    limits.check(limits.BREAK_GLASS, str(member.person))
    owner = addresses.verified_owner(address)
    client = members.find(owner, member.organisation) if owner else None
    if client is None or client.role.staff:
        raise NotFound("no client of this organisation has that address", code="no_such_client")
    if client.person in members.contacts(member):
        raise Conflict("a contact already", code="already_contact")
    now = clock.now()
    row = BreakGlass(
        id=ids.new(),
        organisation_id=member.organisation,
        staff_id=member.person,
        client_id=client.person,
        at=now,
        until=now + LASTS,
    )
    key = keyring().organisation(member.organisation)
    row.reason_sealed = key.seal(reason.encode(), _place(row.id))
    with audited() as log:
        row.save(force_insert=True)
        _relate(member, client.person, row.until)
        log(
            Entry(
                Tag.BREAK_GLASS,
                organisation=member.organisation,
                actor=member.person,
                role=member.role.value,
                subject=client.person,
                object=str(row.id),
                origin=origin,
            )
        )
        for officer in _officers(member.organisation):
            for to in addresses.of(officer.id)[:1]:
                outbox.put(to, "break_glass", officer.language, {})
    return row


def listed(proof: MayReviewBreakGlass, origin: Origin) -> list[Use]:
    """Each use in the organisation, the newest first, at most 500."""
    member = proof.member
    record(_entry(Tag.BREAK_GLASS_LISTED, member, "", origin))
    key = keyring().organisation(member.organisation)
    rows = BreakGlass.objects.filter(organisation_id=member.organisation).select_related("staff", "client")
    return [
        Use(
            row.id,
            row.staff,
            row.client,
            key.open(bytes(row.reason_sealed), _place(row.id)).decode(),
            row.at,
            row.until,
            row.seen_at is not None,
        )
        for row in rows.order_by("-at", "-id")[:500]
    ]


def mark_seen(proof: MayReviewBreakGlass, use: UUID, origin: Origin) -> None:
    """Notes that the privacy officer has judged a use.

    Raises:
        NotFound: there is none in this organisation.
    """
    member = proof.member
    with audited() as log:
        rows = BreakGlass.objects.filter(pk=use, organisation_id=member.organisation)
        if not rows.exists():
            raise NotFound("no such use")
        rows.filter(seen_at=None).update(seen_at=clock.now())
        log(_entry(Tag.BREAK_GLASS_SEEN, member, str(use), origin))


def end_over() -> list[BreakGlass]:
    """Logs of each use whose time is over that it is, once; gives those."""
    over = BreakGlass.objects.filter(ended_at=None, until__lte=clock.now())
    return [row for row in over.order_by("until")[:500] if _ended(row)]


def _ended(row: BreakGlass) -> bool:
    with audited() as log:
        if not BreakGlass.objects.filter(pk=row.pk, ended_at=None).update(ended_at=clock.now()):
            return False  # another process was first
        log(
            Entry(
                Tag.BREAK_GLASS_ENDED,
                organisation=row.organisation_id,
                subject=row.client_id,
                object=str(row.id),
                detail=str(row.staff_id),
            )
        )
        return True


def _relate(member: Member, client: UUID, until: datetime) -> None:
    """Of who talks with clients for a team it is the team's relation, else their own."""
    team = teams.of_member(member) if rules.answers_as_team(member) else None
    theirs = CareRelation.objects.filter(organisation_id=member.organisation, client_id=client)
    mine = theirs.filter(team_id=team.id) if team else theirs.filter(staff_id=member.person)
    if not mine.update(since=clock.now(), until=until):
        CareRelation.objects.create(
            organisation_id=member.organisation,
            client_id=client,
            team_id=team.id if team else None,
            staff_id=None if team else member.person,
            since=clock.now(),
            until=until,
        )


def _officers(organisation: UUID) -> list[Person]:
    """The privacy officers, and where there is none the administrators."""
    active = Membership.objects.filter(organisation_id=organisation, active=True, person__is_active=True)
    for role in (Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        found = [row.person for row in active.filter(role=role.value).select_related("person")]
        if found:
            return found
    return []


def _entry(tag: Tag, member: Member, what: str, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        object=what,
        origin=origin,
    )


def _place(row: UUID) -> bytes:
    return place("organisations_breakglass", "reason", row)
