"""Signing on: to the provider and back.

SON-11 What waits for the provider's answer is in the browser's own session, sealed as all of it, for ten minutes, once:
       whoever is led here with an answer to somebody else's question is told that it does not hold. Each organisation
       has an address of its own to come back to: what its provider sends there answers no question to another's, also
       where that other one sent the browser on to it (RFC 9700, 4.4.2).
SON-12 Signing in goes as ever from there: the second step, a session id of its own, the log, known browsers.
SON-13 Whatever goes wrong leads to the sign-in page with a code, and into the log; never to an address from outside.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.signals import user_logged_in as signed_in
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in as any_sign_in
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from zorgmessenger import clock
from zorgmessenger.accounts import notices, refusals
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.own_way import LINKING
from zorgmessenger.accounts.request import language_of, origin_of
from zorgmessenger.accounts.second_step import BY_SIGN_ON
from zorgmessenger.accounts.sessions import FACTOR_GIVEN, SIGN_ON, end_other_sessions
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.errors import Refused
from zorgmessenger.ids import NIL
from zorgmessenger.signon import asking, checks, identities, provider
from zorgmessenger.signon.identities import HasAccount
from zorgmessenger.signon.models import Identity
from zorgmessenger.signon.provider import Provider
from zorgmessenger.signon.told import Denied, Told, Unreachable, Untrue

_log = structlog.get_logger()
WITHIN = timedelta(minutes=10)
WAITING = "sign_on_waiting"
PATH = "/api/v1/sign-on/back"
METHOD = "sign_on"
Answer = dict[str, str]
"""What the provider put into the address by which it sent the browser back."""


@dataclass(frozen=True)
class _Question:
    organisation: UUID
    state: str
    nonce: str
    verifier: str


def back(organisation: UUID) -> str:
    """The address to register with an organisation's provider."""
    return f"{settings.ZORG.address}{PATH}/{organisation}"


def connect() -> None:
    """Starts listening to who signs in."""
    any_sign_in.connect(_link)
    signed_in.connect(_watch)


def begin(request: HttpRequest, to: Provider) -> str:
    """Where the browser goes; what is asked waits in its session.

    Raises:
        Unreachable: the provider's document is not to be had.
    """
    from zorgmessenger.signon import openid  # noqa: PLC0415  (heavy)

    asked = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    with asking.as_stranger(to.organisation):
        address = openid.authorization(to, back(to.organisation), **asked)
    if request.session.session_key is None:
        request.session.create()
        request.session.set_expiry(WITHIN)
    request.session.pop(LINKING, None)
    until = (clock.now() + WITHIN).timestamp()
    request.session[WAITING] = {"organisation": str(to.organisation), "until": until, **asked}
    return address


def come_back(request: HttpRequest, organisation: UUID, answer: Answer) -> None:
    """Signs in who comes back to this organisation's address, or begins to: their second step may wait.

    Raises:
        Refused: with the code of the problem; logged.
    """
    question: _Question | None = None
    try:
        question = _asked(request, organisation, answer.get("state", ""))
        to = _provider_of(question.organisation)
        _sign_in(request, to, _told(to, question, answer))
    except Refused as problem:
        _log.info("sign-on refused", code=problem.code, why=str(problem))
        chain = question.organisation if question else NIL
        refusals.write(request, Entry(Tag.SIGN_ON_REFUSED, chain, origin=origin_of(request), reason=problem.code))
        problem.logged = True
        raise


def _asked(request: HttpRequest, organisation: UUID, state: str) -> _Question:
    """SON-11."""
    waiting = request.session.pop(WAITING, None)
    if waiting is not None and waiting["organisation"] != str(organisation):
        raise Refused("an answer of another organisation's provider", code="sign_on_over")
    if waiting is None or waiting["until"] < clock.now().timestamp():
        raise Refused("nothing was asked, or too long ago", code="sign_on_over")
    if not constant_time_compare(waiting["state"], state):
        raise Refused("another state", code="sign_on_over")
    return _Question(organisation, waiting["state"], waiting["nonce"], waiting["verifier"])


def _provider_of(organisation: UUID) -> Provider:
    found = provider.load(organisation)
    if found is None:
        raise Refused("no sign-on any more", code="sign_on_over")
    return found


