"""Nothing that a person wrote, is called, or proves who they are by, is readable where it is kept or logged (A16)."""

from __future__ import annotations

import re
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.cast import PASSWORD, address_of
from tests.forger import Forger
from tests.live import ORIGIN, Browser
from tests.mailbox import newest_secret
from tests.process import Installation, Server, installation
from tests.security.canaries import Aviary, Doors, files_in, let_loose, on_purpose, sign_on
from tests.world import World
from zorgmessenger.demo import people
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.signon.models import Check


@pytest.fixture
def aviary() -> Aviary:
    return Aviary()


def test_the_search_finds_a_canary_in_every_disguise(aviary: Aviary) -> None:
    with on_purpose(aviary) as leaks:
        for disguise, blob in leaks.items():
            assert aviary.seen_in({disguise: b"\0" * 100 + blob + b"\xff" * 100}), disguise
        assert aviary.seen_in({"nothing": b"\0" * 100}) == []


def test_no_canary_is_in_the_database(world: World, address: str, aviary: Aviary) -> None:
    organisation = Organisation.objects.get(pk=world.organisation)
    organisation.name = aviary.new("name of an organisation")
    organisation.save()
    let_loose(aviary, Doors(address, ORIGIN, address_of("bram"), PASSWORD, newest_secret))
    stored = _database()
    assert sum(map(len, stored.values())) > 30_000
    assert aviary.seen_in(stored) == []
    _put_in_the_database(aviary.new("put there on purpose"))
    assert aviary.seen_in(_database()) != []


def test_no_canary_of_a_sign_on_is_in_the_database(world: World, address: str, aviary: Aviary, idp: Forger) -> None:
    sign_on(aviary, Doors(address, ORIGIN, address_of("bram"), PASSWORD, newest_secret), world, idp)
    stored = _database()
    assert Check.objects.count() == 1
    assert aviary.seen_in(stored) == []


def test_no_canary_is_in_any_file_or_in_what_the_server_prints(tmp_path: Path, aviary: Aviary) -> None:
    place = installation(tmp_path / "place", log_level="DEBUG")
    with place.running("demo") as server:
        let_loose(aviary, _doors(server))
        left = files_in(place.folder)
    assert {"log", "data/zorgmessenger.sqlite3", "data/zorgmessenger.sqlite3-wal", "data/root.key"} <= left.keys()
    assert aviary.seen_in(left) == []
    assert aviary.seen_in(files_in(place.folder)) == [], "something was left behind at the end"
    _check_control(place, aviary)


def _doors(server: Server) -> Doors:
    known: set[str] = set()

    def secret_for(address: str) -> str:
        """The secret in the mail that comes next."""
        pattern = rf"{re.escape(address)} ·.*?href=\"[^\"]*#([^\"]+)\""
        for _ in range(100):
            page = Browser(server.address).ask("GET", "/demo/mail").raw.decode()
            found = re.findall(pattern, page, re.DOTALL)
            for secret in found:
                if secret not in known:
                    known.add(secret)
                    return str(secret)
            time.sleep(0.05)
        raise AssertionError("no mail came")

    return Doors(server.address, server.address, "bram@delinde.example", people.PASSWORD, secret_for)


def _check_control(place: Installation, aviary: Aviary) -> None:
    (place.folder / "tmp" / "leak").write_text(aviary.new("left on purpose"))
    assert len(aviary.seen_in(files_in(place.folder))) == 1


def _database() -> dict[str, bytes]:
    """Everything that is stored, as it is stored: SQLite's files, every table of PostgreSQL, the files people sent."""
    if connection.vendor == "sqlite":
        return files_in(settings.ZORG.data_dir)
    with connection.cursor() as cursor:
        raw: psycopg.Cursor[tuple[object, ...]] = cursor.cursor
        tables = connection.introspection.table_names(cursor)
        found = files_in(settings.ZORG.data_dir / "files")
        for table in tables:
            with raw.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
                found[table] = b"".join(rows)
        return found


def _put_in_the_database(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET accent = 'x', name_sealed = %s", [text.encode()])
