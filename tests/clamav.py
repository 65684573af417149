"""Debian's clamd for as long as the tests run: the real scanner, which knows one virus.

That virus is EICAR's test file (eicar.org, "Anti-Malware Testfile"): text that every scanner calls a virus and that
does nothing. It stands here in halves, so that no scanner finds it in this repository. Nothing of an installed clamd is
touched, and no signatures are fetched.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "Eicar-Test-Signature.UNOFFICIAL"
"""What clamd calls it; the ending marks a database that is not signed by ClamAV."""
STARTED_WITHIN = 30.0

LIMITS = {"StreamMaxLength": "110M", "MaxFileSize": "110M", "MaxScanSize": "400M", "AlertExceedsMax": "yes"}
"""What `docs/operate/files.md` has a host set (clamd.conf(5))."""


class NotInstalled(Exception):
    """There is no clamd on this machine."""


class Clamav:
    """A clamd in a folder of its own, to be stopped and started again at the same address."""

    def __init__(self, folder: Path, **limits: str) -> None:
        self.address = folder / "clamd.ctl"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("signatures", "new"):
            (folder / name).mkdir()
        (folder / "signatures/test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        configuration = {
            "Foreground": "yes",
            "DatabaseDirectory": f"{folder}/signatures",
            "LocalSocket": str(self.address),
            "TemporaryDirectory": f"{folder}/new",
            **LIMITS,
            **limits,
        }
        (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in configuration.items()))

    def start(self) -> None:
        """Starts it and waits until it answers.

        Raises:
            RuntimeError: it did not start; the message holds its log.
        """
        command = ["setpriv", "--pdeathsig=TERM", "clamd", f"--config-file={self._folder}/clamd.conf"]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(self.address))
                probe.sendall(b"zPING\0")
                if probe.recv(16) == b"PONG\0":
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"clamd did not start: {(self._folder / 'log').read_text()}")

    def stop(self) -> None:
        """Ends it; nothing listens at its address after that."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STARTED_WITHIN)
            self.address.unlink(missing_ok=True)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Lets it be down for a while."""
        self.stop()
        try:
            yield
        finally:
            self.start()


@contextmanager
def running(**limits: str) -> Iterator[Clamav]:
    """Runs a clamd; `limits` replace lines of its configuration.

    Raises:
        NotInstalled: it is not here; the message says what to install.
    """
    if shutil.which("clamd") is None:
        raise NotInstalled("no clamd here: apt-get install clamav-daemon")
    folder = Path(tempfile.mkdtemp(prefix="zorg-clamav-"))
    clamav = Clamav(folder, **limits)
    try:
        clamav.start()
        yield clamav
    finally:
        clamav.stop()
        shutil.rmtree(folder, ignore_errors=True)
