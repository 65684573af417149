"""What stands behind every socket of this process.

Reads go to a few threads, writes through the committer, answers come back on the loop.

A frame goes: socket → `perform` → committer (or a reading thread, then the committer for its log entry) → `_settle` on
the loop → the answer to the sender, one prepared frame to everybody else.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
import structlog
from django.db import DatabaseError
from django.db import connection as database
from msgspec.structs import replace

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.accounts import app_lock, devices, identify
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations import facts, presence, views
from zorgmessenger.conversations.refusals import refusal
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.errors import NotFound, Refused, Unavailable, ZorgError
from zorgmessenger.messages import history, search, segments, stored
from zorgmessenger.messages.alterations import Altered, AlterJob
from zorgmessenger.messages.committer import (
    Committer,
    Job,
    Logged,
    LogJob,
    Marked,
    MarkJob,
    OfTeam,
    Outcome,
    SendJob,
    Sent,
    Settled,
)
from zorgmessenger.messages.file_checks import Checked, FileJob
from zorgmessenger.messages.forwarding import ForwardJob
from zorgmessenger.organisations import second_factor_policy
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import Hub
from zorgmessenger.realtime.presence import Presence
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.websocket import Connection
from zorgmessenger.texts import text

_log = structlog.get_logger()
T = TypeVar("T")
READERS = 4
MAX_UNDER_WAY = 20_000


class Engine:
    """The real-time engine. Made and stopped on the loop it serves."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._committer = Committer(self._settled)
        self._next: list[Job] = []
        self._under_way = 0
        self._watching: dict[UUID, frozenset[UUID]] = {}
        self._presence = Presence(self._told_of_presence, self._loop.call_later)
        self._committer.start()

    async def stop(self) -> None:
        """Stores what was sent, then ends the threads."""
        await asyncio.to_thread(self._committer.stop)
        await asyncio.to_thread(self._readers.shutdown, cancel_futures=True)

    async def identify(self, cookie: str) -> tuple[UUID, str] | None:
        """The person signed in by this session cookie, and the digest of the session."""
        return await self.read(lambda: identify.by_cookie(cookie)) if cookie else None

    async def welcome(
        self, connection: Connection, hello: protocol.Hello, calls: Sequence[protocol.Call] = ()
    ) -> tuple[str, timedelta] | int:
        """The prepared answer to `hello`, and how long the person may listen; or the code to close with.

        `calls` are those that go on where the person takes part.
        """
        read = await self.read(lambda: _read_welcome(connection, hello))
        if isinstance(read, int):
            return read
        reading, lasts, knows = read
        listening = str(ids.new())
        entries = tuple(replace(e, object=listening) if e.tag is Tag.CONNECTED else e for e in reading.entries)
        await self._logged(entries)
        connection.present = tuple(entry for entry in entries if entry.tag is Tag.CONNECTED)
        here = [person for person in knows if person in self._presence]
        return protocol.encode(replace(reading.frame, present=here, calls=list(calls))).decode(), lasts

    async def remaining(self, connection: Connection) -> timedelta | int:
        """How long somebody who is connected may listen still, or the code to close with."""
        return await self.read(lambda: _remaining(connection, _owed_from(connection)))

    def attends(self, person: UUID) -> bool:
        """Whether somebody of the staff is at a device that is connected here; from any thread."""
        return person in self._presence

    def left(self, connection: Connection) -> None:
        """Logs that a device listens no longer, with the same `object` as the entry of when it began to."""
        self._presence.drop(connection.person, connection)
        present, connection.present = connection.present, ()
        now = clock.now()
        entries = tuple(replace(entry, tag=Tag.DISCONNECTED, at=now) for entry in present)
        if entries:
            with suppress(Unavailable):
                self._submit(LogJob(entries, lambda _: None))
            self._spawn(self._note_use(connection.session))

    async def _note_use(self, session: str) -> None:
        with suppress(ZorgError, RuntimeError):  # the server stops: that the device was in use was noted before
            await self.read(lambda: devices.note_use(session))

    def perform(self, connection: Connection, frame: protocol.ClientFrame) -> None:  # noqa: C901  (a table of cases)
        """Does what a frame asks; answers go to `connection`."""
        try:
            match frame:
                case protocol.Send():
                    self._submit(
                        SendJob(
                            connection.person,
                            connection.origin,
                            frame.conversation,
                            frame.id,
                            frame.body,
                            lambda outcome: self._sent(connection, frame.id, outcome),
                            frame.reply_to,
                            tuple(frame.mentions),
                            files=tuple(frame.files),
                            documents=tuple(frame.documents),
                            answers=frame.answers,
                        )
                    )
                case protocol.Forward():
                    self._submit(
                        ForwardJob(
                            connection.person,
                            connection.origin,
                            frame.conversation,
                            frame.id,
                            frame.source,
                            frame.seq,
                            lambda outcome: self._forwarded(connection, frame.id, outcome),
                        )
                    )
                case protocol.Received() | protocol.Read():
                    read = frame.seq if isinstance(frame, protocol.Read) else 0
                    self._submit(
                        MarkJob(connection.person, connection.origin, frame.conversation, frame.seq, read, self._marked)
                    )
                case protocol.Edit() | protocol.Withdraw() | protocol.React() | protocol.Settle():
                    self._submit(
                        AlterJob(
                            connection.person,
                            connection.origin,
                            frame,
                            lambda outcome: self._altered(connection, frame.request, outcome),
                        )
                    )
                case protocol.History() | protocol.Changes():
                    self._spawn(self._page(connection, frame))
                case protocol.Search():
                    self._spawn(self._search(connection, frame))
                case protocol.Attending():
                    self._presence.say(connection.person, connection, attending=frame.attending)
                case protocol.Typing():
                    self._spawn(self._type(connection, frame))
        except Unavailable as error:
            identifier, request = getattr(frame, "id", None), getattr(frame, "request", None)
            if identifier is not None or request is not None:
                connection.state.answered()
            self.refuse(connection, error, identifier=identifier, request=request)

    def send(self, person: UUID, origin: Origin, conversation: UUID, client_id: UUID, body: str) -> Sent:
        """The same door for HTTP: waits, on a thread, until the message is stored.

        Raises:
            ZorgError: it was not.
        """
        done: Future[Outcome] = Future()

        def then(outcome: Outcome) -> None:
            self._announce(outcome, but=None)
            done.set_result(outcome)

        job = SendJob(person, origin, conversation, client_id, body, then)
        self._loop.call_soon_threadsafe(self._submit_for, job, done)
        outcome = done.result(timeout=30)
        if isinstance(outcome, Sent):
            return outcome
        raise outcome if isinstance(outcome, ZorgError) else Unavailable()

    def _submit(self, job: Job) -> None:
        """Hands a job to the committer, together with all others of this turn of the loop.

        Raises:
            Unavailable: too much is under way.
        """
        if self._under_way >= MAX_UNDER_WAY:
            raise Unavailable("the committer is behind")
        self._under_way += 1
        self._next.append(job)
        if len(self._next) == 1:
            self._loop.call_soon(self._hand_over)

    def _submit_for(self, job: Job, done: Future[Outcome]) -> None:
        try:
            self._submit(job)
        except Unavailable as error:
            done.set_result(error)

    def _hand_over(self) -> None:
        jobs, self._next = self._next, []
        self._committer.submit(jobs)

    def _settled(self, settled: Settled) -> None:
        self._loop.call_soon_threadsafe(self._settle, settled)

    def _settle(self, settled: Settled) -> None:
        self._under_way -= len(settled)
        for job, outcome in settled:
            try:
                job.then(outcome)
            except Exception:  # noqa: BLE001  (one socket's trouble is not the others')
                _log.exception("settle")

    def _sent(self, connection: Connection, identifier: UUID, outcome: Outcome) -> None:
        connection.state.answered()
        if isinstance(outcome, Sent):
            connection.answer(
                protocol.Ack(
                    id=identifier,
                    conversation=outcome.conversation,
                    seq=outcome.seq,
                    at=outcome.at,
                    files=list(outcome.files),
                )
            )
            self._announce(outcome, but=connection)
        elif isinstance(outcome, ZorgError):
            self.refuse(connection, outcome, identifier=identifier)

    def _forwarded(self, connection: Connection, identifier: UUID, outcome: Outcome) -> None:
        """As `_sent`, but the sender is told what the message says, and before they are told that it is stored."""
        self._announce(outcome, but=None)
        told = replace(outcome, new=False) if isinstance(outcome, Sent) else outcome
        self._sent(connection, identifier, told)

    def _announce(self, outcome: Outcome, but: Connection | None) -> None:
        if isinstance(outcome, Sent) and outcome.new:
            frame = protocol.Message(
                conversation=outcome.conversation,
                seq=outcome.seq,
                id=outcome.client_id,
                sender=outcome.sender,
                at=outcome.at,
                body=outcome.body,
                reply_to=outcome.reply_to,
                mentions=list(outcome.mentions),
                forwarded=outcome.forwarded,
                files=list(outcome.files),
                documents=list(outcome.documents),
            )
            if outcome.of_team is None:
                self._tell(outcome.participants, frame, but)
            else:
                self._announce_of_team(outcome, outcome.of_team, frame, but)
            if outcome.reply is not None:
                self._hub.tell(outcome.participants, outcome.reply.frame(outcome.conversation))
            if outcome.also is not None:
                self._tell_altered(outcome.also, but=None)

    def _announce_of_team(self, sent: Sent, told: OfTeam, frame: protocol.Message, but: Connection | None) -> None:
        staff = sent.participants - told.clients
        self._tell(staff, frame, but)
        mentions = list(dict.fromkeys(one if one in told.clients else told.team for one in frame.mentions))
        self._tell(told.clients, replace(frame, author=told.author, mentions=mentions), but)
        if told.case is not None:
            changed = protocol.CaseChanged(conversation=sent.conversation, case=views.case(told.case))
            self._hub.tell(staff, changed)

    def _tell(self, people: Collection[UUID], frame: protocol.Message, but: Connection | None) -> None:
        """Tells everybody what they may see of it: of files that were not found clean their sender alone."""
        shown = stored.to_others(frame)
        if shown is frame:
            self._hub.tell(people, frame, but)
            return
        self._hub.tell([person for person in people if person != frame.sender], shown, but)
        self._hub.tell([person for person in people if person == frame.sender], frame, but)

    def _altered(self, connection: Connection, request: int, outcome: Outcome) -> None:
        connection.state.answered()
        if isinstance(outcome, Altered):
            frame = protocol.Altered(
                conversation=outcome.conversation,
                rev=outcome.rev,
                message=outcome.seen_by(connection.person),
                request=request,
            )
            connection.answer(frame)
            if outcome.new:
                self._tell_altered(outcome, but=connection)
            if outcome.case is not None:
                changed = protocol.CaseChanged(conversation=outcome.conversation, case=views.case(outcome.case))
                self._hub.tell(outcome.participants - {outcome.client}, changed)
        elif isinstance(outcome, ZorgError):
            self.refuse(connection, outcome, request=request)

    def _tell_altered(self, outcome: Altered, but: Connection | None) -> None:
        alike: dict[tuple[bool, bool], list[UUID]] = defaultdict(list)
        for person in outcome.participants:
            alike[person == outcome.message.sender, person == outcome.client].append(person)
        for people in alike.values():
            message = outcome.seen_by(people[0])
            frame = protocol.Altered(conversation=outcome.conversation, rev=outcome.rev, message=message)
            self._hub.tell(people, frame, but)
        if outcome.also is not None:
            self._tell_altered(outcome.also, but=None)

    def check_settled(self, job: FileJob) -> bool:
        """Takes what became of a file that was checked; waits, on a thread, until it is stored and told.

        Raises:
            ZorgError: it was not stored.
        """
        done: Future[Outcome] = Future()

        def then(outcome: Outcome) -> None:
            if isinstance(outcome, Altered):
                self._tell_altered(outcome, but=None)
            elif isinstance(outcome, Checked) and outcome.file is not None:
                frame = protocol.FileChecked(conversation=outcome.conversation, file=outcome.file)
                self._hub.tell([outcome.owner], frame)
            done.set_result(outcome)

        self._loop.call_soon_threadsafe(self._submit_for, replace(job, then=then), done)
        outcome = done.result(timeout=30)
        if isinstance(outcome, ZorgError):
            raise outcome
        return isinstance(outcome, Altered | Checked)

    def _marked(self, outcome: Outcome) -> None:
        if isinstance(outcome, Marked):
            frame = protocol.Receipt(
                conversation=outcome.conversation, person=outcome.person, delivered=outcome.delivered, read=outcome.read
            )
            told = outcome.of_team
            if told is None or outcome.person in told.clients:
                self._hub.tell(outcome.participants, frame)
                return
            self._hub.tell(outcome.participants - told.clients, frame)
            as_one = msgspec.structs.replace(frame, person=told.team, delivered=told.delivered, read=told.read)
            if told.moved:
                self._hub.tell(told.clients, as_one)

    async def _page(self, connection: Connection, asked: protocol.History | protocol.Changes) -> None:
        try:
            data, entries = await self.read(lambda: _read_page(connection, asked))
            await self._logged(entries)
        except ZorgError as error:
            await self.log_refusal(connection, error, asked.conversation, str(asked.__struct_config__.tag))
            self.refuse(connection, error, request=asked.request)
        else:
            connection.send(data)
        finally:
            connection.state.answered()

    async def _search(self, connection: Connection, asked: protocol.Search) -> None:
        try:
            searched = await self.read(lambda: search.search(connection.person, asked, connection.origin))
            await self._logged(searched.entries)
        except ZorgError as error:
            await self.log_refusal(connection, error, asked.conversation, "search")
            self.refuse(connection, error, request=asked.request)
        else:
            connection.answer(searched.frame)
            if searched.behind:
                await self.read(lambda: segments.build(searched.behind))
        finally:
            connection.state.answered()

    async def _logged(self, entries: tuple[Entry, ...]) -> None:
        """Waits until `entries` are in the log: what was read is shown only then."""
        logged: asyncio.Future[Outcome] = self._loop.create_future()
        self._submit(LogJob(entries, lambda outcome: None if logged.done() else logged.set_result(outcome)))
        if not isinstance(await logged, Logged):
            raise Unavailable("the log could not be written")

    async def _type(self, connection: Connection, typing: protocol.Typing) -> None:
        try:
            told = await self.read(lambda: _told_of_typing(connection.person, typing.conversation))
        except ZorgError as error:
            await self.log_refusal(connection, error, typing.conversation, "typing")
            return
        for people, frame in told:
            self._hub.tell(people, frame)

    async def log_refusal(
        self, connection: Connection, error: ZorgError, conversation: UUID | None, detail: str
    ) -> None:
        """Logs a refusal; who is refused is told so even when that cannot be done now."""
        if isinstance(error, (Refused, NotFound)):
            with suppress(ZorgError):
                entry = await self.read(lambda: _refusal(connection, conversation, error, detail))
                self._submit(LogJob((entry,), lambda _: None))

    def _told_of_presence(self, person: UUID, *, present: bool) -> None:
        self._spawn(self._tell_presence(person, present=present))

    async def _tell_presence(self, person: UUID, *, present: bool) -> None:
        with suppress(ZorgError):  # who is not told now sees it in their next welcome
            audience = await self.read(lambda: presence.audience(person))
            # Who is shut out has nobody to be told to any more: who was told that they came is told that they are gone.
            before = self._watching.pop(person, frozenset())
            if present:
                self._watching[person] = frozenset(audience)
            self._hub.tell(audience if present else audience | before, protocol.Present(person=person, present=present))

    def refuse(
        self, connection: Connection, error: ZorgError, *, identifier: UUID | None = None, request: int | None = None
    ) -> None:
        """Tells a device that what has this id or request was not done, in its person's language."""
        self._spawn(self._tell_refusal(connection, error, identifier, request))

    async def _tell_refusal(
        self, connection: Connection, error: ZorgError, identifier: UUID | None, request: int | None
    ) -> None:
        language = await self.read(lambda: _language(connection.person))
        words = text(f"error.{error.code}", language)
        connection.answer(
            protocol.Refused(code=error.code, text=words, retry=error.retry, id=identifier, request=request)
        )

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def read(self, what: Callable[[], T]) -> T:
        """Does on a thread what asks the database.

        Raises:
            ZorgError: as `what` does, or `Unavailable` where the database is.
        """
        return await self._loop.run_in_executor(self._readers, _on_thread, what)


