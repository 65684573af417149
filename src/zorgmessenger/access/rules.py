"""Who may do what to what. Default deny: each function gives a proof or raises.

Rules (cited in the tests):
ACC-1 Only who takes part in a conversation, and is active in its organisation, reads it or writes in it.
ACC-2 Only practitioners and the planning office invite clients.
ACC-3 An invitation is managed by who sent it; the planning office manages its own together.
ACC-4 Only staff start conversations: with a client they have a care relation with, or with a colleague. A client opens
      only the one with a team of their organisation.
ACC-5 What somebody may not know of is denied as `NotFound`, the same as what does not exist.
ACC-6 The planning office and client support talk with clients as a team only.
ACC-7 Only who answers for a team claims, assigns or closes in its conversations, and writes or reads its notes.
ACC-8 Only staff make and manage groups, and bring in colleagues and clients they care for. Anybody leaves one.
ACC-9 Nobody writes in what is closed.
ACC-10 Only an administrator runs an organisation, their own alone; that gives no right to any conversation.
ACC-11 An organisation keeps an administrator. Nobody goes from client to staff of it, or the other way.
ACC-12 What a practitioner leaves is handed to a practitioner of the same organisation, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zorgmessenger.access.facts import ConversationFacts, InvitationFacts, Kind, Member, Role, TeamFacts
from zorgmessenger.access.proofs import (
    MayAddToGroup,
    MayAdminister,
    MayAnswerForTeam,
    MayAsk,
    MayChangeRole,
    MayEndMembership,
    MayHandOver,
    MayInvite,
    MayListInvitations,
    MayMakeGroup,
    MayManageGroup,
    MayManageInvitation,
    MayRead,
    MaySend,
    MayStart,
    MayUseTeam,
)
from zorgmessenger.errors import NotFound, Refused

_INVITES: dict[Role, Kind] = {Role.PRACTITIONER: Kind.TREATMENT, Role.PLANNER: Kind.PLANNING}
_AS_TEAM = frozenset([Role.PLANNER, Role.SUPPORT])


def may_read(member: Member | None, conversation: ConversationFacts | None) -> MayRead:
    """ACC-1.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
    """
    if member is None or conversation is None or not _takes_part(member, conversation):
        raise NotFound("no such conversation for this person")
    return MayRead(member, conversation, conversation.above.get(member.person, 0))


def may_send(member: Member | None, conversation: ConversationFacts | None) -> MaySend:
    """ACC-1 and ACC-9.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: `conversation_closed`.
    """
    reads = may_read(member, conversation)
    if reads.conversation.closed:
        raise Refused("the conversation is closed", code="conversation_closed")
    return MaySend(reads.member, reads.conversation)


def may_invite(member: Member | None) -> MayInvite:
    """ACC-2.

    Raises:
        Refused: their role does not invite.
    """
    if member is None or member.role not in _INVITES:
        raise Refused("only practitioners and the planning office invite")
    return MayInvite(member, _INVITES[member.role])


def may_list_invitations(member: Member | None) -> MayListInvitations:
    """ACC-3.

    Raises:
        Refused: their role does not invite.
    """
    inviter = may_invite(member).member
    return MayListInvitations(inviter, whole_role=inviter.role is Role.PLANNER)


def may_manage_invitation(member: Member | None, invitation: InvitationFacts | None) -> MayManageInvitation:
    """ACC-3.

    Raises:
        Refused: their role does not invite.
        NotFound: it is not theirs to know of, or there is none.
    """
    inviter = may_invite(member).member
    if invitation is None or invitation.organisation != inviter.organisation:
        raise NotFound("no such invitation in this organisation")
    together = inviter.role is Role.PLANNER and invitation.inviter_role is Role.PLANNER
    if invitation.inviter != inviter.person and not together:
        raise NotFound("somebody else's invitation")
    return MayManageInvitation(inviter, invitation)


def may_start(member: Member | None, other: Member | None, *, care_relation: bool) -> MayStart:
    """ACC-4, for a conversation of two people.

    Raises:
        Refused: they are no staff.
        NotFound: there is no such person, of another organisation, or a client they do not care for themselves.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff start conversations")
    if other is None or other.organisation != member.organisation or other.person == member.person:
        raise NotFound("nobody to start a conversation with")
    if other.role.staff:
        return MayStart(member, other.person, Kind.INTERNAL, client=None)
    if not care_relation or member.role is not Role.PRACTITIONER:
        raise NotFound("a client without a care relation with this person")
    return MayStart(member, other.person, Kind.TREATMENT, client=other.person)


def may_bring(member: Member | None, other: Member | None, *, care_relation: bool) -> UUID:
    """ACC-8: whom a member of staff could bring into a group.

    Raises:
        Refused: they are no staff.
        NotFound: there is no such person, of another organisation, or a client they do not care for.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff make groups")
    if other is None or other.organisation != member.organisation or not (other.role.staff or care_relation):
        raise NotFound("nobody to bring into a group")
    return other.person


def may_make_group(member: Member | None, people: Mapping[UUID, tuple[Member | None, bool]]) -> MayMakeGroup:
    """ACC-8; by id each person as a member, and whether there is a care relation.

    Raises:
        Refused: they are no staff.
        NotFound: somebody among `people` they could not bring in.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff make groups")
    brought = [may_bring(member, other, care_relation=cares) for other, cares in people.values()]
    return MayMakeGroup(member, frozenset(brought))


def may_manage_group(member: Member | None, conversation: ConversationFacts | None) -> MayManageGroup:
    """ACC-8.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: it is no group, it is closed, or they are a client.
    """
    reads = may_send(member, conversation)
    if reads.conversation.kind is not Kind.GROUP or not reads.member.role.staff:
        raise Refused("only staff manage groups")
    return MayManageGroup(reads.member, reads.conversation)


