"""One question about a session: whether who signed on still belongs there, and what comes of the answer.

SON-15 One asks: who sets the row's `tried_at` from what it read, and not while another's question is under way. A
       refresh token is good once (RFC 9700, 4.14.2). What is told is followed before it is known as followed.
SON-16 No: the session ends. In no group any more: SON-5. Not asked, for whatever reason: the session goes on for
       `GRACE` after the last yes, and then ends; nobody's membership does.
SON-17 Nothing of it is in a database transaction while the provider is waited for.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from django.db import connection
from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.accounts.sessions import end_session
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Refused
from zorgmessenger.origin import NOWHERE, Origin
from zorgmessenger.signon import asking, identities, membership, provider
from zorgmessenger.signon.models import Check, Identity
from zorgmessenger.signon.provider import Provider
from zorgmessenger.signon.told import Denied, Told, Unreachable, Untrue, Useless

_log = structlog.get_logger()
GRACE = timedelta(minutes=15)
UNDER_WAY = timedelta(seconds=30)
"""Longer than a question takes, five requests of `fetching.WITHIN`: one that was begun before this came to nothing."""
answered = threading.Condition()
"""Told whenever a question was."""


class Claim(Struct, frozen=True):
    """A session that is ours to ask about."""

    row: Check
    at: datetime
    """By which it is known as ours."""
    provider: Provider
    refresh: str


Outcome = Told | Denied | None
"""What the provider tells, that it says no, or that it could not be asked."""


def begin(session: str, identity: Identity, refresh: str, said_yes: datetime) -> None:
    """Watches the session of this digest from now on, in the caller's action; `said_yes` is when the provider did."""
    sealed = _sealed(identity, session, refresh)
    Check.objects.create(session_id=session, identity=identity, sealed=sealed, good_at=said_yes, tried_at=said_yes)


def find(session: str) -> Check | None:
    """What is known of the session of this digest."""
    return Check.objects.filter(pk=session).select_related("identity").first()


def is_under_way(row: Check) -> bool:
    """Whether somebody asks about it now."""
    return row.good_at < row.tried_at and row.tried_at > clock.now() - UNDER_WAY


def claim(row: Check) -> Claim | None:
    """Takes it on oneself to ask about a session; None where somebody else has. SON-15."""
    if is_under_way(row):
        return None
    now, to = clock.now(), provider.load(row.identity.connection_id)
    with sql.dialect(connection.vendor).writing():
        mine = Check.objects.filter(pk=row.pk, tried_at=row.tried_at).update(tried_at=now)
    return Claim(row, now, to, _opened(row)) if to is not None and mine else None


def ask(claim: Claim) -> Outcome:
    """What the provider says; on any thread, no database. SON-17 and SON-19."""
    from zorgmessenger.signon import openid  # noqa: PLC0415  (heavy)

    organisation, session = claim.provider.organisation, claim.row.pk
    if asking.is_out_of_reach(organisation, session):
        return None
    try:
        told = openid.ask_again(claim.provider, claim.refresh)
    except Denied as no:
        asking.answered(organisation)
        return no
    except (Useless, Untrue) as error:
        asking.came_to_nothing(session)
        _log.warning("sign-on could not be checked", organisation=str(organisation), why=str(error)[:200])
        return None
    except Unreachable as error:
        asking.came_to_nothing(organisation)
        _log.warning("sign-on could not be checked", organisation=str(organisation), why=str(error)[:200])
        return None
    except Exception:  # noqa: BLE001  (whatever it is, the time of grace runs)
        asking.came_to_nothing(session)
        _log.exception("sign-on could not be checked", organisation=str(organisation))
        return None
    asking.answered(organisation)
    return told


def settle(claim: Claim, outcome: Outcome) -> None:
    """Carries out what was answered, save `end_over`; who waits for the answer goes on. SON-16."""
    try:
        if isinstance(outcome, Denied):
            _end(claim.row, "denied")
        elif outcome is not None:
            _follow(claim, outcome)
    finally:
        with answered:
            answered.notify_all()


def end_over(row: Check) -> None:
    """Ends a session that could not be asked about for too long. SON-16."""
    if row.good_at <= clock.now() - GRACE:
        _end(row, "unreachable")


def _follow(claim: Claim, told: Told) -> None:
    row, to, identity = claim.row, claim.provider, claim.row.identity
    if identities.key_of(to, told.subject) != identity.key:
        _end(row, "untrue")
        return
    now = clock.now()
    sealed = _sealed(identity, row.pk, told.refresh or claim.refresh)
    try:
        groups = identities.groups_of(to, told)
        if membership.given_by(to, groups) != identity.groups:
            identities.recognise(to, told, identity.person, groups, NOWHERE)
    except Refused as problem:
        if problem.code == "no_group":
            membership.end(identity)
        else:
            _end(row, problem.code)
        return
    with sql.dialect(connection.vendor).writing():
        Check.objects.filter(pk=row.pk, tried_at=claim.at).update(sealed=sealed, good_at=now)


def _end(row: Check, why: str) -> None:
    with audited() as log:
        log(
            Entry(
                Tag.SIGN_ON_ENDED,
                organisation=row.identity.connection_id,
                actor=row.identity.person_id,
                object=row.pk,
                reason=why,
                origin=Origin(session=row.pk),
            )
        )
        end_session(row.pk)


def _sealed(identity: Identity, session: str, refresh: str) -> bytes:
    return keyring().organisation(identity.connection_id).seal(refresh.encode(), _place(session))


def _opened(row: Check) -> str:
    return keyring().organisation(row.identity.connection_id).open(bytes(row.sealed), _place(row.pk)).decode()


def _place(session: str) -> bytes:
    return place("signon_check", "sealed", session)
