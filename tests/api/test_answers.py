"""What every answer has: security headers, the CSRF token asked for, the asker's language, nothing kept in caches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.live import Browser
from tests.world import World
from zorgmessenger.accounts import terms
from zorgmessenger.accounts.models import Person
from zorgmessenger.config import http, webapp
from zorgmessenger.config.http import Http
from zorgmessenger.config.urls import api
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
ALLAUTH = "/_allauth/browser/v1/auth"


def asset() -> str:
    """The address of one of the web app's files."""
    return "/assets/" + next(path.name for path in (webapp.FOLDER / "assets").iterdir() if path.suffix == ".js")


def test_security_headers_are_on_every_kind_of_answer(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    for method, path, body, status in (
        ("GET", "/", None, 200),
        ("GET", "/uitnodiging", None, 200),
        ("GET", asset(), None, 200),
        ("HEAD", asset(), None, 200),
        ("POST", "/", {}, 405),
        ("GET", "/assets/none.js", None, 404),
        ("GET", "/healthz", None, 200),
        ("GET", "/api/v1/me", None, 200),
        ("GET", "/api/v1/none", None, 404),
        ("PUT", "/api/v1/me", {}, 405),
        ("GET", "/api/v1/invitations", None, 403),
        ("POST", "/api/v1/conversations", {}, 422),
        ("POST", "/api/v1/conversations", b"x" * 200_000, 413),
        ("GET", f"{ALLAUTH}/session", None, 200),
        ("GET", "/demo/mail", None, 404),
    ):
        answer = browser.ask(method, path, body)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        assert answer.status == status, (path, answer)
        assert headers["content-security-policy"] == http.POLICY, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        if path.startswith(("/api/", "/_allauth/")):
            assert "no-store" in headers["cache-control"], path
        assert "access-control-allow-origin" not in headers


def test_the_policy_allows_no_inline_script_and_nobody_elses_files() -> None:
    policy = dict(part.strip().split(" ", 1) for part in http.POLICY.split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in http.POLICY
    assert "http" not in http.POLICY
    assert "*" not in http.POLICY


def test_the_page_itself_needs_no_more_than_the_policy_allows(world: World, browse: Browse) -> None:
    del world
    page = browse().ask("GET", "/").raw.decode()
    assert "<script>" not in page
    assert "style=" not in page
    assert " on" not in page.replace(' on"', "").split("<body")[0].split("<script")[0].split("<link")[0]
    assert "http://" not in page.replace("http://www.w3.org/", "")


def test_over_tls_browsers_are_told_to_stay_with_it() -> None:
    sent: list[Any] = []

    def django(environ: object, start: Callable[..., None]) -> list[bytes]:
        del environ
        start("200 OK", [])
        return [b""]

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    front = Http(django, threads=1, secure=True, cookie="session")
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "http_version": "1.1"}
    asyncio.run(front(scope, receive, send))
    front.stop()
    assert dict(sent[0]["headers"])[b"strict-transport-security"] == b"max-age=63072000; includeSubDomains"


def test_every_unsafe_operation_asks_for_the_csrf_token(world: World, browse: Browse) -> None:
    """Signed in or not, with a wrong token and with none; and the safe ones change nothing."""
    conversation = world.conversations["bram", "anna"]
    unsafe = [
        (method.upper(), "/api/v1" + path.replace("{conversation}", str(conversation)).replace("{invitation}", "x"))
        for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items()
        for method in methods
        if method != "get"
    ]
    assert len(unsafe) >= 9
    unsafe += [
        ("POST", f"{ALLAUTH}/{end}") for end in ("login", "reauthenticate", "password/request", "password/reset")
    ]
    unsafe += [("DELETE", f"{ALLAUTH}/session")]
    signed_in = browse("anna")
    for browser in (signed_in, browse()):
        for method, path in unsafe:
            # What may be large is not read of a stranger: they hear that first.
            stranger = browser is not signed_in and any(one.fullmatch(path) for one, _ in http.SENT)
            expected = (401, "sign_in_first") if stranger else (403, "csrf")
            for token in ("", "x" * 32, "y" * 64):
                answer = browser.ask(method, path, {}, **{"X-CSRFToken": token})
                assert (answer.status, answer.body["code"]) == expected, (method, path)
    for method, path in unsafe:
        answer = signed_in.ask(method, path, {}, Origin="https://kwaad.example")
        assert (answer.status, answer.body["code"]) == (403, "csrf"), (method, path)
    assert signed_in.ask("GET", "/api/v1/me").status == 200, "nobody was signed out"


def test_no_door_but_those_to_the_api_takes_anything_but_reading(world: World, browse: Browse) -> None:
    del world
    browser = browse("anna")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/", "/gesprekken/x", asset()):
            assert browser.ask(method, path, {}).status in {404, 405}, (method, path)


def test_a_file_outside_the_web_app_is_not_served(world: World, browse: Browse) -> None:
    del world
    browser = browse()
    for path in (
        "/assets/../index.html",
        "/assets/..%2f..%2fconfig/settings.py",
        "/../root.key",
        "/assets/%00",
        "//etc/passwd",
    ):
        answer = browser.ask("GET", path)
        assert answer.status in {200, 400, 404}, path
        assert b"ZORG_" not in answer.raw
        assert b"root:" not in answer.raw


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl", "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.5", "en"),
        ("fr", "nl"),
        ("*", "nl"),
        ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        (";;;,,", "nl"),
    ],
)
def test_texts_follow_accept_language(world: World, browse: Browse, header: str, language: str) -> None:
    del world
    stranger = browse()
    headers = {"Accept-Language": header}
    assert stranger.ask("GET", "/api/v1/me", **headers).body["text"] == text("error.sign_in_first", language)
    documents = stranger.ask("GET", "/api/v1/terms", **headers).body
    assert [document["title"] for document in documents] == [
        text(f"document.{k}.title", language) for k in terms.VERSIONS
    ]
    answer = stranger.ask("POST", "/api/v1/invitations/look", {}, **headers)
    assert answer.body["fields"][0]["text"] == text("error.field.missing", language)


def test_the_socket_speaks_the_persons_own_language(world: World, browse: Browse) -> None:
    Person.objects.filter(pk=world.id("anna")).update(language="en")
    absent = "00000000-0000-7000-8000-000000000000"
    for name, language in (("anna", "en"), ("bram", "nl")):
        with browse(name).socket() as socket:
            socket.say(type="history", request=1, conversation=absent, before=1)
            assert socket.hear("refused")["text"] == text("error.not_found", language)


def test_the_documents_of_a_new_account_are_complete_in_both_languages(world: World, browse: Browse) -> None:
    del world
    for language in ("nl", "en"):
        documents = browse().ask("GET", "/api/v1/terms", **{"Accept-Language": language}).body
        assert {document["kind"]: document["version"] for document in documents} == terms.VERSIONS
        assert all(len(document["paragraphs"]) >= 5 for document in documents)


def test_no_address_ends_in_a_redirect_to_elsewhere(world: World, browse: Browse) -> None:
    del world
    browser = browse()
    for path in ("//kwaad.example", "/\\kwaad.example", "/inloggen?next=https://kwaad.example", "/api/v1"):
        answer = browser.ask("GET", path)
        assert answer.status in {200, 400, 404}, (path, answer)
        assert "location" not in {name.lower() for name in answer.headers}
