"""A client's safety plan, theirs and of who treats them. PLN-1 … PLN-4."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.cast import address_of
from tests.live import Answer, Browser
from tests.plans import TEXTS, plan
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations.models import CareRelation
from zorgmessenger.plans.models import PlanVersion

Browse = Callable[..., Browser]
SISTER = {"name": "Lotte, mijn zus", "number": "06-1234 5678"}


def at(world: World, name: str = "anna") -> str:
    """Where somebody's plan is."""
    return f"/api/v1/clients/{world.id(name)}/plan"


def test_pln_1_a_client_and_their_practitioner_make_it_together(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    empty = anna.ask("GET", at(world))
    assert (empty.status, empty.body["version"]) == (200, 0)
    mine = plan(redSigns="Ik slaap niet meer", people=[SISTER])
    assert anna.ask("PUT", at(world), mine).body["version"] == 1
    seen = bram.ask("GET", at(world)).body
    assert (seen["redSigns"], seen["people"]) == ("Ik slaap niet meer", [SISTER])
    assert (seen["changedBy"]["firstName"], seen["version"]) == ("Anna", 1)
    saved = bram.ask("PUT", at(world), plan(1, redSigns="Ik slaap niet meer", redOwn="Ik bel Lotte")).body
    assert (saved["version"], saved["changedBy"]["firstName"], saved["people"]) == (2, "Bram", [])
    read = anna.ask("GET", at(world)).body
    assert read == saved


def test_pln_1_a_care_relation_counts_as_long_as_it_lasts(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert bram.ask("GET", at(world, "joris")).status == 404
    reached = {"email": address_of("joris"), "reason": "Fatima is ziek en Joris belde"}
    assert bram.ask("POST", "/api/v1/break-glass", reached).status == 201
    assert bram.ask("GET", at(world, "joris")).status == 200
    assert bram.ask("PUT", at(world, "joris"), plan()).status == 200
    CareRelation.objects.filter(staff_id=world.id("bram"), client_id=world.id("joris")).update(
        until=clock.now() - timedelta(minutes=1)
    )
    assert bram.ask("GET", at(world, "joris")).status == 404
    assert bram.ask("PUT", at(world, "joris"), plan(1)).status == 404


def test_pln_1_a_stand_in_of_another_role_does_not_treat(world: World, browse: Browse) -> None:
    organisations.relate(world.organisation, world.id("anna"), world.id("ingrid"))
    organisations.relate(world.organisation, world.id("anna"), world.id("fatima"))
    assert browse("ingrid").ask("GET", at(world)).status == 404
    assert browse("fatima").ask("GET", at(world)).status == 200


def test_pln_1_each_organisation_has_a_plan_of_its_own(world: World, browse: Browse) -> None:
    with audited() as log:
        organisations.add_member(log, world.organisation, world.id("dora"), Role.CLIENT)
    dora, carla = browse("dora"), browse("carla")
    here, elsewhere = (f"{at(world, 'dora')}?organisation={one}" for one in (world.organisation, world.elsewhere))
    assert dora.ask("PUT", here, plan(helps="muziek")).status == 200
    assert dora.ask("GET", elsewhere).body["version"] == 0
    assert carla.ask("GET", elsewhere).body["helps"] == ""
    assert carla.ask("GET", here).status == 404
    assert dora.ask("GET", f"{at(world, 'dora')}?organisation={world.id('anna')}").status == 404


def test_pln_2_bounds_are_told_by_their_field(world: World, browse: Browse) -> None:
    anna = browse("anna")

    def refused(answer: Answer) -> tuple[int, list[tuple[str, str]]]:
        return answer.status, [(one["field"], one["code"]) for one in answer.body.get("fields", [])]

    for name in TEXTS:
        assert refused(anna.ask("PUT", at(world), plan(**{name: "x" * 2001}))) == (422, [(name, "too_long")])
    people = [SISTER, {"name": "", "number": "112"}, {"name": "Buurman", "number": "bel aan"}]
    wrong = [("people.1.name", "missing"), ("people.2.number", "phone")]
    assert refused(anna.ask("PUT", at(world), plan(people=people))) == (422, wrong)
    assert anna.ask("PUT", at(world), plan(people=[SISTER] * 11)).status == 422
    assert anna.ask("PUT", at(world), plan(people=[{**SISTER, "score": 3}])).status == 422
    for version in (-1, 2**31 - 1, "x", None, 1.5):
        assert anna.ask("PUT", at(world), {**plan(), "version": version}).status == 422
    assert not PlanVersion.objects.exists()
    full = plan(people=[{**SISTER, "number": ""}] * 10, **dict.fromkeys(TEXTS, "☃" * 2000))
    assert anna.ask("PUT", at(world), json.dumps(full, ensure_ascii=False).encode()).status == 200


def test_pln_3_who_comes_second_gets_the_newer_one_and_overwrites_nothing(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    assert anna.ask("PUT", at(world), plan(helps="wandelen")).status == 200
    assert bram.ask("PUT", at(world), plan(1, helps="wandelen en bellen")).status == 200
    for version in (0, 1, 3):
        late = anna.ask("PUT", at(world), plan(version, helps="zwemmen"))
        assert (late.status, late.body["code"], late.body["retry"]) == (409, "plan_changed", False)
        assert (late.body["newest"]["version"], late.body["newest"]["helps"]) == (2, "wandelen en bellen")
    assert anna.ask("PUT", at(world), plan(2, helps="zwemmen")).body["version"] == 3
    kept = PlanVersion.objects.order_by("version")
    assert [row.plan.helps for row in kept] == ["wandelen", "wandelen en bellen", "zwemmen"]
    seen = AuditEntry.objects.filter(tag=Tag.PLAN_READ, actor=world.id("anna"))
    assert [entry.detail for entry in seen] == ["2"] * 3, "what came with a refusal was read"


def test_pln_3_of_saves_at_the_same_moment_one_is_done(world: World, browse: Browse) -> None:
    browsers = [browse(name) for name in ("anna", "bram") * 3]

    def save(browser: Browser) -> int:
        return browser.ask("PUT", at(world), plan(helps="wandelen")).status

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert sorted(pool.map(save, browsers)) == [200] + [409] * 5
    assert PlanVersion.objects.count() == 1


def test_pln_4_reading_saving_and_being_refused_is_logged_about_the_client(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    anna.ask("PUT", at(world), plan(helps="wandelen"))
    bram.ask("GET", at(world))
    for name in ("petra", "fatima", "carla", "joris"):
        assert browse(name).ask("GET", at(world)).status == 404
    entries = AuditEntry.objects.filter(subject=world.id("anna"), object=str(world.id("anna"))).order_by("position")
    assert [(entry.tag, entry.actor, entry.role, entry.detail) for entry in entries[:2]] == [
        (Tag.PLAN_SAVED, world.id("anna"), "client", "1"),
        (Tag.PLAN_READ, world.id("bram"), "practitioner", "1"),
    ]
    refused = [(entry.organisation, entry.actor, entry.role) for entry in entries[2:]]
    assert refused == [
        (world.organisation, world.id(name), role)
        for name, role in (("petra", "planner"), ("fatima", "practitioner"), ("carla", ""), ("joris", "client"))
    ]


def test_who_may_read_it_is_told_of_a_newer_one_and_not_what_it_says(world: World, browse: Browse) -> None:
    anna, bram = browse("anna"), browse("bram")
    with anna.socket() as hers, bram.socket() as his, browse("petra").socket() as petra, browse("joris").socket() as j:
        assert anna.ask("PUT", at(world), plan(helps="wandelen")).status == 200
        frame = {
            "type": "plan",
            "organisation": str(world.organisation),
            "client": str(world.id("anna")),
            "version": 1,
        }
        assert hers.hear() == his.hear() == frame
        for socket in (petra, j):
            socket.say(type="ping")
            assert socket.hear()["type"] == "pong"


def test_a_version_opens_in_its_own_place_only(world: World, browse: Browse) -> None:
    anna, joris = browse("anna"), browse("joris")
    anna.ask("PUT", at(world), plan(helps="wandelen"))
    joris.ask("PUT", at(world, "joris"), plan())
    joris.ask("PUT", at(world, "joris"), plan(1))
    hers, *his = PlanVersion.objects.order_by("id")
    sealed = bytes(hers.plan_sealed)
    assert b"wandelen" not in sealed
    for row in his:
        row.plan_sealed = sealed
        with pytest.raises(Unsealable):
            _ = row.plan
    hers.version = 2
    with pytest.raises(Unsealable):
        _ = hers.plan
