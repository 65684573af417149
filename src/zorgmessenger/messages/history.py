"""Reading: what an opening app draws, and pages of a conversation. Runs on a thread; gives what the socket sends.

Every reading comes with the entries that log it; it is shown only after they are written. Revisions are read before
messages: one may stand as a later alteration left it, but never as it was before one that the reading says to contain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import F

from zorgmessenger import clock, sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Kind, Member
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import availability, facts, mutes, views
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.conversations.people import role_name, shown
from zorgmessenger.crypto.envelope import Key
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.files import arriving
from zorgmessenger.files.opening import scanner
from zorgmessenger.messages import events, store, stored
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations import call_rules, look, members, teams
from zorgmessenger.organisations.models import Organisation, StandIn, Team
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol

FRESH = 20
"""How many conversations of an empty device come with their newest messages; the others with the last one only."""
NEWEST = 30
CATCH_UP = 200
_FAR = 2**53


Read = TypeVar("Read", bound=protocol.ServerFrame)


@dataclass(frozen=True)
class Reading(Generic[Read]):
    """What was read and the entries that log it."""

    frame: Read
    entries: tuple[Entry, ...]


def page(proof: MayRead, asked: protocol.History, rev: int, origin: Origin) -> Reading[protocol.Page]:
    """One page of a conversation; `rev` is its newest revision, read before."""
    conversation = proof.conversation
    key = keyring().conversation(conversation.id, conversation.organisation)
    newest = asked.after is None
    above = max(asked.after or 0, proof.above)
    below = asked.before if asked.before is not None else _FAR
    with connection.cursor() as cursor:
        dialect = sql.dialect(connection.vendor)
        found = store.between(
            cursor, dialect, key, conversation.id, above=above, below=below, limit=asked.limit + 1, newest=newest
        )
    complete = len(found) <= asked.limit
    if not complete:
        found = found[1:] if newest else found[:-1]
    seen = stored.seen_from(proof.member, conversation, found)
    frame = protocol.Page(
        request=asked.request,
        conversation=conversation.id,
        messages=seen,
        complete=complete,
        people=_authors(proof.member, conversation, seen),
        rev=rev,
    )
    return Reading(frame, _logged(proof.member, conversation.client, conversation.id, found, origin))


def changes(proof: MayRead, asked: protocol.Changes, rev: int, origin: Origin) -> Reading[protocol.ChangesPage]:
    """What was altered above a revision; `rev` is the conversation's newest, read before."""
    conversation = proof.conversation
    found = _altered(proof, after=asked.after, until=_FAR, limit=protocol.MAX_CHANGES + 1)
    complete = len(found) <= protocol.MAX_CHANGES
    found = found[: protocol.MAX_CHANGES]
    frame = protocol.ChangesPage(
        request=asked.request,
        conversation=conversation.id,
        after=asked.after,
        rev=rev if complete else found[-1].rev,
        messages=stored.seen_from(proof.member, conversation, found),
        complete=complete,
    )
    return Reading(frame, _logged_each(proof.member, conversation.client, conversation.id, found, origin))


def welcome(
    person: UUID, hello: protocol.Hello, origin: Origin, second_factor_by: date | None = None
) -> Reading[protocol.Welcome]:
    """Everything an opening app draws, in one answer; `second_factor_by` is when they must have one at the latest."""
    me = Person.objects.get(pk=person)
    memberships = {member.organisation: member for member in members.of(person)}
    entries = [
        Entry(Tag.CONNECTED, organisation=m.organisation, actor=person, role=m.role.value, origin=origin)
        for m in memberships.values()
    ]
    mine = _mine(person, memberships)
    answers_for = teams.mine(person)
    had = {one.id: _altered_below(one.proof, one.known, hello) for one in mine}
    newest = _newest([(one, had[one.id][0], index < FRESH) for index, one in enumerate(mine)])
    unread = _unread(person, mine, newest)
    conversations: list[protocol.Conversation] = []
    for one in mine:
        member, known = one.proof.member, one.known.facts
        found, (have, altered) = newest.get(one.id, []), had[one.id]
        described = views.conversation(
            one.known,
            one.row,
            one.marks,
            stored.seen_from(member, known, found),
            one.proof.above,
            to_client=not member.role.staff,
        )
        changes = stored.seen_from(member, known, altered)
        conversations.append(
            msgspec.structs.replace(described, unread=unread[one.id], changes=changes, anew=have == _REPLACE)
        )
        entries.extend(_logged(member, known.client, one.id, found, origin))
        entries.extend(_logged_each(member, known.client, one.id, altered, origin))
    contacts = {m.organisation: members.contacts(m) for m in memberships.values()}
    now = clock.now()
    hours = availability.of(memberships.values(), [one.known for one in mine], now)
    frame = protocol.Welcome(
        me=protocol.Me(
            id=me.id, first_name=me.first_name, last_name=me.last_name, language=_language(me), quiet=me.quiet
        ),
        organisations=[
            _organisation(member, contacts[member.organisation] if len(memberships) > 1 else [])
            for member in memberships.values()
        ],
        people=_people(memberships, contacts, conversations),
        contacts=[contact for found in contacts.values() for contact in found],
        conversations=conversations,
        server_time=now,
        teams=[_team(team, answers_for) for organisation in memberships for team in teams.of(organisation)],
        availability=hours.availability,
        notices=hours.notices,
        mutes=mutes.of(person),
        second_factor_by=second_factor_by,
    )
    return Reading(frame, tuple(entries))


