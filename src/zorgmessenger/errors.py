"""What can go wrong, by whose fault, with a stable code.

The text for the person is in the catalogue under `error.<code>`; the text for the log is the exception's message and
holds no content. `retry` says whether the same request may succeed later.
"""

from __future__ import annotations

from dataclasses import dataclass


class ZorgError(Exception):
    """The base of all errors that a caller is told of."""

    code = "failed"
    status = 500
    retry = False

    def __init__(self, log: str = "", *, code: str | None = None) -> None:
        if code is not None:
            self.code = code
        super().__init__(log or self.code)


class RequestError(ZorgError):
    """The request was wrong; the same request stays wrong."""

    status = 400


class Refused(ZorgError):
    """Somebody may not do this. Refusals are logged; `NotFound` is what a stranger to the object is shown."""

    code = "forbidden"
    status = 403


class NotFound(ZorgError):
    """There is no such thing, or none that this person may know of: both look the same."""

    code = "not_found"
    status = 404


class Conflict(ZorgError):
    """The request does not fit the present state of things."""

    code = "conflict"
    status = 409


class TooMany(ZorgError):
    """A limit on attempts was reached."""

    code = "too_many"
    status = 429
    retry = True


class Unavailable(ZorgError):
    """Our fault and passing: nothing was done."""

    code = "unavailable"
    status = 503
    retry = True


@dataclass(frozen=True)
class FieldError:
    """One field that is wrong: its name in the request, and a code with a text `error.field.<code>`."""

    field: str
    code: str


class Invalid(ZorgError):
    """Fields of the request do not hold what they must."""

    code = "invalid"
    status = 422

    def __init__(self, *fields: FieldError) -> None:
        self.fields = fields
        super().__init__(", ".join(f"{f.field}: {f.code}" for f in fields))


class ConfigurationError(Exception):
    """The installation is not set up right; the message says what to do."""
