"""Sign-in's doors: allauth's views, answering our way.

allauth says what is wrong in its own shape and words. Here a field that is wrong becomes 422 with our code, field and
text in the asker's language. Of what went well only that it did is told: a person's address is at `/api/v1/me`, where
reading it is logged. No password is hashed that is longer than one may be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from zorgmessenger.accounts import rules, second_step
from zorgmessenger.accounts.http import error_response
from zorgmessenger.errors import Conflict, FieldError, Invalid, RequestError, SignedOut, ZorgError

View = Callable[[HttpRequest], HttpResponseBase]

_AS_A_WHOLE = {"email_password_mismatch", "incorrect_password", "invalid_password_reset"}
"""What is wrong with none of the fields alone: the answer's own code, as allauth calls it."""


def door(view: View) -> View:
    """`view`, given only what is a JSON object that it may have, and answering our way."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            _check(_body(request))
            answer = view(request)
        except ZorgError as error:
            return error_response(request, error)
        return _ours(request, answer) if isinstance(answer, HttpResponse) else answer

    return answered


def _body(request: HttpRequest) -> object:
    """What was sent, before allauth's own reader: nesting without end and halves of characters would break that."""
    try:
        return msgspec.json.decode(request.body) if request.body else {}
    except (msgspec.DecodeError, RecursionError) as error:
        raise RequestError("no JSON", code="bad_request") from error


def _check(body: object) -> None:
    if not isinstance(body, dict):
        raise RequestError("no JSON object", code="bad_request")
    password = body.get("password")
    if isinstance(password, str) and len(password) > rules.MAX_LENGTH:
        raise Invalid(FieldError("password", "password_too_long"))


def _ours(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    told = _json(answer)
    if not told or "code" in told:
        return answer
    error = _error(answer.status_code, told.get("errors", []))
    if _waits(told):
        error = SignedOut(code="second_factor_asked")
    if error is None:
        meta = {"is_authenticated": bool(told.get("meta", {}).get("is_authenticated"))}
        ours: HttpResponse = JsonResponse({"status": answer.status_code, "meta": meta}, status=answer.status_code)
    else:
        ours = error_response(request, error)
    ours.cookies = answer.cookies
    return ours


def _json(answer: HttpResponse) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _waits(told: Mapping[str, Any]) -> bool:
    """Whether a sign-in waits for its second step."""
    flows = told.get("data", {}).get("flows", [])
    return any(flow.get("is_pending") and flow["id"] == second_step.KEY for flow in flows)


def _error(status: int, errors: list[dict[str, str]]) -> ZorgError | None:
    if errors:
        whole = next((one["code"] for one in errors if one["code"] in _AS_A_WHOLE), None)
        return Invalid(*map(_field, errors), code=whole)
    kind = next((kind for kind in (SignedOut, Conflict) if kind.status == status), None)
    if kind is not None:
        return kind()
    return RequestError(code="bad_request") if status >= RequestError.status else None


def _field(error: Mapping[str, str]) -> FieldError:
    field, code = error.get("param", ""), error["code"]
    if code in _AS_A_WHOLE:
        return FieldError(field or "password", code)
    if code == "required":
        return FieldError(field, "missing")
    if field == "password" and code in {*rules.missing(""), "too_long", "common"}:
        return FieldError(field, f"password_{code}")
    return FieldError(field, "email_invalid" if field == "email" else "invalid")
