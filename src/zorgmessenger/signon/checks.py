"""Whether who signed on still belongs there: the provider is asked again about each session in use.

SON-14 A session with an open socket is asked about when `DUE` has gone by, by `keep`, every `EVERY` seconds; any other
       at its next request or connection, before that is let in. So who leaves is out within a minute: 30 + 10 seconds,
       and what asking takes. With `AT_ONCE` questions under way, each of two requests, 1,600 sessions are asked about
       in 20 seconds where a provider takes a tenth of a second, 320 where it takes half a one; it never gets more.
SON-15 One asks: who sets the row's `tried_at` from what it read, and not while another's question is under way. A
       refresh token is good once (RFC 9700, 4.14.2).
SON-16 No: the session ends. In no group any more: SON-5. Not asked, for whatever reason: the session goes on for
       `GRACE` after the last yes, and then ends; nobody's membership does.
SON-17 Nothing of it is in a database transaction while the provider is waited for. At most `IN_REQUESTS` requests ask
       at once, and as many wait for the answer to another's question, for `PATIENCE` seconds. A provider that was out
       of reach just now is not asked at all, so that nobody waits for it: another organisation's sessions neither.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection
from msgspec import Struct

from zorgmessenger import clock, sql
from zorgmessenger.accounts.sessions import close_ended, end_session
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Refused, Unavailable
from zorgmessenger.origin import NOWHERE, Origin
from zorgmessenger.realtime.hub import hub
from zorgmessenger.signon import identities, membership, provider
from zorgmessenger.signon.models import Check, Identity
from zorgmessenger.signon.provider import Provider
from zorgmessenger.signon.told import Denied, Told, Unreachable, Untrue

_log = structlog.get_logger()
EVERY = 10.0
DUE = timedelta(seconds=30)
BEFORE_LETTING_IN = timedelta(seconds=40)
NOT_WITHOUT = timedelta(minutes=1)
"""From here on nothing is let in before the provider has answered."""
GRACE = timedelta(minutes=15)
AT_ONCE = 8
IN_REQUESTS = 3
PATIENCE = 3.0
UNDER_WAY = timedelta(seconds=20)
"""Longer than a question takes: one that was begun before this came to nothing."""
OUT_OF_REACH = 20.0
"""Seconds for which a provider that could not be reached is not asked."""
_asking = threading.BoundedSemaphore(IN_REQUESTS)
_waiting = threading.BoundedSemaphore(IN_REQUESTS)
_answered = threading.Condition()
_unreached: dict[UUID, float] = {}


class _Claim(Struct, frozen=True):
    """A session that is ours to ask about."""

    row: Check
    provider: Provider
    refresh: str


Outcome = Told | Denied | None
"""What the provider tells, that it says no, or that it could not be asked."""


def begin(session: str, identity: Identity, refresh: str, said_yes: datetime) -> None:
    """Watches the session of this digest from now on, in the caller's action; `said_yes` is when the provider did."""
    sealed = _sealed(identity, session, refresh)
    Check.objects.create(session_id=session, identity=identity, sealed=sealed, good_at=said_yes, tried_at=said_yes)


def keep() -> None:
    """Asks about every session that is due and has a socket open on this process. SON-14.

    A session that ended elsewhere has none from then on, of whoever it was: the host switches sign-on off in a process
    of its own.
    """
    close_ended()
    here = {session for person in hub.people() for session in hub.sessions(person)}
    due = set(Check.objects.filter(tried_at__lte=clock.now() - DUE).values_list("pk", flat=True)) if here else set()
    rows = (_row(session) for session in here & due)
    claims = [claim for row in rows if row is not None and (claim := _claim(row))]
    if not claims:
        return
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sign-on") as threads:
        asked = {threads.submit(_ask, claim): claim for claim in claims}
        for answer in as_completed(asked):
            try:
                _settle(asked[answer], answer.result())
            except Exception:  # noqa: BLE001  (the others' new refresh tokens are to be kept all the same)
                _log.exception("a check of sign-on")


