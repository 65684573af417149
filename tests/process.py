"""`zorgmessenger` as a process of its own: to kill, to read what it prints, to see what it leaves on disk."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.deployed import free_port

STARTED_WITHIN = 60.0


@dataclass
class Installation:
    """A folder with all of one installation: data, log, temporary files; and the environment of its commands."""

    folder: Path
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def database(self) -> Path:
        """SQLite's file."""
        return self.data / "zorgmessenger.sqlite3"

    @property
    def log(self) -> Path:
        """What its server printed, over all its lives."""
        return self.folder / "log"

    def command(self, *arguments: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Runs one command to its end; `said` is what it gets to read."""
        environment = self.environment | more
        return subprocess.run(
            [sys.executable, "-m", "zorgmessenger", *arguments],
            env=environment,
            cwd=self.folder,
            input=said,
            capture_output=True,
            text=True,
            timeout=STARTED_WITHIN,
            check=False,
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[Server]:
        """Runs the server, `demo` or `serve`, until the block ends or somebody kills it."""
        port = free_port()
        command = [sys.executable, "-m", "zorgmessenger", *arguments]
        if arguments[0] == "demo":
            command += ["--port", str(port)]
        environment = self.environment | {"ZORG_PORT": str(port)}
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, env=environment, cwd=self.folder, stdout=log, stderr=log)
        server = Server(process, port)
        try:
            server.wait_until_up(self.log)
            yield server
        finally:
            server.stop()


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def wait_until_up(self, log: Path) -> None:
        """Waits until it answers."""
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until:
            assert self.process.poll() is None, log.read_text()[-2000:]
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2):
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """Ends it as a power cut would: SIGKILL, with no chance to do anything."""
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        """Ends it as a host would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def installation(folder: Path, **settings: str) -> Installation:
    """A new installation in an empty folder; `settings` are `ZORG_…` without that prefix, in lower case."""
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ZORG_", "DJANGO_"))}
    set_up = {f"ZORG_{name.upper()}": value for name, value in settings.items()}
    paths = {"ZORG_DATA_DIR": str(folder / "data"), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    return Installation(folder, inherited | paths | set_up)
