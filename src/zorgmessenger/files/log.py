"""What is logged when somebody opens a file.

A player asks for many ranges of one file, and a document is read page by page: who goes on with what they opened is
logged once for each hour, from the same device. Whatever part is asked for first, it is logged before it is shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from uuid import UUID

from zorgmessenger import clock
from zorgmessenger.access.proofs import MayOpenFile
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.openers import note_openers
from zorgmessenger.origin import Origin

AGAIN = timedelta(hours=1)
MOST_REMEMBERED = 10_000
_logged: OrderedDict[tuple[str, UUID, UUID], datetime] = OrderedDict()
_lock = threading.Lock()


def opening(proof: MayOpenFile, found: Opened, origin: Origin, *, anew: bool) -> None:
    """Logs that somebody opens a file: always where they begin `anew`, else where they do not just go on."""
    reader = (origin.session, proof.member.person, found.row.id)
    if anew or not _goes_on(reader):
        with audited() as log:
            log(_entry(proof, found, origin))
            note_openers(proof.member.person, [found.row.id])
        _remember(reader)


def _goes_on(reader: tuple[str, UUID, UUID]) -> bool:
    with _lock:
        return reader in _logged and clock.now() - _logged[reader] < AGAIN


def _remember(reader: tuple[str, UUID, UUID]) -> None:
    with _lock:
        _logged[reader] = clock.now()
        _logged.move_to_end(reader)
        while len(_logged) > MOST_REMEMBERED:
            _logged.popitem(last=False)


def _entry(proof: MayOpenFile, found: Opened, origin: Origin) -> Entry:
    return Entry(
        Tag.FILE_OPENED,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        subject=found.known.subject(found.row.owner_id),
        object=str(found.row.conversation_id),
        origin=origin,
        detail=str(found.row.id),
    )
