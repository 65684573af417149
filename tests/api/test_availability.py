"""Hours, absences and the notice over HTTP, and what the people they concern are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests import hours
from tests.live import Answer, Browser
from tests.world import World
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.organisations.models import Notice, Schedule

Browse = Callable[..., Browser]

MORNINGS = [[{"start": 540, "end": 720}]] * 5 + [[], []]


def faults(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == 422, answer.body
    assert all(len(field["text"]) > 10 for field in answer.body["fields"])
    return [(field["field"], field["code"]) for field in answer.body["fields"]]


def days(first: int, last: int, **more: Any) -> dict[str, Any]:
    today: date = hours.today()
    return {"first": f"{today + timedelta(first)}", "last": f"{today + timedelta(last)}", **more}


def test_who_has_no_hours_of_their_own_has_the_organisations(world: World, browse: Browse) -> None:
    bram = browse("bram")
    path = f"/api/v1/hours/{world.id('bram')}"
    found = bram.ask("GET", path).body
    assert (found["own"], found["week"][0]) == (False, [{"start": 0, "end": 1440}])
    set_to = bram.ask("PUT", path, {"week": MORNINGS, "promise": 480})
    assert (set_to.status, set_to.body["own"], set_to.body["promise"]) == (200, True, 480)
    assert bram.ask("GET", path).body["week"] == MORNINGS
    assert bram.ask("DELETE", path).status == 200
    assert bram.ask("GET", path).body["own"] is False
    tags = AuditEntry.objects.filter(object=str(world.id("bram")), tag__startswith="hours.").order_by("position")
    assert [entry.tag for entry in tags] == ["hours.read", "hours.set", "hours.read", "hours.reset", "hours.read"]


def test_an_organisation_without_any_has_office_hours_and_the_official_holidays(world: World, browse: Browse) -> None:
    ingrid, path = browse("ingrid"), f"/api/v1/hours/{world.organisation}"
    assert ingrid.ask("DELETE", path).status == 200
    found = ingrid.ask("GET", path).body
    assert found["week"] == [[{"start": 540, "end": 1020}]] * 5 + [[], []]
    assert found["zone"] == "Europe/Amsterdam"
    assert "good_friday" not in found["holidays"]
    assert "christmas" in found["holidays"]
    assert {"code", "day"} == set(found["feasts"][0])
    assert len(found["feasts"]) == 11


def test_without_holidays_the_organisation_keeps_the_official_ones_and_others_follow_it(
    world: World, browse: Browse
) -> None:
    ingrid = browse("ingrid")
    whole = ingrid.ask("PUT", f"/api/v1/hours/{world.organisation}", {"week": MORNINGS}).body["holidays"]
    assert "christmas" in whole
    assert ingrid.ask("PUT", f"/api/v1/hours/{world.id('bram')}", {"week": MORNINGS}).body["holidays"] is None


def test_the_administrator_sets_the_organisations_hours_exceptions_holidays_and_anybodys(
    world: World, browse: Browse
) -> None:
    ingrid = browse("ingrid")
    day = f"{hours.today() + timedelta(40)}"
    body = {
        "week": MORNINGS,
        "holidays": ["christmas", "good_friday"],
        "exceptions": {day: []},
        "zone": "Europe/Brussels",
    }
    set_to = ingrid.ask("PUT", f"/api/v1/hours/{world.organisation}", body)
    assert set_to.body["exceptions"] == {day: []}
    assert set_to.body["holidays"] == ["christmas", "good_friday"]
    assert set_to.body["zone"] == "Europe/Brussels"
    assert ingrid.ask("PUT", f"/api/v1/hours/{world.id('bram')}", {"week": MORNINGS}).status == 200
    assert Schedule.objects.get(owner=world.id("bram")).owner_kind == "person"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"week": [[{"start": 540, "end": 500}], *[[]] * 6]}, ("week.0", "block_order")),
        ({"week": [*[[]] * 6, [{"start": 1, "end": 9}, {"start": 8, "end": 10}]]}, ("week.6", "blocks_overlap")),
        ({"exceptions": {"2026-12-24": [{"start": 9, "end": 9}]}}, ("exceptions.2026-12-24", "block_order")),
        ({"zone": "Europe/Utrecht"}, ("zone", "zone")),
        ({"promise": -1}, ("promise", "promise")),
        ({"promise": 10**9}, ("promise", "promise")),
        ({"week": [[]] * 6}, ("week", "invalid")),
        ({"exceptions": {"morgen": []}}, ("[key]", "invalid")),
        ({"holidays": ["sinterklaas"]}, ("0", "invalid")),
    ],
)
def test_hours_that_do_not_hold_are_refused_at_their_field(
    world: World, browse: Browse, change: dict[str, Any], fault: tuple[str, str]
) -> None:
    answer = browse("bram").ask("PUT", f"/api/v1/hours/{world.id('bram')}", {"week": MORNINGS, **change})
    assert faults(answer) == [fault]
    assert not Schedule.objects.filter(owner=world.id("bram")).exists()


def test_an_absence_is_planned_changed_and_cancelled(world: World, browse: Browse) -> None:
    bram, path = browse("bram"), f"/api/v1/people/{world.id('bram')}/absences"
    planned = bram.ask("POST", path, days(10, 20, standIn=str(world.id("fatima"))))
    assert planned.status == 201
    one = f"/api/v1/absences/{planned.body['id']}"
    changed = bram.ask("PUT", one, days(11, 20))
    assert (changed.status, changed.body["standIn"]) == (200, None)
    assert bram.ask("GET", path).body == [changed.body]
    assert bram.ask("DELETE", one).status == 200
    assert bram.ask("GET", path).body == []
    tags = AuditEntry.objects.filter(tag__in=["absence.planned", "absence.changed", "absence.cancelled"])
    assert [entry.tag for entry in tags.order_by("position")] == [
        "absence.planned",
        "absence.changed",
        "absence.cancelled",
    ]


def test_an_absence_that_does_not_hold_is_refused_at_its_field(world: World, browse: Browse) -> None:
    bram, fatima = browse("bram"), browse("fatima")
    path = f"/api/v1/people/{world.id('bram')}/absences"
    assert bram.ask("POST", path, days(10, 20)).status == 201
    away = fatima.ask("POST", f"/api/v1/people/{world.id('fatima')}/absences", days(40, 50))
    assert away.status == 201

    def refused(body: dict[str, Any]) -> list[tuple[str, str]]:
        return faults(bram.ask("POST", path, body))

    assert refused(days(5, 4)) == [("last", "before_first")]
    assert refused(days(-5, -3)) == [("last", "in_the_past")]
    assert refused(days(30, 400)) == [("last", "absence_long")]
    assert refused(days(20, 25)) == [("first", "absence_overlaps")]
    assert refused(days(30, 31, standIn=str(world.id("bram")))) == [("standIn", "stand_in_self")]
    for nobody in (world.id("anna"), world.id("carla"), world.organisation):
        assert refused(days(30, 31, standIn=str(nobody))) == [("standIn", "stand_in_unknown")]
    assert refused(days(50, 55, standIn=str(world.id("fatima")))) == [("standIn", "stand_in_away")]
    assert refused(days(700, 740)) == [("last", "absence_far")]
    assert refused({"first": "9999-12-30", "last": "9999-12-31"}) == [("last", "absence_far")]
    assert len(bram.ask("GET", path).body) == 1


def test_who_stands_in_is_not_away_in_those_days(world: World, browse: Browse) -> None:
    bram, fatima = browse("bram"), browse("fatima")
    planned = bram.ask(
        "POST", f"/api/v1/people/{world.id('bram')}/absences", days(10, 20, standIn=str(world.id("fatima")))
    )
    assert planned.status == 201
    path = f"/api/v1/people/{world.id('fatima')}/absences"
    assert faults(fatima.ask("POST", path, days(20, 25))) == [("first", "absence_stands_in")]
    assert fatima.ask("POST", path, days(21, 25)).status == 201


def test_an_absence_can_be_changed_to_days_that_lie_over_its_own_old_ones(world: World, browse: Browse) -> None:
    bram = browse("bram")
    planned = bram.ask("POST", f"/api/v1/people/{world.id('bram')}/absences", days(10, 20)).body
    assert bram.ask("PUT", f"/api/v1/absences/{planned['id']}", days(15, 25)).status == 200


def test_the_notice_is_sealed_and_reaches_who_is_connected(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    body = {
        "notice": {"nl": "Bel bij nood 030 123 45 67.", "en": ""},
        "phones": [{"name": "Crisisdienst", "number": "030 123 45 67"}],
        "reply": {"nl": "Dank u.", "en": ""},
        "replies": False,
    }
    with browse("anna").socket() as anna, browse("dora").socket() as dora:
        assert "notices" not in anna.welcome
        assert ingrid.ask("PUT", "/api/v1/notice", body).status == 200
        notice = anna.hear("availability")["notices"][0]
        assert notice["nl"] == "Bel bij nood 030 123 45 67."
        assert notice["phones"] == body["phones"]
        assert dora.silent()
    assert ingrid.ask("GET", "/api/v1/notice").body == body
    assert b"Bel bij" not in bytes(Notice.objects.get().words_sealed)
    with browse("anna").socket() as anna:
        assert anna.welcome["notices"] == [notice]


def test_a_notice_that_does_not_hold_is_refused_at_its_field(world: World, browse: Browse) -> None:
    del world
    fine = {"notice": {"nl": "", "en": ""}, "phones": [], "reply": {"nl": "", "en": ""}, "replies": True}
    ingrid = browse("ingrid")
    phones = [{"name": "Arts", "number": "030 12 34"}, {"name": "Arts", "number": "bel maar"}]
    assert faults(ingrid.ask("PUT", "/api/v1/notice", {**fine, "phones": phones})) == [("phones.1", "phone")]
    assert faults(ingrid.ask("PUT", "/api/v1/notice", {**fine, "notice": {"nl": "x" * 601}})) == [("nl", "too_long")]


def test_who_depends_on_changed_hours_is_told_and_nobody_else(world: World, browse: Browse) -> None:
    bram = browse("bram")
    with (
        browse("anna").socket() as anna,
        browse("joris").socket() as joris,
        bram.socket() as own,
        browse("carla").socket() as carla,
    ):
        told = {one["of"]: one for one in anna.welcome["availability"]}
        assert told.keys() == {str(world.id("bram")), str(world.team("petra")), str(world.team("sem"))}
        assert [one["of"] for one in own.welcome["availability"]] == [str(world.id("bram"))]
        bram.ask("PUT", f"/api/v1/hours/{world.id('bram')}", {"week": MORNINGS})
        for socket in (anna, own):
            frame = socket.hear("availability")
            changed = next(one for one in frame["availability"] if one["of"] == str(world.id("bram")))
            assert changed["week"] == MORNINGS
        for socket in (joris, carla):
            with pytest.raises(TimeoutError):
                socket.hear("availability", within=0.3)
        browse("ingrid").ask("PUT", f"/api/v1/hours/{world.organisation}", {"week": MORNINGS, "holidays": []})
        assert joris.hear("availability")["availability"][0]["week"] == MORNINGS
    with browse("anna").socket() as fresh:
        assert fresh.welcome["availability"][0]["week"] == MORNINGS
