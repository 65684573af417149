"""Sign-in's doors answer as the API does: our codes, our fields, the asker's language, and no more than was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import PASSWORD, address_of
from tests.live import Browser
from tests.world import World
from zorgmessenger.accounts.passwords import BoundedArgon2
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
PREFIX = "/_allauth/browser/v1/auth"
LOGIN = f"{PREFIX}/login"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("end", "body", "field", "code"),
    [
        ("login", {}, "email", "missing"),
        ("login", {"email": address_of("anna")}, "password", "missing"),
        ("login", {"email": "geen adres", "password": "x"}, "email", "email_invalid"),
        ("login", {"email": address_of("anna"), "password": "x" * 129}, "password", "password_too_long"),
        ("password/request", {"email": "geen adres"}, "email", "email_invalid"),
        ("password/request", {}, "email", "missing"),
        ("password/reset", {"password": "Kuiltjes-op-12"}, "key", "missing"),
    ],
)
def test_a_wrong_field_is_named_in_the_askers_language(
    world: World, browse: Browse, language: str, end: str, body: dict[str, str], field: str, code: str
) -> None:
    del world
    answer = browse().ask("POST", f"{PREFIX}/{end}", body, **{"Accept-Language": language})
    assert (answer.status, answer.body["code"], answer.body["text"]) == (
        422,
        "invalid",
        text("error.invalid", language),
    )
    assert {"field": field, "code": code, "text": text(f"error.field.{code}", language)} in answer.body["fields"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_wrong_as_a_whole_has_its_own_code_and_text(world: World, browse: Browse, language: str) -> None:
    del world
    headers = {"Accept-Language": language}
    body = {"email": address_of("anna"), "password": "Verkeerd-42"}
    key = {"key": "x-y", "password": "Kuiltjes-op-12"}
    for browser, end, sent, code in (
        (browse(), "login", body, "email_password_mismatch"),
        (browse("anna"), "reauthenticate", {"password": "Verkeerd-42"}, "incorrect_password"),
        (browse(), "password/reset", key, "invalid_password_reset"),
    ):
        answer = browser.ask("POST", f"{PREFIX}/{end}", sent, **headers)
        assert (answer.status, answer.body["code"]) == (422, code)
        assert answer.body["text"] == text(f"error.{code}", language)


def test_no_password_is_hashed_that_is_longer_than_one_may_be(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    hashed: list[str] = []

    def noted(_: Any, password: str, *__: Any) -> bool:
        hashed.append(password)
        return False

    browser, anna = browse(), browse("anna")
    monkeypatch.setattr(BoundedArgon2, "verify", noted)
    monkeypatch.setattr(BoundedArgon2, "encode", noted)
    for length in (129, 100_000):
        body = {"email": address_of("anna"), "password": "x" * length}
        assert browser.ask("POST", LOGIN, body).status == 422
        assert anna.ask("POST", f"{PREFIX}/reauthenticate", {"password": "x" * length}).status == 422
    assert hashed == []


def test_of_who_is_signed_in_no_door_tells_more_than_that(world: World, browse: Browse) -> None:
    """Reading one's own address is logged, so there is one place for it."""
    del world
    browser = browse()
    signed_in = browser.ask("POST", LOGIN, {"email": address_of("anna"), "password": PASSWORD})
    browser.greet()
    for answer in (signed_in, browser.ask("GET", f"{PREFIX}/session")):
        assert answer.body == {"status": 200, "meta": {"is_authenticated": True}}
    out = browser.ask("DELETE", f"{PREFIX}/session")
    assert (out.status, out.body["code"]) == (401, "sign_in_first")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_not_there_or_not_for_this_method_is_said_our_way(world: World, browse: Browse, language: str) -> None:
    del world
    browser = browse("anna")
    for method, path, status, code in (
        ("GET", "/api/v1/none", 404, "not_found"),
        ("GET", "/_allauth/browser/v1/none", 404, "not_found"),
        ("PUT", "/api/v1/me", 405, "method_not_allowed"),
        ("PUT", f"{PREFIX}/session", 405, "method_not_allowed"),
        ("POST", "/api/v1/session", 405, "method_not_allowed"),
        ("GET", LOGIN, 405, "method_not_allowed"),
        ("POST", LOGIN, 413, "too_large"),
    ):
        body = b"x" * 200_000 if status == 413 else {}
        answer = browser.ask(method, path, body if method != "GET" else None, **{"Accept-Language": language})
        assert (answer.status, answer.body["code"]) == (status, code), (method, path)
        assert answer.body["text"] == text(f"error.{code}", language)
        if status == 405:
            assert answer.headers.get("Allow") or answer.headers.get("allow")
