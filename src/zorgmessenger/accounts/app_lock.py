"""The lock of the app in one browser: a PIN that only the server can check, and a share of the key to what it keeps.

LCK-1 A try is counted before it is compared, by one statement that also uses up the nonce it answers: however many try
      in one moment, five wrong ones are made and no more.
LCK-2 The fifth wrong one destroys the lock with its share, and ends the session.
LCK-3 Only who holds the device's key can try: what it did not sign is refused, and not counted.
LCK-4 A lock is of one session, and ends with it.
LCK-5 While it is closed its session gives nothing: the app that would ask for the PIN could be passed by. It is open
      from a right PIN on, for as long as the person set and five minutes more, and so anew each time the app says that
      it is open still; it is closed at once when the app says so. A socket that is open then closes with it.
LCK-6 Setting, changing, opening, failing, destroying and removing are logged.
LCK-7 Another PIN takes the place of the one before in one step: never is there none between them.

The browser proves the PIN by a value that it stretches from PIN and a salt of its own (PBKDF2). The salt never comes
here, and of the proof only a keyed digest is kept. Decision 19 tells what each thief of a part of this gains.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import IntegrityError, transaction
from django.db.models import F
from msgspec import Struct

from zorgmessenger import clock, ids
from zorgmessenger.accounts.models import AppLock, Session
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.crypto.derived import derived
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, FieldError, Invalid, NotFound, Refused, SignedOut
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close

MOST = 5
SPARE = timedelta(minutes=5)
SHARE = 32
_HALF = 32
"""Bytes of each of the two numbers that a signature is (P-256)."""


class Proof(Struct, frozen=True):
    """One try: the nonce it answers, the proof of the PIN (32 bytes), the device's signature over both (64 bytes)."""

    nonce: str
    proof: bytes
    signature: bytes


def set_up(person: UUID, public_key: bytes, proof: bytes, minutes: int, origin: Origin) -> tuple[UUID, bytes]:
    """Locks the browser of this session; gives the lock's id and the server's share, 32 bytes.

    `public_key` is an uncompressed point of P-256 (65 bytes). The lock is open to begin with.

    Raises:
        Conflict: `lock_on`, there is one.
        Invalid: `public_key` is none.
    """
    lock, share = _new(public_key, proof, minutes, origin.session)
    try:
        with audited() as log:
            _save(lock, log, person, origin)
    except IntegrityError as error:
        raise Conflict("there is a lock", code="lock_on") from error
    return lock.id, share


def replace(person: UUID, public_key: bytes, proof: bytes, origin: Origin) -> tuple[UUID, bytes]:
    """Puts another lock in the place of one for who has given their password; gives what `set_up` does. LCK-7.

    Raises:
        NotFound: `no_lock`.
        Invalid: `public_key` is none.
    """
    before = of(origin.session)
    lock, share = _new(public_key, proof, before.minutes, origin.session)
    with audited() as log:
        AppLock.objects.filter(pk=before.pk).delete()
        log(_entry(Tag.LOCK_REMOVED, person, before.id, origin))
        _save(lock, log, person, origin)
    return lock.id, share


def change(person: UUID, said: Proof, proof: bytes, origin: Origin) -> None:
    """Sets another PIN, of which this is the proof, with the one before; the share and the sensor stay. LCK-7.

    Raises:
        ZorgError: see `_tried`; what the device signed names the new proof too.
    """
    _tried(person, f"change|{proof.hex()}", said, origin, Tag.LOCK_CHANGED, proof)


def _new(public_key: bytes, proof: bytes, minutes: int, session: str) -> tuple[AppLock, bytes]:
    _key(public_key)
    lock = AppLock(id=ids.new(), session_id=session, public_key=public_key, minutes=minutes)
    share = secrets.token_bytes(SHARE)
    lock.share_sealed = keyring().installation().seal(share, _place(lock.id))
    lock.proof = _digest(lock.id, proof)
    lock.open_until = until(minutes)
    return lock, share


def _save(lock: AppLock, log: Log, person: UUID, origin: Origin) -> None:
    lock.save(force_insert=True)
    log(_entry(Tag.LOCK_SET, person, lock.id, origin))
    transaction.on_commit(lambda: hub.recheck_session(origin.session))


def challenge(session: str) -> tuple[str, int]:
    """The nonce that the next try has to answer, the same until it is used; and how many tries are left.

    Raises:
        NotFound: `no_lock`.
    """
    AppLock.objects.filter(session=session, nonce="").update(nonce=secrets.token_urlsafe(32))
    lock = of(session)
    return lock.nonce, MOST - lock.tries


def unlock(person: UUID, said: Proof, origin: Origin) -> bytes:
    """Opens the lock with the PIN; gives the server's share.

    Raises:
        ZorgError: see `_tried`.
    """
    lock = _tried(person, "open", said, origin, Tag.LOCK_OPENED)
    return keyring().installation().open(bytes(lock.share_sealed), _place(lock.id))


def remove(person: UUID, said: Proof, origin: Origin) -> None:
    """Removes the lock with the PIN.

    Raises:
        ZorgError: see `_tried`.
    """
    _tried(person, "remove", said, origin, Tag.LOCK_REMOVED)


