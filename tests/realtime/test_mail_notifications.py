"""Mail tells that there is something new: once, to who does not read it, at the right time, and not a word more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import address_of
from tests.mailbox import letters
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules as access
from zorgmessenger.accounts.models import Person
from zorgmessenger.conversations import facts, mutes
from zorgmessenger.conversations.models import Participant
from zorgmessenger.delivery import refused
from zorgmessenger.messages import events
from zorgmessenger.messages.committer import MarkJob, commit
from zorgmessenger.notifications import noting, settings, telling, unread
from zorgmessenger.notifications.models import Noted, Recipient
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol
from zorgmessenger.sql import dialect

START = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""13:00 in Amsterdam, a Wednesday."""
QUARTER = timedelta(minutes=15)
MOMENT = timedelta(seconds=1)


class Time:
    """A clock that goes on by hand; each time what runs beside the server runs."""

    def __init__(self) -> None:
        self.now = START
        self.attending: set[UUID] = set()

    def goes_on(self, by: timedelta) -> None:
        """Lets time pass, in steps of five minutes and at the end."""
        end = self.now + by
        while self.now < end:
            self.now = min(self.now + timedelta(minutes=5), end)
            with clock.at(self.now):
                noting.note()
                telling.tell(self.attending.__contains__)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with clock.at(self.now):
            yield


@pytest.fixture
def time(world: World) -> Time:
    time = Time()
    with time():
        noting.note()
    del world
    return time


@pytest.fixture
def conversation(world: World) -> UUID:
    return world.conversations["bram", "anna"]


def sent(world: World, time: Time, who: str, conversation: UUID) -> int:
    """Sends a message, and has it noted."""
    with time():
        seq = world.send(who, conversation, "Geheim over de behandeling").seq
        noting.note()
    return seq


def read(world: World, who: str, conversation: UUID, seq: int, *, only_got: bool = False) -> None:
    commit([MarkJob(world.id(who), NOWHERE, conversation, seq, 0 if only_got else seq, lambda _: None)])


def mails(who: str) -> int:
    return len(letters(address_of(who)))


def test_what_stays_unread_for_a_quarter_is_told_by_one_mail(world: World, time: Time, conversation: UUID) -> None:
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER - MOMENT)
    assert mails("anna") == 0
    time.goes_on(MOMENT)
    assert (mails("anna"), mails("bram"), mails("fatima")) == (1, 0, 0)


def test_ten_messages_are_one_mail(world: World, time: Time, conversation: UUID) -> None:
    for _ in range(10):
        sent(world, time, "bram", conversation)
        time.goes_on(timedelta(minutes=1))
    time.goes_on(timedelta(days=1))
    assert mails("anna") == 1


def test_what_is_read_meanwhile_is_told_by_none(world: World, time: Time, conversation: UUID) -> None:
    read(world, "anna", conversation, sent(world, time, "bram", conversation))
    time.goes_on(timedelta(hours=2))
    assert mails("anna") == 0
    assert Recipient.objects.get(pk=world.id("anna")).mail_at is None


def test_a_second_mail_waits_until_the_app_was_opened(world: World, time: Time, conversation: UUID) -> None:
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    first = sent(world, time, "bram", conversation)
    time.goes_on(timedelta(days=2))
    assert mails("anna") == 1
    read(world, "anna", conversation, first, only_got=True)
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert mails("anna") == 2


def test_who_chose_an_hour_gets_no_two_mails_within_one(world: World, time: Time, conversation: UUID) -> None:
    settings.set_mail(world.id("anna"), 60, NOWHERE)
    seq = sent(world, time, "bram", conversation)
    time.goes_on(timedelta(minutes=60))
    assert mails("anna") == 1
    read(world, "anna", conversation, seq)
    settings.set_mail(world.id("anna"), 60, NOWHERE)
    sent(world, time, "bram", conversation)
    time.goes_on(timedelta(minutes=59))
    assert mails("anna") == 1
    time.goes_on(timedelta(minutes=1))
    assert mails("anna") == 2


def test_who_wants_mail_sooner_gets_it_sooner_from_the_next_message_on(
    world: World, time: Time, conversation: UUID
) -> None:
    settings.set_mail(world.id("anna"), 60, NOWHERE)
    sent(world, time, "bram", conversation)
    settings.set_mail(world.id("anna"), 0, NOWHERE)
    sent(world, time, "bram", conversation)
    time.goes_on(timedelta(minutes=1))
    assert mails("anna") == 1


