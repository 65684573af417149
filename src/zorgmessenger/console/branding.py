"""What clients and staff see of an organisation: its colour, its logo, its own words; and how long invitations hold."""

from __future__ import annotations

from dataclasses import dataclass

from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.accounts import limits
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console import logo
from zorgmessenger.console.administering import changing, entry
from zorgmessenger.organisations import look
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.origin import Origin


@dataclass(frozen=True)
class Look:
    """How an organisation looks, and what it says, by language."""

    name: str
    accent: str
    logo: str
    introductions: dict[str, str]
    invitation_days: int


def shown(proof: MayAdminister) -> Look:
    """As it is now; nothing of it is about a person."""
    row = Organisation.objects.get(pk=proof.member.organisation)
    introductions = {language: look.introduction(row.id, language) for language in look.LANGUAGES}
    return Look(row.name, row.accent, look.logo_path(row.id), introductions, look.invitation_days(row.id))


def change(proof: MayAdminister, accent: str, introductions: dict[str, str], days: int, origin: Origin) -> None:
    """Sets colour, words and days; all of them checked before."""
    organisation = proof.member.organisation
    with changing(proof) as log:
        Organisation.objects.filter(pk=organisation).update(accent=accent)
        look.set_words(organisation, introductions, days)
        log(entry(Tag.LOOK_CHANGED, proof, organisation, origin, f"accent={accent} days={days}"))


def set_logo(proof: MayAdminister, sent: bytes, origin: Origin) -> None:
    """Shows this picture from now on; an empty one for none.

    Raises:
        RequestError, Invalid, Unavailable: as `logo.remade`.
        TooMany: too many in an hour.
    """
    organisation = proof.member.organisation
    limits.check(limits.LOGOS, str(organisation))
    picture = logo.remade(sent) if sent else None
    with changing(proof) as log:
        look.set_logo(organisation, picture)
        log(entry(Tag.LOOK_CHANGED, proof, organisation, origin, "logo" if picture else "no logo"))
