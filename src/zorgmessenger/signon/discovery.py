"""A provider's own document (OpenID Connect Discovery 1.0) and its keys (RFC 7517), kept in this process for an hour.

A key that is not among those that are kept makes them be fetched anew, at most once in a minute: providers change
keys without telling.
"""

from __future__ import annotations

import time
from typing import Any

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from zorgmessenger.signon import fetching
from zorgmessenger.signon.told import Useless

LASTS = 3600.0
KEYS_AGAIN_AFTER = 60.0


class Document(Struct, frozen=True):
    """Where a provider answers what, and how."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    secret_in_body: bool
    """Whether it takes the client's secret in the body alone (`client_secret_post`)."""
    tells_issuer: bool
    """Whether it says with a code whose it is (RFC 9207)."""


class _Kept(Struct):
    document: Document
    until: float
    keys: KeySet | None = None
    keys_at: float = 0.0


_kept: dict[str, _Kept] = {}


def of(issuer: str) -> Document:
    """The document of an issuer.

    Raises:
        Unreachable: it is not to be had, or does not hold; the message says what is wrong.
    """
    return _found(issuer).document


def keys_of(issuer: str, *, anew: bool = False) -> KeySet:
    """The keys by which its tokens are signed; `anew`, fetched again unless they just were.

    Raises:
        Unreachable: they are not to be had.
    """
    found, now = _found(issuer), time.monotonic()
    age = now - found.keys_at
    if found.keys is None or age > LASTS or (anew and age > KEYS_AGAIN_AFTER):
        try:
            found.keys = KeySet.import_key_set(fetching.document(found.document.keys))  # type: ignore[arg-type]  # judged there
        except (httpx2.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise fetching.problem(f"no keys at {found.document.keys}", error) from error
        found.keys_at = now
    return found.keys


def forget() -> None:
    """Forgets all that is kept."""
    _kept.clear()


def _found(issuer: str) -> _Kept:
    found = _kept.get(issuer)
    if found is None or found.until < time.monotonic():
        found = _kept[issuer] = _Kept(_fetched(issuer), time.monotonic() + LASTS)
    return found


def _fetched(issuer: str) -> Document:
    address = issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        said = fetching.document(address)
    except (httpx2.HTTPError, ValueError, TypeError) as error:
        raise fetching.problem(f"no provider's document at {address}", error) from error
    if said.get("issuer") != issuer:
        raise Useless(f"the document at {address} is of another issuer: {said.get('issuer')}")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    ends = {name: str(said.get(name) or "") for name in names}
    wrong = [name for name, end in ends.items() if not _may_name(issuer, end)]
    if wrong:
        raise Useless(f"the document at {address} has no {' and no '.join(wrong)} over https")
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if not {"client_secret_basic", "client_secret_post"} & set(ways):
        raise Useless(f"the provider takes no client secret, only {', '.join(map(_text, ways))}")
    authorization, token, keys, userinfo = ends.values()
    return Document(
        authorization,
        token,
        keys,
        userinfo,
        secret_in_body="client_secret_basic" not in ways,
        tells_issuer=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _may_name(issuer: str, end: str) -> bool:
    return fetching.is_ours_to_ask(end) and (fetching.is_here(issuer) or not fetching.is_here(end))


def _text(said: Any) -> str:
    return str(said)[:40]
