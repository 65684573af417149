"""A database of this version in which there is nobody, made once in a run and copied: migrating takes seconds.

Whichever process of the run wants one first has it made by the command that hosts use; the others wait for it. It is
SQLite's, and whole in one file once that command has ended. What a test took out of the environment it does not need.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.process import installation
from zorgmessenger.crypto.roots import FileSource, generate


def put(destination: Path, factory: pytest.TempPathFactory) -> None:
    """Puts a copy at `destination`, for this user alone as the command makes it."""
    made = _made(factory)
    destination.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(made, destination)
    destination.chmod(0o600)


def _made(factory: pytest.TempPathFactory) -> Path:
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "migrated"
    folder.mkdir(exist_ok=True)
    done = folder / "done.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            making = folder / "making.sqlite3"
            place = installation(folder, environment="test", database=f"sqlite:///{making}")
            FileSource(place.data / "root.key").write([generate()])
            result = place.command("migrate")
            assert result.returncode == 0, result.stderr
            making.rename(done)
    return done
