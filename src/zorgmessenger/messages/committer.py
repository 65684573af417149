"""One committer for each process: what all sockets send in the same moment becomes one transaction.

A commit costs the same for one message as for two hundred. Jobs wait in a queue; the committer's thread takes all that
are there, decides each with the facts read in the same transaction, numbers, seals, stores and logs them, commits, and
only then hands the outcomes over. While it commits, the next batch gathers.

Laws:
1. An outcome is handed over after its transaction is committed, never before; its log entries are in the same one.
2. Numbers are given under the conversation's row lock: 1, 2, 3 … without gaps, on any number of processes.
3. (sender, client id) is stored once: sent again, it gives the first outcome.
4. A batch that fails by one bad job is tried again job by job, so that it fails alone. Where the database itself does
   not answer, all of the batch fails as passing.
5. Sending says nothing about reading: marks move by `received` and `read` alone, and each move of `read` is logged.
6. To the client of a team its members are one: what they are told of marks is the team's, when that moves, and of its
   case nothing. A team's mark is kept with the conversation and never falls, whoever comes or leaves.
7. Where a client writes in closed time, the automatic reply is stored right behind, once in each closed period
   (`messages/auto.py`).
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import cast
from uuid import UUID

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from msgspec import Struct, structs

from zorgmessenger import clock, sql
from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Member
from zorgmessenger.access.proofs import MayRead, MaySend
from zorgmessenger.audit import writer
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import availability, facts, people
from zorgmessenger.conversations import rules as cases
from zorgmessenger.conversations.refusals import refusal as refused
from zorgmessenger.conversations.rules import Case
from zorgmessenger.crypto.envelope import Key, Unsealable
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, Refused, RequestError, Unavailable, ZorgError
from zorgmessenger.errors import NotFound as Missing
from zorgmessenger.files import cards
from zorgmessenger.ids import NIL
from zorgmessenger.messages import auto, documents, forwarding, store, stored
from zorgmessenger.messages.alterations import Altered, AlterJob, alter, asking
from zorgmessenger.messages.bodies import is_blank
from zorgmessenger.messages.file_checks import Checked, FileJob, settled
from zorgmessenger.messages.forwarding import ForwardJob
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.protocol import Person, RequestedDocument, SharedFile

_log = structlog.get_logger()
MAX_BATCH = 512
MOMENT = 0.0004
PAIR = 2
PATIENCE = 4
"""Moments (in seconds) that a batch waits at most for others; alone on the line nobody waits at all."""


class OfTeam(Struct, frozen=True):
    """What the client of a team is told in place of what its members are told, and the case where it changed."""

    team: UUID
    clients: frozenset[UUID]
    delivered: int
    read: int
    moved: bool = False
    """Whether the team came further than it was."""
    case: Case | None = None
    author: Person | None = None


class Sent(Struct, frozen=True):
    """A message is stored for good. `new`: just now, rather than the same one before."""

    conversation: UUID
    seq: int
    client_id: UUID
    sender: UUID
    at: datetime
    body: str
    participants: frozenset[UUID]
    new: bool
    of_team: OfTeam | None = None
    reply: auto.Reply | None = None
    """The automatic reply that was stored right behind it."""
    reply_to: int | None = None
    mentions: tuple[UUID, ...] = ()
    forwarded: bool = False
    files: tuple[SharedFile, ...] = ()
    documents: tuple[RequestedDocument, ...] = ()
    also: Altered | None = None
    """The message that asked for the document that this one brings."""


class Marked(Struct, frozen=True):
    """How far a person is now."""

    conversation: UUID
    person: UUID
    delivered: int
    read: int
    participants: frozenset[UUID]
    of_team: OfTeam | None = None


class Logged(Struct, frozen=True):
    """The entries are in the log."""


Outcome = Sent | Marked | Altered | Checked | Logged | ZorgError | None
Then = Callable[[Outcome], None]


class SendJob(Struct, frozen=True):
    """Store a message of `person`."""

    person: UUID
    origin: Origin
    conversation: UUID
    client_id: UUID
    body: str
    then: Then
    reply_to: int | None = None
    mentions: tuple[UUID, ...] = ()
    forwarded: bool = False
    files: tuple[UUID, ...] = ()
    documents: tuple[str, ...] = ()
    answers: int | None = None


class MarkJob(Struct, frozen=True):
    """Raise how far `person` is; `None` for a mark that stays."""

    person: UUID
    origin: Origin
    conversation: UUID
    delivered: int
    read: int
    then: Then


class LogJob(Struct, frozen=True):
    """Write entries: what was read, or refused."""

    entries: tuple[Entry, ...]
    then: Then


Job = SendJob | ForwardJob | MarkJob | AlterJob | FileJob | LogJob
_OfOne = SendJob | ForwardJob | MarkJob | AlterJob
Settled = list[tuple[Job, Outcome]]


@dataclass(slots=True)
class _Batch:
    """What one transaction gathers."""

    cursor: sql.Cursor
    dialect: sql.Dialect
    at: datetime = field(default_factory=clock.now)
    known: dict[UUID, facts.Known] = field(default_factory=dict)
    last: dict[UUID, int] = field(default_factory=dict)
    rows: list[store.Row] = field(default_factory=list)
    sent: dict[tuple[UUID, UUID], Sent] = field(default_factory=dict)
    marks: dict[tuple[UUID, UUID], tuple[int, int]] = field(default_factory=dict)
    team_marks: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    due: dict[UUID, auto.Due] = field(default_factory=dict)
    revs: dict[UUID, int] = field(default_factory=dict)


class Committer(threading.Thread):
    """The thread. `settle` is called on it, once for each batch, with every job's outcome."""

    def __init__(self, settle: Callable[[Settled], None]) -> None:
        super().__init__(name="committer", daemon=True)
        self._settle = settle
        self._usual = 1
        self._jobs: queue.SimpleQueue[Sequence[Job] | None] = queue.SimpleQueue()

    def submit(self, jobs: Sequence[Job]) -> None:
        """Queues jobs, from any thread."""
        self._jobs.put(jobs)

    def stop(self) -> None:
        """Ends the thread when all that was queued before is done."""
        self._jobs.put(None)
        if self.is_alive():
            self.join(20)

    def run(self) -> None:
        """Runs until `stop`."""
        while True:
            jobs, last = self._gather()
            if jobs:
                self._settle(commit(jobs))
            if last:
                connection.close()
                return

    def _gather(self) -> tuple[list[Job], bool]:
        """All jobs that are there; under load it waits a moment for as many as the last batch had."""
        jobs: list[Job] = []
        patience = PATIENCE
        more = self._jobs.get()
        while more is not None:
            jobs.extend(more)
            while self._jobs.empty() and len(jobs) < self._usual and patience:
                patience -= 1
                time.sleep(MOMENT)
            if len(jobs) >= MAX_BATCH or self._jobs.empty():
                self._usual = len(jobs)
                return jobs, False
            more = self._jobs.get()
        return jobs, True