_engine: list[Engine] = []


def current() -> Engine:
    """The engine of this process.

    Raises:
        Unavailable: the server is starting or stopping.
    """
    if not _engine:
        raise Unavailable("no engine yet")
    return _engine[0]


def set_current(engine: Engine | None) -> None:
    """Says which engine `current` gives."""
    _engine[:] = [engine] if engine else []


def _on_thread(what: Callable[[], T]) -> T:
    try:
        return what()
    except DatabaseError as error:
        database.close_if_unusable_or_obsolete()
        raise Unavailable("the database") from error
    except Unsealable as error:
        _log.exception("what was to be read does not open")
        raise ZorgError("what was to be read does not open") from error


def _owed_from(reader: Connection) -> datetime | None:
    return second_factor_policy.owed_from(reader.person, reader.session)


def _remaining(reader: Connection, due: datetime | None) -> timedelta | int:
    """Until session or lock ends or, at `due`, the grace of who has no second factor; or the code to close with."""
    lasts = identify.remaining(reader.person, reader.session)
    if lasts is None:
        return Close.SIGNED_OUT
    opened = app_lock.remaining(reader.session)
    if opened is not None and opened <= timedelta():
        return Close.LOCKED
    grace = lasts if due is None else due - clock.now()
    return min(lasts, grace, opened or lasts) if grace > timedelta() else Close.SECOND_FACTOR


