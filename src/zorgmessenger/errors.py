"""What can go wrong, by whose fault, with a stable code.

The text for the person is in the catalogue under `error.<code>`; the text for the log is the exception's message and
holds no content. `retry` says whether the same request may succeed later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


class ZorgError(Exception):
    """The base of all errors that a caller is told of."""

    code = "failed"
    status = 500
    retry = False
    logged = False
    """Whether it stands in the audit log already."""

    def __init__(self, log: str = "", *, code: str | None = None) -> None:
        if code is not None:
            self.code = code
        super().__init__(log or self.code)


class RequestError(ZorgError):
    """The request was wrong; the same request stays wrong."""

    status = 400


class NotAllowed(RequestError):
    """There is such an address, and it is not for this method."""

    code = "method_not_allowed"
    status = 405


class TooLarge(RequestError):
    """More was sent than anybody reads."""

    code = "too_large"
    status = 413


class TooSlow(RequestError):
    """The request did not come whole in time."""

    code = "too_slow"
    status = 408
    retry = True


class Refused(ZorgError):
    """Somebody may not do this. Refusals are logged; `NotFound` is what a stranger to the object is shown."""

    code = "forbidden"
    status = 403


class SignedOut(Refused):
    """Nobody is signed in, and only who is may ask this."""

    code = "sign_in_first"
    status = 401


class NotFound(ZorgError):
    """There is no such thing, or none that this person may know of: both look the same."""

    code = "not_found"
    status = 404


class Conflict(ZorgError):
    """The request does not fit the present state of things."""

    code = "conflict"
    status = 409


class TooMany(ZorgError):
    """A limit on attempts was reached; `wait` is how long until it starts anew."""

    code = "too_many"
    status = 429
    retry = True

    def __init__(self, log: str = "", *, wait: timedelta = timedelta(minutes=15)) -> None:
        self.wait = wait
        super().__init__(log)


class Unavailable(ZorgError):
    """Our fault and passing: nothing was done."""

    code = "unavailable"
    status = 503
    retry = True


class StorageFull(ZorgError):
    """There is no room where files are kept: nothing was stored."""

    code = "storage_full"
    status = 507
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

    def __init__(self, *fields: FieldError, code: str | None = None) -> None:
        self.fields = fields
        self.code = code or self.code
        super().__init__(", ".join(f"{f.field}: {f.code}" for f in fields))


class ConfigurationError(Exception):
    """The installation is not set up right; the message says what to do."""
