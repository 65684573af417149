"""Where a browser says that it can be pushed to: an address that somebody gives, so it may lead to nothing of ours.

1. It is `https`, with a host and nothing that signs in.
2. Every address that the host has when it is connected to is a public one, and to that very address it goes: a name
   that is looked up twice may lead to two places.
3. A redirect is not followed.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from zorgmessenger.errors import FieldError, Invalid

LONGEST = 1_000
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 by way of IPv6 (RFC 6052): it leads to any address, private ones too."""


class NotPublic(Exception):
    """The host leads to a place that is not for everybody."""


def checked(endpoint: str) -> SplitResult:
    """The parts of an address (rule 1).

    Raises:
        Invalid: it is none to push to.
    """
    try:
        parts = urlsplit(endpoint)
        plain = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        plain = None
    if not plain or len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        raise Invalid(FieldError("endpoint", "invalid"))
    return parts


def public_address(host: str, port: int) -> str:
    """The address to connect to (rule 2).

    Raises:
        NotPublic: one of its addresses is of this machine, of a private network or otherwise not for everybody.
        OSError: the name leads nowhere.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(one) for one in found):
        raise NotPublic
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address of the Internet protocol is one of the Internet."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in _TRANSLATED or found.sixtofour or found.teredo:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast
