"""How an organisation looks and what it says, over HTTP; its logo, for its members."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.console import branding
from zorgmessenger.console.api import administering
from zorgmessenger.console.rules import MOST_WORDS, clean_words, is_colour
from zorgmessenger.errors import FieldError, Invalid, NotFound
from zorgmessenger.organisations import look, members

router = Router(tags=["console"])
Words = Annotated[str, StringConstraints(max_length=MOST_WORDS)]


class Look(Body):
    """Colour, words in each language, and for how many days an invitation holds."""

    accent: Annotated[str, StringConstraints(max_length=7)]
    introduction_nl: Words
    introduction_en: Words
    invitation_days: Literal[7, 14, 21, 30, 60, 90]


@router.get("/console/look", auth=SignedIn())
def shown(request: HttpRequest) -> dict[str, Any]:
    """How the organisation looks now."""
    found = branding.shown(administering(request))
    return {
        "name": found.name,
        "accent": found.accent,
        "logo": found.logo,
        "introductionNl": found.introductions["nl"],
        "introductionEn": found.introductions["en"],
        "invitationDays": found.invitation_days,
    }


@router.put("/console/look", auth=SignedIn())
def change(request: HttpRequest, body: Look) -> dict[str, str]:
    """Sets it."""
    proof = administering(request)
    words = {"Nl": clean_words(body.introduction_nl), "En": clean_words(body.introduction_en)}
    wrong = [FieldError(f"introduction{language}", "words") for language, said in words.items() if said is None]
    if not is_colour(body.accent):
        wrong.append(FieldError("accent", "colour"))
    if wrong:
        raise Invalid(*wrong)
    said = {language.lower(): text or "" for language, text in words.items()}
    branding.change(proof, body.accent.lower(), said, body.invitation_days, origin_of(request))
    return {}


@router.put("/console/logo", auth=SignedIn())
def set_logo(request: HttpRequest) -> dict[str, str]:
    """Makes the picture that is the body the logo; an empty body removes it."""
    proof = administering(request)
    branding.set_logo(proof, request.body, origin_of(request))
    return {"logo": look.logo_path(proof.member.organisation)}


@router.get("/organisations/{organisation}/logo", auth=SignedIn())
def logo(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The logo of an organisation that one belongs to: a PNG that we made ourselves."""
    member = members.find(person_of(request).id, organisation)
    picture = look.logo(organisation) if member else None
    if picture is None:
        raise NotFound("no such logo for this person")
    headers = {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=600",
    }
    return HttpResponse(picture, headers=headers)
