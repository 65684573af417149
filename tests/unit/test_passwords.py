"""PWD-1 and PWD-2, and the shapes of names and addresses."""

from __future__ import annotations

import re
import threading
import time
import unicodedata
from importlib import resources
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.accounts import passwords, rules
from zorgmessenger.accounts.passwords import PasswordRule, weaknesses

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Abcdef1!", []),
        ("Abcde1!", ["length"]),
        ("abcdef1!", ["upper"]),
        ("ABCDEF1!", ["lower"]),
        ("Abcdefg!", ["digit"]),
        ("Abcdefg1", ["special"]),
        ("", ["length", "lower", "upper", "digit", "special"]),
        ("Abcdef1 ", ["special"]),
        ("Ábcdéf1€", []),
        ("Aa1!" + "x" * 124, []),
        ("Aa1!" + "x" * 125, ["too_long"]),
    ],
)
def test_pwd_1_names_exactly_what_is_missing(password: str, missing: list[str]) -> None:
    assert rules.missing(password) == missing


@given(any_text)
def test_pwd_1_asks_no_more_and_no_less_than_it_says(password: str) -> None:
    holds = (
        8 <= len(password) <= 128
        and any(c.islower() for c in password)
        and any(c.isupper() for c in password)
        and any(c.isdigit() for c in password)
        and any(not c.isalnum() and not c.isspace() for c in password)
    )
    assert (rules.missing(password) == []) is holds


def test_the_guides_example_passes_all_rules() -> None:
    assert weaknesses("Abcdef1!") == []
    assert weaknesses("Abcdef1!", "Anna", "Visser") == []


@pytest.mark.parametrize(
    "password",
    [
        "Welkom01!",
        "Welkom!1",
        "W3lkom01!",
        "W€lkom!12",
        "Wachtwoord1!",
        "W@chtw00rd1!",
        "Wachtwoord2026!",
        "1!Wachtwoord",
        "Zomer2026!",
        "H3rfst-2026",
        "Donderdag1!",
        "Januari01!",
        "Amsterdam1!",
        "Feyenoord1!",
        "Password1!",
        "P@ssw0rd1",
        "Qwerty123!",
        "Admin123!",
        "Letmein1!",
        "Zorg2026!",
        "Ajax1900!",
        "Mei2026!",
        "Fiets123!",
        "Sanne123!",
        "Jantje12!",
        "Hoi12345!",
        "Oma12345!",
        "Liefje12!",
        "Sinterklaas1!",
        "Pindakaas1!",
        "Kerst2025!",
        "Hallohallo1!",
        "Welkomthuis1!",
        "Depressie1!",
        "Zorgmessenger1!",
        "Zorg-Messenger-1",
        "H@llo-Oma-2024",
        "F1ets_F1ets_12",
        "1!Pannenkoek",
        "k0niNgin.99",
        "Blafblaf1!",
        "B.r.a.m.1.2!",
        "Ge1uk2026!",
        "Utrecht-Amsterdam1",
        "Thérapie12!",
    ],
)
def test_pwd_2_what_everybody_tries_is_refused(password: str) -> None:
    assert weaknesses(password) == ["common"]


@pytest.mark.parametrize("password", ["Annavisser1!", "Visser-anna-1", "ANNA.visser.99", "Anna1234!"])
def test_pwd_2_ones_own_name_is_no_password(password: str) -> None:
    assert weaknesses(password, "Anna", "Visser") == ["common"]


@pytest.mark.parametrize(
    "password",
    [
        "Regen-tikt-op-7-ramen",
        "Kuiltjes-op-12",
        "Zonnebloem-42",
        "mijn Fiets is 3 keer blauw!",
        "xK9#mQ2vL",
        "Hond-fiets-regen-4",
        "drie Koeien in 1 wei!",
        "Paard.Lamp.Trein.88",
        "Oma bakt 2 taarten.",
        "Welkom-bij-de-kabouter-5",
        "Sokken drogen nooit 9x?",
        "tR7!wexu-pOq",
    ],
)
def test_a_good_password_passes_whoever_it_is(password: str) -> None:
    """Three words or more, also everyday ones, and what is no word."""
    assert weaknesses(password, "Anna", "Visser", "De Linde") == []
    assert weaknesses(password, "", "O", "de") == []


@pytest.mark.parametrize("password", ["Linde2026!", "DeLinde12!", "L1nde-zorg-7", "Praktijk-linde1"])
def test_pwd_2_the_organisations_name_is_no_password(password: str) -> None:
    assert weaknesses(password, "Anna", "Visser", "Praktijk De Linde") == ["common"]


