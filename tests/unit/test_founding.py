"""`zorgmessenger organisation create`, as a host runs it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.process import installation

NAMES = ("--first-name", "Ingrid", "--last-name", "Mulder", "--email", "ingrid@delinde.example")


def test_a_host_founds_two_organisations_and_the_log_of_each_holds(tmp_path: Path) -> None:
    place = installation(
        tmp_path,
        environment="production",
        public_url="https://z.example",
        mail_url="smtp://m.example",
        scanner="none",
    )
    for command in ("keys init", "migrate"):
        assert place.command(*command.split()).returncode == 0
    for name in ("Praktijk De Linde", "Praktijk Zuid"):
        done = place.command("organisation", "create", name, *NAMES)
        assert (done.returncode, done.stdout.startswith(f"Founded {name} (")) == (0, True), done
    assert "2 organisation(s)" in place.command("audit", "verify").stdout
    with sqlite3.connect(place.data / "zorgmessenger.sqlite3") as opened:
        waiting = opened.execute("SELECT count(*) FROM delivery_outgoingmail WHERE state = 'waiting'").fetchone()
    opened.close()
    assert waiting == (2,)
    wrong = place.command("organisation", "create", "Zuid", *NAMES[:-1], "geen adres")
    assert (wrong.returncode, "--email" in wrong.stderr, "Traceback" in wrong.stderr) == (1, True, False)
