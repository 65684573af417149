"""The list of files over HTTP."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest
from django.utils.timezone import get_default_timezone
from ninja import Query, Router
from pydantic import StringConstraints

from zorgmessenger.access.facts import Member
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import organisation_of, origin_of
from zorgmessenger.audit.writer import record
from zorgmessenger.conversations.people import shown
from zorgmessenger.files import listing, listing_log
from zorgmessenger.files.listing import Listed, Place, Wanted
from zorgmessenger.realtime.protocol import FileKind, Person

router = Router(tags=["files"])
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), lt=date(3000, 1, 1))]
_CURSOR = re.compile(r"(\d{1,16})-([0-9a-f]{32})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Choice(Body):
    """Which files. Days are whole, in Dutch time; `before` is the `next` of the page before."""

    organisation: UUID | None = None
    conversation: UUID | None = None
    kind: FileKind | None = None
    person: UUID | None = None
    since: Day = None
    until: Day = None
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    before: Annotated[str, StringConstraints(pattern=f"^({_CURSOR.pattern})?$")] = ""


@router.get("/files", auth=SignedIn())
def listed(request: HttpRequest, choice: Query[Choice]) -> dict[str, Any]:
    """A page of the files that one may see, the newest first; `people` are who sent them."""
    person = person_of(request).id
    wanted = Wanted(
        organisation=choice.organisation or organisation_of(request),
        conversation=choice.conversation,
        kind=choice.kind,
        person=choice.person,
        since=_midnight(choice.since) if choice.since else None,
        until=_midnight(choice.until + timedelta(days=1)) if choice.until else None,
        words=listing.words_of(choice.name),
        behind=_place(choice.before),
    )
    proofs = listing.readable(person, wanted)
    found, more = listing.page(person, proofs, wanted)
    record(*listing_log.entries(proofs, found, origin_of(request)))
    return {
        "files": [_told(one) for one in found],
        "more": more,
        "next": _cursor(found[-1].place) if more else "",
        "people": msgspec.to_builtins(_people(found)),
    }


def _told(one: Listed) -> dict[str, Any]:
    return {
        "file": msgspec.to_builtins(one.file),
        "conversation": str(one.proof.conversation.id),
        "seq": one.seq,
        "sender": str(one.sender),
        "at": one.at.isoformat(),
    }


def _people(found: list[Listed]) -> list[Person]:
    senders: dict[Member, set[UUID]] = defaultdict(set)
    for one in found:
        senders[one.proof.member].add(one.sender)
    people = (person for member, some in senders.items() for person in shown(member.organisation, some, to=member.role))
    return list({person.id: person for person in people}.values())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_default_timezone()).astimezone(UTC)


def _cursor(place: Place) -> str:
    return f"{(place.at - _EPOCH) // _MICROSECOND}-{place.file.hex}"


def _place(cursor: str) -> Place | None:
    found = _CURSOR.fullmatch(cursor)
    return Place(_EPOCH + int(found[1]) * _MICROSECOND, UUID(found[2])) if found else None
