"""Debian's Janus for as long as the tests run, with the configuration in `deploy/sfu`, on free loopback ports.

Nothing of an installed Janus is touched. Its media go over the addresses that this machine has besides loopback.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.deployed import filled, free_port, free_ports
from zorgmessenger.calls.places import JanusServer

STARTED_WITHIN = 15.0
_HOST = "127.0.0.1"
_MEDIA = 200


class NotInstalled(Exception):
    """There is no Janus on this machine."""


class Janus:
    """A Janus with a folder of its own, to be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.secret = secrets.token_urlsafe(32)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        first, secret = free_ports(_MEDIA), {"SECRET": self.secret}
        media = {"rtp_port_range": f'rtp_port_range = "{first}-{first + _MEDIA - 1}"'}
        files = {
            "janus.jcfg": (secret, media),
            "janus.transport.websockets.jcfg": ({}, {"ws_port": f"ws_port = {self.port}"}),
            "janus.plugin.videoroom.jcfg": (secret, {}),
        }
        for name, (values, lines) in files.items():
            (folder / name).write_text(filled(f"sfu/{name}", values, lines))

    @property
    def server(self) -> JanusServer:
        """As the settings name it."""
        return JanusServer(f"ws://{_HOST}:{self.port}", self.secret)

    @property
    def log(self) -> str:
        """What it logged since it was started last."""
        return (self._folder / "log").read_text(errors="replace")

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts it and waits until it answers.

        Raises:
            RuntimeError: it did not start; the message holds its log.
        """
        command = ["setpriv", "--pdeathsig=TERM", "janus", "--disable-colors", f"--configs-folder={self._folder}"]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until and self.running:
            with suppress(OSError), socket.create_connection((_HOST, self.port), 1):
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"Janus did not start: {self.log}")

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STARTED_WITHIN)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Lets it keep its connections and answer nothing for a while."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        os.waitpid(self._process.pid, os.WUNTRACED)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def running() -> Iterator[Janus]:
    """Runs a Janus.

    Raises:
        NotInstalled: it is not here; the message says what to install.
        RuntimeError: it did not start.
    """
    if shutil.which("janus") is None:
        raise NotInstalled("no janus here: apt-get install janus")
    folder = Path(tempfile.mkdtemp(prefix="zorg-janus-"))
    janus = Janus(folder)
    try:
        janus.start()
        yield janus
    finally:
        janus.kill()
        shutil.rmtree(folder, ignore_errors=True)
