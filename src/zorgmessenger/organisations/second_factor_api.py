"""One's own second factor, over HTTP: how it stands, on, off, another app, new recovery codes, a passkey less.

The secret of a set-up that was begun is in the session, sealed as all of it, for a quarter of an hour: who did not give
the password in this very session finds none there. Who begins again meanwhile is given the same one: their app may
have it by now, and the lock, which comes while they are in that app, closes the page that showed it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, TypeGuard
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger import clock
from zorgmessenger.accounts import addresses, again, passkeys, second_factor, totp
from zorgmessenger.accounts import rules as accounts
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.errors import Conflict
from zorgmessenger.organisations import second_factor_policy

router = Router(tags=["accounts"])
BEGUN = "second_factor_setup"
OTHER = "second_factor_other"
WITHIN = timedelta(minutes=15)


class Password(Body):
    """The person's password, again; empty of who has none."""

    password: Annotated[str, StringConstraints(max_length=accounts.MAX_LENGTH)]


class Code(Body):
    """A code of the app; where one is on, a recovery code too."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Both(Password, Code):
    """Password and code."""


@router.get("/me/second-factor", auth=SignedIn())
def state(request: HttpRequest) -> dict[str, Any]:
    """How it stands."""
    person = person_of(request)
    record(Entry(Tag.OWN_DATA_READ, actor=person.id, subject=person.id, origin=origin_of(request)))
    found = second_factor.state_of(person.id)
    return {
        "on": found.since is not None,
        "since": found.since.isoformat() if found.since else None,
        "passkeys": found.passkeys,
        "codesLeft": found.codes_left,
        "required": second_factor_policy.required_from(person.id) is not None,
    }


@router.post("/me/second-factor/setup", auth=SignedIn())
def begin(request: HttpRequest, body: Password) -> dict[str, str]:
    """Gives a new secret, as a QR code and as text, to who gives the password; nothing is switched on yet."""
    person = person_of(request)
    second_factor.check_off(person.id)
    again.check_password(request, body.password)
    return _begin(request, BEGUN)


@router.post("/me/second-factor", auth=SignedIn())
def turn_on(request: HttpRequest, body: Code) -> dict[str, list[str]]:
    """Switches it on with one right code of the new secret; gives the recovery codes, this once."""
    person = person_of(request)
    second_factor.check_off(person.id)
    secret = _begun(request, BEGUN)["secret"]
    codes = second_factor.turn_on(person, secret, body.code, origin_of(request))
    del request.session[BEGUN]
    return {"codes": codes}


@router.post("/me/second-factor/other", auth=SignedIn())
def begin_other(request: HttpRequest, body: Both) -> dict[str, str]:
    """Gives a secret for another app to who gives the password and a code; the present one works as before."""
    again.check_password(request, body.password)
    present = second_factor.begin_replacing(person_of(request), body.code, origin_of(request))
    return _begin(request, OTHER, present=present)


@router.put("/me/second-factor/other", auth=SignedIn())
def replace(request: HttpRequest, body: Code) -> dict[str, str]:
    """Has the other app make the codes from now on, with one right code of it."""
    begun = _begun(request, OTHER)
    second_factor.replace_app(person_of(request), begun["present"], begun["secret"], body.code, origin_of(request))
    del request.session[OTHER]
    return {}


@router.post("/me/second-factor/off", auth=SignedIn())
def turn_off(request: HttpRequest, body: Both) -> dict[str, str]:
    """Switches the codes off, unless an organisation of the person requires a second factor and this is their last."""
    person = person_of(request)
    required = second_factor_policy.required_from(person.id) is not None
    if required and not second_factor.state_of(person.id).passkeys:
        raise Conflict("an organisation requires it", code="second_factor_required")
    again.check_password(request, body.password)
    second_factor.turn_off(person, body.code, origin_of(request), required=required)
    return {}


@router.delete("/me/passkeys/{passkey}", auth=SignedIn())
def remove_passkey(request: HttpRequest, passkey: UUID) -> dict[str, str]:
    """Removes one, unless an organisation of the person requires a second factor and this is their last."""
    again.check_signed_in_recently(request)
    person = person_of(request)
    required = second_factor_policy.required_from(person.id) is not None
    passkeys.remove(person, passkey, origin_of(request), required=required)
    return {}


@router.post("/me/second-factor/codes", auth=SignedIn())
def renew_codes(request: HttpRequest, body: Both) -> dict[str, list[str]]:
    """Gives new recovery codes in place of the old ones."""
    again.check_password(request, body.password)
    return {"codes": second_factor.renew_codes(person_of(request), body.code, origin_of(request))}


def _begin(request: HttpRequest, what: str, **known: str) -> dict[str, str]:
    begun = request.session.get(what)
    secret = begun["secret"] if _waits(begun) and begun.items() >= known.items() else totp.new_secret()
    request.session[what] = {"secret": secret, "at": clock.now().timestamp(), **known}
    picture = totp.picture_of(totp.address_of(secret, addresses.of(person_of(request).id)[0]))
    return {"secret": secret, "picture": picture}


def _begun(request: HttpRequest, what: str) -> dict[str, Any]:
    begun: dict[str, Any] | None = request.session.get(what)
    if not _waits(begun):
        raise Conflict("not begun, or too long ago", code="setup_over")
    return begun


def _waits(begun: dict[str, Any] | None) -> TypeGuard[dict[str, Any]]:
    return begun is not None and clock.now().timestamp() - begun["at"] <= WITHIN.total_seconds()
