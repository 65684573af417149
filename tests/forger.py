"""A provider in this process whose every word a test chooses: true, false or none, quick or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from zorgmessenger import clock

CLIENT, SECRET = "zorg-messenger", "een-geheim-van-de-client"
Answer = tuple[int, dict[str, Any]]
GROUPS: dict[str, Any] = {"groups": ["behandelaren"]}
_keys: list[RSAKey] = []
"""Of those that ran before: making one takes longer than a test. Two that run at once never have the same."""


@dataclass
class Forger:
    """What it says. `people` are claims by subject; `alter` changes the claims of an ID token before it is signed."""

    key: RSAKey
    issuer: str = ""
    client: str = CLIENT
    secret: str = SECRET
    mark: str = ""
    """What stands in each of its codes and tokens."""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    published: list[RSAKey] = field(default_factory=list)
    alter: Callable[[dict[str, Any]], dict[str, Any]] = dict
    sign: Callable[[dict[str, Any]], str] | None = None
    document: dict[str, Any] = field(default_factory=dict)
    in_id_token: bool = True
    """Whether the ID token tells more than the subject."""
    in_userinfo: bool = True
    """Whether UserInfo does."""
    refresh_tokens: bool = True
    down: bool = False
    error: str = ""
    """What the token endpoint says in place of tokens."""
    wait: threading.Event | None = None
    """Until when the token endpoint says nothing; `reached` is set when it is asked."""
    reached: threading.Event = field(default_factory=threading.Event)
    refreshed: int = 0
    requests: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _live: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def person(self, subject: str, **claims: Any) -> None:
        """Somebody it knows."""
        names = {"given_name": subject.capitalize(), "family_name": "van Toneel", "email_verified": True}
        self.people[subject] = {"sub": subject, "email": f"{subject}@delinde.example", **names, **GROUPS, **claims}

    def lead_back(self, subject: str, location: str, **more: str) -> str:
        """What a browser that was led to `location` and signed in as `subject` is led back to, as a path."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
        self._count += 1
        code = f"code-{self.mark}-{self._count}"
        self._codes[code] = {**asked, "subject": subject}
        answer = {"code": code, "state": asked["state"], **more}
        return f"{urllib.parse.urlsplit(asked['redirect_uri']).path}?{urllib.parse.urlencode(answer)}"

    def get(self, path: str, headers: Any) -> Answer:
        """What a GET is answered."""
        if path == "/.well-known/openid-configuration":
            return 200, self._document()
        if path == "/keys":
            return 200, {"keys": [key.as_dict(private=False) for key in [*self.published, self.key]]}
        if path == "/userinfo":
            subject = self._live.get(headers["Authorization"].removeprefix("Bearer "))
            told = self.people.get(subject or "")
            return (401, {}) if told is None else (200, told if self.in_userinfo else {"sub": told["sub"]})
        return 404, {}

    def post(self, form: dict[str, str], headers: Any) -> Answer:
        """What the token endpoint answers."""
        basic = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        self.asked.append(form)
        if self.wait is not None:
            self.reached.set()
            self.wait.wait(10)
        if headers.get("Authorization") != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        if self.error:
            return 400, {"error": self.error}
        if form["grant_type"] == "authorization_code":
            code = self._codes.pop(form["code"], None)
            challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if code is None or code["code_challenge"] != base64.urlsafe_b64encode(challenge).rstrip(b"=").decode():
                return 400, {"error": "invalid_grant"}
            return 200, self._tokens(code["subject"], code["nonce"])
        subject = self._live.pop(form["refresh_token"], None)
        if subject is None or subject not in self.people:
            return 400, {"error": "invalid_grant"}
        self.refreshed += 1
        return 200, self._tokens(subject, None)

    def _tokens(self, subject: str, nonce: str | None) -> dict[str, Any]:
        self._count += 1
        access, refresh = (f"{kind}-{self.mark}-{self._count}" for kind in ("access", "refresh"))
        self._live |= {access: subject, refresh: subject}
        now = int(clock.now().timestamp())
        told = self.people[subject] if self.in_id_token else {"sub": subject}
        claims = {"iss": self.issuer, "aud": self.client, "iat": now, "exp": now + 300, "nonce": nonce, **told}
        claims = self.alter({name: value for name, value in claims.items() if value is not None})
        sign = self.sign or (lambda made: jwt.encode({"alg": "RS256", "kid": self.key.kid}, made, self.key))
        tokens = {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": sign(claims)}
        return {**tokens, "refresh_token": refresh} if self.refresh_tokens else tokens

    def _document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }


@contextmanager
def running() -> Iterator[Forger]:
    """Runs one on a free port."""
    key = _keys.pop() if _keys else RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    forger = Forger(key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(lambda: forger.get(self.path, self.headers))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(lambda: forger.post(dict(urllib.parse.parse_qsl(body)), self.headers))

        def log_message(self, *_: Any) -> None:
            pass

        def _answer(self, what: Callable[[], Answer]) -> None:
            forger.requests += 1
            status, said = (503, {}) if forger.down else what()
            raw = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forger.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="forger")
    thread.start()
    try:
        yield forger
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        _keys.append(key)