def test_a_clock_that_was_a_year_ahead_keeps_no_mail_back(world: World, time: Time, conversation: UUID) -> None:
    time.now = START + timedelta(days=365)
    seq = sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert mails("anna") == 1
    time.now = START
    read(world, "anna", conversation, seq)
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert mails("anna") == 2


def test_at_once_is_within_a_minute_and_never_is_never(world: World, time: Time, conversation: UUID) -> None:
    settings.set_mail(world.id("anna"), 0, NOWHERE)
    settings.set_mail(world.id("bram"), None, NOWHERE)
    sent(world, time, "bram", conversation)
    sent(world, time, "anna", conversation)
    time.goes_on(timedelta(minutes=1))
    assert mails("anna") == 1
    time.goes_on(timedelta(days=1))
    assert mails("bram") == 0


def test_in_quiet_hours_mail_waits_until_they_end_by_the_clock_of_the_organisation(
    world: World, time: Time, conversation: UUID
) -> None:
    Person.objects.filter(pk=world.id("anna")).update(quiet_from=13 * 60, quiet_until=15 * 60)
    sent(world, time, "bram", conversation)
    time.goes_on(timedelta(hours=2) - MOMENT)
    assert mails("anna") == 0
    time.goes_on(MOMENT)
    assert mails("anna") == 1


def test_what_is_read_in_quiet_hours_is_told_by_none_after_them(world: World, time: Time, conversation: UUID) -> None:
    Person.objects.filter(pk=world.id("anna")).update(quiet_from=13 * 60, quiet_until=15 * 60)
    seq = sent(world, time, "bram", conversation)
    time.goes_on(timedelta(hours=1))
    read(world, "anna", conversation, seq)
    time.goes_on(timedelta(hours=3))
    assert mails("anna") == 0


def test_who_sits_at_their_screen_is_told_once_they_are_gone(world: World, time: Time, conversation: UUID) -> None:
    time.attending.add(world.id("bram"))
    sent(world, time, "anna", conversation)
    time.goes_on(timedelta(hours=1))
    assert mails("bram") == 0
    time.attending.clear()
    time.goes_on(timedelta(minutes=5))
    assert mails("bram") == 1


def test_a_muted_conversation_is_not_told_and_others_are(world: World, time: Time, conversation: UUID) -> None:
    with time():
        known = facts.one(conversation)
        mutes.mute(access.may_read(known.members[world.id("anna")], known.facts), "hour", NOWHERE)
    sent(world, time, "bram", conversation)
    time.goes_on(timedelta(minutes=30))
    assert mails("anna") == 0
    sent(world, time, "petra", world.conversations["petra", "anna"])
    time.goes_on(timedelta(minutes=16))
    assert mails("anna") == 1
    assert Participant.objects.filter(person=world.id("anna")).exclude(muted_until=None).count() == 1


def test_a_mute_that_is_over_is_none(world: World, time: Time, conversation: UUID) -> None:
    with time():
        known = facts.one(conversation)
        mutes.mute(access.may_read(known.members[world.id("anna")], known.facts), "hour", NOWHERE)
    time.goes_on(timedelta(hours=1))
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert mails("anna") == 1


def test_until_tomorrow_is_until_eight_in_the_morning_there(world: World, time: Time, conversation: UUID) -> None:
    with time():
        known = facts.one(conversation)
        proof = access.may_read(known.members[world.id("anna")], known.facts)
        assert mutes.mute(proof, "tomorrow", NOWHERE) == datetime(2026, 11, 26, 7, tzinfo=UTC)
        assert [mute.conversation for mute in mutes.of(world.id("anna"))] == [conversation]
        assert mutes.of(world.id("bram")) == []
        assert mutes.mute(proof, "no", NOWHERE) is None
        assert mutes.of(world.id("anna")) == []


def test_events_and_withdrawn_messages_are_no_news(world: World, time: Time, conversation: UUID) -> None:
    with time(), dialect(connection.vendor).writing():
        body = protocol.EventBody(code="handed_over", person=world.id("bram"))
        events.store_event(conversation, body, clock.now())
        seq = world.send("bram", conversation, "vergissing").seq
        commit([world.alter("bram", "withdraw", conversation, seq=seq)])
    time.goes_on(timedelta(hours=1))
    assert mails("anna") == 0


