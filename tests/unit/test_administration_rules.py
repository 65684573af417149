"""ACC-11 … ACC-13 of `access.rules`, and what a file may hold: CSV-1 … CSV-3 of `console.rules`."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, InvitationFacts, Kind, Member, Role, TeamFacts
from zorgmessenger.console.rules import MOST_WORDS, clean_words, is_colour, rows_of
from zorgmessenger.errors import NotFound, Refused, RequestError

HERE, THERE = uuid4(), uuid4()


def of(role: Role, organisation: UUID = HERE) -> Member:
    return Member(uuid4(), organisation, role)


ADMINISTERS = rules.may_administer(of(Role.ADMINISTRATOR))
BRAM, FATIMA, ANNA = of(Role.PRACTITIONER), of(Role.PRACTITIONER), of(Role.CLIENT)
TALK = ConversationFacts(uuid4(), HERE, Kind.TREATMENT, frozenset([BRAM.person, ANNA.person]), ANNA.person)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_acc_11_only_an_administrator_runs_an_organisation(role: Role) -> None:
    with pytest.raises(Refused):
        rules.may_administer(of(role))
    with pytest.raises(Refused):
        rules.may_administer(None)


def test_acc_11_what_is_another_organisations_is_not_there() -> None:
    invitation = InvitationFacts(uuid4(), THERE, None, Role.ADMINISTRATOR)
    team = TeamFacts(uuid4(), THERE, Kind.PLANNING, frozenset())
    for other in (None, invitation):
        with pytest.raises(NotFound):
            rules.may_oversee_invitation(ADMINISTERS, other)
    for missing in (None, team):
        with pytest.raises(NotFound):
            rules.may_run_team(ADMINISTERS, missing)
    for person in (None, of(Role.PRACTITIONER, THERE), ANNA):
        with pytest.raises(NotFound):
            rules.may_end_membership(ADMINISTERS, person, 5)
        with pytest.raises(NotFound):
            rules.may_change_role(ADMINISTERS, person, Role.PLANNER, 5, cares=False)


def test_acc_12_an_organisation_keeps_an_administrator() -> None:
    last = of(Role.ADMINISTRATOR)
    for wrong in (
        lambda: rules.may_end_membership(ADMINISTERS, last, 1),
        lambda: rules.may_change_role(ADMINISTERS, last, Role.PLANNER, 1, cares=False),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert refused.value.code == "last_administrator"
    assert rules.may_end_membership(ADMINISTERS, last, 2).other == last
    assert rules.may_change_role(ADMINISTERS, last, Role.ADMINISTRATOR, 1, cares=False).role is Role.ADMINISTRATOR


def test_acc_12_staff_never_become_clients_and_hand_over_first() -> None:
    with pytest.raises(Refused):
        rules.may_change_role(ADMINISTERS, BRAM, Role.CLIENT, 2, cares=False)
    with pytest.raises(Refused) as refused:
        rules.may_change_role(ADMINISTERS, BRAM, Role.PLANNER, 2, cares=True)
    assert refused.value.code == "hand_over_first"


def test_acc_13_a_conversation_goes_to_a_practitioner_of_the_same_organisation() -> None:
    assert rules.may_hand_over(ADMINISTERS, BRAM, FATIMA, TALK).to == FATIMA.person
    for nobody in (None, BRAM, ANNA, of(Role.PLANNER), of(Role.ADMINISTRATOR), of(Role.PRACTITIONER, THERE)):
        with pytest.raises(NotFound):
            rules.may_hand_over(ADMINISTERS, BRAM, nobody, TALK)
    for conversation in (None, ConversationFacts(uuid4(), HERE, Kind.TREATMENT, frozenset(), ANNA.person)):
        with pytest.raises(NotFound):
            rules.may_hand_over(ADMINISTERS, BRAM, FATIMA, conversation)


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(file: bytes) -> None:
    for whole in (file, b"voornaam;achternaam;e-mailadres;rol\n" + file):
        with suppress(RequestError):
            assert rows_of(whole)


def test_csv_3_what_looks_like_a_formula_is_text_and_no_name() -> None:
    for cell in ("=1+1", "+31", "-1", "@SUM(A1)", '"=cmd|x"'):
        [row] = rows_of(f"voornaam;achternaam;e-mailadres;rol\n{cell};Bos;a@x.example;planner".encode())
        assert row.fault == "name"


def test_words_are_plain_and_bounded() -> None:
    assert clean_words("  Dag,\n welkom.  Bel ons. ") == "Dag, welkom. Bel ons."
    assert clean_words("") == ""
    assert clean_words("x" * (MOST_WORDS + 1)) is None
    for link in ("https://x", "WWW.x", "a@b", "delinde.nl", "delinde.nl/pad", "a\u200bb"):
        assert clean_words(link) is None, link
    assert (is_colour("#0B6b3a"), is_colour("#0b6b3a\n"), is_colour("red")) == (True, False, False)
