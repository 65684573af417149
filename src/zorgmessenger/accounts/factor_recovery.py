"""Switching off the second factor of somebody who has lost it, asked by who checked who they are, after a waiting time.

REC-1 The person is told at all their addresses at once, with a link to stop it; using their factor stops it as well.
REC-2 Only when the waiting time is over is the factor off: codes, passkeys and recovery codes; all sessions end.
REC-3 There is one at a time for a person, however many ask. What ended it is noted once, whoever is first.
REC-4 How the person was identified is kept, sealed, and stays.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from msgspec import Struct

from zorgmessenger import clock, ids
from zorgmessenger.accounts import notices, signals
from zorgmessenger.accounts.models import FactorRecovery, Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound
from zorgmessenger.origin import NOWHERE, Origin

STOPPED, DONE = "stopped", "done"


class Asked(Struct, frozen=True):
    """Who asks for it, in which organisation and role, how they checked, and how long is waited."""

    organisation: UUID
    by: UUID
    role: str
    how: str
    note: str
    wait: timedelta


def ask(person: Person, asked: Asked, origin: Origin) -> FactorRecovery:
    """Begins the waiting time; where one goes on already, that one. REC-1, REC-3."""
    found = _going_on(person.id)
    if found:
        return found
    now, token = clock.now(), secrets.token_urlsafe(32)
    row = FactorRecovery(id=ids.new(), person=person, organisation=asked.organisation, asked_by=asked.by, how=asked.how)
    row.token, row.at, row.due_at = _digest(token), now, now + asked.wait
    row.note_sealed = keyring().organisation(asked.organisation).seal(asked.note.encode(), _place(row.id))
    try:
        with audited() as log:
            row.save(force_insert=True)
            log(_entry(Tag.FACTOR_RECOVERY_ASKED, row, asked.by, asked.role, origin))
            link = f"{settings.ZORG.address}/herstel-stoppen#{token}"
            notices.tell(person, "factor_recovery", link, due=_in_words(row.due_at, person.language))
    except IntegrityError:
        other = _going_on(person.id)
        if other is None:
            raise
        return other
    return row


def _in_words(moment: datetime, language: str) -> str:
    with override(language):
        return date_format(timezone.localtime(moment), "j F Y, H:i")


def stop(token: str, origin: Origin) -> None:
    """Stops it by the link in the mail.

    Raises:
        NotFound: `recovery_over`, none goes on by this link.
    """
    row = FactorRecovery.objects.filter(token=_digest(token), outcome="").first()
    with audited() as log:
        if row is None or not _end(row, STOPPED):
            raise NotFound("no recovery goes on by this link", code="recovery_over")
        log(_entry(Tag.FACTOR_RECOVERY_STOPPED, row, None, "", origin))
        notices.tell(row.person, "factor_recovery_stopped")


def stop_by_use(log: Log, person: Person, origin: Origin) -> None:
    """Stops it where the person uses their factor, in the caller's action: it is not lost."""
    row = _going_on(person.id)
    if row and _end(row, STOPPED):
        log(_entry(Tag.FACTOR_RECOVERY_STOPPED, row, person.id, "", origin))
        notices.tell(person, "factor_recovery_stopped")


def carry_out() -> None:
    """Switches off what is due. REC-2."""
    due = FactorRecovery.objects.filter(outcome="", due_at__lte=clock.now()).select_related("person")
    for row in due.order_by("due_at")[:100]:
        with audited() as log:
            list(Authenticator.objects.select_for_update().filter(user_id=row.person_id).order_by("pk"))
            if _end(row, DONE):
                Authenticator.objects.filter(user_id=row.person_id).delete()
                signals.end_sessions(row.person_id)
                log(_entry(Tag.FACTOR_RECOVERY_DONE, row, None, "", NOWHERE))
                notices.tell(row.person, "factor_recovered")


def of(organisation: UUID) -> Iterator[tuple[FactorRecovery, str]]:
    """Those that an organisation asked for, with the note of each, the newest first, at most 100."""
    key = keyring().organisation(organisation)
    for row in FactorRecovery.objects.filter(organisation=organisation).select_related("person").order_by("-at")[:100]:
        yield row, key.open(bytes(row.note_sealed), _place(row.id)).decode()


def _going_on(person: UUID) -> FactorRecovery | None:
    return FactorRecovery.objects.filter(person=person, outcome="").first()


def _end(row: FactorRecovery, outcome: str) -> bool:
    ended = FactorRecovery.objects.filter(pk=row.pk, outcome="").update(outcome=outcome, ended_at=clock.now())
    return bool(ended)


def _entry(tag: Tag, row: FactorRecovery, actor: UUID | None, role: str, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=row.organisation,
        actor=actor,
        role=role,
        subject=row.person_id,
        object=str(row.id),
        origin=origin,
        detail=row.how,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _place(row: UUID) -> bytes:
    return place("accounts_factorrecovery", "note", row)
