"""Signing on with a provider that others wrote (allauth's), from the first time to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import provider
from tests.later import Clock
from tests.live import Browser
from tests.provider import CLIENT, SECRET, Provider
from tests.signing_on import ROLES, begin, led
from tests.world import World
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.signon import asking, coming_in, discovery, rounds
from zorgmessenger.signon import provider as providers

Browse = Callable[..., Browser]


@pytest.fixture
def real(world: World, tmp_path: Path) -> Iterator[Provider]:
    """De Linde's provider, with Noor of the planning office."""
    discovery.forget()
    asking.forget()
    with provider.running(tmp_path) as running:
        running.set(redirect=coming_in.back(world.organisation))
        running.set(name="noor", email="noor@delinde.example", groups=["planbureau", "koffie"])
        providers.save(
            providers.Provider(world.organisation, running.issuer, CLIENT, SECRET, ("delinde.example",), ROLES)
        )
        yield running


def sign_on(browser: Browser, world: World, real: Provider) -> str:
    back = urlsplit(real.sign_in("noor", begin(browser, world.organisation)))
    return led(browser, f"{back.path}?{back.query}")


def test_somebody_comes_works_and_is_out_when_they_leave_the_group(
    world: World, browse: Browse, real: Provider, later: Clock
) -> None:
    browser = browse()
    assert sign_on(browser, world, real) == "/"
    with browser.socket() as socket:
        assert len(socket.welcome["conversations"]) == 1
        for _ in range(3):
            later.forward(seconds=31)
            rounds.keep()
        assert browser.ask("GET", "/api/v1/me").body["firstName"] == "Noor"
        real.set(name="noor", groups=["koffie"])
        later.forward(seconds=31)
        rounds.keep()
        assert socket.close_code() == Close.SIGNED_OUT
    assert browser.greet() is False
    assert sign_on(browser, world, real) == "no_group"


def test_a_disabled_account_is_out_and_a_provider_that_is_gone_leaves_a_quarter_of_an_hour(
    world: World, browse: Browse, real: Provider, later: Clock
) -> None:
    browser, other = browse(), browse()
    assert (sign_on(browser, world, real), sign_on(other, world, real)) == ("/", "/")
    real.set(name="noor", groups=["planbureau"], active=False)
    later.forward(seconds=41)
    assert browser.ask("GET", "/api/v1/me").status == 401
    real.server.kill()
    later.forward(minutes=14)
    assert other.ask("GET", "/api/v1/me").status == 200
    later.forward(minutes=2)
    assert other.ask("GET", "/api/v1/me").status == 401
