"""What a provider's claims mean here: pure functions.

SON-1 Only groups that the host named count; the first named of those that somebody is in says what they are.
SON-2 A provider that does not tell somebody's groups has not said that they are in none.
SON-3 An address counts where the provider does not call it unverified and its domain is one of the organisation's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts.rules import clean_address, clean_name

Claims = Mapping[str, Any]


class Untold(Exception):
    """The provider does not say which groups somebody is in; the message says what it says instead."""


def groups_in(claims: Claims, name: str) -> frozenset[str]:
    """The groups in the claim `name`, one text or a list of texts; SON-2.

    Raises:
        Untold: it is not there, or says where else to ask (Entra ID's overage: more groups than fit in a token).
    """
    if name not in claims:
        pointed = claims.get("_claim_names")
        elsewhere = (isinstance(pointed, dict) and name in pointed) or bool(claims.get("hasgroups"))
        raise Untold("more groups than the provider tells" if elsewhere else "no such claim")
    said = claims[name]
    texts = [said] if isinstance(said, str) else said
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise Untold("no texts")
    return frozenset(texts)


def role_of(roles: Iterable[tuple[str, Role]], groups: frozenset[str]) -> Role | None:
    """SON-1."""
    return next((role for group, role in roles if group in groups), None)


def address_in(claims: Claims, domains: Iterable[str]) -> str | None:
    """SON-3: the address, in the form in which we keep it; None where none counts."""
    said = claims.get("email")
    address = clean_address(said) if isinstance(said, str) else None
    if address is None or claims.get("email_verified") in (False, "false"):
        return None
    return address if address.rpartition("@")[2] in domains else None


def name_in(claims: Claims) -> tuple[str, str] | None:
    """First and last name; None where the provider tells none that is a name."""
    first, last = (clean_name(_text(claims, key)) for key in ("given_name", "family_name"))
    if first is None or last is None:
        whole, _, rest = _text(claims, "name").strip().partition(" ")
        first, last = clean_name(whole), clean_name(rest)
    return None if first is None or last is None else (first, last)


def _text(claims: Claims, key: str) -> str:
    said = claims.get(key)
    return said if isinstance(said, str) else ""