@dataclass(frozen=True)
class _Mine:
    """One of a person's conversations, and by person who is in it how far they are: delivered and read."""

    known: facts.Known
    row: Conversation
    proof: MayRead
    marks: dict[UUID, tuple[int, int]]

    @property
    def id(self) -> UUID:
        return self.known.facts.id


def _mine(person: UUID, memberships: Mapping[UUID, Member]) -> list[_Mine]:
    """A person's conversations, the ones with the newest message first."""
    rows = Conversation.objects.filter(participants__person_id=person, participants__left_at=None)
    created = {row.id: row for row in rows}
    last = Message.objects.filter(conversation_id__in=list(created), seq=F("conversation__last_seq"))
    newest = dict(last.values_list("conversation_id", "at"))
    known = [one for one in facts.load(created).values() if person in one.facts.participants]
    known.sort(key=lambda one: newest.get(one.facts.id, created[one.facts.id].created_at), reverse=True)
    marks = _marks([one.facts.id for one in known])
    proofs = [rules.may_read(memberships.get(one.facts.organisation), one.facts) for one in known]
    return [
        _Mine(one, created[one.facts.id], proof, marks.get(one.facts.id, {}))
        for one, proof in zip(known, proofs, strict=True)
    ]


def _marks(conversations: Collection[UUID]) -> dict[UUID, dict[UUID, tuple[int, int]]]:
    found: dict[UUID, dict[UUID, tuple[int, int]]] = defaultdict(dict)
    if conversations:
        with connection.cursor() as cursor:
            marks = store.marks(cursor, sql.dialect(connection.vendor), conversations)
        for (conversation, person), mark in marks.items():
            found[conversation][person] = mark
    return found


def _newest(wanted: Iterable[tuple[_Mine, int | None, bool]]) -> dict[UUID, list[protocol.StoredMessage]]:
    """What a device that has messages up to a number lacks, when that is not too much; else the newest ones.

    `wanted` is each conversation, what the device has of it, and whether it comes with its newest messages anyway.
    Numbers have no gaps, so that what is lacking is known by them.
    """
    keys: dict[UUID, Key] = {}
    spans: list[store.Span] = []
    for one, have, fresh in wanted:
        last = one.known.last_seq
        missed = last - have if have is not None else -1
        limit = missed if 0 <= missed <= CATCH_UP else NEWEST if fresh or have is not None else 1
        if limit and last:
            keys[one.id] = keyring().conversation(one.id, one.known.facts.organisation)
            spans.append(store.Span(one.id, max(one.proof.above, last - limit), last))
    with connection.cursor() as cursor:
        return store.spans(cursor, sql.dialect(connection.vendor), keys, spans)


_REPLACE = -1
"""A `have` that no run connects to."""


def _altered_below(
    proof: MayRead, known: facts.Known, hello: protocol.Hello
) -> tuple[int | None, list[protocol.StoredMessage]]:
    """What happened to what a device has, since the revision it knows; where that is too much, all is told anew."""
    have = hello.have.get(known.facts.id)
    after = hello.revs.get(known.facts.id, 0)
    if not have or after == known.last_rev:
        return have, []
    if after > known.last_rev:
        return _REPLACE, []
    found = _altered(proof, after=after, until=have, limit=protocol.MAX_CHANGES + 1)
    return (have, found) if len(found) <= protocol.MAX_CHANGES else (_REPLACE, [])


def _altered(proof: MayRead, *, after: int, until: int, limit: int) -> list[protocol.StoredMessage]:
    conversation = proof.conversation
    key = keyring().conversation(conversation.id, conversation.organisation)
    with connection.cursor() as cursor:
        dialect = sql.dialect(connection.vendor)
        return stored.altered(
            cursor, dialect, key, conversation.id, after=after, above=proof.above, until=until, limit=limit
        )


