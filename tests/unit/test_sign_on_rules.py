"""What a provider's claims mean, and where a provider may be."""

from __future__ import annotations

from typing import Any

import pytest

from zorgmessenger.access.facts import Role, SignOnFacts
from zorgmessenger.access.rules import may_sign_on
from zorgmessenger.errors import Refused
from zorgmessenger.ids import NIL
from zorgmessenger.signon import fetching, rules


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        ({"groups": "a"}, {"a"}),
        ({"groups": ["a", "b"]}, {"a", "b"}),
        ({"groups": []}, set()),
        ({"groups": ["a", 1]}, None),
        ({"groups": None}, None),
        ({}, None),
        ({"_claim_names": {"groups": "src1"}}, None),
        ({"_claim_names": 1, "hasgroups": True}, None),
    ],
)
def test_groups_are_a_text_or_texts_and_otherwise_not_told(claims: dict[str, Any], groups: set[str] | None) -> None:
    if groups is None:
        with pytest.raises(rules.Untold):
            rules.groups_in(claims, "groups")
    else:
        assert rules.groups_in(claims, "groups") == groups


def test_the_first_named_group_says_what_somebody_is() -> None:
    roles = [("beheer", Role.ADMINISTRATOR), ("team", Role.PLANNER), ("beheer", Role.PLANNER)]
    assert rules.role_of(roles, frozenset({"team", "beheer"})) is Role.ADMINISTRATOR
    assert rules.role_of(roles, frozenset({"Beheer"})) is None


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"given_name": "Noor", "family_name": "Smit"}, ("Noor", "Smit")),
        ({"name": "Noor van der Smit"}, ("Noor", "van der Smit")),
        ({"given_name": "Noor", "family_name": 1, "name": "Noor Smit"}, ("Noor", "Smit")),
        ({"name": "Noor"}, None),
        ({"given_name": "<b>", "family_name": "Smit"}, None),
        ({}, None),
    ],
)
def test_a_name_is_told_in_parts_or_as_a_whole(claims: dict[str, Any], name: tuple[str, str] | None) -> None:
    assert rules.name_in(claims) == name


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://login.delinde.nl/realms/zorg", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost", True),
        ("http://login.delinde.nl", False),
        ("http://127.0.0.1.elders.nl", False),
        ("https://iemand@delinde.nl", False),
        ("https://", False),
        ("file:///etc/passwd", False),
        ("https://delinde.nl/#x", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_a_provider_is_asked_over_tls_or_on_this_machine(address: str, may: bool) -> None:  # noqa: FBT001
    assert fetching.is_ours_to_ask(address) is may


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, ""),
        ({"here": Role.PLANNER}, ""),
        ({"role": None}, "no_group"),
        ({"role": Role.CLIENT}, "no_group"),
        ({"here": Role.CLIENT}, "own_password"),
        ({"elsewhere": True}, "own_password"),
        ({"elsewhere": True, "role": None}, "own_password"),
        ({"sent_away": True}, "membership_ended"),
        ({"closed": True}, "account_closed"),
    ],
)
def test_sign_on_opens_only_what_is_the_organisations_alone(facts: dict[str, Any], code: str) -> None:
    asked = SignOnFacts(**{"organisation": NIL, "role": Role.PRACTITIONER, **facts})
    if code:
        with pytest.raises(Refused) as refused:
            may_sign_on(asked)
        assert refused.value.code == code
    else:
        assert may_sign_on(asked).role is Role.PRACTITIONER
