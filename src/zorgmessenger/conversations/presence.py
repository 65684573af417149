"""Who may know whether a member of staff is at work: their colleagues, and the clients they talk with by themselves.

Nobody knows it of a client. Of who answers for a team its clients do not know it: the team answers, in its own hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from zorgmessenger.access.facts import Role
from zorgmessenger.conversations.models import Participant
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Membership

_STAFF, _NOBODY, _ANYBODY = ~Q(role=Role.CLIENT.value), Q(pk=None), Q()


def audience(person: UUID) -> set[UUID]:
    """Everybody who may know it of this person; nobody where they are no staff."""
    homes = [member.organisation for member in members.of(person) if member.role.staff]
    return {one for home in homes for one in _around(person, home, also=_STAFF)} - {person}


def known_to(person: UUID) -> set[UUID]:
    """Of whom this person may know it: of their colleagues, and where they are a client of the staff whom they meet."""
    return {
        one
        for member in members.of(person)
        for one in _around(person, member.organisation, also=_STAFF if member.role.staff else _NOBODY, of=_STAFF)
    } - {person}


def _around(person: UUID, organisation: UUID, *, also: Q, of: Q = _ANYBODY) -> Iterable[UUID]:
    """Of those active in an organisation and `of` a sort: whom a person talks with by themselves, and `also` these."""
    mine = Participant.objects.present().filter(person_id=person, conversation__organisation_id=organisation)
    apart = mine.filter(conversation__team=None, conversation__notes_of=None).values("conversation_id")
    met = Participant.objects.present().filter(conversation_id__in=apart).values("person_id")
    active = Membership.objects.filter(of, organisation_id=organisation, active=True, person__is_active=True)
    return active.filter(also | Q(person_id__in=met)).values_list("person_id", flat=True)
