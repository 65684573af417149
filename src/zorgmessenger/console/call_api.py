"""How video calls go, over HTTP, for the administrator."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger.accounts.http import Body, SignedIn
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.console import calls
from zorgmessenger.console.api import administering
from zorgmessenger.organisations.call_rules import CallRules

router = Router(tags=["console"])
Question = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]


class Questions(Body):
    """What who waits is asked, by language; empty: in the app's own words."""

    nl: Question
    en: Question


class NewRules(Body):
    """Whether clients wait until staff let them in, and what they are asked then."""

    waiting_room: bool
    question: Questions


@router.get("/console/calls", auth=SignedIn())
def shown(request: HttpRequest) -> dict[str, Any]:
    """The rules that hold."""
    found = calls.shown(administering(request))
    question = {language: found.question.get(language, "") for language in ("nl", "en")}
    return {"waitingRoom": found.waiting_room, "question": question}


@router.put("/console/calls", auth=SignedIn())
def change(request: HttpRequest, body: NewRules) -> dict[str, str]:
    """Sets them."""
    question = {language: words for language, words in body.question.model_dump().items() if words}
    calls.change(administering(request), CallRules(body.waiting_room, question), origin_of(request))
    return {}
