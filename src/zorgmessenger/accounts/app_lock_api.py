"""The lock of this browser, over HTTP. Bytes are said in base64url without padding (RFC 4648, section 5)."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import StringConstraints

from zorgmessenger.accounts import again, app_lock, rules
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of

router = Router(tags=["accounts"])

Minutes = Literal[0, 1, 5, 15]


def _base64(size: int) -> Any:
    letters = (size * 8 + 5) // 6
    return StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{letters}}}$", max_length=letters)


class Away(Body):
    """After how many minutes away the app asks for the PIN; 0: at once."""

    minutes: Minutes


class Key(Body):
    """The device's key, an uncompressed point of P-256, and the proof of the PIN."""

    public_key: Annotated[str, _base64(65)]
    proof: Annotated[str, _base64(32)]


class New(Away, Key):
    """A lock."""


class Try(Body):
    """The proof of the PIN, signed by the device together with the nonce that it was given."""

    nonce: Annotated[str, _base64(32)]
    proof: Annotated[str, _base64(32)]
    signature: Annotated[str, _base64(64)]


class Change(Try):
    """And the proof of the PIN to come, which is signed too."""

    next: Annotated[str, _base64(32)]


class Password(Body):
    """The person's password, again."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=rules.MAX_LENGTH)]


class Replacement(Key, Password):
    """A lock in the place of another, by the password."""


@router.post("/me/lock", auth=SignedIn(), response={201: dict[str, str]})
def set_up(request: HttpRequest, body: New) -> Status[dict[str, str]]:
    """Sets a lock; gives the server's share, which opens nothing alone."""
    key, proof = _bytes(body.public_key), _bytes(body.proof)
    lock, share = app_lock.set_up(person_of(request).id, key, proof, body.minutes, origin_of(request))
    return Status(201, {"id": str(lock), "share": _said(share)})


@router.put("/me/lock", auth=SignedIn())
def set_minutes(request: HttpRequest, body: Away) -> dict[str, str]:
    """Sets after how long away the PIN is asked."""
    app_lock.set_minutes(origin_of(request).session, body.minutes)
    return {}


@router.post("/me/lock/challenge", auth=SignedIn())
def challenge(request: HttpRequest) -> dict[str, Any]:
    """A nonce for one try, and how many tries are left."""
    nonce, left = app_lock.challenge(origin_of(request).session)
    return {"nonce": nonce, "left": left}


@router.post("/me/lock/open", auth=SignedIn())
def unlock(request: HttpRequest, body: Try) -> dict[str, str]:
    """Opens it with the PIN; gives the server's share."""
    return {"share": _said(app_lock.unlock(person_of(request).id, _proof(body), origin_of(request)))}


@router.post("/me/lock/close", auth=SignedIn())
def close(request: HttpRequest) -> dict[str, str]:
    """Closes it."""
    app_lock.close(origin_of(request).session)
    return {}


@router.post("/me/lock/stay", auth=SignedIn())
def stay(request: HttpRequest) -> dict[str, str]:
    """The app is open still."""
    app_lock.stay(origin_of(request).session)
    return {}


@router.post("/me/lock/change", auth=SignedIn())
def change(request: HttpRequest, body: Change) -> dict[str, str]:
    """Sets another PIN with the one before."""
    app_lock.change(person_of(request).id, _proof(body), _bytes(body.next), origin_of(request))
    return {}


@router.post("/me/lock/replace", auth=SignedIn())
def replace(request: HttpRequest, body: Replacement) -> dict[str, str]:
    """Sets another lock with the password, for who forgot the PIN while the app is open."""
    again.check_password(request, body.password)
    key, proof = _bytes(body.public_key), _bytes(body.proof)
    lock, share = app_lock.replace(person_of(request).id, key, proof, origin_of(request))
    return {"id": str(lock), "share": _said(share)}


@router.post("/me/lock/remove", auth=SignedIn())
def remove(request: HttpRequest, body: Try) -> dict[str, str]:
    """Removes it with the PIN."""
    app_lock.remove(person_of(request).id, _proof(body), origin_of(request))
    return {}


@router.post("/me/lock/remove-by-password", auth=SignedIn())
def remove_by_password(request: HttpRequest, body: Password) -> dict[str, str]:
    """Removes it with the password, for who forgot the PIN while the app is open."""
    again.check_password(request, body.password)
    app_lock.remove_without_pin(person_of(request).id, origin_of(request))
    return {}


def _proof(body: Try) -> app_lock.Proof:
    return app_lock.Proof(body.nonce, _bytes(body.proof), _bytes(body.signature))


def _bytes(said: str) -> bytes:
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


def _said(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
