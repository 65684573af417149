"""The devices on which somebody switched pushes on: sealed, few for each person, and gone with their session."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

import msgspec

from zorgmessenger import clock, ids
from zorgmessenger.accounts.models import Session
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.derived import derived
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import SignedOut
from zorgmessenger.notifications.models import Subscription
from zorgmessenger.notifications.webpush import Device
from zorgmessenger.origin import NOWHERE, Origin

MOST = 10
"""Devices of one person; the one that was switched on longest ago makes room."""


def add(person: UUID, device: Device, origin: Origin) -> None:
    """Switches pushes on for the device that is signed in from there; once more changes nothing.

    Raises:
        SignedOut: its session has ended meanwhile.
    """
    with audited() as log:
        if not Session.objects.filter(pk=origin.session, person=person).exists():
            raise SignedOut
        before = Subscription.objects.filter(session_id=origin.session).first()
        if before is not None and opened(before) == device:
            return
        digest = _digest(device.endpoint)
        Subscription.objects.filter(endpoint=digest).delete()
        Subscription.objects.filter(session_id=origin.session).delete()
        room = Subscription.objects.filter(person_id=person).order_by("-created_at", "-id")[MOST - 1 :]
        Subscription.objects.filter(pk__in=[row.pk for row in room]).delete()
        row = Subscription(
            id=ids.new(), person_id=person, session_id=origin.session, endpoint=digest, created_at=clock.now()
        )
        row.sealed = keyring().installation().seal(msgspec.json.encode(device), _place(row.id))
        row.save(force_insert=True)
        log(Entry(Tag.PUSH_ADDED, actor=person, subject=person, object=str(row.id), origin=origin))


def remove(person: UUID, origin: Origin) -> None:
    """Switches pushes off for the device that is signed in from there."""
    with audited() as log:
        row = Subscription.objects.filter(session_id=origin.session, person_id=person).first()
        if row is not None:
            log(Entry(Tag.PUSH_REMOVED, actor=person, subject=person, object=str(row.id), origin=origin))
            row.delete()


def forget(row: Subscription) -> None:
    """The push service knows the device no more."""
    with audited() as log:
        identifier = str(row.pk)
        if Subscription.objects.filter(pk=row.pk).delete()[0]:
            entry = Entry(Tag.PUSH_REMOVED, subject=row.person_id, object=identifier, origin=NOWHERE, detail="gone")
            log(entry)


def opened(row: Subscription) -> Device:
    """Where a device is pushed to."""
    data = keyring().installation().open(bytes(row.sealed), _place(row.id))
    return msgspec.json.decode(data, type=Device)


def _digest(endpoint: str) -> str:
    return hmac.digest(derived("push endpoints"), endpoint.encode(), hashlib.sha256).hex()


def _place(row: UUID) -> bytes:
    return place("notifications_subscription", "sealed", row)
