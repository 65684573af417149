"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from django.db.backends.signals import connection_created

from tests import clamav, postgresql
from tests import coturn as turn
from tests import janus as sfu

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django import DjangoDbBlocker

    from tests.forger import Forger
    from tests.later import Clock
    from tests.live import Browser
    from tests.world import World


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Starts PostgreSQL before the test database is made, when the run is on PostgreSQL.

    Neither database waits for the disk: nobody cuts the power of a process of tests.
    """
    if request.config.getoption("database") != "postgresql":
        connection_created.connect(_not_durable)
        yield
        return
    try:
        with postgresql.cluster(postgresql.address(), durable=False):
            yield
    except postgresql.NotInstalled as missing:
        pytest.skip(str(missing))


def _not_durable(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")


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


def _empty() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)


@pytest.fixture(scope="session")
def first_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[World, list[str]]:
    """The world, built once before any test that lives in it has changed a thing, and the tables where it is kept."""
    del django_db_setup
    from tests import kept  # noqa: PLC0415  (needs Django set up)
    from tests.world import build, lighten_passwords  # noqa: PLC0415

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch:
        lighten_passwords(monkeypatch)
        _quick_to_empty()
        _empty()
        world, tables = build(), kept.keep()
        _empty()
    return world, tables


@pytest.fixture
def world(first_world: tuple[World, list[str]], empty: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The people of `tests.cast`, with their conversations: the same ids in each test, and nothing else the same."""
    del empty
    from tests import kept  # noqa: PLC0415  (needs Django set up)
    from tests.world import forget, lighten_passwords  # noqa: PLC0415

    world, tables = first_world
    lighten_passwords(monkeypatch)
    forget()
    kept.put_back(tables)
    return deepcopy(world)


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
def idp(world: World) -> Iterator[Forger]:
    """De Linde's own provider, as a test wants it."""
    from tests.signing_on import providing  # noqa: PLC0415

    with providing(world) as running:
        yield running


@pytest.fixture
def noor(world: World, browse: Callable[..., Browser], idp: Forger) -> Browser:
    """Somebody of the planning office, who signed on."""
    from tests.signing_on import sign_on  # noqa: PLC0415  (needs Django set up)

    idp.person("noor", groups=["planbureau"])
    browser = browse()
    assert sign_on(browser, world, idp, "noor") == "/"
    return browser


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


@pytest.fixture(scope="session")
def coturn() -> Iterator[turn.Coturn]:
    """A running relay, as hosts run it."""
    try:
        with turn.running() as running:
            yield running
    except turn.NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def janus() -> Iterator[sfu.Janus]:
    """A running Janus, as hosts run it; who kills it starts it again."""
    try:
        with sfu.running() as running:
            yield running
    except sfu.NotInstalled as missing:
        pytest.skip(str(missing))
