"""The app on a person's telephone that makes codes (RFC 6238, appendix A), and a second factor that is switched on."""

from __future__ import annotations

import base64
import hmac
import struct
from dataclasses import dataclass, field

from tests.cast import PASSWORD
from tests.live import Answer, Browser
from zorgmessenger import clock

PERIOD = 30
FACTOR = "/api/v1/me/second-factor"
AUTHENTICATE = "/_allauth/browser/v1/auth/2fa/authenticate"
REAUTHENTICATE = "/_allauth/browser/v1/auth/2fa/reauthenticate"


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def step_now() -> int:
    """The step in which a code of now is."""
    return int(clock.now().timestamp()) // PERIOD


@dataclass
class Phone:
    """An app that holds a secret."""

    secret: str
    codes: list[str] = field(default_factory=list)
    """The recovery codes that came with it."""

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later."""
        return code_at(self.secret, step_now() + steps)


def begin(browser: Browser, password: str = PASSWORD) -> Answer:
    """Asks for a secret."""
    return browser.ask("POST", f"{FACTOR}/setup", {"password": password})


def switch_on(browser: Browser) -> Phone:
    """Switches the second factor on with the code of one step ago, so that the one of now can be used next.

    Where the next step began meanwhile, that code was two steps old.
    """
    phone = Phone(begin(browser).body["secret"])
    step = step_now()
    answer = browser.ask("POST", FACTOR, {"code": code_at(phone.secret, step - 1)})
    if step_now() != step and answer.status != 200:
        answer = browser.ask("POST", FACTOR, {"code": phone.code(-1)})
    assert answer.status == 200, answer
    phone.codes = answer.body["codes"]
    return phone


def authenticate(browser: Browser, code: str) -> Answer:
    """The second step of signing in."""
    answer = browser.ask("POST", AUTHENTICATE, {"code": code})
    browser.greet()
    return answer