def remove_without_pin(person: UUID, origin: Origin) -> None:
    """Removes the lock of somebody who has given their password.

    Raises:
        NotFound: `no_lock`.
    """
    lock = of(origin.session)
    with audited() as log:
        AppLock.objects.filter(pk=lock.pk).delete()
        log(_entry(Tag.LOCK_REMOVED, person, lock.id, origin))


def close(session: str) -> None:
    """Closes the lock, whatever it is set to."""
    with transaction.atomic():
        if AppLock.objects.filter(session=session).update(open_until=clock.now()):
            transaction.on_commit(lambda: hub.close_session(session, Close.LOCKED))


def stay(session: str) -> None:
    """The app is open still.

    Raises:
        NotFound: `no_lock`.
    """
    lock = of(session)
    now = clock.now()
    AppLock.objects.filter(pk=lock.pk, open_until__gt=now).update(open_until=until(lock.minutes))


def set_minutes(session: str, minutes: int) -> None:
    """After how long away the app asks for the PIN.

    Raises:
        NotFound: `no_lock`.
    """
    lock = of(session)
    with transaction.atomic():
        AppLock.objects.filter(pk=lock.pk).update(minutes=minutes, open_until=until(minutes))
        transaction.on_commit(lambda: hub.recheck_session(session))


def is_closed(open_until: datetime | None) -> bool:
    """LCK-5; None is of a session without a lock."""
    return open_until is not None and open_until <= clock.now()


def remaining(session: str) -> timedelta | None:
    """How long it stays open unless heard of, zero or less where it is closed; None where there is no lock."""
    open_until = AppLock.objects.filter(session=session).values_list("open_until", flat=True).first()
    return None if open_until is None else open_until - clock.now()


def _tried(person: UUID, purpose: str, said: Proof, origin: Origin, tag: Tag, proof: bytes = b"") -> AppLock:
    """One try; `proof` is of the PIN to come. LCK-1 to LCK-3.

    Raises:
        NotFound: `no_lock`.
        Refused: the device did not sign it.
        Conflict: `lock_stale`, the nonce was used.
        Invalid: `wrong_pin`.
        SignedOut: `lock_destroyed`.
    """
    lock = of(origin.session)
    _check_signed(lock, purpose, said)
    with audited() as log:
        counted = AppLock.objects.filter(pk=lock.pk, nonce=said.nonce, tries__lt=MOST)
        if not said.nonce or counted.update(tries=F("tries") + 1, nonce="") == 0:
            raise Conflict("the nonce is of no use", code="lock_stale")
        lock.refresh_from_db()
        if hmac.compare_digest(lock.proof, _digest(lock.id, said.proof)):
            _succeed(lock, tag, proof)
            log(_entry(tag, person, lock.id, origin))
            return lock
        _fail(lock, log, person, origin)
    raise _wrong(lock)


def _succeed(lock: AppLock, tag: Tag, proof: bytes) -> None:
    mine = AppLock.objects.filter(pk=lock.pk)
    if tag is Tag.LOCK_REMOVED:
        mine.delete()
    else:
        after = _digest(lock.id, proof) if proof else lock.proof
        mine.update(tries=0, open_until=until(lock.minutes), proof=after)


def _fail(lock: AppLock, log: Log, person: UUID, origin: Origin) -> None:
    """LCK-2."""
    log(_entry(Tag.LOCK_FAILED, person, lock.id, origin))
    if lock.tries < MOST:
        return
    log(_entry(Tag.LOCK_DESTROYED, person, lock.id, origin))
    Session.objects.filter(pk=origin.session).delete()
    transaction.on_commit(lambda: hub.close_session(origin.session))


def _wrong(lock: AppLock) -> Invalid | SignedOut:
    if lock.tries < MOST:
        return Invalid(FieldError("pin", f"wrong_pin_{MOST - lock.tries}"), code="wrong_pin")
    error = SignedOut("too many wrong PINs", code="lock_destroyed")
    error.logged = True
    return error


def _check_signed(lock: AppLock, purpose: str, said: Proof) -> None:
    """LCK-3."""
    signed = f"{purpose}|{lock.id}|{said.nonce}|{said.proof.hex()}".encode()
    numbers = (int.from_bytes(said.signature[:_HALF]), int.from_bytes(said.signature[_HALF:]))
    try:
        _key(bytes(lock.public_key)).verify(utils.encode_dss_signature(*numbers), signed, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise Refused("not signed by the device", code="lock_unsigned") from error


def _key(point: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Invalid(FieldError("publicKey", "invalid")) from error


def of(session: str) -> AppLock:
    """The lock of a session.

    Raises:
        NotFound: `no_lock`.
    """
    lock = AppLock.objects.filter(session=session).first()
    if lock is None:
        raise NotFound("no lock here", code="no_lock")
    return lock


def _digest(lock: UUID, proof: bytes) -> str:
    return hmac.digest(derived("app lock"), lock.bytes + proof, hashlib.sha256).hex()


def until(minutes: int) -> datetime:
    """LCK-5: how long it is open from now, unless the app is heard of again."""
    return clock.now() + timedelta(minutes=minutes) + SPARE


def _place(lock: UUID) -> bytes:
    return place("accounts_applock", "share", lock)


def _entry(tag: Tag, person: UUID, lock: UUID, origin: Origin) -> Entry:
    return Entry(tag, actor=person, object=str(lock), origin=origin)
