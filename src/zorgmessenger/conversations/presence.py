"""Who may know whether a member of staff is at work: their colleagues, and the clients they talk with by themselves.

Nobody knows it of a client. Of who answers for a team its clients do not know it: the team answers, in its own hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.conversations.models import Participant
from zorgmessenger.organisations import members
from zorgmessenger.organisations.models import Membership
from zorgmessenger.realtime import protocol


def audience(person: UUID) -> set[UUID]:
    """Everybody who may know it of this person; nobody where they are no staff."""
    homes = [member.organisation for member in members.of(person) if member.role.staff]
    if not homes:
        return set()
    staff = Membership.objects.filter(organisation_id__in=homes, active=True).exclude(role=Role.CLIENT.value)
    mine = Participant.objects.present().filter(person_id=person, conversation__organisation_id__in=homes)
    apart = mine.filter(conversation__team=None, conversation__notes_of=None).values("conversation_id")
    others = Participant.objects.present().filter(conversation_id__in=apart)
    return {*staff.values_list("person_id", flat=True), *others.values_list("person_id", flat=True)} - {person}


def known_to(welcome: protocol.Welcome) -> Iterable[UUID]:
    """Of whom the one who is welcomed may know it."""
    staff = {person.id for person in welcome.people if person.role != "client"} - {welcome.me.id}
    met = {participant.person for one in welcome.conversations for participant in one.participants}
    colleagues = any(one.role != "client" for one in welcome.organisations)
    return staff if colleagues else staff & met
