"""Passkeys over HTTP: signing in with one, alone or after the password, and one's own.

Whatever is wrong with a passkey is answered alike, to whoever it is. Adding and removing ask for a sign-in of the last
five minutes (`again`).
"""

from __future__ import annotations

from typing import Annotated, Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints, field_validator

from zorgmessenger.accounts import (
    addresses,
    again,
    challenges,
    limits,
    own_way,
    passkeys,
    second_factor,
    second_step,
    webauthn,
)
from zorgmessenger.accounts.http import Anybody, Body, SignedIn, person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of, gave_recently, origin_of
from zorgmessenger.accounts.webauthn import NotOursError
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.errors import Conflict, Refused

router = Router(tags=["accounts"])
Encoded = Annotated[str, StringConstraints(min_length=1, max_length=16_384, pattern=r"^[A-Za-z0-9_-]+$")]


class Used(Body):
    """What an authenticator answered, in base64url."""

    credential: Encoded
    client_data: Encoded
    authenticator_data: Encoded
    signature: Encoded
    user_handle: Encoded


class Made(Body):
    """A passkey that was made, and what its person calls it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
    client_data: Encoded
    attestation: Encoded

    @field_validator("name")
    @classmethod
    def readable(cls, name: str) -> str:
        """A name is a line of signs that can be seen."""
        if not name.isprintable():
            raise ValueError("signs that cannot be seen")
        return name


@router.post("/passkeys/challenge", auth=Anybody())
def challenge(request: HttpRequest) -> dict[str, Any]:
    """A challenge for a passkey, for whoever asks, the same for everybody."""
    limits.check(limits.PASSKEY_NETWORK, address_of(request))
    return webauthn.to_use(challenges.give(request, "use"))


@router.post("/passkeys/sign-in", auth=Anybody())
def sign_in(request: HttpRequest, body: Used) -> dict[str, str]:
    """Signs in: completes a sign-in that waits for its second step, or is one by itself."""
    if isinstance(request.user, Person):
        raise Conflict("somebody is signed in")
    stage = second_step.waiting(request)
    person = _used(request, body, cast("Person", stage.login.user) if stage else None)
    if stage:
        second_step.complete(request, stage, person)
        return {}
    own_way.check(request, person)
    clear_login(request)
    get_adapter(request).login(request, person)
    record_authentication(request, person, second_step.PASSKEY)
    return {}


@router.get("/me/passkeys", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own."""
    person, origin = person_of(request).id, origin_of(request)
    record(Entry(Tag.OWN_DATA_READ, actor=person, subject=person, origin=origin))
    return [
        {
            "id": str(one.id),
            "name": one.name,
            "since": one.since.isoformat(),
            "usedAt": one.used_at.isoformat() if one.used_at else None,
        }
        for one in passkeys.listed(person)
    ]


@router.post("/me/passkeys/challenge", auth=SignedIn())
def begin(request: HttpRequest) -> dict[str, Any]:
    """What a browser needs to make a passkey."""
    again.check_signed_in_recently(request)
    person = person_of(request).id
    passkeys.check_room(person)
    given = challenges.give(request, "add")
    return webauthn.to_make(given, person, addresses.of(person)[0], passkeys.known(person))


@router.post("/me/passkeys", auth=SignedIn())
def add(request: HttpRequest, body: Made) -> dict[str, list[str]]:
    """Keeps the passkey that was made; gives recovery codes where there were none, this once."""
    again.check_signed_in_recently(request)
    try:
        key = webauthn.made(_challenge(request, "add", body.client_data), body.client_data, body.attestation)
    except NotOursError as error:
        passkeys.failed(origin_of(request), person_of(request).id)
        raise passkeys.refused() from error
    codes = passkeys.add(person_of(request), body.name, key, origin_of(request))
    record_authentication(request, person_of(request), second_step.PASSKEY)
    return {"codes": codes}


@router.post("/me/passkeys/prove", auth=SignedIn())
def prove(request: HttpRequest, body: Used) -> dict[str, str]:
    """Shows once more who one is."""
    person = _used(request, body, person_of(request))
    record_authentication(request, person, second_step.PASSKEY)
    return {}


@router.post("/me/passkeys/codes", auth=SignedIn())
def renew_codes(request: HttpRequest) -> dict[str, list[str]]:
    """Gives new recovery codes in place of the old ones, to who used a passkey in the last five minutes."""
    if not gave_recently(request, second_step.PASSKEY):
        raise Refused("no passkey used recently", code="reauthenticate_passkey")
    return {"codes": second_factor.replace_codes(person_of(request), origin_of(request))}


def _used(request: HttpRequest, body: Used, only: Person | None) -> Person:
    limits.check(limits.PASSKEY_NETWORK, address_of(request))
    origin = origin_of(request)
    try:
        given = _challenge(request, "use", body.client_data)
    except NotOursError as error:
        passkeys.failed(origin, only.id if only else None)
        raise passkeys.refused() from error
    answer = passkeys.Answer(
        body.credential, body.client_data, body.authenticator_data, body.signature, body.user_handle
    )
    return passkeys.use(answer, given, origin, only.id if only else None)


def _challenge(request: HttpRequest, purpose: challenges.Purpose, client_data: str) -> bytes:
    given = webauthn.challenge_in(client_data)
    if not challenges.use(request, purpose, given):
        raise NotOursError("no challenge of this session")
    return given
