"""Removing what nobody will ask for: files that were begun and not sent, and bytes in the store that no file has.

A crash leaves nothing half visible, only bytes that no row tells of, or what was sent beside the picture made of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.conversations import facts
from zorgmessenger.files import arriving, blobs, kept_pages
from zorgmessenger.files.facts import opened
from zorgmessenger.files.models import File
from zorgmessenger.files.opening import store

UNSENT = timedelta(days=3)
ORPHAN = timedelta(days=1)
SOME = 500


def sweep() -> None:
    """Removes some of it; to be called every hour or so, on any number of processes."""
    now = clock.now()
    for row in File.objects.filter(seq=None, created_at__lt=now - UNSENT)[:SOME]:
        if File.objects.filter(pk=row.pk, seq=None).delete()[0]:
            arriving.forget_blob(row.blob)
    for folder, changed in store().folders():
        _look_at(UUID(folder), changed, now)


def _look_at(blob: UUID, changed: datetime, now: datetime) -> None:
    if now - changed < ORPHAN:
        return
    rows = list(File.objects.filter(blob=blob).exclude(state=File.REFUSED))
    if not rows:
        blobs.remove_all(blob)
    elif all(row.state == File.READY for row in rows) and not all(row.tidied for row in rows):
        files = [opened(row, facts.one(row.conversation_id)) for row in rows]
        known = [one for found in files for one in (*found.about.blobs.values(), *kept_pages.blobs_of(found))]
        blobs.keep_only(blob, known)
        File.objects.filter(blob=blob).update(tidied=True)
