"""What left, or would have left, by mail in a test."""

from __future__ import annotations

import time

from zorgmessenger.delivery import outbox
from zorgmessenger.delivery.mail import Mail
from zorgmessenger.delivery.models import OutgoingMail
from zorgmessenger.delivery.return_paths import return_path


def letters(to: str) -> list[Mail]:
    """All mail to an address, the oldest first; what was only made for its time's sake is none."""
    rows = OutgoingMail.objects.exclude(state=OutgoingMail.DROPPED).order_by("created_at", "id")
    return [mail for mail in map(outbox.opened, rows) if mail.to == to]


def secret_in(mail: Mail) -> str:
    """The secret of a mail's link: what stands behind its `#`."""
    return mail.plain.split("#", 1)[1].split("\n", 1)[0]


def newest_secret(to: str) -> str:
    """The secret in the newest mail to an address."""
    return secret_in(letters(to)[-1])


def token_for(to: str) -> str:
    """What names an address, to the installation alone, in the envelope sender of a mail to it."""
    return return_path("bounces@mail.example.nl", to).partition("+")[2].partition("@")[0]


def wait_until_left() -> None:
    """Waits until the running server has handed over all mail that there is."""
    for _ in range(500):
        if not OutgoingMail.objects.filter(state=OutgoingMail.WAITING).exists():
            return
        time.sleep(0.02)
    raise AssertionError("mail is waiting still")
