"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests import clamav, postgresql

if TYPE_CHECKING:
    from tests.live import Browser
    from tests.world import World


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Starts PostgreSQL before the test database is made, when the run is on PostgreSQL."""
    if request.config.getoption("database") != "postgresql":
        yield
        return
    try:
        with postgresql.cluster(postgresql.address()):
            yield
    except postgresql.NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture
def empty(transactional_db: None) -> Iterator[None]:
    """An empty database, and no key remembered from another one."""
    del transactional_db
    from zorgmessenger.crypto.keyring import keyring  # noqa: PLC0415  (needs Django set up)

    keyring().forget()
    yield
    keyring().forget()


@pytest.fixture
def world(empty: None) -> World:
    """The people of `tests.cast`, with their conversations."""
    del empty
    from tests.world import build  # noqa: PLC0415

    return build()


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """A running server in this world."""
    del world
    from tests.live import running  # noqa: PLC0415

    with running() as address:
        yield address


@pytest.fixture
def browse(address: str) -> Callable[..., Browser]:
    """Opens a browser: `browse("anna")` signed in, `browse()` as a stranger."""
    from tests.live import Browser  # noqa: PLC0415

    def open_browser(name: str = "") -> Browser:
        browser = Browser(address)
        if name:
            assert browser.sign_in(name).status == 200
        else:
            browser.greet()
        return browser

    return open_browser


@pytest.fixture(scope="session")
def clamd() -> Iterator[clamav.Clamav]:
    """A running virus scanner; who stops it lets it run again (`with clamd.down()`)."""
    try:
        with clamav.running() as running:
            yield running
    except clamav.NotInstalled as missing:
        pytest.skip(str(missing))
