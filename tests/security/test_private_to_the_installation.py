"""What an installation writes is for its own user alone, and nothing lies about that it does not need."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tests.process import installation


def test_no_other_user_of_the_machine_can_read_anything_of_the_installation(tmp_path: Path) -> None:
    """Also what is sealed tells who is there and how much they say: the database is nobody else's to read."""
    demo = installation(tmp_path / "demo")
    with demo.running("demo"):
        _check_private(demo.data)
        assert {path.name for path in demo.data.iterdir()} == {
            "files",
            "root.key",
            "zorgmessenger.sqlite3",
            "zorgmessenger.sqlite3-wal",
            "zorgmessenger.sqlite3-shm",
        }
    real = installation(tmp_path / "real", environment="test")
    assert real.command("keys", "init").returncode == 0
    assert real.command("migrate").returncode == 0
    assert real.command("keys", "rotate").returncode == 0
    _check_private(real.data)
    for place in (demo, real):
        assert list((place.folder / "tmp").iterdir()) == []


def _check_private(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
        assert path.stat().st_uid == os.getuid()
