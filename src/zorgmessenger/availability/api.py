"""Hours, absences and the organisation's notice over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member, OwnerKind
from zorgmessenger.access.proofs import MayPlanAbsence, MaySetHours
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.availability import absences, actions, owners
from zorgmessenger.availability.rules import Plan
from zorgmessenger.organisations import members
from zorgmessenger.organisations.hours import feasts, notice, opening
from zorgmessenger.organisations.hours.feasts import Feast
from zorgmessenger.organisations.hours.opening import Hours
from zorgmessenger.organisations.models import Absence

router = Router(tags=["availability"])
Minute = Annotated[int, Field(ge=0, le=opening.DAY)]
Said = Annotated[str, StringConstraints(max_length=600, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Number = Annotated[str, StringConstraints(max_length=25, strip_whitespace=True)]


class Block(Body):
    """Open from `start` until `end`, in minutes from midnight."""

    start: Minute
    end: Minute


Day = Annotated[list[Block], Field(max_length=24)]


class NewHours(Body):
    """Hours to set; without `holidays` the organisation's count, without `zone` its zone."""

    week: Annotated[list[Day], Field(min_length=7, max_length=7)]
    exceptions: Annotated[dict[date, Day], Field(max_length=1000)] = {}
    holidays: list[Feast] | None = None
    promise: int | None = None
    zone: str | None = None


class NewAbsence(Body):
    """An absence to plan."""

    first: date
    last: date
    stand_in: UUID | None = None


class Phone(Body):
    """A number to call, and whose it is."""

    name: Name
    number: Number


class Both(Body):
    """A text in both languages; empty for the app's own."""

    nl: Said = ""
    en: Said = ""


class NewWords(Body):
    """What the organisation says."""

    notice: Both
    phones: Annotated[list[Phone], Field(max_length=5)]
    reply: Both
    replies: bool


@router.get("/hours/{owner}", auth=SignedIn())
def hours(request: HttpRequest, owner: UUID) -> dict[str, Any]:
    """The hours of oneself; for an administrator those of anybody, a team or the organisation."""
    proof = _may_set_hours(request, owner)
    found, own = actions.hours_of(proof, origin_of(request))
    return _hours(proof, found, own=own)


@router.put("/hours/{owner}", auth=SignedIn())
def set_hours(request: HttpRequest, owner: UUID, body: NewHours) -> dict[str, Any]:
    """Gives oneself, or what one administers, hours of its own."""
    proof = _may_set_hours(request, owner)
    wanted = Hours(
        zone=body.zone or Hours().zone,
        week=tuple(map(_blocks, body.week)),
        exceptions={day: _blocks(blocks) for day, blocks in body.exceptions.items()},
        holidays=_holidays(proof, body.holidays),
        promise=body.promise,
    )
    actions.set_hours(proof, wanted, origin_of(request))
    return _hours(proof, wanted, own=True)


@router.delete("/hours/{owner}", auth=SignedIn())
def reset_hours(request: HttpRequest, owner: UUID) -> dict[str, str]:
    """Follows the organisation's hours again."""
    actions.reset_hours(_may_set_hours(request, owner), origin_of(request))
    return {}


@router.get("/people/{person}/absences", auth=SignedIn())
def listed(request: HttpRequest, person: UUID) -> list[dict[str, Any]]:
    """Somebody's absences that are not over."""
    proof = _may_plan(request, person)
    return [_absence(row) for row in absences.listed(proof, origin_of(request))]


@router.post("/people/{person}/absences", response={201: dict[str, Any]}, auth=SignedIn())
def plan(request: HttpRequest, person: UUID, body: NewAbsence) -> Status[dict[str, Any]]:
    """Plans an absence of oneself, or as an administrator of anybody."""
    proof = _may_plan(request, person)
    return Status(201, _absence(absences.plan(proof, _plan(body), origin_of(request))))


@router.put("/absences/{absence}", auth=SignedIn())
def change(request: HttpRequest, absence: UUID, body: NewAbsence) -> dict[str, Any]:
    """Changes the days or the stand-in."""
    proof = _may_change(request, absence)
    return _absence(absences.change(proof, absence, _plan(body), origin_of(request)))