def is_due(session: str) -> bool:
    """Whether the provider has to be asked before the session of this digest is let in."""
    return Check.objects.filter(pk=session, good_at__lte=clock.now() - BEFORE_LETTING_IN).exists()


def let_in(session: str) -> bool:
    """Asks about a session first where that is due; gives whether it goes on. SON-14 and SON-17.

    Raises:
        Unavailable: it cannot be told now.
    """
    row, now = _row(session), clock.now()
    if row is None or row.good_at > now - BEFORE_LETTING_IN:
        return row is not None
    if _is_out_of_reach(row.identity.connection_id):
        _end_over(row)
    elif not _ask_now(row) and row.good_at <= now - NOT_WITHOUT and not _wait_for(row):
        raise Unavailable("the organisation's provider is being asked")
    return Check.objects.filter(pk=session).exists()


def _row(session: str) -> Check | None:
    return Check.objects.filter(pk=session).select_related("identity").first()


def _is_out_of_reach(organisation: UUID) -> bool:
    return _unreached.get(organisation, 0.0) > time.monotonic()


def _ask_now(row: Check) -> bool:
    """Asks, unless there is no room for it or somebody asks already; gives whether it did."""
    if not _asking.acquire(blocking=False):
        return False
    try:
        claim = _claim(row)
        if claim is not None:
            _settle(claim, _ask(claim))
    finally:
        _asking.release()
    return claim is not None


def _wait_for(row: Check) -> bool:
    """Waits until somebody else's question about this session is answered; gives whether it was."""
    if not _waiting.acquire(blocking=False):
        return False
    try:
        with _answered:
            return _answered.wait_for(
                lambda: not Check.objects.filter(pk=row.pk, good_at=row.good_at).exists(), PATIENCE
            )
    finally:
        _waiting.release()


def _claim(row: Check) -> _Claim | None:
    """SON-15."""
    now = clock.now()
    if row.good_at < row.tried_at and row.tried_at > now - UNDER_WAY:
        return None
    to = provider.load(row.identity.connection_id)
    with sql.dialect(connection.vendor).writing():
        mine = Check.objects.filter(pk=row.pk, tried_at=row.tried_at).update(tried_at=now)
    return _Claim(row, to, _opened(row)) if to is not None and mine else None


def _ask(claim: _Claim) -> Outcome:
    """On any thread; no database. SON-17."""
    from zorgmessenger.signon import openid  # noqa: PLC0415  (heavy)

    organisation = claim.provider.organisation
    if _is_out_of_reach(organisation):
        return None
    try:
        told = openid.ask_again(claim.provider, claim.refresh)
    except Denied as no:
        return no
    except Unreachable as error:
        _unreached[organisation] = time.monotonic() + OUT_OF_REACH
        _log.warning("sign-on could not be checked", organisation=str(organisation), why=str(error)[:200])
        return None
    except Untrue as error:
        _log.warning("sign-on could not be checked", organisation=str(organisation), why=str(error)[:200])
        return None
    except Exception:  # noqa: BLE001  (whatever it is, the time of grace runs)
        _log.exception("sign-on could not be checked", organisation=str(organisation))
        return None
    _unreached.pop(organisation, None)
    return told


def _settle(claim: _Claim, outcome: Outcome) -> None:
    """SON-16; who waits for the answer goes on."""
    try:
        _carry_out(claim, outcome)
    finally:
        with _answered:
            _answered.notify_all()


def _carry_out(claim: _Claim, outcome: Outcome) -> None:
    if outcome is None:
        _end_over(claim.row)
    elif isinstance(outcome, Denied):
        _end(claim.row, "denied")
    else:
        _follow(claim, outcome)


def _follow(claim: _Claim, told: Told) -> None:
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
        Check.objects.filter(pk=row.pk).update(sealed=sealed, good_at=now)


def _end_over(row: Check) -> None:
    if row.good_at <= clock.now() - GRACE:
        _end(row, "unreachable")


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
