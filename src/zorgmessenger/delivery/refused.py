"""Addresses that mail does not reach.

A mail server refused them (5xx to `RCPT TO`; RFC 5321, section 4.2.1), or a mail came back (`delivery.bounces`).
Kept as keyed digests. Forgotten as soon as the server takes a mail for the address again.
"""

from __future__ import annotations

import hashlib
import hmac

from zorgmessenger import clock
from zorgmessenger.crypto.derived import derived
from zorgmessenger.delivery.models import RefusedAddress

DIGEST = 10
"""Bytes of a digest: as many as an envelope sender has room for (`delivery.return_paths`)."""


def digest(address: str) -> bytes:
    """What stands for an address, here and in what comes back from it; who has no key cannot tell whose it is."""
    return hmac.digest(derived("refused addresses"), address.strip().lower().encode(), hashlib.sha256)[:DIGEST]


def note(address: str) -> bool:
    """Notes that mail for an address was refused; gives whether that is new."""
    return note_digest(digest(address))


def note_digest(of: bytes) -> bool:
    """Notes the same for the address of this digest."""
    _, new = RefusedAddress.objects.get_or_create(pk=of.hex(), defaults={"at": clock.now()})
    return new


def forget(address: str) -> None:
    """Mail for it was taken."""
    RefusedAddress.objects.filter(pk=digest(address).hex()).delete()


def is_refused(address: str) -> bool:
    """Whether mail for it was refused last."""
    return RefusedAddress.objects.filter(pk=digest(address).hex()).exists()
