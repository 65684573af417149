"""Limits on attempts that hold under parallel guesses, in several processes and over restarts.

Each try adds one to a row in the database in one statement and looks at the outcome, before anything is compared. What
is counted (an address, a network address) is kept as a keyed digest only: who reads the table without the keys cannot
find out by guessing whether somebody's address is in it. If the count cannot be written, the attempt fails.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from zorgmessenger import clock, sql
from zorgmessenger.accounts.models import Attempt
from zorgmessenger.crypto.derived import derived
from zorgmessenger.errors import TooMany


@dataclass(frozen=True)
class Limit:
    """At most `times` in a window of `minutes`."""

    name: str
    times: int
    minutes: int


SIGN_IN_ADDRESS = Limit("sign_in_address", 10, 15)
SIGN_IN_NETWORK = Limit("sign_in_network", 200, 15)
RESET_ADDRESS = Limit("reset_address", 3, 60)
RESET_NETWORK = Limit("reset_network", 30, 60)
SECOND_FACTOR_SESSION = Limit("second_factor_session", 10, 15)
SECOND_FACTOR_NETWORK = Limit("second_factor_network", 10, 15)
SECOND_FACTOR_DAY = Limit("second_factor_day", 100, 60 * 24)
SIGN_ON_NETWORK = Limit("sign_on_network", 600, 15)
PASSKEY_NETWORK = Limit("passkey_network", 300, 15)
FACTOR_RECOVERIES = Limit("factor_recoveries", 20, 60 * 24)
FACTOR_RECOVERY_LINKS = Limit("factor_recovery_links", 60, 15)
INVITATION_LOOK = Limit("invitation_look", 120, 15)
INVITATIONS_SENT = Limit("invitations_sent", 60, 60)
MAIL_RECIPIENT = Limit("mail_recipient", 6, 60 * 24)
IMPORTS = Limit("imports", 20, 60)
LOGOS = Limit("logos", 30, 60)
CALLS_STARTED = Limit("calls_started", 60, 60)
MESSAGES_BY_HTTP = Limit("messages_by_http", 600, 1)
FILES_BEGUN = Limit("files_begun", 300, 60)
PAGES_MADE = Limit("pages_made", 2_000, 60)
GROUP_PICTURES = Limit("group_pictures", 30, 60)
REFUSALS_LOGGED = Limit("refusals_logged", 60, 1)
BREAK_GLASS = Limit("break_glass", 10, 60 * 24)
DIGESTS = Limit("digests", 12, 60 * 24)
PUSHES_SWITCHED = Limit("pushes_switched", 60, 60)
TEST_NOTIFICATIONS = Limit("test_notifications", 5, 60)
REGISTRATIONS = Limit("registrations", 60, 60)


def check(limit: Limit, value: str) -> None:
    """Counts one attempt for `value`.

    Raises:
        TooMany: there were too many already; this one counts as well.
    """
    counted, wait = count(limit, value)
    if counted > limit.times:
        raise TooMany(f"{limit.name}: {counted} in {limit.minutes} minutes", wait=wait)


def count(limit: Limit, value: str) -> tuple[int, timedelta]:
    """Counts one attempt for `value`; gives how many there were in this window, and how long it lasts still."""
    dialect = sql.dialect(connection.vendor)
    now = clock.now()
    ends = dialect.time(now + timedelta(minutes=limit.minutes))
    with dialect.writing(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_attempt (key, count, window_ends) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN accounts_attempt.window_ends <= %s THEN 1 ELSE accounts_attempt.count + 1 END,"
            " window_ends = CASE WHEN accounts_attempt.window_ends <= %s THEN excluded.window_ends"
            " ELSE accounts_attempt.window_ends END RETURNING count, window_ends",
            [_key(limit, value), ends, dialect.time(now), dialect.time(now)],
        )
        counted, window_ends = cursor.fetchone()
    return counted, dialect.read_time(window_ends) - now


def clear(limit: Limit, value: str) -> None:
    """Forgets the attempts for `value`."""
    Attempt.objects.filter(pk=_key(limit, value)).delete()


def sweep() -> None:
    """Removes rows whose window is over."""
    Attempt.objects.filter(window_ends__lt=clock.now()).delete()


def _key(limit: Limit, value: str) -> str:
    counted = f"{limit.name}|{value.strip().lower()}".encode()
    return hmac.digest(derived("attempts"), counted, hashlib.sha256).hex()