def commit(jobs: Sequence[Job]) -> Settled:
    """Does `jobs` in one transaction; where that fails, each in its own."""
    try:
        return _transact(jobs)
    except (OperationalError, InterfaceError) as error:
        _log.error("the database did not commit", jobs=len(jobs), error=type(error).__name__)
        connection.close()
        return [(job, Unavailable()) for job in jobs]
    except Exception as error:  # noqa: BLE001  (the thread lives on and every job gets an outcome)
        if len(jobs) > 1:
            return [settled for job in jobs for settled in commit([job])]
        _log.exception("commit failed", job=type(jobs[0]).__name__)
        return [(jobs[0], Conflict() if isinstance(error, IntegrityError) else Unavailable())]


def _transact(jobs: Sequence[Job]) -> Settled:
    dialect = sql.dialect(connection.vendor)
    with dialect.writing(), transaction.atomic(), connection.cursor() as cursor:
        batch = _Batch(cursor, dialect)
        conversations = {job.conversation for job in jobs if not isinstance(job, LogJob)}
        conversations |= {job.source for job in jobs if isinstance(job, ForwardJob)}
        batch.known = facts.load(conversations, lock=True)
        batch.last = {conversation: known.last_seq for conversation, known in batch.known.items()}
        sends = [(job.conversation, job.person) for job in jobs if isinstance(job, SendJob | ForwardJob)]
        batch.due = auto.due(batch.known, sends, batch.at)
        _recall(cursor, dialect, batch, jobs)
        outcomes: Settled = [(job, _decide(batch, job)) for job in jobs]
        _store_messages(batch)
        if batch.marks:
            store.advance(cursor, dialect, batch.marks)
        if batch.team_marks:
            store.advance_teams(cursor, dialect, batch.team_marks)
        if batch.cases:
            store.set_cases(cursor, dialect, batch.cases)
        writer.append(batch.entries)
    return outcomes


