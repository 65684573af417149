"""The outbox: mail is sealed into the database with the action it tells of, and leaves after commit.

`Sender` is one thread that takes what waits. A mail that the server does not take is tried again, later each time, for
about a day.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import close_old_connections, transaction

from zorgmessenger import clock, ids
from zorgmessenger.crypto.envelope import Unsealable, place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.delivery import refused
from zorgmessenger.delivery.mail import Mail, compose
from zorgmessenger.delivery.models import OutgoingMail
from zorgmessenger.delivery.return_paths import return_path

_log = structlog.get_logger()
_TRIES = 14
_wake = threading.Event()


def put(
    to: str, template: str, language: str, values: dict[str, str], *, send: bool = True, introduction: str = ""
) -> None:
    """Puts a mail in the outbox, in the caller's transaction. Without `send` the same is done and nothing leaves."""
    mail = compose(to, template, language, values, introduction)
    now = clock.now()
    row = OutgoingMail(
        id=ids.new(),
        state=OutgoingMail.WAITING if send else OutgoingMail.DROPPED,
        next_try=now,
        created_at=now,
    )
    parts = json.dumps([mail.to, mail.subject, mail.plain, mail.html]).encode()
    row.sealed = keyring().installation().seal(parts, _place(row.id))
    row.save(force_insert=True)
    transaction.on_commit(_wake.set)


def opened(row: OutgoingMail) -> Mail:
    """The mail in a row."""
    return Mail(*json.loads(keyring().installation().open(bytes(row.sealed), _place(row.id))))


def kept() -> Iterator[tuple[datetime, Mail]]:
    """What the local mailbox holds, newest first, at most 100."""
    for row in OutgoingMail.objects.filter(state=OutgoingMail.KEPT).order_by("-created_at", "-id")[:100]:
        try:
            yield row.created_at, opened(row)
        except Unsealable:
            continue


def _place(row: UUID) -> bytes:
    return place("delivery_outgoingmail", "sealed", row)


class Transport(Protocol):
    """Where mail goes. `keeps`: what it delivered stays in the outbox, sealed."""

    keeps: bool

    def deliver(self, mail: Mail) -> None: ...


class LocalMailbox:
    """No mail server: mail stays here, to be read on the local mailbox page."""

    keeps = True

    def deliver(self, mail: Mail) -> None:
        """Leaves it where it is."""


class Smtp:
    """A mail server (RFC 5321), with STARTTLS for `smtp://` to another machine and TLS for `smtps://`.

    Mail comes back to an address of its own at `bounces` (`delivery.return_paths`); if that is empty, to the sender's.
    """

    keeps = False

    def __init__(self, url: str, sender: str, bounces: str = "") -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._bounces = bounces

    def deliver(self, mail: Mail) -> None:
        """Hands one mail over."""
        url = self._url
        local = url.hostname in {"127.0.0.1", "localhost", "::1"}
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=url.hostname,
            port=url.port or (465 if url.scheme == "smtps" else 587),
            username=unquote(url.username or ""),
            password=unquote(url.password or ""),
            use_ssl=url.scheme == "smtps",
            use_tls=url.scheme == "smtp" and not local,
            timeout=20,
        )
        message = EmailMultiAlternatives(
            mail.subject,
            mail.plain,
            return_path(self._bounces, mail.to) if self._bounces else self._sender,
            [mail.to],
            headers={"Auto-Submitted": "auto-generated", "From": self._sender},
            connection=connection,
        )
        message.attach_alternative(mail.html, "text/html")
        message.send()


class Sender(threading.Thread):
    """Takes what waits, one at a time. `refused` is called with an address that the server refuses for good.

    The mail is tried again all the same: an address may be mended.
    """

    def __init__(self, transport: Transport, refused: Callable[[str], object] = refused.note) -> None:
        super().__init__(name="mail", daemon=True)
        self._transport = transport
        self._refused = refused
        self._stopping = False

    def run(self) -> None:
        """Runs until `stop`."""
        while not self._stopping:
            _wake.clear()
            try:
                close_old_connections()
                self.send_waiting()
            except Exception:  # noqa: BLE001  (the thread must outlive a passing fault of the database)
                _log.exception("outbox")
            _wake.wait(5)

    def stop(self) -> None:
        """Ends the thread."""
        self._stopping = True
        _wake.set()
        if self.is_alive():
            self.join(25)

    def send_waiting(self) -> int:
        """Sends all that is due; gives how many left."""
        OutgoingMail.objects.filter(state=OutgoingMail.DROPPED).delete()
        due = OutgoingMail.objects.filter(state=OutgoingMail.WAITING, next_try__lte=clock.now()).order_by("next_try")
        return sum(self._send(row) for row in due[:100])

    def _send(self, row: OutgoingMail) -> bool:
        again = clock.now() + timedelta(minutes=min(2**row.attempts, 240))
        mine = OutgoingMail.objects.filter(pk=row.pk, state=OutgoingMail.WAITING, attempts=row.attempts)
        if not mine.update(attempts=row.attempts + 1, next_try=again):
            return False
        try:
            self._hand_over(opened(row))
        except Exception as error:  # noqa: BLE001  (a mail that cannot be sent, for whatever reason, holds up no other)
            _log.warning("mail not delivered", mail=str(row.pk), attempt=row.attempts + 1, error=type(error).__name__)
            if row.attempts + 1 >= _TRIES:
                OutgoingMail.objects.filter(pk=row.pk).delete()
            return False
        done = OutgoingMail.objects.filter(pk=row.pk)
        if self._transport.keeps:
            done.update(state=OutgoingMail.KEPT)
        else:
            done.delete()
        return True

    def _hand_over(self, mail: Mail) -> None:
        try:
            self._transport.deliver(mail)
        except SMTPRecipientsRefused as error:
            if _for_good(error):
                self._refused(mail.to)
            raise
        refused.forget(mail.to)


def _for_good(error: SMTPRecipientsRefused) -> bool:
    """Whether the server says that it does not take mail for it at all (5xx; RFC 5321, section 4.2.1)."""
    return all(500 <= code < 600 for code, _ in error.recipients.values())  # noqa: PLR2004  (5xx)
