"""Fixtures for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db.backends.signals import connection_created

from tests import clamav, migrated, postgresql
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


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether the test database is there before it is made: SQLite's is a copy of one that is made once in a run."""
    if request.config.getoption("database") == "postgresql":
        return False
    from django.conf import settings  # noqa: PLC0415  (needs Django set up)

    migrated.put(Path(settings.DATABASES["default"]["TEST"]["NAME"]), tmp_path_factory)
    return True


def _not_durable(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def connections_reused(django_db_setup: None) -> Iterator[None]:
    """A test is left the connections of those before it; before the test database is removed they are closed."""
    del django_db_setup
    from tests import reused  # noqa: PLC0415  (needs Django set up)

    with reused.connections():
        yield


@pytest.fixture
def transactional_db(connections_reused: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database without a row, in which transactions are real: in place of pytest-django's, which is slow to empty."""
    del connections_reused
    from django.db import connection  # noqa: PLC0415  (needs Django set up)

    from tests import kept  # noqa: PLC0415

    with django_db_blocker.unblock():
        kept.empty()
        yield
        connection.close()


@pytest.fixture
def empty(transactional_db: None) -> Iterator[None]:
    """An empty database, no file in the store, and no key remembered from another test."""
    del transactional_db
    from django.conf import settings  # noqa: PLC0415  (needs Django set up)

    from zorgmessenger.crypto.keyring import keyring  # noqa: PLC0415
    from zorgmessenger.files import opening  # noqa: PLC0415

    shutil.rmtree(settings.ZORG.data_dir / "files", ignore_errors=True)
    opening.store.cache_clear()
    keyring().forget()
    yield
    keyring().forget()


@pytest.fixture(scope="session")
def first_world(connections_reused: None, django_db_blocker: DjangoDbBlocker) -> tuple[World, list[str]]:
    """The world, built once before any test that lives in it has changed a thing, and the tables where it is kept."""
    del connections_reused
    from tests import kept  # noqa: PLC0415  (needs Django set up)
    from tests.world import build, lighten_passwords  # noqa: PLC0415

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch:
        lighten_passwords(monkeypatch)
        kept.empty()
        return build(), kept.keep()


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
