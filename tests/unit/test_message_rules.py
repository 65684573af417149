"""MSG-1 and MSG-4 to MSG-7 over every combination of who, where and whose: what no rule allows is denied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Kind, Member, MessageFacts, Role
from zorgmessenger.errors import Conflict, NotFound, Refused

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
ME, OTHER = UUID(int=11), UUID(int=12)
TALK = ConversationFacts(UUID(int=21), HERE, Kind.TREATMENT, frozenset({ME, OTHER}), client=OTHER)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
STRANGERS = [None, Member(ME, ELSEWHERE, Role.CLIENT), Member(UUID(int=13), HERE, Role.ADMINISTRATOR)]


def message(sender: UUID = ME, age: timedelta = timedelta(), *, withdrawn: bool = False) -> MessageFacts:
    return MessageFacts(4, sender, NOW - age, withdrawn=withdrawn)


@pytest.mark.parametrize(("role", "sender"), list(product(Role, [ME, OTHER])))
def test_msg_1_only_the_sender_edits_and_withdraws(role: Role, sender: UUID) -> None:
    member, theirs = Member(ME, HERE, role), message(sender)
    if sender == ME:
        for proof in (rules.may_withdraw(member, TALK, theirs), rules.may_edit(member, TALK, theirs, NOW)):
            assert (proof.member, proof.conversation, proof.seq) == (member, TALK, 4)
    else:
        with pytest.raises(Refused):
            rules.may_withdraw(member, TALK, theirs)
        with pytest.raises(Refused):
            rules.may_edit(member, TALK, theirs, NOW)


def test_msg_1_a_message_is_edited_within_a_day_and_withdrawn_at_any_time() -> None:
    me, day = Member(ME, HERE, Role.CLIENT), timedelta(days=1)
    rules.may_edit(me, TALK, message(age=day), NOW)
    late = message(age=day + timedelta(microseconds=1))
    with pytest.raises(Refused) as error:
        rules.may_edit(me, TALK, late, NOW)
    assert error.value.code == "too_late"
    rules.may_withdraw(me, TALK, late)


def test_msg_4_to_a_withdrawn_message_nothing_can_be_done() -> None:
    me = Member(ME, HERE, Role.CLIENT)
    with pytest.raises(Conflict) as error:
        rules.may_edit(me, TALK, message(withdrawn=True), NOW)
    assert error.value.code == "withdrawn"
    for may in (rules.may_reply, rules.may_react):
        with pytest.raises(Conflict) as error:
            may(me, TALK, message(OTHER, withdrawn=True))
        assert error.value.code == "withdrawn"


@pytest.mark.parametrize("may", [rules.may_reply, rules.may_react])
def test_msg_5_msg_6_who_takes_part_answers_and_reacts_to_any_message_that_is_there(may: Callable[..., Any]) -> None:
    me = Member(ME, HERE, Role.CLIENT)
    for sender in (ME, OTHER):
        assert may(me, TALK, message(sender, age=timedelta(days=900))).seq == 4
    with pytest.raises(NotFound):
        may(me, TALK, None)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_answered_as_if_there_were_no_message(stranger: Member | None) -> None:
    for one in (None, message(ME), message(OTHER), message(withdrawn=True), message(age=timedelta(days=9))):
        with pytest.raises(NotFound):
            rules.may_withdraw(stranger, TALK, one)
        with pytest.raises(NotFound):
            rules.may_edit(stranger, TALK, one, NOW)
        with pytest.raises(NotFound):
            rules.may_reply(stranger, TALK, one)
        with pytest.raises(NotFound):
            rules.may_react(stranger, TALK, one)


def test_a_message_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        rules.may_withdraw(Member(ME, HERE, Role.CLIENT), TALK, None)


def test_msg_7_a_message_goes_only_where_everybody_takes_part_in_its_source() -> None:
    third = UUID(int=14)
    source = ConversationFacts(UUID(int=22), HERE, Kind.INTERNAL, frozenset({ME, OTHER, third}), client=None)
    me = Member(ME, HERE, Role.PRACTITIONER)
    for participants, allowed in (({ME, OTHER}, True), ({ME, OTHER, third}, True), ({ME, UUID(int=15)}, False)):
        there = ConversationFacts(UUID(int=23), HERE, Kind.INTERNAL, frozenset(participants), client=None)
        target = rules.may_send(me, there)
        if allowed:
            proof = rules.may_forward(me, source, message(OTHER), target)
            assert (proof.member, proof.source, proof.seq, proof.target) == (me, source, 4, there)
        else:
            with pytest.raises(Refused):
                rules.may_forward(me, source, message(OTHER), target)


def test_msg_7_a_source_that_one_cannot_read_is_answered_as_one_that_is_not_there() -> None:
    me = Member(ME, HERE, Role.PRACTITIONER)
    target = rules.may_send(me, TALK)
    foreign = ConversationFacts(UUID(int=22), HERE, Kind.INTERNAL, frozenset({OTHER}), client=None)
    elsewhere = ConversationFacts(UUID(int=22), ELSEWHERE, Kind.INTERNAL, frozenset({ME, OTHER}), client=None)
    for member, source, one in (
        (me, foreign, message(OTHER)),
        (me, foreign, message(OTHER, withdrawn=True)),
        (me, None, None),
        (me, TALK, None),
        (me, elsewhere, message()),
        (None, TALK, message()),
    ):
        with pytest.raises(NotFound):
            rules.may_forward(member, source, one, target)
    with pytest.raises(Conflict):
        rules.may_forward(me, TALK, message(withdrawn=True), target)
    there = Member(ME, ELSEWHERE, Role.PRACTITIONER)
    with pytest.raises(Refused):
        rules.may_forward(there, elsewhere, message(), target)


@pytest.mark.parametrize(("kind", "target"), list(product(Kind, Kind)))
def test_msg_7_what_is_for_colleagues_only_stays_with_them(kind: Kind, target: Kind) -> None:
    people = frozenset({ME, OTHER})
    source = ConversationFacts(UUID(int=22), HERE, kind, people, client=None)
    me = Member(ME, HERE, Role.PRACTITIONER)
    there = rules.may_send(me, ConversationFacts(UUID(int=23), HERE, target, people, client=None))
    leaves = kind is not Kind.NOTES and (kind is not Kind.INTERNAL or target is Kind.INTERNAL)
    if leaves:
        assert rules.may_forward(me, source, message(OTHER), there).target == there.conversation
    else:
        with pytest.raises(Refused):
            rules.may_forward(me, source, message(OTHER), there)
    assert rules.may_forward(me, source, message(OTHER), rules.may_send(me, source)).target == source


def test_acc_5_a_message_from_before_somebody_came_is_none_to_them() -> None:
    late = ConversationFacts(UUID(int=21), HERE, Kind.GROUP, frozenset({ME, OTHER}), client=None, above={ME: 4})
    me = Member(ME, HERE, Role.PRACTITIONER)
    for may in (rules.may_withdraw, rules.may_reply, rules.may_react):
        with pytest.raises(NotFound):
            may(me, late, message())
    with pytest.raises(NotFound):
        rules.may_edit(me, late, message(), NOW)
    with pytest.raises(NotFound):
        rules.may_forward(me, late, message(), rules.may_send(me, TALK))
    them = Member(OTHER, HERE, Role.PRACTITIONER)
    assert rules.may_react(them, late, message()).seq == 4
    with pytest.raises(Refused):
        rules.may_forward(them, late, message(), rules.may_send(them, TALK))


def test_acc_9_in_what_is_closed_a_message_can_only_be_withdrawn() -> None:
    closed = ConversationFacts(UUID(int=21), HERE, Kind.GROUP, frozenset({ME, OTHER}), client=None, closed=True)
    me = Member(ME, HERE, Role.PRACTITIONER)
    assert rules.may_withdraw(me, closed, message()).seq == 4
    for may in (rules.may_reply, rules.may_react):
        with pytest.raises(Refused):
            may(me, closed, message())
    with pytest.raises(Refused):
        rules.may_edit(me, closed, message(), NOW)
