"""A database of this version in which there is nobody, made once in a run and copied: migrating takes seconds.

Whichever process of the run wants one first has it made by the command that hosts use; the others wait for it. It is
SQLite's, and whole in one file once that command has ended.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


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
            environment = os.environ | {"ZORG_DATA_DIR": str(folder), "ZORG_DATABASE": f"sqlite:///{making}"}
            command = [sys.executable, "-m", "zorgmessenger", "migrate"]
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            making.rename(done)
    return done
