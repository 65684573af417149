"""Searching all that a person may read.

SRCH-1 Only what the person may read now is searched: conversations they take part in, from the number above which they
       see messages.
SRCH-2 A message is found when it holds all words asked for, wherever in a word, without regard to case and accents.
SRCH-3 The newest come first. The log says that was searched and what was shown, not for which words.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.db import connection
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayRead
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Participant
from zorgmessenger.conversations.people import shown
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages import segments, store, stored
from zorgmessenger.messages.segments import Block, Line
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.texts.fold import fold

MOST = 30
MAX_WORDS = 8


class Searched(Struct, frozen=True):
    """What was found, the entries that log it, and the conversations for which blocks are worth making."""

    frame: protocol.Found
    entries: tuple[Entry, ...]
    behind: list[UUID]


class _Hit(Struct, frozen=True, order=True):
    at: int
    conversation: UUID
    seq: int


def search(person: UUID, asked: protocol.Search, origin: Origin) -> Searched:
    """Searches all conversations of a person, those of one organisation, or the one asked for.

    Raises:
        NotFound: they do not take part in the one asked for.
    """
    words = fold(asked.text).split()[:MAX_WORDS]
    known = _conversations(person, asked)
    proofs = {one.facts.id: rules.may_read(one.members.get(person), one.facts) for one in known}
    hits: list[_Hit] = []
    behind = []
    dialect = sql.dialect(connection.vendor)
    with connection.cursor() as cursor:
        for one in known if words else []:
            proof = proofs[one.facts.id]
            key = keyring().conversation(one.facts.id, one.facts.organisation)
            found = segments.blocks(cursor, dialect, one.facts.id, key)
            runs = segments.uncovered(found, one.last_seq, proof.above)
            lines = [line for run in runs for line in segments.read(cursor, dialect, one.facts.id, key, run)]
            if len(lines) >= segments.WORTH:
                behind.append(one.facts.id)
            newest = heapq.nlargest(MOST + 1, _matches(found, lines, words, proof.above))
            hits += [_Hit(at, one.facts.id, seq) for at, seq in newest]
        chosen = heapq.nlargest(MOST + 1, hits)
        messages = [
            (proof, message)
            for proof, seq in ((proofs[hit.conversation], hit.seq) for hit in chosen[:MOST])
            for message in _message(cursor, dialect, proof, seq)
        ]
    frame = protocol.Found(
        request=asked.request,
        hits=[protocol.Hit(conversation=proof.conversation.id, message=message) for proof, message in messages],
        more=len(chosen) > MOST,
        people=_people(messages),
    )
    return Searched(frame, tuple(_entries(known, person, messages, origin)), behind)


def _conversations(person: UUID, asked: protocol.Search) -> list[Known]:
    if asked.conversation is not None:
        one = facts.one(asked.conversation)
        rules.may_read(one.members.get(person), one.facts)
        return [one]
    mine = Participant.objects.present().filter(person_id=person)
    if asked.organisation is not None:
        mine = mine.filter(conversation__organisation_id=asked.organisation)
    known = facts.load(list(mine.values_list("conversation_id", flat=True)))
    return [one for one in known.values() if person in one.facts.participants]


def _matches(found: list[Block], lines: list[Line], words: list[str], above: int) -> Iterator[tuple[int, int]]:
    """Time and number of what holds all words: of messages without a block all, of blocks the newest `MOST` + 1."""
    yield from ((line.at, line.seq) for line in lines if all(word in line.words for word in words))
    in_blocks = (match for block in reversed(found) for match in _in_block(block, words))
    yield from islice((match for match in in_blocks if match[1] > above), MOST + 1)


def _in_block(block: Block, words: list[str]) -> Iterator[tuple[int, int]]:
    """The same of one block, the newest first."""
    rarest = max(words, key=len)
    end, number = len(block.lines), len(block.times)
    while (at := block.lines.rfind(rarest, 0, end)) >= 0:
        begin = block.lines.rfind("\n", 0, at) + 1
        number -= block.lines.count("\n", begin, end)
        line = block.lines[begin : block.lines.index("\n", at)]
        if all(word in line for word in words):
            yield block.times[number], block.first + number
        end = begin


def _message(cursor: sql.Cursor, dialect: sql.Dialect, proof: MayRead, seq: int) -> list[protocol.StoredMessage]:
    conversation = proof.conversation
    key = keyring().conversation(conversation.id, conversation.organisation)
    found = store.between(cursor, dialect, key, conversation.id, above=seq - 1, below=seq + 1, limit=1, newest=True)
    present = [message for message in found if message.withdrawn_at is None]
    return stored.seen_from(proof.member, conversation, present)


def _people(messages: list[tuple[MayRead, protocol.StoredMessage]]) -> list[protocol.Person]:
    senders: dict[tuple[UUID, Member], set[UUID]] = defaultdict(set)
    for proof, message in messages:
        senders[proof.conversation.organisation, proof.member].add(message.sender)
    return [
        person
        for (organisation, member), people in senders.items()
        for person in shown(organisation, people, to=member.role)
    ]


def _entries(
    known: list[Known], person: UUID, messages: list[tuple[MayRead, protocol.StoredMessage]], origin: Origin
) -> Iterator[Entry]:
    members = {one.facts.organisation: one.members[person] for one in known}
    for member in members.values():
        yield Entry(Tag.SEARCHED, organisation=member.organisation, actor=person, role=member.role.value, origin=origin)
    read: dict[UUID, list[int]] = defaultdict(list)
    proofs = {}
    for proof, message in messages:
        read[proof.conversation.id].append(message.seq)
        proofs[proof.conversation.id] = proof
    for conversation, numbers in read.items():
        proof = proofs[conversation]
        yield Entry(
            Tag.HISTORY_READ,
            organisation=proof.member.organisation,
            actor=person,
            role=proof.member.role.value,
            subject=proof.conversation.client,
            object=str(conversation),
            origin=origin,
            detail="found " + ",".join(map(str, sorted(numbers)))[:180],
        )
