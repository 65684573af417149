"""From where somebody acts."""

from __future__ import annotations

from ipaddress import ip_address

from msgspec import Struct


class Origin(Struct, frozen=True):
    """Network address, and a digest of the session (never the session's own key)."""

    address: str = ""
    session: str = ""


NOWHERE = Origin()
"""The host's own commands."""


def network_address(said: str) -> str:
    """`said` where it is a network address, else nothing: a proxy may pass on any words that a visitor put there."""
    try:
        return "" if "%" in said else str(ip_address(said))
    except ValueError:
        return ""
