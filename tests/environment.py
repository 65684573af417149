"""A pytest plugin, loaded before Django's settings: `--database` chooses the database that a run is made on.

Everything a run needs is in the environment by `ZORG_…`, as for any installation: a data folder of its own, a root key
of its own, and SQLite in that folder or a PostgreSQL cluster that the fixtures start.

Which tests are run on PostgreSQL as well:
1. Those that touch the database, in whatever way.
2. But for those marked `sqlite_alone`: what they try is refused before it comes into a query, or is something that
   never runs on PostgreSQL. The mark says which; in doubt there is none.
"""

from __future__ import annotations

import base64
import gc
import os
import secrets
import shutil
import tempfile
from collections.abc import Generator

import pytest
import structlog

from tests import postgresql

TOUCH_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}

SELDOM = (50_000, 20, 20)
"""How much is made between two rounds of the garbage collector: it has little to do here, and much to look through."""

data_dir_key = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--database`."""
    text = "the database to test on; with postgresql only tests that touch a database are run"
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help=text)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Sets the environment before pytest-django, which loads the settings in this same hook."""
    gc.set_threshold(*SELDOM)
    data_dir = tempfile.mkdtemp(prefix="zorg-tests-")
    early_config.stash[data_dir_key] = data_dir
    on_postgresql = early_config.known_args_namespace.database == "postgresql"
    os.environ.update(
        ZORG_ENVIRONMENT="test",
        ZORG_DATA_DIR=data_dir,
        ZORG_ROOT_KEYS=base64.b64encode(secrets.token_bytes(32)).decode(),
        ZORG_DATABASE=postgresql.address() if on_postgresql else f"sqlite:///{data_dir}/tests.sqlite3",
    )
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Has what fails logged as it is: painted with the code around it, that takes longer than most tests."""
    config.addinivalue_line("markers", "sqlite_alone(why): on PostgreSQL this would try the same once more")
    plain: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(),
    ]
    structlog.configure(processors=plain)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the data folder."""
    shutil.rmtree(config.stash.get(data_dir_key, ""), ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    """Names the database at the top of the run."""
    return f"database: {config.getoption('database')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps only what is run on PostgreSQL as well when the run is on PostgreSQL."""
    if config.getoption("database") != "postgresql":
        return
    again = [item for item in items if touches_database(item) and item.get_closest_marker("sqlite_alone") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: no need to look through it again and again."""
    gc.freeze()


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for Django's database, by a marker or through a fixture."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("django_db") is not None or not TOUCH_DATABASE.isdisjoint(fixtures)
