"""A team's conversations as its members come and go, and where each stands.

Who comes or leaves, and who starts a conversation with the team, holds the team's row first, then those of its
conversations in order of id: nobody who left takes part in a new one, or is told what is written from then on. A right
on a case is asked again with its conversation's row held.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from msgspec.structs import replace

from zorgmessenger import clock
from zorgmessenger.access.facts import Member
from zorgmessenger.access.proofs import MayAnswerForTeam
from zorgmessenger.access.rules import may_answer_for_team
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.conversations import facts, joining, rules, tell, views
from zorgmessenger.conversations.facts import Known
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.errors import Conflict, FieldError, Invalid
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.models import Team
from zorgmessenger.origin import Origin
from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.hub import hub


def join(log: Log, team: Team, person: UUID) -> None:
    """Makes somebody answer for a team, with all its conversations, in the caller's action.

    They start as far as the team is: what nobody of the team has read does not become read by it.
    """
    teams.find(team.id, lock=True)
    if not teams.join(log, team, person):
        return
    for conversation in _locked(team.id):
        marks = {p.person_id: (p.delivered, p.read) for p in conversation.participants.filter(left_at=None)}
        delivered, read = conversation.team_delivered, conversation.team_read
        if conversation.team_id is None:
            delivered, read = views.furthest(marks, but=None)
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
    teams.find(team.id, lock=True)
    if not teams.leave(log, team, person):
        return
    ids = [conversation.id for conversation in _locked(team.id)]
    Conversation.objects.filter(pk__in=ids, assignee_id=person).update(assignee=None)
    Participant.objects.filter(conversation_id__in=ids, person_id=person).update(left_at=clock.now())

    def told() -> None:
        for conversation in ids:
            tell.gone(conversation, [person])
            tell.changed(conversation)

    transaction.on_commit(told)


def assign(proof: MayAnswerForTeam, person: UUID | None, origin: Origin, *, expected: UUID | None) -> None:
    """Gives a case that `expected` has to somebody of the team, or to nobody; the team is told.

    Raises:
        Invalid: `person` is not of the team.
        Conflict: `case_taken`, a third has it.
    """

    def given(known: Known, case: rules.Case) -> rules.Case:
        if person is not None and person not in known.facts.participants - known.clients:
            raise Invalid(FieldError("person", "not_of_team"))
        if case.assignee not in {expected, person}:
            raise Conflict("somebody else has the case", code="case_taken")
        return replace(case, assignee=person)

    _change(proof, origin, given, f"assignee={person or ''}")


def set_handled(proof: MayAnswerForTeam, origin: Origin, *, handled: bool) -> None:
    """Says that a case is done, or not after all; the team is told."""
    change = partial(rules.handled, at=clock.now()) if handled else rules.reopened
    _change(proof, origin, lambda _, case: change(case), f"handled={handled}")


def _change(
    proof: MayAnswerForTeam, origin: Origin, change: Callable[[Known, rules.Case], rules.Case], detail: str
) -> None:
    conversation = proof.conversation
    with audited() as log:
        known = facts.one(conversation.id, lock=True)
        proof = may_answer_for_team(known.members.get(proof.member.person), known.facts)
        before = known.case or rules.Case()
        case = change(known, before)
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


def _locked(team: UUID) -> list[Conversation]:
    mine = Conversation.objects.filter(Q(team_id=team) | Q(notes_of__team_id=team))
    return list(mine.select_for_update(of=("self",), no_key=True).order_by("id"))
