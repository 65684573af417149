"""Wrong, huge, deep and hostile requests: a clear 4xx each time, in the asker's language, never a 500."""

from __future__ import annotations

import json
import socket
import urllib.parse
from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.live import ORIGIN, Answer, Browser
from tests.plans import plan
from tests.push import Device
from tests.world import World
from zorgmessenger.accounts import terms
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config import http
from zorgmessenger.config.urls import api
from zorgmessenger.messages.models import Message
from zorgmessenger.realtime import protocol
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
ALLAUTH = "/_allauth/browser/v1/auth"
SIGN_IN = [
    ("POST", f"{ALLAUTH}/login", {"email": "anna@cast.example", "password": "Zonnebloem-42"}),
    ("POST", f"{ALLAUTH}/reauthenticate", {"password": "Zonnebloem-42"}),
    ("POST", f"{ALLAUTH}/2fa/authenticate", {"code": "123456"}),
    ("POST", f"{ALLAUTH}/2fa/reauthenticate", {"code": "123456"}),
    ("POST", f"{ALLAUTH}/password/request", {"email": "anna@cast.example"}),
    ("POST", f"{ALLAUTH}/password/reset", {"key": "x-y", "password": "Kuiltjes-op-12"}),
]
HOSTILE = [
    b"",
    b" ",
    b"{",
    b"nonsense",
    b"null",
    b"true",
    b"1",
    b'"text"',
    b"[]",
    b"[{}]",
    b"{}{}",
    b"\xff\xfe",
    b"\x00",
    b'{"a":NaN}',
    b'{"a":1e999}',
    b"[" * 100_000,
    b'{"a":' * 20_000,
    b"[" * 40_000 + b"]" * 40_000,
    b'{"a":"' + b"x" * 100_000 + b'"}',
    b'{"' + b"x" * 100_000 + b'":1}',
    b"{" + b",".join(b'"k%d":1' % n for n in range(8000)) + b"}",
    b"1" * 100_000,
    b'{"a":' + b"9" * 5000 + b"}",
]
ODD = ["", " ", "\x00", "a\x00b", "\ud800", "a\udfffb", "\u202e", "🙂" * 200, "x" * 5000, "%00", "../../etc", "'; --"]
WRONG_TYPES: list[Any] = [None, True, 1, -1, 1.5, 2**70, [], [[]], {}, {"a": {}}, ["x"]]