def _unread(
    person: UUID, mine: Iterable[_Mine], newest: Mapping[UUID, list[protocol.StoredMessage]]
) -> dict[UUID, int]:
    """How many messages that others wrote are not read yet; counted in the database below the `newest`."""
    unread: dict[UUID, int] = {}
    spans: list[store.Span] = []
    for one in mine:
        read = one.marks.get(person, (0, 0))[1]
        found = newest.get(one.id, [])
        below = found[0].seq - 1 if found else one.known.last_seq
        unread[one.id] = sum(m.seq > read and m.sender != person and m.kind == "text" for m in found)
        if below > read:
            spans.append(store.Span(one.id, read, below))
    with connection.cursor() as cursor:
        counts = store.count_of_others(cursor, sql.dialect(connection.vendor), person, spans)
    return {conversation: count + counts.get(conversation, 0) for conversation, count in unread.items()}


def _people(
    memberships: dict[UUID, Member], contacts: dict[UUID, list[UUID]], conversations: list[protocol.Conversation]
) -> list[protocol.Person]:
    by_organisation: dict[UUID, set[UUID]] = {
        organisation: {memberships[organisation].person, *found} for organisation, found in contacts.items()
    }
    for conversation in conversations:
        seen = by_organisation[conversation.organisation]
        seen.update(participant.person for participant in conversation.participants)
        for message in (*conversation.messages, *conversation.changes):
            seen.update(_named(message))
    # Who stood in is named by what happened, also after they left.
    homes = {conversation.id: conversation.organisation for conversation in conversations}
    stood_in = StandIn.objects.filter(conversation__in=list(homes))
    for identifier, absent, person in stood_in.values_list("conversation", "absent_id", "person_id"):
        by_organisation[homes[identifier]] |= {absent, person}
    return list(
        {
            p.id: p
            for organisation, people in by_organisation.items()
            for p in shown(organisation, people, to=memberships[organisation].role)
        }.values()
    )


def _authors(
    member: Member, conversation: ConversationFacts, found: Iterable[protocol.StoredMessage]
) -> list[protocol.Person]:
    """Who is named in these messages, as told to `member`: who wrote, read, reacted, or is mentioned; also who left."""
    named = {message.sender for message in found}
    for message in found:
        if message.rev or message.mentions or message.kind == "event":
            named.update(_named(message))
    return shown(conversation.organisation, named, to=member.role) if named else []


def _named(message: protocol.StoredMessage) -> Iterator[UUID]:
    yield from (message.sender, *message.seen_by, *message.mentions, *events.named_in(message))
    yield from (person for one in message.reactions for person in one.people)


def _team(team: Team, answers_for: Collection[UUID]) -> protocol.Team:
    kind: protocol.KindName = Kind(team.kind).value
    return protocol.Team(
        id=team.id, organisation=team.organisation_id, kind=kind, name=team.name, mine=team.id in answers_for
    )


def _organisation(member: Member, contacts: list[UUID]) -> protocol.Organisation:
    row = Organisation.objects.get(pk=member.organisation)
    return protocol.Organisation(
        id=row.id,
        name=row.name,
        role=role_name(member.role),
        accent=row.accent,
        logo=look.logo_path(row.id),
        contacts=contacts,
        files=_file_rules(row.id),
        calls=_call_rules(row.id),
    )


def _call_rules(organisation: UUID) -> protocol.CallRules:
    found = call_rules.of(organisation)
    return protocol.CallRules(found.waiting_room, found.question.get("nl", ""), found.question.get("en", ""))


def _file_rules(organisation: UUID) -> protocol.FileRules:
    policy = arriving.policy_of(organisation)
    return protocol.FileRules(policy.largest, sorted(policy.kinds), scanned=scanner() is not None)


def _language(person: Person) -> protocol.Language:
    return "en" if person.language == "en" else "nl"


def _logged(
    member: Member, client: UUID | None, conversation: UUID, found: Iterable[protocol.StoredMessage], origin: Origin
) -> tuple[Entry, ...]:
    numbers = [message.seq for message in found]
    if not numbers:
        return ()
    return (
        Entry(
            Tag.HISTORY_READ,
            organisation=member.organisation,
            actor=member.person,
            role=member.role.value,
            subject=client,
            object=str(conversation),
            origin=origin,
            detail=f"{numbers[0]}-{numbers[-1]}",
        ),
    )


def _logged_each(
    member: Member, client: UUID | None, conversation: UUID, found: Iterable[protocol.StoredMessage], origin: Origin
) -> tuple[Entry, ...]:
    """Altered messages lie apart: each is logged by its own number."""
    return tuple(entry for message in found for entry in _logged(member, client, conversation, [message], origin))
