"""One's own password, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, JsonResponse
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger.accounts import own_password, rules
from zorgmessenger.accounts.http import Body, SignedIn
from zorgmessenger.realtime.hub import hub
from zorgmessenger.realtime.protocol import Close

router = Router(tags=["accounts"])
Password = Annotated[str, StringConstraints(min_length=1, max_length=rules.MAX_LENGTH)]


class NewPassword(Body):
    """The present password, and the one to take its place."""

    present: Password
    password: Password


class Changed(JsonResponse):
    """What brings a browser its new cookie. Its sockets are closed behind it: without that cookie none comes back."""

    def __init__(self, session: str) -> None:
        super().__init__({})
        self._session = session

    def close(self) -> None:
        """Once it has gone out."""
        super().close()
        hub.close_session(self._session, Close.RESTART)


@router.put("/me/password", auth=SignedIn())
def change(request: HttpRequest, body: NewPassword) -> Any:
    """Chooses a new password; signs out everywhere but here."""
    return Changed(own_password.change(request, body.present, body.password))
