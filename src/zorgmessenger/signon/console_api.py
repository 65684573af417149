"""The organisation's sign-on as its administrator sees it: the host sets it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from ninja import Router

from zorgmessenger.accounts.http import SignedIn
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.console.administering import entry
from zorgmessenger.console.api import administering
from zorgmessenger.organisations import teams
from zorgmessenger.signon import coming_in, provider

router = Router(tags=["console"])


@router.get("/console/sign-on", auth=SignedIn())
def shown(request: HttpRequest) -> dict[str, Any]:
    """Which provider, and what its groups give; of a group in several of `groups` the first counts."""
    proof = administering(request)
    organisation = proof.member.organisation
    record(entry(Tag.SIGN_ON_READ, proof, organisation, origin_of(request)))
    to = provider.load(organisation)
    named = {team.id: team.name for team in teams.of(organisation)} if to else {}
    return {
        "provider": urlsplit(to.issuer).netloc if to else None,
        "back": coming_in.back(organisation),
        "domains": list(to.domains) if to else [],
        "asksSecondFactor": to.asks_second_factor if to else False,
        "groups": [{"group": one.group, "role": one.role.value} for one in to.roles] if to else [],
        "teams": [{"group": one.group, "team": named.get(one.team, "")} for one in to.teams] if to else [],
    }