def _store_messages(batch: _Batch) -> None:
    """Stores what waits: at the end, and before a message of the same batch may be altered."""
    if batch.rows:
        store.insert(batch.cursor, batch.dialect, batch.rows)
        last = {row.conversation: batch.last[row.conversation] for row in batch.rows}
        store.set_last(batch.cursor, batch.dialect, last)
        batch.rows = []


def _recall(cursor: sql.Cursor, dialect: sql.Dialect, batch: _Batch, jobs: Sequence[Job]) -> None:
    ids = {job.client_id for job in jobs if isinstance(job, SendJob | ForwardJob)}
    ids.update(due.id for due in batch.due.values())
    if ids:
        for (sender, client_id), (conversation, seq, at) in store.known(cursor, dialect, ids).items():
            batch.sent[sender, client_id] = Sent(conversation, seq, client_id, sender, at, "", frozenset(), new=False)


def _decide(batch: _Batch, job: Job) -> Outcome:
    if isinstance(job, LogJob):
        batch.entries.extend(job.entries)
        return Logged()
    known = batch.known.get(job.conversation)
    if isinstance(job, FileJob):
        _store_messages(batch)
        return settled(batch, known, job) if known else None
    member = known.members.get(job.person) if known else None
    try:
        return _do(batch, member, known, job)
    except (Refused, Missing) as refusal:
        return _refused(batch, job, job.conversation, refusal)
    except (Conflict, RequestError) as error:
        return error
    except Unsealable:
        _log.error("a conversation's key does not open", conversation=str(job.conversation))
        return Unavailable("a conversation's key does not open")


def _refused(batch: _Batch, job: _OfOne, what: UUID, refusal: ZorgError) -> ZorgError:
    refusal.logged = True
    batch.entries.append(refused(job.person, what, batch.known.get(what), refusal, job.origin, _detail(job)))
    return refusal


def _do(batch: _Batch, member: Member | None, known: facts.Known | None, job: _OfOne) -> Outcome:
    if isinstance(job, SendJob):
        return _send(batch, rules.may_send(member, known.facts if known else None), job)
    if isinstance(job, ForwardJob):
        return _forward(batch, rules.may_send(member, known.facts if known else None), job)
    if isinstance(job, AlterJob):
        _store_messages(batch)
        return alter(batch, member, known, job)
    return _mark(batch, rules.may_read(member, known.facts if known else None), job)


def _detail(job: _OfOne) -> str:
    if isinstance(job, AlterJob):
        return job.detail
    if isinstance(job, ForwardJob):
        return "forward"
    return "send" if isinstance(job, SendJob) else "receipt"


