"""MSG-1 over every combination of who, where and whose: what no rule allows is denied."""

from __future__ import annotations

from itertools import product
from uuid import UUID

import pytest

from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, Kind, Member, MessageFacts, Role
from zorgmessenger.errors import NotFound, Refused

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
ME, OTHER = UUID(int=11), UUID(int=12)
TALK = ConversationFacts(UUID(int=21), HERE, Kind.TREATMENT, frozenset({ME, OTHER}), client=OTHER)
STRANGERS = [None, Member(ME, ELSEWHERE, Role.CLIENT), Member(UUID(int=13), HERE, Role.ADMINISTRATOR)]


@pytest.mark.parametrize(("role", "sender"), list(product(Role, [ME, OTHER])))
def test_msg_1_only_the_sender_withdraws(role: Role, sender: UUID) -> None:
    member, message = Member(ME, HERE, role), MessageFacts(4, sender)
    if sender == ME:
        proof = rules.may_withdraw(member, TALK, message)
        assert (proof.member, proof.conversation, proof.seq) == (member, TALK, 4)
    else:
        with pytest.raises(Refused):
            rules.may_withdraw(member, TALK, message)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_answered_as_if_there_were_no_message(stranger: Member | None) -> None:
    for message in (None, MessageFacts(4, ME), MessageFacts(4, OTHER)):
        with pytest.raises(NotFound):
            rules.may_withdraw(stranger, TALK, message)


def test_a_message_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        rules.may_withdraw(Member(ME, HERE, Role.CLIENT), TALK, None)
