"""The log shows every change made behind its back, and nothing happens that it cannot tell of."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.world import World
from zorgmessenger import ids
from zorgmessenger.access import rules
from zorgmessenger.audit import writer
from zorgmessenger.audit.chain import Broken
from zorgmessenger.audit.models import AuditEntry, AuditHead
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config import audit
from zorgmessenger.conversations import actions
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.errors import ConfigurationError, Unavailable
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.messages.models import Message
from zorgmessenger.origin import NOWHERE


@pytest.fixture
def chain(world: World) -> UUID:
    """An organisation with some history."""
    for number in range(5):
        world.send("anna", world.conversations["bram", "anna"], f"bericht {number}")
    return world.organisation


def broken(organisation: UUID) -> Broken:
    found = writer.verify([organisation])
    assert found is not None
    return found


def test_an_untouched_log_holds(chain: UUID) -> None:
    assert writer.verify([ids.NIL, chain]) is None
    assert "hold" in audit.verify()


@pytest.mark.parametrize(
    "edit",
    [
        {"tag": Tag.MESSAGES_READ.value},
        {"actor": None},
        {"role": "planner"},
        {"object": "x"},
        {"reason": "forbidden"},
        {"address": "10.0.0.1"},
        {"detail": "999"},
        {"at": "2020-01-01T00:00:00Z"},
        {"link": b"x" * 32},
    ],
    ids=str,
)
def test_an_edited_entry_is_named(chain: UUID, edit: dict[str, object]) -> None:
    AuditEntry.objects.filter(organisation=chain, position=7).update(**edit)
    assert broken(chain).position == 7
    with pytest.raises(ConfigurationError, match="does not hold at 7"):
        audit.verify()


def test_a_deleted_entry_is_named(chain: UUID) -> None:
    AuditEntry.objects.filter(organisation=chain, position=6).delete()
    assert broken(chain).position == 6


def test_swapped_entries_are_named(chain: UUID) -> None:
    for before, after in ((5, 10_000), (6, 5), (10_000, 6)):
        AuditEntry.objects.filter(organisation=chain, position=before).update(position=after)
    assert broken(chain).position == 5


def test_a_log_cut_short_no_longer_meets_its_head(chain: UUID) -> None:
    last = AuditEntry.objects.filter(organisation=chain).latest("position")
    last.delete()
    assert broken(chain).position == last.position


def test_a_log_cut_short_with_its_head_set_back_is_found_also_after_more_was_written(chain: UUID, world: World) -> None:
    """Going on from a head that was set back makes nothing good."""
    entries = AuditEntry.objects.filter(organisation=chain)
    until = entries.latest("position").position - 3
    entries.filter(position__gt=until).delete()
    AuditHead.objects.filter(organisation=chain).update(position=until, link=entries.get(position=until).link)
    assert "cut off" in broken(chain).why
    for body in ("nog een", "en nog een"):
        world.send("anna", world.conversations["petra", "anna"], body)
        assert "cut off" in broken(chain).why


def test_a_log_removed_whole_is_missed_also_after_more_was_written(chain: UUID, world: World) -> None:
    AuditEntry.objects.filter(organisation=chain).delete()
    AuditHead.objects.filter(organisation=chain).delete()
    world.send("anna", world.conversations["bram", "anna"], "een nieuw begin")
    with pytest.raises(ConfigurationError, match=f"{chain} does not hold at 1"):
        audit.verify()


def test_a_removed_log_and_a_removed_head_are_found(chain: UUID) -> None:
    AuditHead.objects.filter(organisation=chain).delete()
    assert "head" in broken(chain).why
    AuditEntry.objects.filter(organisation=chain).delete()
    assert "head" in broken(chain).why


def test_what_happens_is_logged_with_who_whom_and_in_which_role(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    world.send("anna", conversation, "hallo")
    commit([MarkJob(world.id("bram"), NOWHERE, conversation, 1, 1, lambda _: None)])
    sent, read = AuditEntry.objects.filter(object=str(conversation)).order_by("-position")[:2][::-1]
    assert (sent.tag, sent.actor, sent.role, sent.subject) == (
        Tag.MESSAGE_SENT,
        world.id("anna"),
        "client",
        world.id("anna"),
    )
    assert (read.tag, read.actor, read.role, read.detail) == (
        Tag.MESSAGES_READ,
        world.id("bram"),
        "practitioner",
        "1-1",
    )


def test_a_refusal_is_logged_and_the_rest_of_its_batch_goes_on(world: World) -> None:
    outcome = world.submit("carla", world.conversations["bram", "anna"], "binnen?")
    assert getattr(outcome, "code", "") == "not_found"
    entry = AuditEntry.objects.get(tag=Tag.REFUSED)
    assert (entry.organisation, entry.actor, entry.reason) == (world.organisation, world.id("carla"), "not_found")


def test_what_cannot_be_logged_does_not_happen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = world.conversations["bram", "anna"]

    def fails(_: object) -> None:
        raise DatabaseError("the log is full")

    monkeypatch.setattr(writer, "append", fails)
    assert isinstance(world.submit("anna", conversation, "verloren"), Unavailable)
    assert not Message.objects.exists()
    before = Conversation.objects.count()
    with pytest.raises(DatabaseError):
        actions.start(rules.may_start(world["bram"], world["sem"], care_relation=False), NOWHERE)
    assert Conversation.objects.count() == before
