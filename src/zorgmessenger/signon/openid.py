"""The OpenID Connect code flow with PKCE, and asking again by a refresh token.

No database here: it is called from threads that have none.

1. A token is believed when it is signed by one of the provider's own keys, with a method that only the provider can
   sign with, is meant for us, is of now, and carries our nonce (Core 1.0, 3.1.3.7).
2. What the provider tells now (UserInfo) goes before what stands in a token, which may be of when somebody signed in;
   it counts where it is about the same subject.
3. That the provider cannot be asked, or does not know *us*, says nothing about a person.
"""

from __future__ import annotations

from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwt import Token

from zorgmessenger import clock
from zorgmessenger.signon import discovery, fetching
from zorgmessenger.signon.provider import Provider
from zorgmessenger.signon.told import Denied, Told, Untrue, Useless

METHODS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
LEEWAY = 60
"""Seconds that the provider's clock may differ."""
_NO = {"invalid_grant", "access_denied", "login_required", "interaction_required", "consent_required"}
"""What a token endpoint says of a person; anything else it says of us, or of itself (RFC 6749, 5.2)."""
_SIGNED_OUT = {401, 403}


def authorization(provider: Provider, back: str, state: str, nonce: str, verifier: str) -> str:
    """Where a browser asks the provider to sign somebody in, to come back at `back`.

    Raises:
        Unreachable: the provider's document is not to be had.
    """
    end = discovery.of(provider.issuer).authorization
    with _client(provider, redirect_uri=back, scope=" ".join(provider.scopes), code_challenge_method="S256") as client:
        address, _ = client.create_authorization_url(end, state=state, nonce=nonce, code_verifier=verifier)
    return str(address)


def redeem(provider: Provider, back: str, code: str, nonce: str, verifier: str) -> Told:
    """What the provider tells for a code.

    Raises:
        Denied: the code is none (any more).
        Untrue: law 1.
        Unreachable: law 3.
    """
    with _client(provider, redirect_uri=back) as client:
        tokens = _tokens(lambda end: client.fetch_token(end, code=code, code_verifier=verifier), provider)
    if "id_token" not in tokens:
        raise Untrue("no ID token")
    return _told(provider, tokens, nonce)


def ask_again(provider: Provider, refresh: str) -> Told:
    """What the provider tells now.

    Raises:
        Denied: it takes the refresh token no longer.
        Untrue: law 1.
        Unreachable: law 3.
    """
    with _client(provider) as client:
        tokens = _tokens(lambda end: client.refresh_token(end, refresh_token=refresh), provider)
    return _told(provider, tokens, None)


def _client(provider: Provider, **more: Any) -> OAuth2Client:
    way = "client_secret_post" if discovery.of(provider.issuer).secret_in_body else "client_secret_basic"
    return OAuth2Client(
        provider.client_id,
        provider.client_secret,
        token_endpoint_auth_method=way,
        **more,
        **fetching.settings(),
    )


def _tokens(ask: Any, provider: Provider) -> dict[str, Any]:
    try:
        tokens: dict[str, Any] = ask(discovery.of(provider.issuer).token)
    except OAuthError as error:
        if error.error in _NO:
            raise Denied(error.error) from error
        raise Useless(f"the token endpoint says {error.error}") from error
    except (httpx2.HTTPError, ValueError) as error:
        raise fetching.problem("the token endpoint", error) from error
    return tokens


def _told(provider: Provider, tokens: dict[str, Any], nonce: str | None) -> Told:
    """Laws 1 and 2."""
    claims = _claims(provider, tokens, nonce) if "id_token" in tokens else {}
    now = _userinfo(provider, str(tokens.get("access_token") or ""))
    if not isinstance(now.get("sub"), str) or now["sub"] != claims.get("sub", now["sub"]):
        raise Untrue("UserInfo about another subject")
    return Told(now["sub"], {**claims, **now}, str(tokens.get("refresh_token") or ""))


def _claims(provider: Provider, tokens: dict[str, Any], nonce: str | None) -> dict[str, Any]:
    try:
        token = _signed(provider, str(tokens["id_token"]))
        options = {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        }
        given = {"client_id": provider.client_id, "access_token": tokens.get("access_token")}
        if nonce is not None:
            given["nonce"] = nonce
        claims = CodeIDToken(token.claims, token.header, options, given)
        claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise Untrue(f"the ID token: {type(error).__name__} {error}"[:200]) from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise Untrue("the ID token: no subject")
    return dict(claims)


def _signed(provider: Provider, text: str) -> Token:
    try:
        return jwt.decode(text, discovery.keys_of(provider.issuer), algorithms=METHODS)
    except InvalidKeyIdError:
        return jwt.decode(text, discovery.keys_of(provider.issuer, anew=True), algorithms=METHODS)


def _userinfo(provider: Provider, access: str) -> dict[str, Any]:
    try:
        with httpx2.Client(**fetching.settings()) as client:
            headers = {"Authorization": f"Bearer {access}", "Accept": "application/json"}
            answer = client.get(discovery.of(provider.issuer).userinfo, headers=headers)
        if answer.status_code in _SIGNED_OUT:
            raise Denied(f"UserInfo: {answer.status_code}")
        answer.raise_for_status()
        found = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise fetching.problem("UserInfo", error) from error
    if not isinstance(found, dict):
        raise Useless("UserInfo: no JSON object")
    return found
