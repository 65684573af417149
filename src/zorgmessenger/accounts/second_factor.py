"""The second factor: switched on, used, renewed, switched off; kept in allauth's own table, the secret sealed.

FAC-1 A code is good once, a recovery code too, however many try it in one moment: the rows of the person are locked,
      and what was used is noted in the transaction of what it was used for.
FAC-2 Every try is counted before it is compared: of the session, and of the person from this network. Who guesses from
      elsewhere so keeps nobody out. Codes of six digits are counted of the person from everywhere as well, over a day:
      beyond that a recovery code, which cannot be guessed, still lets them in.
FAC-3 Each change and each use is logged, and told by mail when it weakens or strengthens the account.
FAC-4 When it is switched on or off, or another app makes the codes, all other sessions of the person end.
FAC-5 Another app takes the place of the one before with one right code of its own; until then the one before works. Of
      several that would in one moment one does. The recovery codes stay.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError
from msgspec import Struct

from zorgmessenger import clock
from zorgmessenger.accounts import factor_recovery, limits, notices, recovery_codes, totp
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.recovery_codes import plain
from zorgmessenger.accounts.sessions import end_other_sessions
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited, record
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, FieldError, Invalid, TooMany
from zorgmessenger.origin import Origin

_CODES, _TOTP = Authenticator.Type.RECOVERY_CODES, Authenticator.Type.TOTP
KINDS = (_TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second factor by itself: an app that makes codes, a passkey."""


class State(Struct, frozen=True):
    """How it stands: since when an app makes codes, how many passkeys there are, how many recovery codes are left."""

    since: datetime | None = None
    passkeys: int = 0
    codes_left: int = 0


def is_on(person: UUID) -> bool:
    """Whether signing in asks this person for more than their password."""
    return Authenticator.objects.filter(user_id=person, type__in=KINDS).exists()


def state_of(person: UUID) -> State:
    """How it stands for a person."""
    rows = list(Authenticator.objects.filter(user_id=person))
    since = next((row.created_at for row in rows if row.type == _TOTP), None)
    left = next((len(row.data["digests"]) for row in rows if row.type == _CODES), 0)
    return State(since, sum(row.type == Authenticator.Type.WEBAUTHN for row in rows), left)


def keep_codes(person: UUID, codes: list[str]) -> bool:
    """Keeps recovery codes, in the caller's action, unless there are some; gives whether it did."""
    made = {"data": _kept(person, codes), "created_at": clock.now()}
    return Authenticator.objects.get_or_create(user_id=person, type=_CODES, defaults=made)[1]


def check_off(person: UUID) -> None:
    """Checks that there is something to switch on.

    Raises:
        Conflict: `second_factor_on`.
    """
    if Authenticator.objects.filter(user_id=person, type=_TOTP).exists():
        raise Conflict("switched on already", code="second_factor_on")


def turn_on(person: Person, secret: str, said: str, origin: Origin) -> list[str]:
    """Switches it on with a code of the new secret; gives the recovery codes, unless the person has some already.

    Raises:
        Conflict: `second_factor_on`, it was on already.
        Invalid: `incorrect_code`.
        TooMany: FAC-2.
    """
    data = _shown(person.id, secret, said, origin)
    codes, now = recovery_codes.new(), clock.now()
    try:
        with audited() as log:
            Authenticator.objects.create(user_id=person.id, type=_TOTP, data=data, created_at=now)
            if not keep_codes(person.id, codes):
                codes = []
            _changed(log, Tag.SECOND_FACTOR_ON, "second_factor_on", person, origin)
    except IntegrityError as error:
        raise Conflict("switched on meanwhile", code="second_factor_on") from error
    _forget(person.id, origin)
    return codes


def begin_replacing(person: Person, said: str, origin: Origin) -> str:
    """Lets another app be prepared, with a code or a recovery code; gives what `replace_app` knows the present one by.

    Raises:
        Conflict: no app makes codes.
        Invalid: `incorrect_code`.
        TooMany: FAC-2.
    """
    with proven(person, said, origin):
        app = Authenticator.objects.filter(user_id=person.id, type=_TOTP).first()
        if app is None:
            raise Conflict("no app makes codes")
        return str(app.data["secret"])


def replace_app(person: Person, present: str, secret: str, said: str, origin: Origin) -> None:
    """Has another app make the codes in place of the `present` one, with a code of its new secret. FAC-5.

    Raises:
        Conflict: `setup_over`, the present one is another by now, or there is none.
        Invalid: `incorrect_code`.
        TooMany: FAC-2.
    """
    data = _shown(person.id, secret, said, origin)
    with audited() as log:
        app = Authenticator.objects.select_for_update().filter(user_id=person.id, type=_TOTP).first()
        if app is None or app.data["secret"] != present:
            raise Conflict("switched off or replaced meanwhile", code="setup_over")
        app.data, app.last_used_at = data, clock.now()
        app.save(update_fields=["data", "last_used_at"])
        _changed(log, Tag.SECOND_FACTOR_REPLACED, "second_factor_replaced", person, origin)
    _forget(person.id, origin)


def turn_off(person: Person, said: str, origin: Origin, *, required: bool) -> None:
    """Switches the codes off, with a code or a recovery code. Passkeys stay, and the recovery codes with them.

    Raises:
        Conflict: `second_factor_required`, there is no passkey.
        Invalid: `incorrect_code`.
        TooMany: FAC-2.
    """
    with proven(person, said, origin) as log:
        Authenticator.objects.filter(user_id=person.id, type=_TOTP).delete()
        on = is_on(person.id)
        if required and not on:
            raise Conflict("an organisation requires it", code="second_factor_required")
        if not on:
            Authenticator.objects.filter(user_id=person.id).delete()
        _changed(log, Tag.SECOND_FACTOR_OFF, "codes_off" if on else "second_factor_off", person, origin)