def api_operations(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation with a body, with one that holds."""
    conversation = world.conversations["bram", "anna"]
    names = {"firstName": "Noor", "lastName": "Smit"}
    words = {"nl": "Bel ons.", "en": "Call us."}
    used = dict.fromkeys(("credential", "clientData", "authenticatorData", "signature", "userHandle"), "AAAA")
    return [
        ("PATCH", "/api/v1/me", {"language": "nl"}),
        ("PUT", "/api/v1/me/password", {"present": "Zonnebloem-42", "password": "Kuiltjes-op-12"}),
        ("POST", "/api/v1/me/second-factor", {"code": "123456"}),
        ("POST", "/api/v1/me/second-factor/setup", {"password": "Zonnebloem-42"}),
        ("POST", "/api/v1/me/second-factor/other", {"password": "Zonnebloem-42", "code": "123456"}),
        ("PUT", "/api/v1/me/second-factor/other", {"code": "123456"}),
        ("POST", "/api/v1/me/second-factor/off", {"password": "Zonnebloem-42", "code": "123456"}),
        ("POST", "/api/v1/me/second-factor/codes", {"password": "Zonnebloem-42", "code": "123456"}),
        ("POST", "/api/v1/me/passkeys", {"name": "Sleutel", "clientData": "AAAA", "attestation": "AAAA"}),
        ("POST", "/api/v1/me/passkeys/prove", used),
        ("POST", "/api/v1/passkeys/sign-in", used),
        ("POST", "/api/v1/factor-recoveries", {"email": "anna@cast.example", "how": "phone", "note": "Paspoort"}),
        ("POST", "/api/v1/factor-recoveries/stop", {"token": "x" * 43}),
        ("PUT", "/api/v1/me/lock", {"minutes": 5}),
        ("POST", "/api/v1/me/lock/sensor", dict.fromkeys(("nonce", "id", "clientData", "attestation"), "x")),
        (
            "POST",
            "/api/v1/me/lock/open-by-sensor",
            dict.fromkeys(("nonce", "id", "clientData", "authenticatorData", "signature"), "x"),
        ),
        ("POST", "/api/v1/me/lock", {"publicKey": "x" * 87, "proof": "x" * 43, "minutes": 5}),
        ("POST", "/api/v1/me/lock/open", {"nonce": "x" * 43, "proof": "x" * 43, "signature": "x" * 86}),
        ("POST", "/api/v1/me/lock/remove", {"nonce": "x" * 43, "proof": "x" * 43, "signature": "x" * 86}),
        (
            "POST",
            "/api/v1/me/lock/change",
            {"nonce": "x" * 43, "proof": "x" * 43, "signature": "x" * 86, "next": "x" * 43},
        ),
        (
            "POST",
            "/api/v1/me/lock/replace",
            {"password": "Zonnebloem-42", "publicKey": "x" * 87, "proof": "x" * 43},
        ),
        ("POST", "/api/v1/me/lock/remove-by-password", {"password": "Zonnebloem-42"}),
        ("PUT", "/api/v1/me/quiet-hours", {"hours": [1320, 420]}),
        ("PUT", "/api/v1/me/notifications", {"mailAfter": 15}),
        ("PUT", "/api/v1/me/push", Device("https://push.invalid/device").given),
        ("PUT", f"/api/v1/conversations/{conversation}/mute", {"howLong": "always"}),
        ("POST", "/api/v1/conversations", {"person": str(world.id("anna"))}),
        ("PUT", f"/api/v1/conversations/{conversation}/assignee", {"person": None, "expected": None}),
        ("PUT", f"/api/v1/conversations/{conversation}/handled", {"handled": True}),
        ("POST", "/api/v1/break-glass", {"email": "joris@cast.example", "reason": "overdracht bij ziekte"}),
        ("PUT", "/api/v1/me/group-name", {"name": "Zon"}),
        ("POST", "/api/v1/groups", {"title": "Groep", "symbol": "sun", "people": [str(world.id("anna"))]}),
        ("PUT", f"/api/v1/groups/{conversation}", {"title": "Groep", "symbol": "sun"}),
        ("POST", f"/api/v1/groups/{conversation}/people", {"person": str(world.id("anna")), "history": True}),
        ("PUT", f"/api/v1/hours/{world.id('bram')}", {"week": [[{"start": 540, "end": 1020}], *[[]] * 6]}),
        ("POST", f"/api/v1/people/{world.id('bram')}/absences", {"first": "2100-01-01", "last": "2100-01-02"}),
        ("PUT", f"/api/v1/absences/{uuid4()}", {"first": "2100-01-01", "last": "2100-01-02"}),
        ("PUT", "/api/v1/notice", {"notice": words, "phones": [], "reply": words, "replies": True}),
        ("PUT", f"/api/v1/clients/{world.id('anna')}/plan", _whole_plan()),
        ("POST", f"/api/v1/teams/{world.team('petra')}/replies", {"title": "Formulier", "body": "Dag {voornaam}"}),
        ("POST", f"/api/v1/conversations/{conversation}/messages", {"id": str(uuid4()), "body": "hallo"}),
        ("POST", "/api/v1/invitations", {**names, "email": "noor@voorbeeld.example"}),
        ("POST", "/api/v1/console/invitations", {**names, "email": "noor@voorbeeld.example", "role": "planner"}),
        ("PUT", f"/api/v1/console/people/{world.id('pim')}/role", {"role": "support"}),
        ("POST", f"/api/v1/console/people/{world.id('pim')}/hand-over", {"successors": []}),
        ("POST", f"/api/v1/console/people/{world.id('pim')}/deactivate", {"successors": []}),
        ("POST", "/api/v1/console/teams", {"name": "Team", "kind": "planning", "promiseMinutes": 60}),
        ("PUT", f"/api/v1/console/teams/{world.team('petra')}", {"name": "Team", "promiseMinutes": 60}),
        (
            "PUT",
            "/api/v1/console/look",
            {"accent": "#123456", "introductionNl": "", "introductionEn": "", "invitationDays": 14},
        ),
        ("PUT", "/api/v1/console/second-factor", {"staff": True, "clients": False, "days": 14, "recoveryHours": 24}),
        ("PUT", "/api/v1/console/calls", {"waitingRoom": True, "question": words}),
        ("PUT", "/api/v1/console/files", {"largestMib": 20, "kinds": ["picture"]}),
        ("POST", "/api/v1/invitations/look", {"token": "x" * 43}),
        ("POST", "/api/v1/invitations/link", {"token": "x" * 43}),
        (
            "POST",
            "/api/v1/invitations/register",
            {"token": "x" * 43, **names, "password": "Kuiltjes-op-12", **terms.VERSIONS},
        ),
    ]


def _whole_plan() -> dict[str, Any]:
    """All that must be there."""
    return {name: value for name, value in plan().items() if name != "version"}


def check_clear(answer: Answer, what: object) -> None:
    """A 4xx with a code and a text."""
    assert 400 <= answer.status < 500, (what, answer.status, answer.raw[:200])
    assert answer.body["code"], what
    assert answer.body["text"], what


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests ask more than any person may."""
    from zorgmessenger.accounts import limits  # noqa: PLC0415

    for name, limit in vars(limits).copy().items():
        if isinstance(limit, limits.Limit):
            monkeypatch.setattr(limits, name, limits.Limit(limit.name, 10**6, 1))


def test_every_operation_with_a_body_is_tried_here(world: World) -> None:
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    with_body = {
        f"{method.upper()} {path.split('{')[0]}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "requestBody" in operation
    }
    tried = {f"{method} {path.removeprefix('/api/v1')}" for method, path, _ in api_operations(world)}
    assert all(any(one.startswith(wanted) for one in tried) for wanted in with_body)


@pytest.mark.sqlite_alone("no such body passes the check of its form: nothing of it comes into a query")
def test_no_hostile_body_does_more_than_get_a_clear_refusal(world: World, browse: Browse) -> None:
    browser = browse("bram")
    stored = Message.objects.count()
    for method, path, _ in [*api_operations(world), *SIGN_IN]:
        for body in HOSTILE:
            answer = browser.ask(method, path, body)
            if answer.status == 409:  # somebody who is signed in cannot sign in: they are asked first
                continue
            check_clear(answer, (path, body[:40]))
    assert Message.objects.count() == stored


def test_no_value_of_a_wrong_type_or_with_odd_characters_does_harm(world: World, browse: Browse) -> None:
    """To Django, since what is JSON arrives there as it is (`config.http`): hostile bodies go the whole way, above."""
    bram, stranger = _without_a_line(browse("bram")), _without_a_line(browse())
    for method, path, good in [*api_operations(world), *SIGN_IN]:
        ask = stranger if path.endswith(("/login", "/register", "/reset", "/request")) else bram
        for name in good:
            for value in [*WRONG_TYPES, *ODD]:
                answer = ask(method, path, json.dumps({**good, name: value}))
                assert answer.status_code < 500, (path, name, value, answer.content[:300])
        for more in ({"extra": 1}, {"__class__": "x"}, {"": ""}, {"\ud800": 1}, {"\x00": 1}):
            answer = ask(method, path, json.dumps({**good, **more}))
            assert answer.status_code < 500, (path, more, answer.content[:300])
            if path.startswith("/api"):
                assert answer.status_code == 422, (path, more)


def _without_a_line(browser: Browser) -> Callable[[str, str, str], HttpResponse]:
    """Asks as this browser does, with its cookies and its token, in this thread."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies.load({cookie.name: str(cookie.value) for cookie in browser.jar})
    headers = {"X-CSRFToken": browser.token, "Accept-Language": "nl"}

    def ask(method: str, path: str, body: str) -> HttpResponse:
        return cast("HttpResponse", client.generic(method, path, body, "application/json", headers=headers))

    return ask


@pytest.mark.sqlite_alone("all of these are refused by the check of their form, as this test itself says")
def test_every_bounded_field_is_named_with_a_dutch_text(world: World, browse: Browse) -> None:
    browser = browse("bram")
    for method, path, good in api_operations(world):
        for name in good:
            without = {key: value for key, value in good.items() if key != name}
            too_long = {**good, name: "x" * 20_000}
            for body, codes in (
                (without, {"missing"}),
                (too_long, {"too_long", "invalid"}),
                ({**good, name: -5}, None),
            ):
                answer = browser.ask(method, path, body)
                assert (answer.status, answer.body["code"]) == (422, "invalid"), (path, name, answer)
                assert answer.body["text"] == text("error.invalid")
                [field] = answer.body["fields"]
                assert field["field"] == name
                assert field["code"] in (codes or {"invalid"})
                assert field["text"] == text(f"error.field.{field['code']}")


def test_a_key_said_twice_counts_once(world: World, browse: Browse) -> None:
    """JSON leaves open what two equal keys mean; here the last one counts, for checking and doing alike."""
    bram, conversation = browse("bram"), world.conversations["bram", "anna"]
    body = b'{"id":"%s","body":"een","body":"twee"}' % str(uuid4()).encode()
    assert bram.ask("POST", f"/api/v1/conversations/{conversation}/messages", body).status == 201
    page = bram.ask("GET", f"/api/v1/conversations/{conversation}/messages").body
    assert [message["body"] for message in page["messages"]] == ["twee"]


@pytest.mark.sqlite_alone("it is refused before Django hears of it")
def test_a_body_over_the_limit_is_refused_before_anybody_reads_it(world: World, browse: Browse) -> None:
    browser = browse("bram")
    for method, path, _ in [*api_operations(world), *SIGN_IN, ("POST", "/", None), ("GET", "/api/v1/me", None)]:
        answer = browser.ask(method, path, b"x" * (http.MAX_BODY + 1))
        assert (answer.status, answer.body["code"]) == (413, "too_large")
        assert answer.body["text"] == text("error.too_large")
    assert browser.ask("POST", "/api/v1/conversations", b" " * (1024 * 1024)).status == 413


def test_a_body_that_never_ends_holds_no_thread_and_is_given_up(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    monkeypatch.setattr(http, "BODY_WITHIN", 0.5)
    browser = browse("bram")
    port = urllib.parse.urlsplit(browser.address).port
    slow = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(20)]
    for one in slow:
        one.sendall(b"POST /api/v1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
    assert browser.ask("GET", "/api/v1/me").status == 200
    for one in slow:
        assert one.recv(100).startswith(b"HTTP/1.1 408")
        one.close()


def test_numbers_and_ids_in_an_address_are_bounded(world: World, browse: Browse) -> None:
    browser, conversation = browse("bram"), world.conversations["bram", "anna"]
    path = f"/api/v1/conversations/{conversation}/messages"
    for query in (
        "before=-1",
        "before=x",
        "before=",
        "before=1.5",
        f"before={2**63}",
        f"before={2**70}",
        "before=" + "9" * 5000,
        "limit=0",
        "limit=101",
        "limit=-5",
        "limit=x",
        "before=%00",
        "limit=%F0%9F",
    ):
        answer = browser.ask("GET", f"{path}?{query}")
        assert (answer.status, answer.body["code"]) == (422, "invalid"), (query[:40], answer.raw)
    for identifier in ("x", "%00", "1", "0" * 500, "..", "%2e%2e%2f", str(uuid4())[:-1], "{" + str(uuid4()) + "x"):
        answer = browser.ask("GET", f"/api/v1/conversations/{identifier}/messages")
        assert 400 <= answer.status < 500, (identifier, answer.raw)
        for what in ("resend", "withdraw"):
            assert 400 <= browser.ask("POST", f"/api/v1/invitations/{identifier}/{what}").status < 500


def test_odd_headers_do_no_harm(world: World, browse: Browse) -> None:
    del world
    browser = browse("bram")
    for name in ("Accept-Language", "User-Agent", "Cookie", "X-CSRFToken", "X-Forwarded-For", "Referer", "Origin"):
        for value in ("", "x" * 5000, "\xff\xfe", ";;;==,,", "nl;q=x,*;q=-1", "%00", '"', "a=b; session", "session=="):
            answer = browser.ask("GET", "/api/v1/me", **{name: value})
            assert answer.status in {200, 401}, (name, value[:20], answer.raw[:200])
            answer = browser.ask("PATCH", "/api/v1/me", {"language": "nl"}, **{name: value})
            assert answer.status in {200, 401, 403}, (name, value[:20], answer.raw[:200])


def test_no_word_of_a_proxy_about_where_somebody_is_breaks_the_log(world: World, browse: Browse) -> None:
    browser, conversation = browse("bram"), world.conversations["bram", "anna"]
    where = "not an address at all, and much too long for one, says the proxy in front"
    body = {"id": str(uuid4()), "body": "hallo"}
    path = f"/api/v1/conversations/{conversation}/messages"
    assert browser.ask("POST", path, body, **{"X-Forwarded-For": where.replace(",", "")}).status == 201
    headers = {"Cookie": f"session={browser.cookie}", "X-Forwarded-For": where.replace(",", "")}
    url = browser.address.replace("http", "ws") + "/socket"
    with connect(url, additional_headers=headers, origin=Origin(ORIGIN)) as line:
        line.send('{"type":"hello","protocol":1}')
        assert json.loads(line.recv(timeout=10))["type"] == "welcome"
    conversations = AuditEntry.objects.filter(tag__in=[Tag.MESSAGE_SENT, Tag.CONNECTED], actor=world.id("bram"))
    assert set(conversations.values_list("address", flat=True)) == {""}


@pytest.mark.parametrize(
    "said", ['"\\ud800"', '"a\\u0000b"', '"' + "🙂" * 6000 + '"', '"' + "x" * 10_001 + '"', '""', "1"]
)
def test_no_odd_body_of_a_message_breaks_the_socket_of_others(world: World, browse: Browse, said: str) -> None:
    """NUL is a character like others; half a surrogate pair is none."""
    conversation = world.conversations["bram", "anna"]
    with browse("bram").socket() as bram, browse("anna").socket() as anna:
        frame = f'{{"type":"send","id":"{uuid4()}","conversation":"{conversation}","body":{said}}}'
        anna.connection.send(frame)
        if said in {'"a\\u0000b"', '"' + "🙂" * 6000 + '"'}:
            assert bram.hear("message")["body"] == json.loads(said)
        elif said == '""':
            assert anna.hear("refused")["code"] == "empty_body"
        else:
            assert anna.close_code() == protocol.Close.MALFORMED
        bram.say(type="send", id=uuid4(), conversation=conversation, body="ik doe het nog")
        assert bram.hear("ack")
