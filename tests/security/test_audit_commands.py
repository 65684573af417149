"""`zorgmessenger audit verify` as a host runs it: beside a working server, by exit code, over every chain."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests import migrated
from tests.process import Installation, installation
from tests.world import World
from zorgmessenger.audit import writer
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.models import AuditEntry, AuditHead
from zorgmessenger.audit.tags import Tag
from zorgmessenger.config import audit
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.organisations.models import Organisation


def test_the_log_is_verified_under_a_working_server(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written during the walk is no break."""
    for number in range(20):
        world.send("anna", world.conversations["bram", "anna"], f"bericht {number}")
    real, between = writer._stored_head, []  # noqa: SLF001  (the moment between the reads is what is tested)

    def and_then_somebody_writes(organisation: object) -> object:
        head = real(organisation)  # type: ignore[arg-type]
        between.append(world.send("anna", world.conversations["bram", "anna"], "ondertussen"))
        return head

    monkeypatch.setattr(writer, "_stored_head", and_then_somebody_writes)
    assert "hold" in audit.verify()
    assert between


def test_the_log_is_verified_while_it_grows(world: World) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            writer.record(Entry(Tag.CONNECTED, organisation=world.organisation, actor=world.id("anna")))
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(15):
            assert writer.verify([world.organisation]) is None
    finally:
        stop.set()
        thread.join()


def test_an_entry_put_in_behind_the_head_is_found(world: World) -> None:
    head = AuditHead.objects.get(pk=world.organisation)
    last = AuditEntry.objects.get(organisation=world.organisation, position=head.position)
    last.pk, last.position = None, head.position + 1
    last.save(force_insert=True)
    broken = writer.verify([world.organisation])
    assert broken is not None
    assert broken.position == head.position + 1


def test_an_organisation_removed_with_its_whole_log_is_missed(world: World) -> None:
    """The installation's own log tells that there was one."""
    AuditEntry.objects.filter(organisation=world.elsewhere).delete()
    AuditHead.objects.filter(pk=world.elsewhere).delete()
    Organisation.objects.filter(pk=world.elsewhere).delete()
    with pytest.raises(ConfigurationError, match=str(world.elsewhere)):
        audit.verify()


def test_the_command_ends_with_0_when_all_holds_and_with_1_and_the_place_when_not(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = installation(tmp_path, environment="demo")
    migrated.put(place.database, tmp_path_factory)
    with place.running("demo"):
        assert _verify(place) == (0, "The logs of 1 organisation(s) and of the installation hold.\n")
    with sqlite3.connect(place.database) as edited:
        (organisation,) = edited.execute("SELECT organisation FROM audit_auditentry WHERE position = 9").fetchone()
        edited.execute("UPDATE audit_auditentry SET detail = '1-1' WHERE position = 9")
    edited.close()
    status, said = _verify(place)
    assert status == 1
    assert "does not hold at 9" in said
    assert organisation in said.replace("-", "")
    assert "Traceback" not in said


def test_a_new_installation_without_anybody_holds(tmp_path: Path) -> None:
    place = installation(tmp_path, environment="test")
    assert place.command("keys", "init").returncode == 0
    assert place.command("migrate").returncode == 0
    assert _verify(place)[0] == 0


def test_an_entry_says_nothing_of_what_was_written(world: World) -> None:
    word = f"geheim{uuid4().hex}"
    world.send("anna", world.conversations["bram", "anna"], word)
    for entry in AuditEntry.objects.values():
        assert word not in str(entry)
        assert "anna" not in str(entry).lower()


def _verify(place: Installation) -> tuple[int, str]:
    done = place.command("audit", "verify")
    return done.returncode, done.stdout + done.stderr
