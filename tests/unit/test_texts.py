"""The catalogue: complete in both languages, and complete for all that the code can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import zorgmessenger
from zorgmessenger import errors
from zorgmessenger.accounts import rules, terms
from zorgmessenger.texts import DEFAULT, LANGUAGES, catalogue, choose, has, text

SOURCE = Path(zorgmessenger.__file__).parent
PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("part", ["server", "web", "help"])
def test_both_languages_have_the_same_keys(part: str) -> None:
    assert catalogue("nl", part).keys() == catalogue("en", part).keys()


@pytest.mark.parametrize("part", ["server", "web", "help"])
def test_both_languages_have_the_same_places_to_fill_in(part: str) -> None:
    dutch, english = catalogue("nl", part), catalogue("en", part)
    for key in dutch:
        assert set(PLACES.findall(dutch[key])) == set(PLACES.findall(english[key])), key


@pytest.mark.parametrize("part", ["server", "web", "help"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something_and_holds_no_markup(language: str, part: str) -> None:
    for key, words in catalogue(language, part).items():
        assert words.strip(), key
        assert words == words.strip(), key
        assert not re.search(r"<[a-z/]", words), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_that_can_be_raised_has_a_text(language: str) -> None:
    codes = set(_codes())
    assert {"forbidden", "not_found", "invitation_unusable", "reauthenticate", "csrf", "id_used"} <= codes
    assert {code for code in codes if f"error.{code}" not in catalogue(language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_field_has_a_text(language: str) -> None:
    codes = set(_field_codes()) | {f"password_{code}" for code in [*rules.missing(""), "too_long", "common"]}
    assert {"consent", "name", "email_invalid"} <= codes
    assert {code for code in codes if f"error.field.{code}" not in catalogue(language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_has_a_subject_a_text_and_a_label_for_its_button(language: str) -> None:
    texts = catalogue(language)
    told = (
        "second_factor_on",
        "second_factor_off",
        "second_factor_replaced",
        "recovery_code_used",
        "codes_off",
        "new_device",
        "passkey_added",
        "passkey_removed",
    )
    recovered = ("factor_recovery", "factor_recovery_stopped", "factor_recovered")
    for name in ("invitation", "password_reset", "password_changed", "own_password_changed", *told, *recovered):
        assert {f"mail.{name}.subject", f"mail.{name}.1"} <= texts.keys()
    assert {"mail.invitation.button", "mail.password_reset.button", "mail.foot"} <= texts.keys()
    assert text("mail.invitation.button", "nl") == "Uitnodiging accepteren"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_there(language: str) -> None:
    for kind in terms.VERSIONS:
        title, paragraphs = terms.document(kind, language)
        assert title
        assert len(paragraphs) >= 5


def test_values_are_put_in_once_and_as_they_are() -> None:
    values = {"sender": "{organisation}", "organisation": "\\1 {sender} %s <b>", "days": "{"}
    subject = text("mail.invitation.subject", "nl", **values)
    assert subject == "{organisation} van \\1 {sender} %s <b> nodigt u uit voor de Zorg Messenger"


def test_an_unknown_language_is_dutch_and_an_unknown_key_an_error() -> None:
    assert text("error.failed", "fr") == text("error.failed", "nl")
    assert has("error.failed")
    assert not has("error.no_such")
    with pytest.raises(KeyError):
        text("error.no_such")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("en", "en"),
        ("EN-us", "en"),
        ("fr,en;q=0.1", "en"),
        ("fr,de", "nl"),
        ("nl-NL,en", "nl"),
        (",;", "nl"),
    ],
)
def test_the_first_language_that_we_speak_is_chosen(header: str, language: str) -> None:
    assert choose(header) == language
    assert DEFAULT == "nl"


def _codes() -> Iterator[str]:
    """Every `NotFound(…, code="…")`, also by another name, and every `code = "…"` of a class of errors."""
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.ZorgError)
    }
    for tree in _modules():
        renamed = {
            alias.asname
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in kinds and alias.asname
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds | renamed:
                for keyword in node.keywords:
                    yield from _strings(keyword.value)
    yield from (kind.code for kind in map(vars(errors).get, kinds) if kind)


def _field_codes() -> Iterator[str]:
    """Every `FieldError("field", "code")`, and what pydantic's faults are called."""
    for tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FieldError":
                yield from _strings(node.args[1])
    yield from ("missing", "too_long", "unknown", "invalid")


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _modules() -> Iterator[ast.Module]:
    for path in SOURCE.rglob("*.py"):
        if not {"migrations", "allauth_migrations"} & set(path.parts):
            yield ast.parse(path.read_text())
