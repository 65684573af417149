"""Opening the lock by fingerprint or face: the device's own sensor, by WebAuthn, beside the PIN and never without it.

SNS-1 It is added only while the lock is open, and ends with it.
SNS-2 What opens is an assertion of the credential that was added, over the lock's nonce, with the person verified by
      the device: for this address alone, and good once.
SNS-3 The sensor has a share of its own, which opens nothing without what the sensor's secret gives on the device (PRF).

A failed attempt is no guess of a PIN: it is refused and logged, and not counted.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialRpEntity, UserVerificationRequirement

from zorgmessenger.accounts import app_lock
from zorgmessenger.accounts.models import AppLock
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, NotFound, Refused
from zorgmessenger.origin import Origin

_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What fido2 raises at what is wrong, and at what is no CBOR of the shape it expects."""


def add(person: UUID, nonce: str, response: Mapping[str, Any], origin: Origin) -> bytes:
    """Adds the sensor's credential, in place of the one before; gives its share. `response` is WebAuthn's JSON.

    Raises:
        NotFound: `no_lock`.
        Conflict: `lock_stale`, the nonce was used.
        Refused: `sensor_refused`.
    """
    lock = app_lock.of(origin.session)
    try:
        data = _server().register_complete(_state(nonce), response).credential_data
    except _MALFORMED as error:
        raise Refused("no good credential", code="sensor_refused") from error
    share = secrets.token_bytes(app_lock.SHARE)
    with audited() as log:
        _use(lock, nonce)
        AppLock.objects.filter(pk=lock.pk).update(
            credential=bytes(data or b""), sensor_share_sealed=keyring().installation().seal(share, _place(lock.id))
        )
        log(Entry(Tag.LOCK_SENSOR_ADDED, actor=person, object=str(lock.id), origin=origin))
    return share


def unlock(person: UUID, nonce: str, response: Mapping[str, Any], origin: Origin) -> bytes:
    """Opens the lock; gives the sensor's share. SNS-2.

    Raises:
        NotFound: `no_lock`, or no sensor was added to it.
        Conflict: `lock_stale`, the nonce was used.
        Refused: `sensor_refused`.
    """
    lock = app_lock.of(origin.session)
    if not lock.credential:
        raise NotFound("no sensor", code="no_sensor")
    known = AttestedCredentialData(bytes(lock.credential))
    try:
        _server().authenticate_complete(_state(nonce), [known], response)
    except _MALFORMED as error:
        raise Refused("no good assertion", code="sensor_refused") from error
    with audited() as log:
        _use(lock, nonce)
        AppLock.objects.filter(pk=lock.pk).update(tries=0, open_until=app_lock.until(lock.minutes))
        log(Entry(Tag.LOCK_OPENED, actor=person, object=str(lock.id), detail="sensor", origin=origin))
    return keyring().installation().open(bytes(lock.sensor_share_sealed), _place(lock.id))


def remove(person: UUID, origin: Origin) -> None:
    """Removes the sensor from the lock.

    Raises:
        NotFound: `no_lock`.
    """
    lock = app_lock.of(origin.session)
    with audited() as log:
        AppLock.objects.filter(pk=lock.pk).update(credential=b"", sensor_share_sealed=b"")
        log(Entry(Tag.LOCK_SENSOR_REMOVED, actor=person, object=str(lock.id), origin=origin))


def _use(lock: AppLock, nonce: str) -> None:
    if AppLock.objects.filter(pk=lock.pk, nonce=nonce).exclude(nonce="").update(nonce="") == 0:
        raise Conflict("the nonce is of no use", code="lock_stale")


def _server() -> Fido2Server:
    address = settings.ZORG.address
    name = urlsplit(address).hostname
    return Fido2Server(PublicKeyCredentialRpEntity(name="Zorg Messenger", id=name), verify_origin=address.__eq__)


def _state(nonce: str) -> dict[str, Any]:
    return {"challenge": nonce, "user_verification": UserVerificationRequirement.REQUIRED}


def _place(lock: UUID) -> bytes:
    return place("accounts_applock", "sensor_share", lock)
