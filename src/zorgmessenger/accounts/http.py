"""What every part of the HTTP API shares: who asks, how errors are answered, and the log of refusals.

Every unsafe request carries the CSRF token. An error is answered with a code, a text in the language of who asks, and
whether trying again helps; a refusal is logged in a transaction of its own.
"""

from __future__ import annotations

from typing import Any, cast

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie
from pydantic import ConfigDict

from zorgmessenger.accounts import refusals
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import language_of
from zorgmessenger.errors import (
    FieldError,
    Invalid,
    Refused,
    RequestError,
    SignedOut,
    TooMany,
    Unavailable,
    ZorgError,
)
from zorgmessenger.texts import has, text
from zorgmessenger.texts.wait import words

_log = structlog.get_logger()


def camel(name: str) -> str:
    """`first_name` as JSON writes it: `firstName`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


class Body(Schema):
    """A JSON object; names in camel case, unknown names refused."""

    model_config = ConfigDict(alias_generator=camel, populate_by_name=True, extra="forbid")


class SignedIn(APIKeyCookie):
    """Only for who is signed in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002  (ninja's signature)
        """The person."""
        return request.user if isinstance(request.user, Person) and request.user.is_active else None


class Anybody(SignedIn):
    """For everybody; the CSRF token is asked all the same."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        """Whoever it is."""
        return request.user


def person_of(request: HttpRequest) -> Person:
    """Who is signed in."""
    return cast("Person", request.user)


def answer_errors(api: NinjaAPI) -> None:
    """Makes `api` answer errors our way."""
    handlers: list[tuple[type[Exception], Any]] = [
        (ZorgError, _zorg_error),
        (ValidationError, _validation_error),
        (AuthenticationError, lambda request, _: _zorg_error(request, SignedOut())),
        (HttpError, _http_error),
        (Exception, _unexpected),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


def error_response(request: HttpRequest, error: ZorgError) -> HttpResponse:
    """An error as JSON."""
    language = language_of(request)
    values = {"wait": words(error.wait, language)} if isinstance(error, TooMany) else {}
    said = text(f"error.{error.code}", language, **values)
    body: dict[str, Any] = {"code": error.code, "text": said, "retry": error.retry}
    if isinstance(error, Invalid):
        body["fields"] = [_field(field, language) for field in error.fields]
    return JsonResponse(body, status=error.status)


def _field(field: FieldError, language: str) -> dict[str, str]:
    key = f"error.field.{field.code}"
    return {
        "field": field.field,
        "code": field.code,
        "text": text(key if has(key) else "error.field.invalid", language),
    }


def _zorg_error(request: HttpRequest, error: ZorgError) -> HttpResponse:
    if isinstance(error, refusals.LOGGED):
        refusals.log(request, error)
    return error_response(request, error)


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    kinds = {
        "missing": "missing",
        "string_too_long": "too_long",
        "string_too_short": "missing",
        "extra_forbidden": "unknown",
    }
    fields = [FieldError(str(one["loc"][-1])[:64], kinds.get(str(one["type"]), "invalid")) for one in error.errors[:20]]
    return error_response(request, Invalid(*fields))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == Refused.status:
        return _zorg_error(request, Refused("CSRF token missing or wrong", code="csrf"))
    return error_response(request, RequestError(code="bad_request"))


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.exception("unexpected", error=type(error).__name__, path=request.path)
    return error_response(request, Unavailable() if isinstance(error, DatabaseError) else ZorgError())
