"""Sessions in the database, of no use to who reads it: the key is stored as a digest, the data sealed."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.sessions.backends import db
from django.db import connection, transaction
from django.db.models import OneToOneRel, QuerySet
from django.utils import timezone

from zorgmessenger import clock, sql
from zorgmessenger.accounts.models import Session
from zorgmessenger.crypto.envelope import Unsealable, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close


def digest(session_key: str) -> str:
    """The key under which a session stands in the table: 40 hexadecimal digits of SHA-256."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


SIGN_ON = "sign_on"
"""In a session's data: the organisation whose own sign-on made it."""
FACTOR_GIVEN = "factor_given"
"""In a session's data: who signed them in has asked a second factor."""
_AT_ONCE = 1_000
_LOAD = (
    "SELECT s.session_data, d.used_at, l.open_until FROM accounts_session s"
    " LEFT JOIN accounts_device d ON d.session_id = s.session_key"
    " LEFT JOIN accounts_applock l ON l.session_id = s.session_key"
    " WHERE s.session_key = %s AND s.expire_date > %s"
)


def _place(stored_key: str) -> bytes:
    return place("accounts_session", "session_data", stored_key)


def _opened(stored_key: str, sealed: str) -> dict[str, Any]:
    opened = keyring().installation().open(base64.b64decode(sealed), _place(stored_key))
    data: dict[str, Any] = json.loads(opened)
    return data


def _sealed(stored_key: str, data: dict[str, Any]) -> str:
    return base64.b64encode(keyring().installation().seal(json.dumps(data).encode(), _place(stored_key))).decode()


class Loaded(NamedTuple):
    """What came with a session as it was loaded: every request asks for these, and once is enough."""

    session: str = ""
    """Its digest. What is answered may be of another: signing in begins one."""
    used_at: datetime | None = None
    """When its device was noted last."""
    open_until: datetime | None = None
    """Until when the lock of the app is open, where it has one."""


class SessionStore(db.SessionStore):
    """Django's session store on our table."""

    loaded = Loaded()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def load(self) -> dict[str, Any]:
        """The session's data; empty when there is none, or it does not open."""
        stored = digest(self.session_key or "")
        dialect = sql.dialect(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, [stored, dialect.time(timezone.now())])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        sealed, *times = row
        self.loaded = Loaded(stored, *(dialect.read_time(one) if one else None for one in times))
        try:
            return _opened(stored, sealed)
        except Unsealable:
            self._session_key = None
            return {}

    def exists(self, session_key: str) -> bool:
        """Whether this key is in use."""
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for this session."""
        key = digest(self._get_or_create_session_key())  # type: ignore[attr-defined]
        person, sign_on = data.get("_auth_user_id"), data.get(SIGN_ON)
        return Session(
            session_key=key,
            session_data=_sealed(key, data),
            expire_date=self.get_expiry_date(),
            person=UUID(person) if person else None,
            sign_on=UUID(sign_on) if sign_on else None,
            factor_given=bool(data.get(FACTOR_GIVEN)),
        )

    def renew_key(self) -> str:
        """Gives the session another key, in the caller's action; the device, lock and pushes that hang on it go along.

        Not for a session that a sign-on made: what watches that is sealed for its key. Gives the digest of the old key.
        """
        before = str(self.session_key)
        self.create()
        _take_along(digest(before), digest(str(self.session_key)))
        self.delete(before)
        return digest(before)

    def delete(self, session_key: str | None = None) -> None:
        """Removes a session."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest(key)).delete()


def _take_along(before: str, now: str) -> None:
    for relation in Session._meta.get_fields(include_hidden=True):  # noqa: SLF001  (Django's documented API)
        if isinstance(relation, OneToOneRel):
            column = relation.field.attname
            QuerySet(relation.related_model).filter(**{column: before}).update(**{column: now})


def end_other_sessions(person: UUID, session: str) -> None:
    """Signs a person out everywhere but in the session of this digest, whose sockets come back after commit."""
    Session.objects.filter(person=person).exclude(pk=session).delete()
    transaction.on_commit(lambda: hub.close_person(person, Close.RESTART))


def close_ended() -> None:
    """Closes on this process the sockets of sessions that have ended: another process, or a command, can end one.

    All of their person's devices come back; who has no session any more is let in no more.
    """
    open_here = {(session, person) for person in hub.people() for session in hub.sessions(person)}
    asked = [session for session, _ in open_here]
    go_on: set[str] = set()
    for first in range(0, len(asked), _AT_ONCE):
        some = Session.objects.filter(pk__in=asked[first : first + _AT_ONCE], expire_date__gt=clock.now())
        go_on.update(some.values_list("pk", flat=True))
    for person in {person for session, person in open_here if session not in go_on}:
        hub.close_person(person, Close.RESTART)


def forget_factor_given(organisation: UUID) -> None:
    """Lets no session that an organisation's sign-on made count as one with a second factor, in the caller's action."""
    for row in Session.objects.filter(sign_on=organisation, factor_given=True):
        data = _sealed(row.session_key, {**_opened(row.session_key, row.session_data), FACTOR_GIVEN: False})
        Session.objects.filter(pk=row.pk).update(session_data=data, factor_given=False)


def has_given_factor(session: str) -> bool:
    """Whether who made the session of this digest has asked a second factor."""
    return Session.objects.filter(pk=session, factor_given=True).exists()


def end_session(session: str) -> None:
    """Ends the session of this digest, after commit its sockets too."""
    Session.objects.filter(pk=session).delete()
    transaction.on_commit(lambda: hub.close_session(session))
