"""The demo: on its own database only, made completely or not at all, and soon there when it is made already."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests import migrated
from tests.deployed import free_port
from tests.process import installation
from tests.world import World
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.config import made_up
from zorgmessenger.config.serve import DEMO_REMEDY, listening
from zorgmessenger.demo import story
from zorgmessenger.demo.people import PEOPLE
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.ids import NIL
from zorgmessenger.organisations.models import Organisation


def test_it_never_runs_on_a_database_with_people_of_others(world: World) -> None:
    del world
    with pytest.raises(ConfigurationError, match="ZORG_DATA_DIR"):
        made_up.check()


@pytest.mark.sqlite_alone("the demo refuses any other database, see test_settings")
def test_it_runs_on_an_empty_database_and_on_its_own(empty: None) -> None:
    del empty
    made_up.check()
    story.tell()
    made_up.check()
    assert made_up.is_marked()
    assert Person.objects.count() == len(PEOPLE)
    assert writer.verify([NIL, *Organisation.objects.values_list("id", flat=True)]) is None


@pytest.mark.sqlite_alone("the demo refuses any other database, see test_settings")
def test_a_first_start_that_was_interrupted_leaves_nothing_and_the_next_makes_it_whole(
    empty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del empty
    real, done = story._do, []  # noqa: SLF001  (in the middle of the story)

    def and_then_the_light_goes_out(job: object) -> None:
        done.append(job)
        if len(done) > 20:
            raise KeyboardInterrupt
        real(job)  # type: ignore[arg-type]

    with monkeypatch.context() as dark:
        dark.setattr(story, "_do", and_then_the_light_goes_out)
        with pytest.raises(KeyboardInterrupt):
            story.tell()
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not made_up.is_marked()
    story.tell()
    assert made_up.is_marked()


def test_a_second_start_makes_and_migrates_nothing(tmp_path: Path) -> None:
    place = installation(tmp_path)
    with place.running("demo"):
        pass
    before = place.log.read_text()
    with place.running("demo"):
        again = place.log.read_text().removeprefix(before)
    assert before.count("Making the demo organisation") == 1
    assert "Making" not in again
    assert "Sign in as" in again


def test_it_refuses_a_database_whose_mark_is_not_there(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By both commands that would show its mail to everybody."""
    place = installation(
        tmp_path,
        environment="production",
        public_url="https://z.example",
        mail_url="smtp://m.example",
        scanner="none",
    )
    assert place.command("keys", "init").returncode == 0
    migrated.put(place.database, tmp_path_factory)
    _put_in_a_person(place.database)
    unset = {"ZORG_PUBLIC_URL": "", "ZORG_MAIL_URL": "", "ZORG_ENVIRONMENT": "demo"}
    for command in ("demo", "serve"):
        refused = place.command(command, **unset, ZORG_PORT=str(free_port()))
        assert (refused.returncode, "ZORG_DATA_DIR" in refused.stderr) == (1, True), refused
        assert "Traceback" not in refused.stderr


def test_a_taken_port_names_the_remedy_that_works_for_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with listening("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        place = installation(tmp_path)
        migrated.put(place.database, tmp_path_factory)
        refused = place.command("demo", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(DEMO_REMEDY)
    assert 'make run ARGS="--port' in DEMO_REMEDY


def _put_in_a_person(database: Path) -> None:

    with sqlite3.connect(database) as opened:
        opened.execute(
            "INSERT INTO accounts_person (id, password, first_name_sealed, last_name_sealed, language, is_active,"
            " created_at) VALUES (?, '', x'00', x'00', 'nl', 1, '2026-01-01')",
            ["0" * 31 + "1"],
        )
    opened.close()
