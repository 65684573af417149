"""From where somebody acts."""

from __future__ import annotations

from msgspec import Struct


class Origin(Struct, frozen=True):
    """Network address, and a digest of the session (never the session's own key)."""

    address: str = ""
    session: str = ""


NOWHERE = Origin()
"""The host's own commands."""