def _told(to: Provider, question: _Question, answer: Answer) -> Told:
    from zorgmessenger.signon import openid  # noqa: PLC0415  (heavy)

    try:
        with asking.as_stranger(to.organisation):
            _check(to, answer)
            told = openid.redeem(to, back(to.organisation), answer.get("code", ""), question.nonce, question.verifier)
    except Unreachable as error:
        raise Refused(str(error), code="sign_on_unreachable") from error
    except Denied as error:
        raise Refused(str(error), code="sign_on_denied") from error
    except Untrue as error:
        raise Refused(str(error), code="sign_on_untrue") from error
    if not told.refresh:
        raise Refused("no refresh token: the provider could not be asked again", code="sign_on_no_refresh")
    return told


def _check(to: Provider, answer: Answer) -> None:
    """RFC 9207: an answer that another provider made is not taken to this one. What it says of an error is not kept."""
    from zorgmessenger.signon import discovery  # noqa: PLC0415  (heavy)

    said = answer.get("iss")
    if said != to.issuer and (said is not None or discovery.of(to.issuer).tells_issuer):
        raise Untrue("an answer of another issuer")
    if "error" in answer:
        raise Denied("the provider sent an error")


def _sign_in(request: HttpRequest, to: Provider, told: Told) -> None:
    now = clock.now()
    kept = {
        "organisation": str(to.organisation),
        "refresh": told.refresh,
        "at": now.timestamp(),
        FACTOR_GIVEN: to.asks_second_factor,
    }
    try:
        identity = identities.find_or_make(to, told, origin_of(request), language_of(request))
    except HasAccount as found:
        until = (now + WITHIN).timestamp()
        told_of = {"subject": told.subject, "groups": told.claims[to.groups_claim]}
        request.session[LINKING] = {"person": str(found.person), "until": until, **kept, **told_of}
        raise Refused("an account with this address", code="account_exists") from found
    clear_login(request)
    record_authentication(request, identity.person, METHOD)
    sign_in = Login(
        user=identity.person,
        email_verification=EmailVerificationMethod.NONE,
        redirect_url="/",
        signal_kwargs={BY_SIGN_ON: {**kept, "identity": identity.pk}},
    )
    perform_login(request, sign_in)


def _watch(request: HttpRequest, user: Person, **told: Any) -> None:
    """Of a sign-in that a sign-on made: its session is watched from now on."""
    if BY_SIGN_ON in told:
        _begin_session(request, user, told[BY_SIGN_ON])


def _link(request: HttpRequest, user: Person, **_: Any) -> None:
    """SON-9: who was asked to sign in to their own account has done so; where that links nothing it opens nothing."""
    asked = request.session.pop(LINKING, None)
    if asked is None or asked["person"] != str(user.pk):
        return
    if not _is_linked(request, user, asked) and Person.objects.filter(pk=user.pk).exclude(sign_on=None).exists():
        logout(request)
        raise Refused("opened by an organisation's sign-on alone", code="sign_on_instead")


def _is_linked(request: HttpRequest, user: Person, asked: dict[str, Any]) -> bool:
    to = provider.load(UUID(asked["organisation"]))
    if to is None or asked["until"] < clock.now().timestamp():
        return False
    told = Told(asked["subject"], {to.groups_claim: asked["groups"]}, asked["refresh"])
    origin = origin_of(request)
    try:
        identity = identities.recognise(to, told, user, identities.groups_of(to, told), origin, linked=True)
    except Refused as problem:
        record(Entry(Tag.SIGN_ON_REFUSED, to.organisation, user.id, origin=origin, reason=problem.code))
        return False
    given = asked[FACTOR_GIVEN] and to.asks_second_factor
    _begin_session(request, user, {**asked, "identity": identity.pk, FACTOR_GIVEN: given})
    with audited():
        notices.tell(user, "sign_on_linked")
        end_other_sessions(user.id, origin.session)
    return True


def _begin_session(request: HttpRequest, person: Person, kept: dict[str, Any]) -> None:
    organisation = UUID(kept["organisation"])
    request.session[SIGN_ON] = str(organisation)
    request.session[FACTOR_GIVEN] = kept[FACTOR_GIVEN]
    request.session.save()
    origin, said_yes = origin_of(request), datetime.fromtimestamp(kept["at"], UTC)
    with audited() as log:
        checks.begin(origin.session, Identity.objects.get(pk=kept["identity"]), kept["refresh"], said_yes)
        log(Entry(Tag.SIGNED_ON, organisation, person.id, object=origin.session, origin=origin))