@router.delete("/absences/{absence}", auth=SignedIn())
def cancel(request: HttpRequest, absence: UUID) -> dict[str, str]:
    """Cancels an absence."""
    absences.cancel(_may_change(request, absence), absence, origin_of(request))
    return {}


@router.get("/notice", auth=SignedIn())
def words(request: HttpRequest) -> dict[str, Any]:
    """What the organisation says of emergencies and when it is closed."""
    proof = rules.may_set_notice(_acting(request))
    return _words(actions.words_of(proof, origin_of(request)))


@router.put("/notice", auth=SignedIn())
def set_words(request: HttpRequest, body: NewWords) -> dict[str, Any]:
    """Sets what the organisation says."""
    proof = rules.may_set_notice(_acting(request))
    wanted = notice.Words(
        notice=_said(body.notice),
        phones=tuple(notice.Phone(phone.name, phone.number) for phone in body.phones),
        reply=_said(body.reply),
        replies=body.replies,
    )
    actions.set_words(proof, wanted, origin_of(request))
    return _words(wanted)


def _acting(request: HttpRequest) -> Member | None:
    return members.acting(person_of(request).id, organisation_of(request))


def _may_set_hours(request: HttpRequest, owner: UUID) -> MaySetHours:
    member = _acting(request)
    return rules.may_set_hours(member, owners.find(owner, member))


def _may_plan(request: HttpRequest, person: UUID) -> MayPlanAbsence:
    member = _acting(request)
    return rules.may_plan_absence(member, members.find(person, member.organisation) if member else None)


def _may_change(request: HttpRequest, absence: UUID) -> MayPlanAbsence:
    member = _acting(request)
    row = Absence.objects.filter(pk=absence).first()
    here = member is not None and row is not None and row.organisation_id == member.organisation
    other = members.find(row.person_id, row.organisation_id) if row is not None and here else None
    return rules.may_plan_absence(member, other)


def _blocks(blocks: list[Block]) -> opening.Blocks:
    return tuple(opening.Block(block.start, block.end) for block in blocks)


def _holidays(proof: MaySetHours, chosen: list[Feast] | None) -> frozenset[Feast] | None:
    """None leaves them to the organisation, which itself keeps the official ones."""
    if chosen is not None:
        return frozenset(chosen)
    return feasts.OFFICIAL if proof.owner.kind is OwnerKind.ORGANISATION else None


def _plan(body: NewAbsence) -> Plan:
    return Plan(body.first, body.last, body.stand_in)


def _said(both: Both) -> dict[str, str]:
    return {language: said for language, said in (("nl", both.nl), ("en", both.en)) if said}


def _hours(proof: MaySetHours, hours: Hours, *, own: bool) -> dict[str, Any]:
    today = opening.today(hours, clock.now())
    coming = {
        feast: min(day for year in (today.year, today.year + 1) if (day := feasts.dates(year)[feast]) >= today)
        for feast in Feast
    }
    return {
        "owner": str(proof.owner.id),
        "kind": proof.owner.kind.value,
        "own": own,
        "zone": hours.zone,
        "week": [_day(blocks) for blocks in hours.week],
        "exceptions": {day.isoformat(): _day(blocks) for day, blocks in sorted(hours.exceptions.items())},
        "holidays": None if hours.holidays is None else sorted(hours.holidays),
        "promise": hours.promise,
        "feasts": [{"code": feast, "day": day.isoformat()} for feast, day in coming.items()],
    }


def _day(blocks: opening.Blocks) -> list[dict[str, int]]:
    return [{"start": block.start, "end": block.end} for block in blocks]


def _absence(row: Absence) -> dict[str, Any]:
    stand_in = str(row.stand_in_id) if row.stand_in_id else None
    return {"id": str(row.id), "first": row.first.isoformat(), "last": row.last.isoformat(), "standIn": stand_in}


def _words(words: notice.Words) -> dict[str, Any]:
    return {
        "notice": {"nl": words.notice.get("nl", ""), "en": words.notice.get("en", "")},
        "phones": [{"name": phone.name, "number": phone.number} for phone in words.phones],
        "reply": {"nl": words.reply.get("nl", ""), "en": words.reply.get("en", "")},
        "replies": words.replies,
    }