def test_the_list_of_words_is_one_that_can_be_read_and_kept() -> None:
    lines = resources.files("zorgmessenger.accounts").joinpath("data", "dutch_words.txt").read_text().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 1500
    assert all(re.fullmatch(r"[a-z]{3,24}", word) for word in lines)


@given(any_text, st.lists(any_text, max_size=3))
def test_judging_never_fails(password: str, known: list[str]) -> None:
    assert set(weaknesses(password, *known)) <= {"length", "lower", "upper", "digit", "special", "too_long", "common"}


class _Counted(frozenset[str]):
    asked = 0

    def __contains__(self, word: object) -> bool:
        _Counted.asked += 1
        return super().__contains__(word)


def test_a_password_made_to_be_slow_to_judge_is_not() -> None:
    words = _Counted(["a", "aa", "aaa", "abcdefghijklmnopqrstuvwx"])
    for password in ("Aa1!" * 32, "Aa1!" + "a1" * 62, "Aa1!" + "qwertyuiop" * 12):
        _Counted.asked = 0
        rules.everyday(password, words)
        assert _Counted.asked <= 4 * rules.MAX_LENGTH * 24, "each word that may begin at each letter, in four spellings"
        assert weaknesses(password, "Anna" * 10, "Visser" * 10) in ([], ["common"])


def test_the_rule_speaks_djangos_way_with_a_text_for_each_fault() -> None:
    with pytest.raises(ValidationError) as error:
        PasswordRule().validate("abc")
    codes = [one.code for one in error.value.error_list]
    assert codes == ["length", "upper", "digit", "special"]
    assert all(str(message) for message in error.value.messages)
    assert PasswordRule().get_help_text()


def test_passwords_are_kept_as_argon2id_with_the_cost_that_owasp_advises() -> None:
    encoded = make_password("Kuiltjes-op-12")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert "Kuiltjes" not in encoded
    assert encoded != make_password("Kuiltjes-op-12")
    assert check_password("Kuiltjes-op-12", encoded)
    assert not check_password("Kuiltjes-op-13", encoded)


def test_no_more_than_two_are_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def slow(*_: Any, **__: Any) -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return "hashed"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    hasher = passwords.BoundedArgon2()
    threads = [threading.Thread(target=hasher.encode, args=("x", "salt")) for _ in range(5)]
    threads += [threading.Thread(target=hasher.verify, args=("x", "y")) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


@given(any_text)
def test_a_name_is_one_line_of_letters_or_none(name: str) -> None:
    cleaned = rules.clean_name(name)
    if cleaned is None:
        return
    assert 0 < len(cleaned) <= 60
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert {unicodedata.category(c)[0] for c in cleaned if c not in " '’.-\u2018\u2010\u2011"} <= {"L", "M"}
    assert not any(c.isdigit() for c in cleaned)
    assert rules.clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "Jan-Willem",
        "d'Artagnan",
        "Zoë",
        "van der Berg",
        "李",
        "Ştefan",
        "O’Neill",
        "J.P. Jansen",
        "J.P.",
        "St. Clair",
        "Anne-M.",
        "\u02bcs Gravesande",
        "अनिता",
    ],
)
def test_names_of_people_are_names(name: str) -> None:
    assert rules.clean_name(f"  {name} ") == name


@given(any_text)
def test_an_address_is_one_that_mail_can_carry_or_none(text: str) -> None:
    for candidate in (text, f"{text}@voorbeeld.example", f"noor@{text}.example", f"noor@voorbeeld.example{text}"):
        cleaned = rules.clean_address(candidate)
        if cleaned is not None:
            assert cleaned.isascii()
            assert cleaned == cleaned.lower().strip()
            assert cleaned.count("@") == 1
            assert not any(c.isspace() or c in '<>",;:()[]\\' for c in cleaned)
            assert rules.clean_address(cleaned) == cleaned


@pytest.mark.parametrize("address", ["Noor@Voorbeeld.example", "n.smit+zorg@mail.voorbeeld.nl", "o'neill@a-b.example"])
def test_addresses_of_people_are_addresses(address: str) -> None:
    assert rules.clean_address(address) == address.lower()


@pytest.mark.parametrize("address", [".a@b.example", "a.@b.example", "a..b@b.example"])
def test_dots_stand_between_letters(address: str) -> None:
    """RFC 5321, 4.1.2: a dot-string."""
    assert rules.clean_address(address) is None