def _send(batch: _Batch, proof: MaySend, job: SendJob) -> Outcome:
    before = batch.sent.get((job.person, job.client_id))
    if before is not None:
        return _again(batch, proof, job, before)
    if is_blank(job.body) and not job.files and not job.documents:
        return RequestError("nothing in it can be read", code="empty_body")
    conversation = proof.conversation
    if job.reply_to is not None:
        _check_reply(batch, proof, job.reply_to)
    key = keyring().conversation(conversation.id, conversation.organisation)
    seq = batch.last[conversation.id] + 1
    names = _checked_documents(batch, proof, job)
    files = _put_in(batch, key, job, seq) if job.files else []
    if names:
        documents.ask(batch.cursor, batch.dialect, key, job.conversation, seq, names)
    also = _answered(batch, proof, key, job, seq)
    sealed = store.seal(key, conversation.id, seq, job.body)
    reply = _reply(batch, proof, seq + 1)
    batch.last[conversation.id] = seq
    mentions = _mentioned(proof, job) if job.mentions else ()
    batch.rows.append(
        store.Row(
            conversation.id,
            seq,
            job.client_id,
            job.person,
            batch.at,
            sealed,
            "text",
            job.reply_to,
            stored.write_people(mentions) if mentions else "",
            job.forwarded,
            len(files),
            len(names),
        )
    )
    batch.entries.append(
        _entry(
            Tag.MESSAGE_SENT,
            proof.member,
            batch.known[conversation.id].subject(job.person),
            job.conversation,
            job.origin,
            _told(seq, job),
            batch.at,
        )
    )
    of_team = _of_team(batch, proof.member, conversation, sent=True) if conversation.team else None
    sent = Sent(
        conversation.id,
        seq,
        job.client_id,
        job.person,
        batch.at,
        job.body,
        conversation.participants,
        new=True,
        of_team=of_team,
        reply=reply,
        reply_to=job.reply_to,
        mentions=mentions,
        forwarded=job.forwarded,
        files=tuple(files),
        documents=tuple(RequestedDocument(name=name) for name in names),
        also=also,
    )
    batch.sent[job.person, job.client_id] = sent
    if reply is not None:
        _store_reply(batch, proof, key, reply)
    return sent


def _again(batch: _Batch, proof: MaySend, job: SendJob, before: Sent) -> Outcome:
    """Law 3; with the files as they are now, for their sender."""
    if before.conversation != job.conversation:
        return Conflict("the id is another message's", code="id_used")
    files: Sequence[SharedFile] = ()
    if job.files:
        key = keyring().conversation(job.conversation, proof.conversation.organisation)
        files = cards.of(batch.cursor, batch.dialect, key, job.conversation, [before.seq]).get(before.seq, ())
    known = Sent(before.conversation, before.seq, job.client_id, job.person, before.at, "", frozenset(), new=False)
    return structs.replace(known, files=tuple(files))


def _put_in(batch: _Batch, key: Key, job: SendJob, seq: int) -> list[SharedFile]:
    return cards.put_in(batch.cursor, batch.dialect, key, job.conversation, job.person, seq, job.files)


def _checked_documents(batch: _Batch, proof: MaySend, job: SendJob) -> list[str]:
    """The names of the documents that it asks for, and that what it brings is asked for; before anything is stored."""
    if job.answers is not None:
        answered = batch.cursor, batch.dialect, job.conversation, job.reply_to or 0, job.answers
        if not job.files or not documents.is_asked(*answered):
            raise RequestError("no file, or no request, for a document", code="no_such_document")
    if not job.documents:
        return []
    rules.may_ask_documents(proof.member, proof.conversation)
    names = [" ".join(name.split()) for name in job.documents]
    if any(is_blank(name) for name in names):
        raise RequestError("a document without a name", code="document_name")
    return names


def _answered(batch: _Batch, proof: MaySend, key: Key, job: SendJob, seq: int) -> Altered | None:
    """DOC-2: the message that asks for what this one brings, if it brings any."""
    if job.answers is None or job.reply_to is None:
        return None
    settled_by = batch.cursor, batch.dialect, job.conversation, job.reply_to, job.answers
    documents.settle(*settled_by, done=True, answer=seq)
    return asking(batch, key, proof.conversation, job.reply_to)


def _told(seq: int, job: SendJob) -> str:
    """What the log tells of a message: its number, and how many files and documents."""
    counts = {"files": len(job.files), "documents": len(job.documents), "answers": job.answers or 0}
    return " ".join([str(seq), *(f"{name}={count}" for name, count in counts.items() if count)])


def _mentioned(proof: MaySend, job: SendJob) -> tuple[UUID, ...]:
    """MSG-8: who is named of those that take part, where there are more than two."""
    participants = proof.conversation.participants
    if len(participants) <= PAIR:
        return ()
    return tuple(sorted((participants & frozenset(job.mentions)) - {job.person}))


