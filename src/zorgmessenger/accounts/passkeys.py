"""Passkeys: made, used, removed; kept in allauth's own table, sealed. FAC-3 and FAC-4 of `second_factor` hold here too.

KEY-1 A passkey belongs to one person, found by the handle it was made with; what is not theirs is refused like what
      does not exist, and like every other fault.
KEY-2 Each use is checked and noted under the row's lock. Where an authenticator counts its signatures, the count goes
      up: one that stays or goes back is a copy's, and refused.
KEY-3 The last factor is not removed where an organisation requires one; recovery codes go with the last factor.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from fido2.webauthn import AttestedCredentialData
from msgspec import Struct

from zorgmessenger import clock, ids
from zorgmessenger.accounts import factor_recovery, notices, recovery_codes, second_factor, webauthn
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.sessions import end_other_sessions
from zorgmessenger.accounts.webauthn import NotOursError
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, FieldError, Invalid, NotFound
from zorgmessenger.origin import Origin

MOST = 20
"""Passkeys of one person."""
_KIND, _CODES = Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


class Passkey(Struct, frozen=True):
    """A passkey as its person sees it."""

    id: UUID
    name: str
    since: datetime
    used_at: datetime | None


class Answer(Struct, frozen=True):
    """What an authenticator answered to a challenge, in base64url."""

    credential: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str


def refused() -> Invalid:
    """Whatever is wrong with a passkey."""
    return Invalid(FieldError("passkey", "passkey_refused"), code="passkey_refused")


def listed(person: UUID) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    found = []
    for row in _rows(person):
        name, _ = _opened(person, row)
        found.append(Passkey(UUID(row.data["id"]), name, row.created_at, row.last_used_at))
    return found


def known(person: UUID) -> list[bytes]:
    """The credentials of a person's passkeys."""
    return [bytes(_opened(person, row)[1].credential_id) for row in _rows(person)]


def check_room(person: UUID) -> None:
    """Checks that the person has not too many already.

    Raises:
        Conflict: `too_many_passkeys`.
    """
    if Authenticator.objects.filter(user_id=person, type=_KIND).count() >= MOST:
        raise Conflict("too many passkeys", code="too_many_passkeys")


def add(person: Person, name: str, key: AttestedCredentialData, origin: Origin) -> list[str]:
    """Keeps a passkey that was just made; gives recovery codes where the person had none.

    Raises:
        Conflict: `too_many_passkeys`.
        Invalid: it is kept already.
    """
    codes = recovery_codes.new()
    with audited() as log:
        Person.objects.select_for_update().get(pk=person.pk)
        check_room(person.id)
        if bytes(key.credential_id) in known(person.id):
            raise refused()
        first = not second_factor.is_on(person.id)
        row = ids.new()
        data = {"id": str(row), "sealed": _sealed(person.id, row, name, key), "count": 0}
        now = clock.now()
        Authenticator.objects.create(user_id=person.id, type=_KIND, data=data, created_at=now)
        if not second_factor.keep_codes(person.id, codes):
            codes = []
        log(Entry(Tag.PASSKEY_ADDED, actor=person.id, object=str(row), origin=origin))
        notices.tell(person, "passkey_added")
        if first:
            end_other_sessions(person.id, origin.session)
    return codes


def remove(person: Person, passkey: UUID, origin: Origin, *, required: bool) -> None:
    """Removes one, and signs the person out elsewhere. KEY-3.

    Raises:
        NotFound: they have no such passkey.
        Conflict: `second_factor_required`.
    """
    with audited() as log:
        rows = list(Authenticator.objects.select_for_update().filter(user_id=person.id).order_by("pk"))
        row = next((one for one in rows if one.type == _KIND and one.data["id"] == str(passkey)), None)
        if row is None:
            raise NotFound("no such passkey")
        left = [one for one in rows if one != row and one.type != _CODES]
        if required and not left:
            raise Conflict("the last factor", code="second_factor_required")
        row.delete()
        if not left:
            Authenticator.objects.filter(user_id=person.id).delete()
        log(Entry(Tag.PASSKEY_REMOVED, actor=person.id, object=str(passkey), origin=origin))
        notices.tell(person, "passkey_removed")
        end_other_sessions(person.id, origin.session)


def use(answer: Answer, challenge: bytes, origin: Origin, only: UUID | None = None) -> Person:
    """The person whose passkey answered the challenge, which is used up already; `only` they are let in. KEY-1, KEY-2.

    Raises:
        Invalid: `passkey_refused`.
    """
    try:
        with audited() as log:
            person = _owner(answer.user_handle, only)
            row, key = _row_of(person.id, webauthn.decoded(answer.credential))
            row.data["count"] = _count(row.data["count"], webauthn.used(challenge, key, _response(answer)))
            row.last_used_at = clock.now()
            row.save(update_fields=["data", "last_used_at"])
            log(Entry(Tag.PASSKEY_USED, actor=person.id, object=row.data["id"], origin=origin))
            factor_recovery.stop_by_use(log, person, origin)
    except NotOursError as error:
        failed(origin, only)
        raise refused() from error
    return person


def failed(origin: Origin, actor: UUID | None = None) -> None:
    """Logs a passkey that was refused."""
    record(Entry(Tag.SECOND_FACTOR_FAILED, actor=actor, origin=origin, reason="passkey_refused"))


def _owner(handle: str, only: UUID | None) -> Person:
    try:
        said = UUID(bytes=webauthn.decoded(handle))
    except ValueError as error:
        raise NotOursError("no handle") from error
    person = Person.objects.filter(pk=said, is_active=True).first()
    if person is None or only not in {None, person.id}:
        raise NotOursError("nobody's, or another's")
    return person


def _row_of(person: UUID, credential: bytes) -> tuple[Authenticator, AttestedCredentialData]:
    for row in Authenticator.objects.select_for_update().filter(user_id=person, type=_KIND).order_by("pk"):
        _, key = _opened(person, row)
        if bytes(key.credential_id) == credential:
            return row, key
    raise NotOursError("no such passkey")


def _count(before: int, said: int) -> int:
    """WebAuthn, 7.2, step 22: an authenticator that does not count says 0 each time."""
    if said <= before and (said or before):
        raise NotOursError("the count went back")
    return said


def _response(answer: Answer) -> dict[str, str]:
    return {
        "clientDataJSON": answer.client_data,
        "authenticatorData": answer.authenticator_data,
        "signature": answer.signature,
    }


def _rows(person: UUID) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=person, type=_KIND).order_by("pk"))


def _sealed(person: UUID, row: UUID, name: str, key: bytes) -> str:
    told = json.dumps([name, base64.b64encode(bytes(key)).decode()]).encode()
    return base64.b64encode(keyring().installation().seal(told, _place(person, str(row)))).decode()


def _opened(person: UUID, row: Authenticator) -> tuple[str, AttestedCredentialData]:
    sealed = base64.b64decode(row.data["sealed"])
    name, key = json.loads(keyring().installation().open(sealed, _place(person, row.data["id"])))
    return name, AttestedCredentialData(base64.b64decode(key))


def _place(person: UUID, row: str) -> bytes:
    return place("mfa_authenticator", "passkey", f"{person}/{row}")
