"""A PostgreSQL cluster of our own, on a free loopback port, for as long as the tests or a measurement run.

Nothing of an installed server is touched: the newest `/usr/lib/postgresql/*/bin` makes a new cluster in a temporary
folder. PostgreSQL refuses to run as root, so root runs it as the user `postgres`. It is as durable as in production
(`fsync` and `synchronous_commit` stay on), since what is acknowledged must be what is stored.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.deployed import free_port

USER = "zorg"
STARTED_WITHIN = 30
_NOT_DURABLE = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


class NotInstalled(Exception):
    """There is no PostgreSQL server on this machine."""


@cache
def address() -> str:
    """The URL of this run's database, on a port that was free when first asked."""
    return f"postgresql://{USER}@127.0.0.1:{free_port()}/postgres"


def binaries() -> Path:
    """The programs of the newest PostgreSQL.

    Raises:
        NotInstalled: there is none; the message says what to install.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found or not (found[-1] / "postgres").exists():
        raise NotInstalled("no PostgreSQL server here: apt-get install postgresql")
    return found[-1]


@contextmanager
def cluster(url: str, *before: str, durable: bool = True) -> Iterator[int]:
    """Runs a cluster at the host and port of `url` and gives the pid of its first process.

    Args:
        url: postgresql://user@127.0.0.1:port/name; the user is the cluster's superuser.
        before: a command to start the server with, such as `taskset -c 0`.
        durable: whether it waits for the disk; no test cuts its power.

    Raises:
        NotInstalled: PostgreSQL is not here.
        RuntimeError: it did not start; the message holds its log.
    """
    programs, port = binaries(), urlsplit(url).port
    folder = Path(tempfile.mkdtemp(prefix="zorg-postgresql-"))
    data, log = folder / "data", folder / "log"
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        initdb: list[str | Path] = [
            f"{programs}/initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        subprocess.run([*unprivileged(), *initdb], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        command: list[str | Path] = [
            *before,
            *unprivileged(),
            f"{programs}/postgres",
            "-D",
            data,
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            *([] if durable else _NOT_DURABLE),
        ]
        with log.open("wb") as output:
            server = subprocess.Popen([*command, "-k", folder], stdout=output, stderr=output, cwd=folder)
        try:
            wait_for(url, server, log)
            yield server.pid
        finally:
            server.send_signal(signal.SIGINT)  # its fast shutdown: disconnects everybody, then stops in order
            server.wait(timeout=STARTED_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged() -> list[str]:
    """What a command starts with so that it does not run as root, and ends with us however we end."""
    who = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=INT", *who]


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the server answers."""
    for _ in range(STARTED_WITHIN * 20):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
