"""Reaching a client without a care relation: with a reason, for a day, and never unseen. BRK-1 … BRK-4."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from tests import hours
from tests.cast import address_of
from tests.live import Browser
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.availability import absences, jobs
from zorgmessenger.availability.rules import Plan
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import facts, presence
from zorgmessenger.delivery import outbox
from zorgmessenger.delivery.models import OutgoingMail
from zorgmessenger.errors import NotFound, Refused
from zorgmessenger.messages.committer import Sent
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import break_glass, members
from zorgmessenger.organisations.models import BreakGlass, CareRelation, StandIn
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]
REASON = "Fatima is ziek en Joris belde"
LATER = clock.now() + timedelta(days=2)


def _use(browser: Browser, name: str = "joris", reason: str = REASON) -> int:
    return browser.ask("POST", "/api/v1/break-glass", {"email": address_of(name), "reason": reason}).status


def _started(browser: Browser, world: World) -> UUID:
    return UUID(browser.ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))}).body["conversation"])


def test_brk_2_it_makes_a_contact_for_a_day_and_opens_nothing_that_others_wrote(world: World, browse: Browse) -> None:
    others = world.conversations["fatima", "joris"]
    world.send("joris", others, "alleen voor Fatima")
    bram = browse("bram")
    assert bram.ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))}).status == 404
    assert _use(bram) == 201
    assert bram.ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))}).status == 200
    assert bram.ask("GET", f"/api/v1/conversations/{others}/messages").status == 404
    with bram.socket() as socket:
        assert str(world.id("joris")) in socket.welcome["contacts"]
        assert "alleen voor Fatima" not in json.dumps(socket.welcome)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert world.id("joris") not in members.contacts(world["bram"])


def test_brk_2_for_the_planning_office_it_is_the_teams(world: World, browse: Browse) -> None:
    pim = browse("pim")
    assert _use(pim) == 201
    asked = pim.ask("POST", "/api/v1/conversations", {"person": str(world.id("joris"))})
    assert asked.status == 200
    assert world.id("joris") in members.contacts(world["petra"])
    with clock.at(LATER):
        assert world.id("joris") not in members.contacts(world["petra"]), "that the team wrote does not prolong it"
    team = str(world.team("pim"))
    assert browse("joris").ask("POST", "/api/v1/conversations", {"team": team}).body == asked.body
    with clock.at(LATER):
        assert world.id("joris") in members.contacts(world["petra"]), "the client asked themselves"


def test_brk_2_the_conversation_ends_with_it_for_who_started_it(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert _use(bram) == 201
    talk = _started(bram, world)
    world.send("joris", talk, "dank u")
    world.send("bram", talk, "goed dat u belde")
    with clock.at(LATER):
        known = facts.one(talk)
        assert known.facts.participants == {world.id("joris")}
        assert known.facts.closed, "nobody would read what Joris writes"
        assert isinstance(world.submit("joris", talk, "is daar nog iemand?"), Refused)
        assert isinstance(world.submit("bram", talk, "nog even dit"), NotFound)
        assert world.id("bram") not in presence.audience(world.id("joris"))
        assert world.id("joris") not in presence.audience(world.id("bram"))


def test_brk_2_no_stand_in_takes_over_what_has_ended(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert _use(bram) == 201
    talk = _started(bram, world)
    day = LATER.date()
    absences.plan(rules.may_plan_absence(world["bram"], world["bram"]), Plan(day, day, world.id("fatima")), NOWHERE)
    with clock.at(LATER):
        jobs.keep()
        assert not facts.one(talk).facts.participants - {world.id("joris")}


def test_brk_2_it_begins_anew_with_another_use_and_is_for_good_with_an_invitation(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert _use(bram) == 201
    talk = _started(bram, world)
    with clock.at(LATER):
        proof = rules.may_break_glass(world["bram"])
        break_glass.use(proof, address_of("joris"), REASON, NOWHERE)
        start = rules.may_start(world["bram"], world["joris"], care_relation=True)
        assert conversations.start(start, NOWHERE) == talk
        assert isinstance(world.submit("bram", talk, "weer even"), Sent)
        organisations.relate(world.organisation, world.id("joris"), world.id("bram"))
        assert conversations.start(start, NOWHERE) == talk
    with clock.at(LATER + timedelta(days=30)):
        assert world.id("bram") in facts.one(talk).facts.participants
        assert members.cares_for(world.id("bram"), world.id("joris"), world.organisation)


def test_brk_2_standing_in_does_not_shorten_it(world: World, browse: Browse) -> None:
    assert _use(browse("bram")) == 201
    until = CareRelation.objects.get(client_id=world.id("joris"), staff_id=world.id("bram")).until
    proof, today = rules.may_plan_absence(world["fatima"], world["fatima"]), hours.today()
    absence = absences.plan(proof, Plan(today - timedelta(1), today, world.id("bram")), NOWHERE)
    assert StandIn.objects.filter(person_id=world.id("bram"), ended_at=None).exists()
    jobs.keep()
    absences.cancel(proof, absence.id, NOWHERE)
    assert CareRelation.objects.get(client_id=world.id("joris"), staff_id=world.id("bram")).until == until


def test_brk_4_its_end_is_logged_once_and_told_who_has_the_conversation_open(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert _use(bram) == 201
    talk = _started(bram, world)
    jobs.keep()
    assert not AuditEntry.objects.filter(tag=Tag.BREAK_GLASS_ENDED).exists()
    with bram.socket() as staff, browse("joris").socket() as client, clock.at(LATER):
        jobs.keep()
        assert staff.hear("gone")["conversation"] == str(talk)
        assert client.hear("conversation")["conversation"]["closed"]
        jobs.keep()
    ended = AuditEntry.objects.get(tag=Tag.BREAK_GLASS_ENDED)
    assert (ended.subject, ended.object) == (world.id("joris"), str(BreakGlass.objects.get().id))
    assert ended.detail == str(world.id("bram"))


def test_brk_4_who_cares_for_the_client_for_good_by_then_loses_nothing(world: World, browse: Browse) -> None:
    bram = browse("bram")
    assert _use(bram) == 201
    talk = _started(bram, world)
    organisations.relate(world.organisation, world.id("joris"), world.id("bram"))
    conversations.last_as_care(world.organisation, world.id("joris"), world.id("bram"))
    with bram.socket() as staff, clock.at(LATER):
        jobs.keep()
        assert staff.hear("conversation", "gone")["type"] == "conversation"
        assert isinstance(world.submit("bram", talk, "tot morgen"), Sent)


def test_brk_3_the_privacy_officer_is_mailed_without_names_and_sees_who_whom_when_and_why(
    world: World, browse: Browse
) -> None:
    assert _use(browse("bram")) == 201
    [mail] = [outbox.opened(row) for row in OutgoingMail.objects.all()]
    assert mail.to == address_of("vera")
    for word in ("Bram", "Joris", "ziek", "De Linde"):
        assert word not in mail.plain + mail.html + mail.subject
    vera = browse("vera")
    [used] = vera.ask("GET", "/api/v1/break-glass").body
    assert (used["staff"]["firstName"], used["client"]["firstName"], used["reason"]) == ("Bram", "Joris", REASON)
    assert not used["seen"]
    assert vera.ask("POST", f"/api/v1/break-glass/{used['id']}/seen").status == 200
    assert vera.ask("GET", "/api/v1/break-glass").body[0]["seen"]
    assert vera.ask("POST", f"/api/v1/break-glass/{world.id('anna')}/seen").status == 404
    entry = AuditEntry.objects.get(tag=Tag.BREAK_GLASS)
    assert (entry.actor, entry.subject, entry.object) == (world.id("bram"), world.id("joris"), used["id"])
    assert REASON.encode() not in bytes(BreakGlass.objects.get().reason_sealed)


def test_brk_1_nobody_else_is_found_and_all_who_are_not_look_alike(browse: Browse) -> None:
    bram = browse("bram")
    answers = [
        bram.ask("POST", "/api/v1/break-glass", {"email": address_of(name), "reason": REASON})
        for name in ("dora", "fatima", "niemand")
    ]
    assert {(answer.status, answer.raw) for answer in answers} == {(404, answers[0].raw)}
    known = bram.ask("POST", "/api/v1/break-glass", {"email": address_of("anna"), "reason": REASON})
    assert (known.status, known.body["code"]) == (409, "already_contact")
    for nothing in ("          te kort", "\u200b" * 20, "niets" + "\u2060" * 20):
        assert _use(bram, reason=nothing) == 422


def test_it_is_limited_in_a_day(world: World, browse: Browse) -> None:
    del world
    bram = browse("bram")
    assert {_use(bram, "niemand") for _ in range(10)} == {404}
    assert _use(bram) == 429
