"""Addresses that a mail server will not take mail for (an answer of 5xx to `RCPT TO`; RFC 5321, section 4.2.1).

Kept as keyed digests. Forgotten as soon as the server takes a mail for the address again.
"""

from __future__ import annotations

import hashlib
import hmac

from zorgmessenger import clock
from zorgmessenger.crypto.derived import derived
from zorgmessenger.delivery.models import RefusedAddress


def note(address: str) -> bool:
    """Notes that mail for an address was refused; gives whether that is new."""
    _, new = RefusedAddress.objects.get_or_create(pk=_key(address), defaults={"at": clock.now()})
    return new


def forget(address: str) -> None:
    """Mail for it was taken."""
    RefusedAddress.objects.filter(pk=_key(address)).delete()


def is_refused(address: str) -> bool:
    """Whether mail for it was refused last."""
    return RefusedAddress.objects.filter(pk=_key(address)).exists()


def _key(address: str) -> str:
    return hmac.digest(derived("refused addresses"), address.strip().lower().encode(), hashlib.sha256).hex()
