"""Signing on in a test: an organisation's provider that a test runs itself, and a browser that goes there and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests import forger
from tests.forger import CLIENT, SECRET, Forger
from tests.live import Browser
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.signon import asking, discovery, provider
from zorgmessenger.signon.provider import Provider, RoleOfGroup

ROLES = (
    RoleOfGroup("beheer", Role.ADMINISTRATOR),
    RoleOfGroup("planbureau", Role.PLANNER),
    RoleOfGroup("behandelaren", Role.PRACTITIONER),
)


def connected(organisation: UUID, issuer: str, **more: Any) -> Provider:
    """Sets a provider up, as the host's command does; the addresses of the cast are the organisation's too."""
    domains = ("delinde.example", "cast.example")
    made = Provider(organisation, issuer, CLIENT, SECRET, domains, **{"roles": ROLES, **more})
    provider.save(made)
    return made


@contextmanager
def providing(world: World, **more: Any) -> Iterator[Forger]:
    """De Linde's provider, which knows Noor, who treats."""
    discovery.forget()
    asking.forget()
    with forger.running() as running:
        running.person("noor")
        connected(world.organisation, running.issuer, **more)
        yield running


def begin(browser: Browser, organisation: UUID) -> str:
    """Where the browser is led to."""
    answer = browser.ask("POST", f"/api/v1/sign-on/{organisation}")
    assert answer.status == 200, answer.body
    return str(answer.body["location"])


def sign_on(browser: Browser, world: World, idp: Forger, subject: str, **more: str) -> str:
    """Signs somebody on; gives where they are led in the end: `/`, or the sign-in page with a code."""
    return led(browser, idp.lead_back(subject, begin(browser, world.organisation), **more))


def led(browser: Browser, path: str) -> str:
    """Where a browser that comes back at `path` is led."""
    answer = browser.stay("GET", path)
    assert answer.status == 303, answer.body
    browser.greet()
    return answer.headers["location"].removeprefix("/inloggen#sign-on=")