def _forward(batch: _Batch, proof: MaySend, job: ForwardJob) -> Outcome:
    copy = SendJob(job.person, job.origin, job.conversation, job.client_id, "", job.then, forwarded=True)
    if (job.person, job.client_id) in batch.sent:
        return _send(batch, proof, copy)
    _store_messages(batch)
    try:
        body, files = forwarding.copied(batch, proof, batch.known.get(job.source), job)
    except (Refused, Missing) as refusal:
        return _refused(batch, job, job.source, refusal)
    return _send(batch, proof, structs.replace(copy, body=body, files=tuple(files)))


def _check_reply(batch: _Batch, proof: MaySend, seq: int) -> None:
    _store_messages(batch)
    message = stored.facts(batch.cursor, batch.dialect, proof.conversation.id, seq)
    rules.may_reply(proof.member, proof.conversation, message)


def _reply(batch: _Batch, proof: MaySend, seq: int) -> auto.Reply | None:
    """The automatic reply that is due to this message, if any; it is due once."""
    due = batch.due.get(proof.conversation.id) if proof.member.person == proof.conversation.client else None
    if due is None or (NIL, due.id) in batch.sent:
        return None
    return auto.written(due, proof.conversation.id, seq, batch.at)


def _store_reply(batch: _Batch, proof: MaySend, key: Key, reply: auto.Reply) -> None:
    conversation = proof.conversation
    sealed = store.seal(key, conversation.id, reply.seq, reply.body)
    batch.last[conversation.id] = reply.seq
    batch.rows.append(store.Row(conversation.id, reply.seq, reply.id, None, batch.at, sealed, "auto"))
    batch.sent[NIL, reply.id] = Sent(
        conversation.id, reply.seq, reply.id, NIL, batch.at, reply.body, conversation.participants, new=True
    )
    batch.entries.append(
        Entry(
            Tag.AUTO_REPLIED,
            organisation=conversation.organisation,
            subject=conversation.client,
            object=str(conversation.id),
            detail=str(reply.seq),
            at=batch.at,
        )
    )


def _mark(batch: _Batch, proof: MayRead, job: MarkJob) -> Outcome:
    conversation = proof.conversation
    was = _marks(batch, conversation.id, job.person)
    newest = batch.last[conversation.id]
    read = max(was[1], min(job.read, newest))
    delivered = max(was[0], min(job.delivered, newest), read)
    if (delivered, read) == was:
        return None
    batch.marks[conversation.id, job.person] = (delivered, read)
    if read > was[1]:
        detail = f"{was[1] + 1}-{read}"
        batch.entries.append(
            _entry(Tag.MESSAGES_READ, proof.member, conversation.client, conversation.id, job.origin, detail, batch.at)
        )
    of_team = _of_team(batch, proof.member, conversation, sent=False) if conversation.team else None
    return Marked(conversation.id, job.person, delivered, read, conversation.participants, of_team)


def _of_team(batch: _Batch, member: Member, conversation: ConversationFacts, *, sent: bool) -> OfTeam:
    """Law 6, after the marks of this job are in the batch."""
    known = batch.known[conversation.id]
    marks = was = batch.team_marks.get(conversation.id) or known.team_marks
    if member.role.staff and not sent:
        mine = _marks(batch, conversation.id, member.person)
        marks = max(marks[0], mine[0]), max(marks[1], mine[1])
        batch.team_marks[conversation.id] = marks
    case, author = None, None
    if sent:
        before = batch.cases.get(conversation.id) or known.case or Case()
        after = cases.after_message(before, member, batch.at, partial(availability.answer_by, known))
        if after != before:
            case = batch.cases[conversation.id] = after
        author = people.author(conversation.organisation, member.person) if member.role.staff else None
    return OfTeam(cast("UUID", conversation.team), known.clients, *marks, marks != was, case, author)


def _marks(batch: _Batch, conversation: UUID, person: UUID) -> tuple[int, int]:
    """How far somebody is, with what this batch has done so far."""
    return batch.marks.get((conversation, person)) or batch.known[conversation].marks.get(person, (0, 0))


def _entry(
    tag: Tag, member: Member, client: UUID | None, conversation: UUID, origin: Origin, detail: str, at: datetime
) -> Entry:
    return Entry(
        tag,
        organisation=member.organisation,
        actor=member.person,
        role=member.role.value,
        subject=client,
        object=str(conversation),
        origin=origin,
        detail=detail,
        at=at,
    )
