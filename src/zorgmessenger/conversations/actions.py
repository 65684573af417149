"""Starting a conversation: of two people, or of a client with a team.

Who starts one under a care relation that ends takes part until it ends; when the relation is longer or for good later,
so is the part they take.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError, transaction

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Kind, Member
from zorgmessenger.access.proofs import MayAnswerForTeam, MayAsk, MayStart
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import facts, tell
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.organisations import members, teams
from zorgmessenger.organisations.models import CareRelation
from zorgmessenger.origin import Origin

NO_END: Mapping[UUID, datetime | None] = MappingProxyType({})


def start(proof: MayStart, origin: Origin) -> UUID:
    """Gives the conversation of these two people, and starts it where there is none yet."""
    with audited() as log:
        return open_pair(proof, origin, log)


def open_pair(proof: MayStart, origin: Origin, log: Log) -> UUID:
    """The same, in the caller's action."""
    people = {proof.member.person, proof.other}
    pair = pair_of(proof.member.organisation, proof.kind, people)
    row = Conversation(kind=proof.kind.value, client_id=proof.client, pair=pair)
    if proof.client is None:
        return _open(row, people, proof.member, origin, log)
    [staff] = people - {proof.client}
    care = _care(proof.member.organisation, proof.client, staff)
    found = _open(row, people, proof.member, origin, log, {staff: care.until if care else None})
    last_as_care(proof.member.organisation, proof.client, staff)
    return found


def last_as_care(organisation: UUID, client: UUID, staff: UUID) -> None:
    """Makes the part that `staff` takes in their conversation with a client last as long as their care relation."""
    care = _care(organisation, client, staff)
    pair = pair_of(organisation, Kind.TREATMENT, {client, staff})
    theirs = Participant.objects.filter(conversation__pair=pair, person_id=staff)
    if care is None or theirs.filter(until=care.until, left_at=None).exists():
        return
    if theirs.exclude(until=None).update(until=care.until, left_at=None):
        for conversation in theirs.values_list("conversation_id", flat=True):
            transaction.on_commit(partial(tell.changed, conversation))


def tell_care_is_over(organisation: UUID, client: UUID, staff: UUID) -> None:
    """Tells both that the part that `staff` took in their conversation is over, where it is."""
    pair = pair_of(organisation, Kind.TREATMENT, {client, staff})
    for conversation in Conversation.objects.filter(pair=pair).values_list("id", flat=True):
        tell.gone(conversation, [staff])
        tell.changed(conversation)


def _care(organisation: UUID, client: UUID, staff: UUID) -> CareRelation | None:
    return CareRelation.objects.filter(organisation_id=organisation, client_id=client, staff_id=staff).first()


def ask_team(proof: MayAsk, origin: Origin) -> UUID:
    """Gives the conversation of a client with a team, and starts it where there is none yet."""
    with audited() as log:
        return open_with_team(proof, origin, log)


def open_with_team(proof: MayAsk, origin: Origin, log: Log) -> UUID:
    """The same, in the caller's action, with who answers for the team now.

    Raises:
        NotFound: who asked answers for it no more, or is its client no more.
    """
    here = proof.team.organisation
    member, client = members.find(proof.member.person, here), members.find(proof.client, here)
    proof = rules.may_ask(member, teams.find(proof.team.id, lock=True), client, care_relation=True)
    team = proof.team
    pair = pair_of(team.organisation, team.kind, {team.id, proof.client})
    if proof.member.person == proof.client:
        teams.relate(team, proof.client)  # for good; what staff do leaves a relation that ends as it is
    row = Conversation(kind=team.kind.value, client_id=proof.client, team_id=team.id, pair=pair)
    return _open(row, {proof.client, *team.members}, proof.member, origin, log)


def open_notes(proof: MayAnswerForTeam, origin: Origin) -> UUID:
    """Gives the conversation of a team's notes about one with a client, and starts it where there is none yet."""
    about, member = proof.conversation, proof.member
    pair = pair_of(about.organisation, Kind.NOTES, {about.id})
    row = Conversation(kind=Kind.NOTES.value, client_id=about.client, notes_of_id=about.id, pair=pair)
    with audited() as log:
        if about.team is not None:
            teams.find(about.team, lock=True)
        known = facts.one(about.id, lock=True)
        rules.may_answer_for_team(known.members.get(member.person), known.facts)
        return _open(row, known.facts.participants - {about.client}, member, origin, log)


def _open(
    row: Conversation,
    people: Collection[UUID | None],
    member: Member,
    origin: Origin,
    log: Log,
    until: Mapping[UUID, datetime | None] = NO_END,
) -> UUID:
    existing = Conversation.objects.filter(pair=row.pair).values_list("id", flat=True)
    found = existing.first()
    if found is not None:
        return found
    row.id, row.organisation_id, row.created_at = ids.new(), member.organisation, clock.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another started it in the same moment, and was first
        return existing.get()
    keyring().create_conversation(row.id, member.organisation)
    Participant.objects.bulk_create(
        Participant(conversation=row, person_id=person, until=until.get(person)) for person in people if person
    )
    log(started(row, member, origin, row.created_at))
    transaction.on_commit(lambda: tell.changed(row.id))
    return row.id


def started(row: Conversation, member: Member, origin: Origin, at: datetime) -> Entry:
    """The entry that logs the start of a conversation."""
    return Entry(
        Tag.CONVERSATION_STARTED,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        subject=row.client_id,
        object=str(row.id),
        origin=origin,
        detail=row.kind,
        at=at,
    )


def pair_of(organisation: UUID, kind: Kind, who: Collection[UUID]) -> str:
    """What a conversation of just these is found by."""
    parts = [organisation.hex, kind.value, *sorted(one.hex for one in who)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