def may_add_to_group(manages: MayManageGroup, other: Member | None, *, care_relation: bool) -> MayAddToGroup:
    """ACC-8.

    Raises:
        NotFound: nobody they could bring in.
    """
    person = may_bring(manages.member, other, care_relation=care_relation)
    return MayAddToGroup(manages.member, manages.conversation, person)


def may_leave_group(member: Member | None, conversation: ConversationFacts | None) -> MayRead:
    """ACC-8.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: it is no group.
    """
    reads = may_read(member, conversation)
    if reads.conversation.kind is not Kind.GROUP:
        raise Refused("only a group is left")
    return reads


def answers_as_team(member: Member | None) -> bool:
    """ACC-6: whether somebody of this role talks with clients for a team, and not by themselves."""
    return member is not None and member.role in _AS_TEAM


def may_ask(member: Member | None, team: TeamFacts | None, client: Member | None, *, care_relation: bool) -> MayAsk:
    """ACC-4 and ACC-6, for the conversation of a client with a team.

    Raises:
        NotFound: no such team, or no such client of that team.
    """
    if member is None or team is None or client is None:
        raise NotFound("no such team or client")
    if not member.organisation == team.organisation == client.organisation or client.role.staff:
        raise NotFound("no such team or client in this organisation")
    if member != client and not (member.person in team.members and care_relation):
        raise NotFound("a client without a care relation with this team")
    return MayAsk(member, team, client.person)


def may_use_team(member: Member | None, team: TeamFacts | None) -> MayUseTeam:
    """ACC-7.

    Raises:
        NotFound: no such team, or not theirs.
    """
    if member is None or team is None or member.organisation != team.organisation or member.person not in team.members:
        raise NotFound("no such team of this person")
    return MayUseTeam(member, team)


def may_answer_for_team(member: Member | None, conversation: ConversationFacts | None) -> MayAnswerForTeam:
    """ACC-7.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: it has no team, or they are its client.
    """
    reads = may_read(member, conversation)
    if reads.conversation.team is None or not reads.member.role.staff:
        raise Refused("only who answers for a team does this")
    return MayAnswerForTeam(reads.member, reads.conversation)


def may_administer(member: Member | None) -> MayAdminister:
    """ACC-10.

    Raises:
        Refused: they are no administrator.
    """
    if member is None or member.role is not Role.ADMINISTRATOR:
        raise Refused("only administrators run an organisation")
    return MayAdminister(member)


def may_oversee_invitation(administers: MayAdminister, invitation: InvitationFacts | None) -> MayManageInvitation:
    """ACC-10: any open invitation of their organisation, whoever sent it.

    Raises:
        NotFound: there is none, or it is another organisation's.
    """
    if invitation is None or invitation.organisation != administers.member.organisation:
        raise NotFound("no such invitation in this organisation")
    return MayManageInvitation(administers.member, invitation)


def may_run_team(administers: MayAdminister, team: TeamFacts | None) -> MayUseTeam:
    """ACC-10: a team of their organisation, to be named and manned.

    Raises:
        NotFound: there is none, or it is another organisation's.
    """
    if team is None or team.organisation != administers.member.organisation:
        raise NotFound("no such team in this organisation")
    return MayUseTeam(administers.member, team)


def may_end_membership(administers: MayAdminister, other: Member | None, administrators: int) -> MayEndMembership:
    """ACC-10 and ACC-11; `administrators` is how many the organisation has.

    Raises:
        NotFound: no such member of staff of this organisation.
        Refused: `last_administrator`.
    """
    found = _colleague(administers, other)
    if found.role is Role.ADMINISTRATOR and administrators <= 1:
        raise Refused("the last administrator", code="last_administrator")
    return MayEndMembership(administers.member, found)


def may_change_role(
    administers: MayAdminister, other: Member | None, role: Role, administrators: int, *, cares: bool
) -> MayChangeRole:
    """ACC-10 and ACC-11; `cares`: whether there are conversations with clients that they would leave.

    Raises:
        NotFound: no such member of staff of this organisation.
        Refused: `last_administrator`, `hand_over_first`, or from or to being a client.
    """
    found = _colleague(administers, other)
    if not role.staff:
        raise Refused("nobody goes from staff to client")
    if found.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR and administrators <= 1:
        raise Refused("the last administrator", code="last_administrator")
    if cares and role is not found.role:
        raise Refused("they have conversations with clients", code="hand_over_first")
    return MayChangeRole(administers.member, found, role)


def may_hand_over(
    administers: MayAdminister, leaver: Member, to: Member | None, conversation: ConversationFacts | None
) -> MayHandOver:
    """ACC-12.

    Raises:
        NotFound: no such conversation of the leaver, or nobody who could go on with it.
    """
    here = administers.member.organisation
    if conversation is None or conversation.organisation != here or leaver.person not in conversation.participants:
        raise NotFound("no such conversation of this person")
    if to is None or to.organisation != here or to.role is not Role.PRACTITIONER or to.person == leaver.person:
        raise NotFound("nobody to go on with it")
    return MayHandOver(administers.member, conversation, leaver.person, to.person)


def _colleague(administers: MayAdminister, other: Member | None) -> Member:
    if other is None or other.organisation != administers.member.organisation or not other.role.staff:
        raise NotFound("no such member of staff of this organisation")
    return other


def _takes_part(member: Member, conversation: ConversationFacts) -> bool:
    return member.organisation == conversation.organisation and member.person in conversation.participants
