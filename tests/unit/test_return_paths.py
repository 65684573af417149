"""The envelope sender of each mail: says whose it was, for a while, to this installation alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.mailbox import token_for
from zorgmessenger import clock
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.crypto.models import DataKey
from zorgmessenger.delivery import refused
from zorgmessenger.delivery.bounces import NoBounce
from zorgmessenger.delivery.return_paths import LASTS, digest_in, return_path

BOUNCES = "bounces@mail.example.nl"
TO = "Noor@Voorbeeld.example"


def test_it_says_whose_mail_it_was_in_whatever_case_it_comes_back(empty: None) -> None:
    del empty
    token = token_for(TO)
    assert return_path(BOUNCES, TO) == f"bounces+{token}@mail.example.nl"
    assert digest_in(token) == digest_in(token.upper()) == refused.digest(TO.lower())
    assert digest_in(token_for("ander@voorbeeld.example")) != digest_in(token)


def test_the_longest_setting_leaves_an_address_that_mail_servers_take(empty: None) -> None:
    """RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3."""
    del empty
    path = return_path("b" * 31 + "@" + "d" * 180, "n" * 200 + "@voorbeeld.example")
    assert len(path.partition("@")[0]) <= 64
    assert len(path) <= 254


def test_it_lasts_ten_days_and_holds_for_no_day_to_come(empty: None) -> None:
    del empty
    now = clock.now()
    token = token_for(TO)
    with clock.at(now + LASTS):
        assert digest_in(token) == refused.digest(TO)
    for wrong in (now + LASTS + timedelta(days=1), now - timedelta(days=1)):
        with clock.at(wrong), pytest.raises(NoBounce, match="too old"):
            digest_in(token)


def test_one_that_was_altered_anywhere_is_nobodys(empty: None) -> None:
    del empty
    token = token_for(TO)
    for at, letter in enumerate(token):
        with pytest.raises(NoBounce, match="not of this installation"):
            digest_in(token[:at] + ("a" if letter != "a" else "b") + token[at + 1 :])


def test_one_of_another_installation_is_nobodys_and_shows_not_who_is_known_to_both(empty: None) -> None:
    del empty
    token, digest = token_for(TO), refused.digest(TO)
    DataKey.objects.all().delete()
    keyring().forget()
    with pytest.raises(NoBounce, match="not of this installation"):
        digest_in(token)
    assert refused.digest(TO) != digest
