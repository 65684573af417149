"""The threads that have files checked, and what comes of it stored and told.

Any number of processes may do this: a file is claimed by moving the time of its next try, so that one that is claimed
by a process that ends is tried again. Where the scanner cannot say, the file is held and tried later, less and less
often: it is released by itself when the scanner is back.
"""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection

from zorgmessenger import clock
from zorgmessenger.conversations import facts
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.errors import NotFound, Unavailable, ZorgError
from zorgmessenger.files import arriving, blobs, checks, doorbell
from zorgmessenger.files.about import About
from zorgmessenger.files.facts import Opened, opened
from zorgmessenger.files.models import File
from zorgmessenger.messages import engine
from zorgmessenger.messages.file_checks import FileJob

_log = structlog.get_logger()
THREADS = 2
LOOK_EVERY = 5.0
CLAIM = timedelta(minutes=5)
"""More than the longest check takes."""
AGAIN = timedelta(seconds=5)
LATEST = timedelta(minutes=5)


class Checker:
    """The threads of this process."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._run, name="file checker", daemon=True) for _ in range(THREADS)]

    def start(self) -> None:
        """Begins. Where no other process can be, what one that was killed had claimed is free at once."""
        if connection.vendor == "sqlite":
            File.objects.filter(state=File.CHECKING, tries=0).update(check_at=clock.now())
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends when what is under way is done."""
        self._over.set()
        doorbell.ring()
        for thread in self._threads:
            thread.join(20)

    def _run(self) -> None:
        heard = doorbell.wait(0, 0)
        while not self._over.is_set():
            try:
                close_old_connections()
                while not self._over.is_set() and check_one():
                    pass
            except Exception:  # noqa: BLE001  (the thread lives on; the file is tried again)
                _log.exception("checking files")
            heard = doorbell.wait(heard, LOOK_EVERY)
        connection.close()


def check_one() -> bool:
    """Checks a file that is due, if there is one."""
    row = claimed()
    if row is None:
        return False
    try:
        found = opened(row, facts.one(row.conversation_id))
        verdict = checks.check(found, arriving.policy_of(found.known.facts.organisation))
        job = FileJob(row.conversation_id, row.id, verdict.about, verdict.signature, lambda _: None)
        if engine.current().check_settled(job):
            _tidy(found, verdict.about)
    except (Unsealable, NotFound):
        _log.exception("a file that cannot be checked", file=str(row.id))
    except ZorgError as error:
        _hold(row, error)
    return True


def claimed() -> File | None:
    """A file that is due, and nobody else's to check until its claim is over."""
    now = clock.now()
    for row in File.objects.filter(state=File.CHECKING, check_at__lte=now).order_by("check_at")[:THREADS]:
        if File.objects.filter(pk=row.pk, state=File.CHECKING, check_at=row.check_at).update(check_at=now + CLAIM):
            return row
    return None


def _hold(row: File, error: ZorgError) -> None:
    _log.warning("a file is held", file=str(row.id), tries=row.tries + 1, error=str(error))
    wait = min(AGAIN * 2 ** min(row.tries, 10), LATEST)
    File.objects.filter(pk=row.pk).update(check_at=clock.now() + wait, tries=min(row.tries + 1, 1000))


def _tidy(found: Opened, known: About) -> None:
    """What was sent is removed where a picture of our own took its place, and all of what was refused."""
    try:
        if known.reason:
            blobs.remove_all(found.row.blob)
        else:
            blobs.keep_only(found.row.blob, known.blobs.values())
    except Unavailable:
        _log.warning("the sweep will remove it", file=str(found.row.id))
