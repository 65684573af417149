"""What carries sound and picture, as the settings name it: an address or secret that does not hold stops the start."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from zorgmessenger.errors import ConfigurationError

SHORTEST_SECRET = 32
"""Characters: a secret that is shorter could be guessed from one user name and its password, away from here."""

_TURN = "ZORG_TURN must be addresses by commas, such as turn:host:3478?transport=udp,turns:host:5349"
_TURN_SECRET = f"set ZORG_TURN_SECRET to coturn's static-auth-secret, of at least {SHORTEST_SECRET} characters"
_JANUS = (
    "ZORG_JANUS must be ws:// with an address of this machine or a private network (ws://127.0.0.1:8188), or wss://"
)
_JANUS_SECRET = f"set ZORG_JANUS_SECRET to Janus' api_secret, of at least {SHORTEST_SECRET} characters"

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_TURN_URL = re.compile(rf"turns?:{_HOST}(?::(?P<port>\d{{1,5}}))?(?:\?transport=(?:udp|tcp))?")
"""RFC 7065, section 3.1."""
_MOST_PORT = 65535


@dataclass(frozen=True)
class TurnServer:
    """Where browsers find the relay, and the secret that it shares with us."""

    urls: tuple[str, ...]
    secret: str = field(repr=False)


@dataclass(frozen=True)
class JanusServer:
    """Where Janus listens for us alone, and its `api_secret`."""

    url: str
    secret: str = field(repr=False)


def turn_server(addresses: str, secret: str) -> TurnServer | None:
    """The relay that the settings name; `None` where they name none.

    Raises:
        ConfigurationError: an address is none, or the secret too short; neither is shown.
    """
    if not addresses:
        return None
    urls = tuple(url.strip() for url in addresses.split(","))
    for url in urls:
        found = _TURN_URL.fullmatch(url)
        if not found or not 0 < int(found["port"] or 1) <= _MOST_PORT:
            raise ConfigurationError(_TURN)
    if len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(_TURN_SECRET)
    return TurnServer(urls, secret)


def janus_server(address: str, secret: str) -> JanusServer | None:
    """The Janus that the settings name; `None` where they name none.

    Raises:
        ConfigurationError: strangers could read on the way to it, or the secret is too short; neither is shown.
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigurationError(_JANUS) from error
    if not host or "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigurationError(_JANUS)
    if parts.scheme != "wss" and not (parts.scheme == "ws" and _is_ours(host)):
        raise ConfigurationError(_JANUS)
    if len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(_JANUS_SECRET)
    return JanusServer(address, secret)


def _is_ours(host: str) -> bool:
    """Whether nobody outside can be at that address."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or (address.is_private and not address.is_unspecified)
