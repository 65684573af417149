"""The committer's laws: one transaction for many, numbers without gaps, each message once, a bad job alone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection

from tests.world import World
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.errors import Conflict, NotFound, Unavailable
from zorgmessenger.messages import store
from zorgmessenger.messages.committer import Committer, LogJob, MarkJob, SendJob, Sent, Settled, commit
from zorgmessenger.messages.models import Message
from zorgmessenger.origin import NOWHERE


def job(world: World, name: str, conversation: UUID, body: str = "hallo", client_id: UUID | None = None) -> SendJob:
    return SendJob(world.id(name), NOWHERE, conversation, client_id or uuid4(), body, lambda _: None)


def test_one_batch_numbers_each_conversation_in_the_order_of_arrival(world: World) -> None:
    first, second = world.conversations["bram", "anna"], world.conversations["fatima", "joris"]
    outcomes = commit(
        [job(world, "anna", first), job(world, "joris", second), job(world, "bram", first), job(world, "anna", first)]
    )
    assert [outcome.seq for _, outcome in outcomes if isinstance(outcome, Sent)] == [1, 1, 2, 3]


def test_the_same_id_twice_in_one_batch_and_again_later_is_one_message(world: World) -> None:
    conversation, identifier = world.conversations["bram", "anna"], uuid4()
    twice = commit([job(world, "anna", conversation, "een", identifier) for _ in range(2)])
    later = commit([job(world, "anna", conversation, "een", identifier)])
    sent = [outcome for _, outcome in [*twice, *later] if isinstance(outcome, Sent)]
    assert [(one.seq, one.new) for one in sent] == [(1, True), (1, False), (1, False)]
    assert len({one.at for one in sent}) == 1
    assert Message.objects.count() == 1


def test_an_id_belongs_to_its_sender_and_conversation(world: World) -> None:
    conversation, identifier = world.conversations["bram", "anna"], uuid4()
    commit([job(world, "anna", conversation, "van Anna", identifier)])
    ((_, other_sender),) = commit([job(world, "bram", conversation, "van Bram", identifier)])
    assert isinstance(other_sender, Sent)
    assert other_sender.seq == 2
    ((_, elsewhere),) = commit([job(world, "anna", world.conversations["petra", "anna"], "elders", identifier)])
    assert isinstance(elsewhere, Conflict)


def test_one_bad_job_fails_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation, real = world.conversations["bram", "anna"], store.insert

    def picky(cursor: object, dialect: object, rows: list[store.Row]) -> None:
        if any(row.client_id == bad.client_id for row in rows):
            raise IntegrityError("as if it were there already")
        real(cursor, dialect, rows)  # type: ignore[arg-type]

    bad = job(world, "anna", conversation, "slecht")
    monkeypatch.setattr(store, "insert", picky)
    outcomes = [
        outcome for _, outcome in commit([job(world, "anna", conversation), bad, job(world, "bram", conversation)])
    ]
    assert [type(outcome) for outcome in outcomes] == [Sent, Conflict, Sent]
    assert list(Message.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]


def test_when_the_database_does_not_answer_all_fail_as_passing_and_the_next_batch_works(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = world.conversations["bram", "anna"]

    def gone(*_: object) -> None:
        raise OperationalError("the server is gone")

    with monkeypatch.context() as broken:
        broken.setattr(store, "insert", gone)
        outcomes = [outcome for _, outcome in commit([job(world, "anna", conversation) for _ in range(3)])]
    assert [isinstance(outcome, Unavailable) and outcome.retry for outcome in outcomes] == [True] * 3
    assert world.send("anna", conversation, "weer goed").seq == 1


def test_a_stranger_in_the_batch_changes_nothing_for_the_others(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    outcomes = [
        outcome
        for _, outcome in commit(
            [
                job(world, "carla", conversation),
                job(world, "anna", conversation),
                MarkJob(world.id("carla"), NOWHERE, conversation, 1, 1, lambda _: None),
                job(world, "anna", uuid4()),
            ]
        )
    ]
    assert [type(outcome) for outcome in outcomes] == [NotFound, Sent, NotFound, NotFound]


def test_two_processes_at_once_make_one_gapless_run_and_one_chain(world: World) -> None:
    """On PostgreSQL these are two transactions that wait for each other's row locks."""
    conversation, each = world.conversations["bram", "anna"], 60
    settled: list[Settled] = []
    threads = [Committer(settled.append) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(each):
        for thread, name in zip(threads, ("anna", "bram"), strict=True):
            thread.submit([job(world, name, conversation, f"{number}")])
    for thread in threads:
        thread.stop()
    seqs = sorted(outcome.seq for batch in settled for _, outcome in batch if isinstance(outcome, Sent))
    assert seqs == list(range(1, 2 * each + 1))
    assert writer.verify([world.organisation]) is None


def test_stopping_first_does_what_was_queued(world: World) -> None:
    settled: list[Settled] = []
    thread = Committer(settled.append)
    thread.submit([job(world, "anna", world.conversations["bram", "anna"]), LogJob((), lambda _: None)])
    thread.start()
    thread.stop()
    assert sum(len(batch) for batch in settled) == 2
    assert not thread.is_alive()


def test_a_batch_costs_the_same_few_statements_however_large(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    counts = []
    for size in (1, 100):
        statements: list[str] = []

        def count(execute: Callable[..., object], sql: str, *rest: object, seen: list[str] = statements) -> object:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            commit([job(world, "anna", conversation) for _ in range(size)])
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 1
    assert AuditEntry.objects.filter(tag="message.sent").count() == 101
