"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgresql


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
