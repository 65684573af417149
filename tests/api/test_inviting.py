"""Whom one may invite: no colleague and not oneself; of anybody else the answer tells nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import address_of
from tests.live import Browser
from tests.world import World
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations.models import Membership

Browse = Callable[..., Browser]


def invitation(address: str) -> dict[str, str]:
    """What the dialog sends."""
    return {"firstName": "Noor", "lastName": "Smit", "email": address}


@pytest.mark.parametrize(
    ("invited", "code"), [("bram", "email_own"), ("fatima", "email_colleague"), ("ingrid", "email_colleague")]
)
def test_staff_cannot_be_invited_as_clients(world: World, browse: Browse, invited: str, code: str) -> None:
    del world
    answer = browse("bram").ask("POST", "/api/v1/invitations", invitation(address_of(invited).upper()))
    assert answer.status == 422
    assert [(field["field"], field["code"]) for field in answer.body["fields"]] == [("email", code)]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["anna", "carla", "dora", "stranger"])
def test_the_answer_does_not_tell_who_else_has_an_account(world: World, browse: Browse, name: str) -> None:
    del world
    answer = browse("bram").ask("POST", "/api/v1/invitations", invitation(address_of(name)))
    assert answer.status == 201
    assert answer.body["email"] == address_of(name)


def test_who_no_longer_works_here_can_be_invited(world: World, browse: Browse) -> None:
    Membership.objects.filter(person_id=world.id("fatima")).update(active=False)
    assert browse("bram").ask("POST", "/api/v1/invitations", invitation(address_of("fatima"))).status == 201
