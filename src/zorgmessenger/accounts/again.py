"""Asking who is signed in for their password or code once more, before what only they themselves may do."""

from __future__ import annotations

from django.http import HttpRequest

from zorgmessenger.accounts import limits, second_factor, signals
from zorgmessenger.accounts.http import person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import gave_recently
from zorgmessenger.errors import FieldError, Invalid, Refused, TooMany


def is_password(request: HttpRequest, person: Person, password: str) -> bool:
    """Whether this is their password; counted like a sign-in, before it is compared.

    Raises:
        TooMany: it was tried too often.
    """
    counted = f"again:{person.pk}"
    try:
        limits.check(limits.SIGN_IN_ADDRESS, counted)
    except TooMany as error:
        signals.sign_in_refused(request)
        error.logged = True
        raise
    right = person.check_password(password)
    if right:
        limits.clear(limits.SIGN_IN_ADDRESS, counted)
    else:
        signals.sign_in_failed(request, reason="reauthentication")
    return right


def check_password(request: HttpRequest, password: str) -> None:
    """Checks the password of who is signed in.

    Who has none of their own has signed on in the last five minutes.

    Raises:
        Invalid: `incorrect_password`.
        Refused: `sign_on_again`.
        TooMany: it was tried too often.
    """
    if not person_of(request).has_usable_password():
        check_signed_on_recently(request)
    elif not is_password(request, person_of(request), password):
        raise Invalid(FieldError("password", "incorrect_password"), code="incorrect_password")


def check_signed_in_recently(request: HttpRequest) -> None:
    """Checks that they gave their password, and their second factor where they have one, in the last five minutes.

    A passkey is both: the authenticator has verified who holds it. Who has no password has signed on.

    Raises:
        Refused: `reauthenticate`, the password is asked; `reauthenticate_code`, the code; `sign_on_again`.
    """
    if gave_recently(request, "passkey"):
        return
    if not person_of(request).has_usable_password():
        check_signed_on_recently(request)
    elif not gave_recently(request, "password"):
        raise Refused("not signed in recently", code="reauthenticate")
    check_factor_given_recently(request)


def check_factor_given_recently(request: HttpRequest) -> None:
    """Checks that who has a second factor gave it in the last five minutes.

    Raises:
        Refused: `reauthenticate_code`.
    """
    given = gave_recently(request, "passkey") or gave_recently(request, "mfa")
    if not given and second_factor.is_on(person_of(request).id):
        raise Refused("no code given recently", code="reauthenticate_code")


def check_signed_on_recently(request: HttpRequest) -> None:
    """Checks that they came in by their organisation's sign-on in the last five minutes.

    Raises:
        Refused: `sign_on_again`.
    """
    if not gave_recently(request, "sign_on"):
        raise Refused("not signed on recently, and no password", code="sign_on_again")
