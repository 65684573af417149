"""Setting hours, and what an organisation says of emergencies and when it is closed."""

from __future__ import annotations

from django.db import transaction

from zorgmessenger.access.facts import OwnerKind
from zorgmessenger.access.proofs import MaySetHours, MaySetNotice
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.availability import rules, tell
from zorgmessenger.organisations.hours import lookup
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.hours.opening import Hours
from zorgmessenger.organisations.models import Notice, Schedule
from zorgmessenger.origin import Origin


def hours_of(proof: MaySetHours, origin: Origin) -> tuple[Hours, bool]:
    """The hours that count for the owner, and whether they are its own rather than the organisation's."""
    record(_entry(proof, Tag.HOURS_READ, origin))
    owner = proof.owner
    rows = Schedule.objects.filter(organisation_id=owner.organisation, owner__in=[owner.id, owner.organisation])
    stored = {row.owner: row.hours for row in rows}
    base = stored.get(owner.organisation, Hours())
    return stored.get(owner.id, base), owner.id in stored


def set_hours(proof: MaySetHours, hours: Hours, origin: Origin) -> None:
    """Gives the owner hours of its own.

    Raises:
        Invalid: AVL-1.
    """
    rules.check_hours(hours)
    owner = proof.owner
    with audited() as log:
        row, _ = Schedule.objects.select_for_update().get_or_create(
            organisation_id=owner.organisation, owner=owner.id, defaults={"owner_kind": owner.kind.value, "set": ""}
        )
        row.hours = hours
        row.save(update_fields=["set"])
        log(_entry(proof, Tag.HOURS_SET, origin))
        transaction.on_commit(lambda: _changed(proof))


def reset_hours(proof: MaySetHours, origin: Origin) -> None:
    """Lets the owner follow the organisation again, and the organisation the usual office hours."""
    with audited() as log:
        Schedule.objects.filter(organisation_id=proof.owner.organisation, owner=proof.owner.id).delete()
        log(_entry(proof, Tag.HOURS_RESET, origin))
        transaction.on_commit(lambda: _changed(proof))


def words_of(proof: MaySetNotice, origin: Origin) -> Words:
    """What the organisation says; empty where it is said in the catalogue's words."""
    record(_of_organisation(proof, Tag.NOTICE_READ, origin))
    return lookup.words_of(proof.member.organisation)


def set_words(proof: MaySetNotice, words: Words, origin: Origin) -> None:
    """Sets what the organisation says.

    Raises:
        Invalid: a number that cannot be called.
    """
    rules.check_numbers(phone.number for phone in words.phones)
    organisation = proof.member.organisation
    with audited() as log:
        row = Notice(organisation_id=organisation)
        row.words = words
        Notice.objects.update_or_create(organisation_id=organisation, defaults={"words_sealed": row.words_sealed})
        log(_of_organisation(proof, Tag.NOTICE_SET, origin))
        transaction.on_commit(lambda: tell.changed(organisation))


def _changed(proof: MaySetHours) -> None:
    owner = proof.owner
    tell.changed(owner.organisation, owner.id if owner.kind is not OwnerKind.ORGANISATION else None)


def _entry(proof: MaySetHours, tag: Tag, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        object=str(proof.owner.id),
        origin=origin,
        detail=proof.owner.kind.value,
    )


def _of_organisation(proof: MaySetNotice, tag: Tag, origin: Origin) -> Entry:
    member = proof.member
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        object=str(member.organisation),
        origin=origin,
    )
