"""What a refused request about a conversation was about, from the facts at hand; at every door the same.

Where there is such a conversation the refusal is in the log of its organisation, with the role that the actor has
there, if any, and its client. Where there is none, it is in the log of the organisation that the actor acts in.
"""

from __future__ import annotations

from uuid import UUID

from zorgmessenger.accounts.refusals import About
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.facts import Known
from zorgmessenger.errors import ZorgError
from zorgmessenger.organisations import members
from zorgmessenger.origin import Origin


def about(person: UUID, known: Known | None, chosen: UUID | None = None) -> About:
    """Whose log, in which role, about which client; `chosen` is the organisation that the actor chose to act in."""
    if known is None:
        acting = members.acting_where_clear(person, chosen)
        return About(acting.organisation, acting.role.value) if acting else About()
    home = known.facts.organisation
    member = known.members.get(person) or members.find(person, home)
    return About(home, member.role.value if member else "", known.facts.client)


def refusal(
    person: UUID, conversation: UUID | None, known: Known | None, error: ZorgError, origin: Origin, detail: str
) -> Entry:
    """The entry that logs it."""
    found = about(person, known)
    return Entry(
        Tag.REFUSED,
        organisation=found.organisation,
        actor=person,
        role=found.role,
        subject=found.subject,
        object=str(conversation or ""),
        reason=error.code,
        origin=origin,
        detail=detail,
    )