def test_a_message_that_is_withdrawn_before_the_mail_goes_is_told_by_none(
    world: World, time: Time, conversation: UUID
) -> None:
    seq = sent(world, time, "bram", conversation)
    with time():
        commit([world.alter("bram", "withdraw", conversation, seq=seq)])
    time.goes_on(timedelta(hours=1))
    assert mails("anna") == 0


def test_who_takes_part_no_more_is_told_nothing(world: World, time: Time, conversation: UUID) -> None:
    sent(world, time, "bram", conversation)
    organisations.deactivate(world.organisation, world.id("anna"))
    time.goes_on(timedelta(hours=1))
    assert mails("anna") == 0


def test_a_mail_says_nothing_of_what_and_of_whom(world: World, time: Time, conversation: UUID) -> None:
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    [mail] = letters(address_of("anna"))
    assert mail.subject == "Er is een nieuw bericht voor u"
    for text in (mail.subject, mail.plain, mail.html):
        for word in ("Bram", "Toneel", "Geheim", "behandel", "De Linde", str(conversation), "Anna"):
            assert word not in text


def test_a_mail_comes_in_the_language_of_who_gets_it(world: World, time: Time, conversation: UUID) -> None:
    Person.objects.filter(pk=world.id("anna")).update(language="en")
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert letters(address_of("anna"))[0].subject == "There is a new message for you"


def test_no_digest_goes_to_an_address_that_was_refused_until_it_takes_mail_again(
    world: World, time: Time, conversation: UUID
) -> None:
    refused.note(address_of("anna").upper())
    seq = sent(world, time, "bram", conversation)
    time.goes_on(timedelta(hours=1))
    assert mails("anna") == 0
    read(world, "anna", conversation, seq)
    refused.forget(address_of("anna"))
    sent(world, time, "bram", conversation)
    time.goes_on(QUARTER)
    assert mails("anna") == 1


def test_one_person_gets_no_more_than_a_dozen_mails_a_day(world: World, time: Time, conversation: UUID) -> None:
    for _ in range(20):
        seq = sent(world, time, "bram", conversation)
        time.goes_on(timedelta(minutes=20))
        read(world, "anna", conversation, seq)
    assert mails("anna") == 12


def test_what_was_noted_survives_a_restart_and_what_was_not_is_noted_then(
    world: World, time: Time, conversation: UUID
) -> None:
    """Nothing is kept in memory: only the database counts."""
    with time():
        world.send("bram", conversation, "vlak voor het stoppen")
    time.now += timedelta(days=1)
    time.goes_on(QUARTER)
    assert mails("anna") == 0
    time.goes_on(timedelta(minutes=5))
    assert mails("anna") == 1
    assert Noted.objects.get(pk=conversation).seq == facts.one(conversation).last_seq


def test_two_processes_that_are_due_at_once_send_one_mail(world: World, time: Time, conversation: UUID) -> None:
    sent(world, time, "bram", conversation)
    time.now += QUARTER
    with time():
        row = Recipient.objects.select_related("person").get(pk=world.id("anna"))
        same = Recipient.objects.select_related("person").get(pk=world.id("anna"))
        telling._tell(row, clock.now(), attending=False)  # noqa: SLF001  (what each process does with its own reading)
        telling._tell(same, clock.now(), attending=False)  # noqa: SLF001
    assert mails("anna") == 1


def test_a_conversation_that_another_process_noted_is_not_noted_again(
    world: World, time: Time, conversation: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time():
        seq = world.send("bram", conversation, "hallo").seq

    def first(*_: object) -> dict[UUID, set[UUID]]:
        Noted.objects.create(conversation_id=conversation, seq=seq)
        return {conversation: {world.id("anna")}}

    monkeypatch.setattr(noting, "_told", first)
    with time():
        noting.note()
    assert not Recipient.objects.exists()


def test_where_nothing_is_new_nothing_is_written(world: World, time: Time) -> None:
    del world
    with time(), CaptureQueriesContext(connection) as asked:
        noting.note()
        telling.tell(lambda _: False)
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    assert len(asked) == 2


def test_unread_is_counted_over_all_conversations_and_one_s_own_words_are_not(
    world: World, time: Time, conversation: UUID
) -> None:
    seq = sent(world, time, "bram", conversation)
    sent(world, time, "bram", conversation)
    sent(world, time, "anna", conversation)
    sent(world, time, "petra", world.conversations["petra", "anna"])
    assert unread.count(world.id("anna")) == 3
    read(world, "anna", conversation, seq)
    assert unread.count(world.id("anna")) == 2
    assert unread.count(world.id("bram")) == 1
