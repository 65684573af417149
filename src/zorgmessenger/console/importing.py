"""Inviting many people at once, from a file.

IMP-1 A preview changes nothing and says of each row what will happen, or what is wrong with it.
IMP-2 Each row stands alone: those that hold are invited, the others are passed over and named.
IMP-3 The same file again invites nobody twice: who has an open invitation or belongs here already is passed over.
IMP-4 Rows are invited some at a time, so that others go on writing meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from msgspec.structs import replace

from zorgmessenger import clock
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts import addresses, limits
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, record
from zorgmessenger.console.administering import changing, entry
from zorgmessenger.console.rules import Row, rows_of
from zorgmessenger.errors import TooMany
from zorgmessenger.invitations import letters
from zorgmessenger.invitations.letters import Invitee, Sender
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.models import Membership
from zorgmessenger.origin import Origin

AT_ONCE = 25
INVITE, PASS, WRONG = "invite", "pass", "wrong"


@dataclass(frozen=True)
class Outcome:
    """What happens with a row: `INVITE`, `PASS` (nothing is needed) or `WRONG`; `why` is the code of a text."""

    row: Row
    outcome: str
    why: str = ""


def preview(proof: MayAdminister, file: bytes, origin: Origin) -> list[Outcome]:
    """IMP-1.

    Raises:
        RequestError: the file as a whole is not one that we read.
    """
    rows = rows_of(file)
    record(entry(Tag.IMPORT_READ, proof, proof.member.organisation, origin, f"rows={len(rows)}"))
    return _Known(proof.member.organisation, rows).judged()


def invite(proof: MayAdminister, file: bytes, origin: Origin, language: str) -> list[Outcome]:
    """IMP-2, IMP-3 and IMP-4; gives what was done with each row.

    Raises:
        RequestError: the file as a whole is not one that we read.
        TooMany: too many files in an hour.
    """
    limits.check(limits.IMPORTS, str(proof.member.organisation))
    rows = rows_of(file)
    done: list[Outcome] = []
    for some in _parts(rows):
        with changing(proof) as log:
            known = _Known(proof.member.organisation, some, before=done)
            done += [_invited(proof, one, known, origin, log, language) for one in known.judged()]
    return done


class _Known:
    """What an organisation knows already of the people in some rows."""

    def __init__(self, organisation: UUID, rows: Sequence[Row], before: Sequence[Outcome] = ()) -> None:
        self._rows = rows
        named = {address for row in rows for address in (row.email, row.practitioner) if address and not row.fault}
        self._owners = addresses.owners(named)
        members = Membership.objects.filter(organisation_id=organisation, person_id__in=set(self._owners.values()))
        self._members: Mapping[UUID, Membership] = {row.person_id: row for row in members}
        sealed = {addresses.seal_address(address): address for address in named}
        opened = Invitation.objects.filter(
            organisation_id=organisation,
            state=Invitation.OPEN,
            address_sealed__in=list(sealed),
            expires_at__gt=clock.now(),
        )
        self._invited = {sealed[one] for one in opened.values_list("address_sealed", flat=True)}
        self._seen = {one.row.email for one in before}

    def judged(self) -> list[Outcome]:
        """What is to be done with each row."""
        return [self._judge(row) for row in self._rows]

    def practitioner(self, row: Row) -> Member | None:
        """Who is to treat the client in a row."""
        found = self._member(row.practitioner)
        if found is None or not found.active or Role(found.role) is not Role.PRACTITIONER:
            return None
        return Member(found.person_id, found.organisation_id, Role.PRACTITIONER)

    def _judge(self, row: Row) -> Outcome:
        if row.fault:
            return Outcome(row, WRONG, row.fault)
        if row.email in self._seen:
            return Outcome(row, PASS, "twice")
        self._seen.add(row.email)
        if row.role is Role.CLIENT and self.practitioner(row) is None:
            return Outcome(row, WRONG, "practitioner_unknown")
        member = self._member(row.email)
        if member is not None and row.role is not None and Role(member.role).staff != row.role.staff:
            return Outcome(row, WRONG, "other_side")
        if member is not None and member.active:
            return Outcome(row, PASS, "member")
        return Outcome(row, PASS, "invited") if row.email in self._invited else Outcome(row, INVITE)

    def _member(self, address: str) -> Membership | None:
        owner = self._owners.get(address)
        return self._members.get(owner) if owner else None


def _invited(proof: MayAdminister, one: Outcome, known: _Known, origin: Origin, log: Log, language: str) -> Outcome:
    row, member = one.row, proof.member
    if one.outcome != INVITE or row.role is None:
        return one
    by = known.practitioner(row) if row.role is Role.CLIENT else member
    sender = Sender(member.organisation, by.person if by else None, by.role if by else member.role)
    try:
        with transaction.atomic():
            expired = letters.make_room(sender, row.email, row.role)
            invitee = Invitee(row.first_name, row.last_name, row.email)
            invitation = letters.send(sender, invitee, row.role, language)
            limits.check(limits.MAIL_RECIPIENT, row.email)
    except TooMany:
        return Outcome(row, WRONG, "too_many")
    except IntegrityError:
        return Outcome(row, PASS, "invited")
    for old in expired:
        log(entry(Tag.INVITATION_WITHDRAWN, proof, old.id, origin))
    log(replace(entry(Tag.INVITED, proof, invitation.id, origin), detail=f"import {row.role.value}"))
    return one


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