def renew_codes(person: Person, said: str, origin: Origin) -> list[str]:
    """Ten new recovery codes; the old ones are void.

    Raises:
        Invalid: `incorrect_code`.
        TooMany: FAC-2.
    """
    codes = recovery_codes.new()
    with proven(person, said, origin) as log:
        Authenticator.objects.filter(user_id=person.id, type=_CODES).update(data=_kept(person.id, codes))
        log(Entry(Tag.RECOVERY_CODES_RENEWED, actor=person.id, origin=origin))
    return codes


def replace_codes(person: Person, origin: Origin) -> list[str]:
    """The same, for who has shown already who they are, by a passkey.

    Raises:
        Conflict: `no_second_factor`, there were none.
    """
    codes = recovery_codes.new()
    with audited() as log:
        kept = Authenticator.objects.filter(user_id=person.id, type=_CODES)
        if not kept.update(data=_kept(person.id, codes)):
            raise Conflict("no recovery codes", code="no_second_factor")
        log(Entry(Tag.RECOVERY_CODES_RENEWED, actor=person.id, origin=origin))
    return codes


@contextmanager
def proven(person: Person, said: str, origin: Origin) -> Iterator[Log]:
    """One action of who shows a code or a recovery code, which is used up by it. FAC-1.

    Raises:
        Invalid: `incorrect_code`, it is wrong, or was used before.
        TooMany: FAC-2.
    """
    code = plain(said)
    _count(person.id, code, origin)
    try:
        with audited() as log:
            _use(log, person, code, origin)
            yield log
    except _WrongError as error:
        raise _wrong(person.id, origin) from error
    _forget(person.id, origin)


class _WrongError(Exception):
    pass


def _shown(person: UUID, secret: str, said: str, origin: Origin) -> dict[str, object]:
    """What is kept of an app that showed a code of a new secret."""
    code = plain(said)
    _count(person, code, origin)
    step = totp.step_of(secret, code, clock.now(), 0)
    if step is None:
        raise _wrong(person, origin)
    return {"secret": _sealed(person, secret), "step": step}


def _use(log: Log, person: Person, code: str, origin: Origin) -> None:
    found = Authenticator.objects.select_for_update().filter(user_id=person.id).order_by("pk")
    rows = {row.type: row for row in found}
    kind, tag = (_TOTP, Tag.SECOND_FACTOR_USED) if totp.is_code(code) else (_CODES, Tag.RECOVERY_CODE_USED)
    row = rows.get(kind)
    if row is None:
        raise _WrongError
    row.data = _after_code(person.id, row, code) if totp.is_code(code) else _after_recovery(person.id, row, code)
    row.last_used_at = clock.now()
    row.save(update_fields=["data", "last_used_at"])
    log(Entry(tag, actor=person.id, origin=origin))
    factor_recovery.stop_by_use(log, person, origin)
    if tag is Tag.RECOVERY_CODE_USED:
        notices.tell(person, "recovery_code_used")


def _after_code(person: UUID, row: Authenticator, code: str) -> dict[str, object]:
    step = totp.step_of(_opened(person, row.data["secret"]), code, clock.now(), row.data["step"])
    if step is None:
        raise _WrongError
    return {**row.data, "step": step}


def _after_recovery(person: UUID, row: Authenticator, code: str) -> dict[str, object]:
    used = recovery_codes.digest(person, code)
    left = [one for one in row.data["digests"] if one != used]
    if len(left) == len(row.data["digests"]):
        raise _WrongError
    return {"digests": left}


def _count(person: UUID, code: str, origin: Origin) -> None:
    """FAC-2."""
    try:
        limits.check(limits.SECOND_FACTOR_SESSION, origin.session)
        limits.check(limits.SECOND_FACTOR_NETWORK, f"{person}|{origin.address}")
        if totp.is_code(code):
            limits.check(limits.SECOND_FACTOR_DAY, str(person))
    except TooMany as error:
        refused, _ = limits.count(limits.REFUSALS_LOGGED, f"{person}|{origin.address}")
        if refused <= limits.REFUSALS_LOGGED.times:
            record(Entry(Tag.SECOND_FACTOR_FAILED, actor=person, origin=origin, reason=error.code))
        error.logged = True
        raise


def _forget(person: UUID, origin: Origin) -> None:
    limits.clear(limits.SECOND_FACTOR_SESSION, origin.session)
    limits.clear(limits.SECOND_FACTOR_NETWORK, f"{person}|{origin.address}")
    limits.clear(limits.SECOND_FACTOR_DAY, str(person))


def _wrong(person: UUID, origin: Origin) -> Invalid:
    wrong = Invalid(FieldError("code", "incorrect_code"), code="incorrect_code")
    record(Entry(Tag.SECOND_FACTOR_FAILED, actor=person, origin=origin, reason=wrong.code))
    return wrong


def _changed(log: Log, tag: Tag, template: str, person: Person, origin: Origin) -> None:
    """FAC-3, FAC-4."""
    log(Entry(tag, actor=person.id, origin=origin))
    notices.tell(person, template)
    end_other_sessions(person.id, origin.session)


def _kept(person: UUID, codes: list[str]) -> dict[str, object]:
    return {"digests": [recovery_codes.digest(person, plain(code)) for code in codes]}


def _sealed(person: UUID, secret: str) -> str:
    return base64.b64encode(keyring().installation().seal(secret.encode(), _place(person))).decode()


def _opened(person: UUID, sealed: str) -> str:
    return keyring().installation().open(base64.b64decode(sealed), _place(person)).decode()


def _place(person: UUID) -> bytes:
    return place("mfa_authenticator", "secret", person)