def _read_welcome(
    reader: Connection, hello: protocol.Hello
) -> tuple[history.Reading[protocol.Welcome], timedelta, set[UUID]] | int:
    """The welcome, how long they may listen, and of whom they may know whether they are at work."""
    # Told of an end of the session since it joined the hub; of an end before that, here.
    due = _owed_from(reader)
    lasts = _remaining(reader, due)
    if isinstance(lasts, int):
        return lasts
    by = second_factor_policy.last_day(due) if due else None
    return history.welcome(reader.person, hello, reader.origin, by), lasts, presence.known_to(reader.person)


def _read_page(reader: Connection, asked: protocol.History | protocol.Changes) -> tuple[str, tuple[Entry, ...]]:
    known = facts.one(asked.conversation)
    proof = rules.may_read(known.members.get(reader.person), known.facts)
    reading: history.Reading[protocol.Page] | history.Reading[protocol.ChangesPage]
    if isinstance(asked, protocol.Changes):
        reading = history.changes(proof, asked, known.last_rev, reader.origin)
    else:
        reading = history.page(proof, asked, known.last_rev, reader.origin)
    return protocol.encode(reading.frame).decode(), reading.entries


def _refusal(asker: Connection, conversation: UUID | None, error: ZorgError, detail: str) -> Entry:
    known = facts.load([conversation]).get(conversation) if conversation else None
    return refusal(asker.person, conversation, known, error, asker.origin, detail)


def _told_of_typing(person: UUID, conversation: UUID) -> list[tuple[frozenset[UUID], protocol.Typed]]:
    known = facts.one(conversation)
    proof = rules.may_send(known.members.get(person), known.facts)
    others = proof.conversation.participants - {person}
    frame = protocol.Typed(conversation=conversation, person=person)
    team = proof.conversation.team
    if team is None or not proof.member.role.staff:
        return [(others, frame)]
    return [(others - known.clients, frame), (known.clients, msgspec.structs.replace(frame, person=team))]


def _language(person: UUID) -> str:
    return Person.objects.values_list("language", flat=True).get(pk=person)
