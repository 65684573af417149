"""The second step of signing in: what comes after the password, where the person has a second factor.

allauth keeps the sign-in waiting until a code or a passkey completes it. What waits is nobody's yet: no door but those
of the second step open by it. Its session has an id of its own from the password on, and gets another when the second
step was right. It ends where the password changes meanwhile, the account is closed, or a sign-on alone opens it by now.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.base.views import AuthenticatedAPIView, AuthenticationStageAPIView
from allauth.headless.internal.restkit import inputs
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from zorgmessenger.accounts import own_way, second_factor
from zorgmessenger.accounts.http import person_of
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.accounts.sessions import FACTOR_GIVEN
from zorgmessenger.errors import Refused, SignedOut

KEY = "second_factor"
METHOD = "mfa"
PASSKEY = "passkey"
BY_SIGN_ON = "sign_on"
"""In what allauth tells of a sign-in: an organisation's sign-on makes it, and whether that asked a second factor."""
_MADE_WITH = "made_with"


def is_by_sign_on(told: dict[str, Any] | None) -> bool:
    """Whether an organisation's sign-on makes this sign-in."""
    return BY_SIGN_ON in (told or {})


class Stage(LoginStage):
    """Holds a sign-in where the person has a second factor."""

    key = KEY

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lets the sign-in go on, or keeps it waiting."""
        person = cast("Person | None", self.login.user)
        given = (self.login.signal_kwargs or {}).get(BY_SIGN_ON, {}).get(FACTOR_GIVEN, False)
        if person is None or given or not second_factor.is_on(person.id):
            return None, True
        self.request.session.cycle_key()
        self.request.session.set_expiry(None)
        self.state[_MADE_WITH] = person.get_session_auth_hash()
        return HttpResponse(), True


def waiting(request: HttpRequest) -> LoginStage | None:
    """The sign-in of this session that waits for its second step, if there is one.

    Raises:
        SignedOut: there was, and it has to begin anew.
    """
    stage: LoginStage | None = LoginStageController.enter(request, KEY)
    return _checked(request, stage) if stage else None


def complete(request: HttpRequest, stage: LoginStage, person: Person) -> None:
    """Signs in by a passkey, where the sign-in waited for it."""
    record_authentication(request, person, PASSKEY)
    stage.exit()  # type: ignore[no-untyped-call]


def ways(request: HttpRequest) -> dict[str, bool] | None:
    """By what the sign-in that waits can go on; None where none waits."""
    stage = LoginStageController.enter(request, KEY)
    if stage is None:
        return None
    state = second_factor.state_of(cast("Person", stage.login.user).id)
    return {"code": state.since is not None, "passkey": state.passkeys > 0}


def _checked(request: HttpRequest, stage: LoginStage) -> LoginStage:
    person = cast("Person", stage.login.user)
    made_with = stage.state.get(_MADE_WITH, "")
    if not person.is_active or not constant_time_compare(made_with, person.get_session_auth_hash()):
        clear_login(request)
        raise SignedOut("changed since the password was given")
    if not is_by_sign_on(stage.login.signal_kwargs):
        _check_own_way(request, person)
    return stage


def _check_own_way(request: HttpRequest, person: Person) -> None:
    """Once more: an organisation's sign-on may have come to open their account alone while this waited."""
    try:
        own_way.check(request, person)
    except Refused:
        clear_login(request)
        raise


class CodeInput(inputs.Input):
    """A code of the app, or a recovery code."""

    code = inputs.CharField(max_length=64)


class StepView(AuthenticationStageAPIView):
    """Completes a sign-in that waits."""

    stage_class = Stage
    input_class = CodeInput

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Uses the code up, and signs in.

        Raises:
            SignedOut: the sign-in has to begin anew.
            ZorgError: see `second_factor.proven`.
        """
        person = cast("Person", _checked(request, self.stage).login.user)
        with second_factor.proven(person, self.input.cleaned_data["code"], origin_of(request)):
            pass
        record_authentication(request, person, METHOD)
        return self.respond_next_stage()


class AgainView(AuthenticatedAPIView):
    """Asks who is signed in for a code once more."""

    input_class = CodeInput

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Uses the code up, and notes when.

        Raises:
            ZorgError: see `second_factor.proven`.
        """
        with second_factor.proven(person_of(request), self.input.cleaned_data["code"], origin_of(request)):
            pass
        record_authentication(request, person_of(request), METHOD)
        return AuthenticationResponse(request)
