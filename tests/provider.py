"""A real OpenID provider (allauth's own, `allauth.idp.oidc`) in a process of its own, with an organisation's people.

Run as a program it serves on the port it is given; the rest of this module starts it and talks to it. People sign in
there by a page that asks their name alone. What happens to them there (another group, out of all, account disabled) is
told to it at `/control`.
"""

from __future__ import annotations

import http.cookiejar
import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.deployed import free_port
from tests.process import Server

CLIENT, SECRET = "zorg-messenger", "een-geheim-van-de-client"
ROOT = Path(__file__).parent.parent


@dataclass
class Provider:
    """A running provider."""

    server: Server

    @property
    def issuer(self) -> str:
        """By what it is known."""
        return self.server.address

    def set(self, **what: Any) -> dict[str, Any]:
        """Tells it what is so from now on: `redirect`, or somebody's `name`, `groups`, `email`, `active`."""
        body = json.dumps(what).encode()
        request = urllib.request.Request(f"{self.issuer}/control", data=body)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
        return told

    def sign_in(self, name: str, location: str) -> str:
        """Signs somebody in there, who was led to `location`; gives where they are led back to."""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        opener = urllib.request.build_opener(jar, _NoRedirect)
        body = urllib.parse.urlencode({"name": name}).encode()
        _location(opener, f"{self.issuer}/enter", body)
        return _location(opener, location)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _location(opener: urllib.request.OpenerDirector, address: str, body: bytes | None = None) -> str:
    try:
        with opener.open(urllib.request.Request(address, data=body), timeout=10):  # noqa: S310
            return ""
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers.get("Location", ""))


@contextmanager
def running(folder: Path) -> Iterator[Provider]:
    """Runs one until the block ends or somebody kills it."""
    port = free_port()
    log = folder / "provider.log"
    command = [sys.executable, "-m", "tests.provider", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    server = Server(process, port)
    try:
        server.wait_until_up(log)
        yield Provider(server)
    finally:
        with suppress(ProcessLookupError):
            server.stop()


def serve(port: int) -> None:
    """The program."""
    from wsgiref.simple_server import WSGIRequestHandler, make_server  # noqa: PLC0415  (the program's alone)

    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
    settings.configure(
        SECRET_KEY="of a test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        LOGIN_URL="/enter",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_PRIVATE_KEY=pem,
        IDP_OIDC_ADAPTER="tests.provider_urls.Adapter",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    make_server("127.0.0.1", port, get_wsgi_application(), handler_class=WSGIRequestHandler).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
