"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from tests import clamav, postgresql

if TYPE_CHECKING:
    from tests.later import Clock
    from tests.live import Browser
    from tests.world import World


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Starts PostgreSQL before the test database is made, when the run is on PostgreSQL."""
    if request.config.getoption("database") != "postgresql":
        yield
        return
    try:
        with postgresql.cluster(postgresql.address(), durable=False):
            yield
    except postgresql.NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture
def empty(transactional_db: None) -> Iterator[None]:
    """An empty database, and no key remembered from another one."""
    del transactional_db
    _quick_to_empty()
    from zorgmessenger.crypto.keyring import keyring  # noqa: PLC0415  (needs Django set up)

    keyring().forget()
    yield
    keyring().forget()


def _quick_to_empty() -> None:
    """Emptying the database after a test takes as long as many a test, as Django does it.

    It would write permissions anew, that nothing here has; and truncating dozens of small tables in PostgreSQL makes
    hundreds of files, where deleting their few rows makes none.
    """
    from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.models.signals import post_migrate  # noqa: PLC0415

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _deleted  # type: ignore[method-assign]


def _deleted(style: object, tables: Sequence[str], **_: object) -> list[str]:
    """Empties tables in any order: without looking whether one refers to another, until the transaction ends."""
    del style
    return ["SET LOCAL session_replication_role = replica", *(f'DELETE FROM "{table}"' for table in tables)]  # noqa: S608


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


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes when a test says so: `later.forward(minutes=5)`."""
    from tests.later import Clock  # noqa: PLC0415
    from zorgmessenger import clock  # noqa: PLC0415

    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture(scope="session")
def clamd() -> Iterator[clamav.Clamav]:
    """A running virus scanner; who stops it lets it run again (`with clamd.down()`)."""
    try:
        with clamav.running() as running:
            yield running
    except clamav.NotInstalled as missing:
        pytest.skip(str(missing))
