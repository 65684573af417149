"""Signing on with an organisation's own provider: who comes in, as what, and who does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from tests import forger
from tests.forger import CLIENT, SECRET, Forger
from tests.live import Answer, Browser
from tests.world import World
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.organisations import members
from zorgmessenger.signon import discovery, provider
from zorgmessenger.signon.provider import Provider, RoleOfGroup

Browse = Callable[..., Browser]


def connected(organisation: UUID, issuer: str, **more: Any) -> Provider:
    """Sets a provider up, as the host's command does."""
    roles = (
        RoleOfGroup("beheer", Role.ADMINISTRATOR),
        RoleOfGroup("planbureau", Role.PLANNER),
        RoleOfGroup("behandelaren", Role.PRACTITIONER),
    )
    made = Provider(organisation, issuer, CLIENT, SECRET, ("delinde.example",), **{"roles": roles, **more})
    provider.save(made)
    return made


@pytest.fixture
def idp(world: World) -> Iterator[Forger]:
    """De Linde's provider, which knows Noor."""
    discovery.forget()
    with forger.running() as running:
        running.person("noor")
        connected(world.organisation, running.issuer)
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
    return answer.headers["location"]


def refused(reason: str) -> bool:
    """Whether the log tells of it."""
    return AuditEntry.objects.filter(tag=Tag.SIGN_ON_REFUSED, reason=reason).exists()


def test_who_comes_for_the_first_time_gets_an_account_and_works_there(
    world: World, browse: Browse, idp: Forger
) -> None:
    browser = browse()
    assert browser.ask("GET", "/api/v1/sign-on").body == [{"id": str(world.organisation), "name": "De Linde"}]
    assert sign_on(browser, world, idp, "noor") == "/"
    me = browser.ask("GET", "/api/v1/me").body
    assert (me["firstName"], me["lastName"], me["emails"]) == ("Noor", "van Toneel", ["noor@delinde.example"])
    member = members.find(UUID(me["id"]), world.organisation)
    assert member is not None
    assert member.role is Role.PRACTITIONER
    assert not Person.objects.get(pk=me["id"]).has_usable_password()
    tags = set(AuditEntry.objects.filter(organisation=world.organisation).values_list("tag", flat=True))
    assert {Tag.REGISTERED, Tag.MEMBER_ADDED, Tag.SIGNED_ON} <= tags
    assert addresses.verified_owner("noor@delinde.example") == member.person
