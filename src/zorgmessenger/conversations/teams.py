"""A team's conversations as its members come and go, and where each stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from msgspec.structs import replace

from zorgmessenger import clock
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayAnswerForTeam
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import facts, joining, rules, tell, views
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.models import Team
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def join(log: Log, team: Team, person: UUID) -> None:
    """Makes somebody answer for a team, with all its conversations, in the caller's action.

    They start as far as the team is: what nobody of the team has read does not become read by it.
    """
    if not teams.join(log, team, person):
        return
    for conversation in _of_team(team.id):
        marks = {p.person_id: (p.delivered, p.read) for p in conversation.participants.filter(left_at=None)}
        delivered, read = views.furthest(marks, but=conversation.client_id)
        joining.begin(conversation.id, person, delivered=delivered, read=read)
        transaction.on_commit(partial(tell.changed, conversation.id))


def join_by_role(log: Log, member: Member) -> None:
    """Makes somebody of the planning office or client support answer for its first team, in the caller's action."""
    kind = teams.KINDS.get(member.role)
    team = teams.first_of_kind(member.organisation, kind) if kind else None
    if team is not None:
        join(log, team, member.person)


def leave(log: Log, team: Team, person: UUID) -> None:
    """Takes somebody out of a team and all its conversations, in the caller's action; what they had taken is free."""
    if not teams.leave(log, team, person):
        return
    conversations = _of_team(team.id)
    ids = list(conversations.values_list("id", flat=True))
    conversations.filter(assignee_id=person).update(assignee=None)
    Participant.objects.filter(conversation_id__in=ids, person_id=person).update(left_at=clock.now())

    def told() -> None:
        for conversation in ids:
            tell.gone(conversation, [person])
            tell.changed(conversation)

    transaction.on_commit(told)


def assign(proof: MayAnswerForTeam, person: UUID | None, origin: Origin) -> None:
    """Gives a case to somebody of the team, or to nobody; the team is told.

    Raises:
        Invalid: `person` is not of the team.
    """
    conversation = proof.conversation
    if person is not None and person not in conversation.participants - {conversation.client}:
        raise Invalid(FieldError("person", "not_of_team"))
    _change(proof, origin, lambda case: replace(case, assignee=person), f"assignee={person or ''}")


def set_handled(proof: MayAnswerForTeam, origin: Origin, *, handled: bool) -> None:
    """Says that a case is done, or not after all; the team is told."""
    change = partial(rules.handled, at=clock.now()) if handled else rules.reopened
    _change(proof, origin, change, f"handled={handled}")


def _change(proof: MayAnswerForTeam, origin: Origin, change: Callable[[rules.Case], rules.Case], detail: str) -> None:
    conversation = proof.conversation
    with audited() as log:
        known = facts.load([conversation.id], lock=True)[conversation.id]
        before = known.case or rules.Case()
        case = change(before)
        if case == before:
            return
        Conversation.objects.filter(pk=conversation.id).update(
            assignee_id=case.assignee,
            waiting_since=case.waiting_since,
            answer_by=case.answer_by,
            handled_at=case.handled_at,
        )
        log(
            Entry(
                Tag.CASE_CHANGED,
                organisation=conversation.organisation,
                actor=proof.member.person,
                role=proof.member.role.value,
                subject=conversation.client,
                object=str(conversation.id),
                origin=origin,
                detail=detail,
            )
        )
        frame = protocol.CaseChanged(conversation=conversation.id, case=views.case(case))
        transaction.on_commit(lambda: hub.tell(known.facts.participants - known.clients, frame))


def _of_team(team: UUID) -> QuerySet[Conversation]:
    return Conversation.objects.filter(Q(team_id=team) | Q(notes_of__team_id=team))
