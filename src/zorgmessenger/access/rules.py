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
ACC-10 Who treats, plans or supports may reach a client without a care relation by break-glass; the privacy officer sees
       for what that was used.
ACC-11 Only an administrator runs an organisation, their own alone; that gives no right to any conversation.
ACC-12 An organisation keeps an administrator. Nobody goes from client to staff of it, or the other way.
ACC-13 What a practitioner leaves is handed to a practitioner of the same organisation, and to nobody else.
ACC-14 Who has no clients, the administrator and the privacy officer, takes part in nothing with one: neither comes
      into a group where the other is, and what is about a client or has one in it is not theirs to read.
ACC-15 Client support and administrators have the second factor of somebody of their organisation switched off, never
      their own; they and the privacy officer see whose was.
ACC-16 An organisation's own sign-on opens only the account of who works there by a group of theirs, belongs nowhere
       else and never was its client, and whom no administrator sent away.
MSG-1 Only the sender edits or withdraws a message, while they still take part; it is edited within a day.
MSG-4 To a withdrawn message nothing can be done any more.
MSG-5 A reply names a message of the same conversation.
MSG-6 Who takes part may react to a message.
MSG-7 A message is forwarded only where everybody can read it in its source too. A team's notes never leave; what
      colleagues write each other goes to what is between colleagues only, never to a group: a client may come there.
FIL-3 A file is added to only by who began it, while they may write in its conversation and it is not sent.
FIL-4 A file is opened by who may read the message it stands in, once it was found clean and while the message stands;
      before it is sent by its owner alone.
DOC-1 Staff ask the client of a conversation for documents; DOC-3 and say of those that they are done, or to be sent.
CAL-1 Only staff start a call, in a conversation where they write; in a team's notes there is none.
CAL-2 Who takes part in a conversation joins its call; a client waits until staff let them in, where that is asked.
CAL-3 Staff who take part run a call: who is in it lets people in and sends them away, each of them ends it for all.
HRS-1 Staff set their own hours; the administrator sets everybody's, every team's and the organisation's.
HRS-2 Staff plan their own absences; the administrator plans everybody's.
HRS-3 What an organisation says of emergencies and when it is closed is the administrator's to set.
PLN-1 A client's safety plan is theirs, and of the practitioners who care for them now: both read and save it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from zorgmessenger.access.facts import (
    ConversationFacts,
    FileFacts,
    HoursOwner,
    InvitationFacts,
    Kind,
    Member,
    MessageFacts,
    OwnerKind,
    Role,
    SignOnFacts,
    TeamFacts,
)
from zorgmessenger.access.proofs import (
    MayAddToGroup,
    MayAdminister,
    MayAnswerForTeam,
    MayAsk,
    MayAskDocuments,
    MayBreakGlass,
    MayChangeRole,
    MayEdit,
    MayEndMembership,
    MayForward,
    MayHandOver,
    MayInvite,
    MayJoinCall,
    MayListInvitations,
    MayMakeGroup,
    MayManageGroup,
    MayManageInvitation,
    MayOpenFile,
    MayPlanAbsence,
    MayPrepareFile,
    MayReact,
    MayRead,
    MayReadPlan,
    MayRecoverFactor,
    MayReply,
    MayReviewBreakGlass,
    MayReviewRecoveries,
    MayRunCall,
    MaySend,
    MaySetHours,
    MaySetNotice,
    MaySignOn,
    MayStart,
    MayStartCall,
    MayUseTeam,
    MayWithdraw,
    MayWritePlan,
)
from zorgmessenger.errors import Conflict, NotFound, Refused

_INVITES: dict[Role, Kind] = {Role.PRACTITIONER: Kind.TREATMENT, Role.PLANNER: Kind.PLANNING}
_AS_TEAM = frozenset([Role.PLANNER, Role.SUPPORT])
_HAS_CLIENTS = _AS_TEAM | {Role.PRACTITIONER}
_RECOVER_FACTORS = frozenset([Role.SUPPORT, Role.ADMINISTRATOR])
_LEADS_TO: dict[Kind, frozenset[Kind]] = {Kind.NOTES: frozenset(), Kind.INTERNAL: frozenset([Kind.INTERNAL])}
EDIT_WITHIN = timedelta(days=1)


def may_read(member: Member | None, conversation: ConversationFacts | None) -> MayRead:
    """ACC-1 and ACC-14.

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


def may_start_call(member: Member | None, conversation: ConversationFacts | None) -> MayStartCall:
    """CAL-1.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: `call_by_staff` to a client, `conversation_closed`, or it is a team's notes.
    """
    writes = may_send(member, conversation)
    if not writes.member.role.staff:
        raise Refused("a client starts no call", code="call_by_staff")
    if writes.conversation.kind is Kind.NOTES:
        raise Refused("in notes there is no call")
    return MayStartCall(writes.member, writes.conversation)


def may_join_call(member: Member | None, conversation: ConversationFacts | None, *, waiting_room: bool) -> MayJoinCall:
    """CAL-2.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: `conversation_closed`.
    """
    writes = may_send(member, conversation)
    return MayJoinCall(writes.member, writes.conversation, waits=waiting_room and not writes.member.role.staff)


def may_run_call(member: Member | None, conversation: ConversationFacts | None) -> MayRunCall:
    """CAL-3.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: `call_by_staff` to a client.
    """
    reads = may_read(member, conversation)
    if not reads.member.role.staff:
        raise Refused("a client runs no call", code="call_by_staff")
    return MayRunCall(reads.member, reads.conversation)


def may_reply(member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None) -> MayReply:
    """MSG-4, MSG-5.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Conflict: it was `withdrawn`.
    """
    sends = may_send(member, conversation)
    present = _present(_seen(sends.member, sends.conversation, message))
    return MayReply(sends.member, sends.conversation, present.seq)


def may_react(member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None) -> MayReact:
    """MSG-4, MSG-6.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Conflict: it was `withdrawn`.
    """
    answers = may_reply(member, conversation, message)
    return MayReact(answers.member, answers.conversation, answers.seq)


def may_forward(
    member: Member | None, source: ConversationFacts | None, message: MessageFacts | None, target: MaySend
) -> MayForward:
    """MSG-4, MSG-7.

    Raises:
        NotFound: they do not take part in the source, or there is no such message.
        Refused: somebody in the target would learn what they cannot read, now or when they come there.
        Conflict: it was `withdrawn`.
    """
    reads = may_read(member, source)
    here, there = reads.conversation, target.conversation
    present = _present(_seen(reads.member, here, message))
    if there.id != here.id and there.kind not in _LEADS_TO.get(here.kind, Kind):
        raise Refused("what is written there is not for clients, and stays with colleagues")
    if there.organisation != here.organisation or not there.participants <= here.participants:
        raise Refused("somebody there does not take part in the source")
    if any(here.above.get(person, 0) >= present.seq for person in there.participants):
        raise Refused("somebody there came later to the source")
    return MayForward(reads.member, reads.conversation, present.seq, there)


def may_edit(
    member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None, now: datetime
) -> MayEdit:
    """MSG-1, MSG-4.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Refused: it is somebody else's, `too_late`, or `conversation_closed`.
        Conflict: it was `withdrawn`.
    """
    theirs = may_withdraw(member, may_send(member, conversation).conversation, message)
    if now - _present(_seen(theirs.member, theirs.conversation, message)).at > EDIT_WITHIN:
        raise Refused("sent too long ago to be edited", code="too_late")
    return MayEdit(theirs.member, theirs.conversation, theirs.seq)


def may_withdraw(
    member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None
) -> MayWithdraw:
    """MSG-1.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Refused: it is somebody else's.
    """
    reads = may_read(member, conversation)
    seen = _seen(reads.member, reads.conversation, message)
    if seen.sender != reads.member.person:
        raise Refused("somebody else's message")
    return MayWithdraw(reads.member, reads.conversation, seen.seq)


def may_ask_documents(member: Member | None, conversation: ConversationFacts | None) -> MayAskDocuments:
    """DOC-1, DOC-3.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
        Refused: they are no staff, there is no client to ask, or `conversation_closed`.
    """
    sends = may_send(member, conversation)
    here = sends.conversation
    if not sends.member.role.staff or here.client is None or here.client not in here.participants:
        raise Refused("there is nobody that they may ask for documents")
    return MayAskDocuments(sends.member, here)


def may_prepare_file(
    member: Member | None, conversation: ConversationFacts | None, file: FileFacts | None
) -> MayPrepareFile:
    """FIL-3.

    Raises:
        NotFound: they do not take part, or it is somebody else's file.
        Refused: `conversation_closed`.
        Conflict: it is `file_sent`.
    """
    sends = may_send(member, conversation)
    if file is None or file.owner != sends.member.person or file.conversation != sends.conversation.id:
        raise NotFound("no such file of this person")
    if file.seq is not None:
        raise Conflict("it is part of a message now", code="file_sent")
    return MayPrepareFile(sends.member, sends.conversation, file)


def may_open_file(
    member: Member | None,
    conversation: ConversationFacts | None,
    file: FileFacts | None,
    message: MessageFacts | None,
) -> MayOpenFile:
    """FIL-4.

    Raises:
        NotFound: they do not take part, there is no such file, or none that they may see.
        Conflict: its message was `withdrawn`, or it is `file_not_ready`.
    """
    reads = may_read(member, conversation)
    if file is None or file.conversation != reads.conversation.id:
        raise NotFound("no such file in this conversation")
    if file.seq is not None:
        _present(_seen(reads.member, reads.conversation, message))
    elif file.owner != reads.member.person:
        raise NotFound("somebody else's, and not sent")
    if not file.ready:
        raise Conflict("it is not checked, or was refused", code="file_not_ready")
    return MayOpenFile(reads.member, reads.conversation, file)


def _seen(member: Member, conversation: ConversationFacts, message: MessageFacts | None) -> MessageFacts:
    """ACC-5: a message from before somebody came is none to them."""
    if message is None or message.seq <= conversation.above.get(member.person, 0):
        raise NotFound("no such message for this person")
    return message


def _present(message: MessageFacts) -> MessageFacts:
    """MSG-4."""
    if message.withdrawn:
        raise Conflict("the message was withdrawn", code="withdrawn")
    return message


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


def meets_clients(role: Role) -> bool:
    """ACC-14: whether somebody of this role takes part in what has a client in it."""
    return role is Role.CLIENT or role in _HAS_CLIENTS


def _together(roles: Iterable[Role]) -> None:
    """ACC-14.

    Raises:
        NotFound: a client and who has none would be in one group.
    """
    there = set(roles)
    if Role.CLIENT in there and not all(meets_clients(role) for role in there):
        raise NotFound("a client and somebody who has no clients")


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
    """ACC-8 and ACC-14; by id each person as a member, and whether there is a care relation.

    Raises:
        Refused: they are no staff.
        NotFound: somebody among `people` they could not bring in, or not together with the others.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff make groups")
    brought = [may_bring(member, other, care_relation=cares) for other, cares in people.values()]
    _together([member.role, *(other.role for other, _ in people.values() if other)])
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


def may_add_to_group(
    manages: MayManageGroup, other: Member | None, present: Iterable[Member], *, care_relation: bool
) -> MayAddToGroup:
    """ACC-8 and ACC-14; `present` are those who take part in it now.

    Raises:
        NotFound: nobody they could bring in, or not together with who is there.
    """
    person = may_bring(manages.member, other, care_relation=care_relation)
    _together(one.role for one in (*present, other) if one)
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


def may_break_glass(member: Member | None) -> MayBreakGlass:
    """ACC-10.

    Raises:
        Refused: their role has no clients.
    """
    if member is None or member.role not in _HAS_CLIENTS:
        raise Refused("only who has clients reaches one by break-glass")
    return MayBreakGlass(member)


def may_review_break_glass(member: Member | None) -> MayReviewBreakGlass:
    """ACC-10.

    Raises:
        Refused: they are no privacy officer.
    """
    if member is None or member.role is not Role.PRIVACY_OFFICER:
        raise Refused("only the privacy officer sees this")
    return MayReviewBreakGlass(member)


def may_help_who_lost_a_factor(member: Member | None) -> Member:
    """ACC-15: who is to find out who somebody is.

    Raises:
        Refused: they are neither of client support nor an administrator.
    """
    if member is None or member.role not in _RECOVER_FACTORS:
        raise Refused("only client support and administrators recover a second factor")
    return member


def may_recover_factor(member: Member | None, other: Member | None) -> MayRecoverFactor:
    """ACC-15: of anybody of their organisation, and never their own.

    Raises:
        Refused: they are neither of client support nor an administrator, or it is their own.
        NotFound: nobody of their organisation.
    """
    helper = may_help_who_lost_a_factor(member)
    if other is None or other.organisation != helper.organisation:
        raise NotFound("nobody of this organisation", code="no_such_person")
    if other.person == helper.person:
        raise Refused("never one's own", code="own_factor")
    return MayRecoverFactor(helper, other)


def may_review_recoveries(member: Member | None) -> MayReviewRecoveries:
    """ACC-15: who may have it done, and the privacy officer.

    Raises:
        Refused: they are none of these.
    """
    if member is None or member.role not in {*_RECOVER_FACTORS, Role.PRIVACY_OFFICER}:
        raise Refused("not for this role")
    return MayReviewRecoveries(member)


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


def may_set_hours(member: Member | None, owner: HoursOwner | None) -> MaySetHours:
    """HRS-1.

    Raises:
        Refused: they are no staff.
        NotFound: the hours are somebody else's, or there is nobody and nothing of this id.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff have hours")
    if owner is None or owner.organisation != member.organisation:
        raise NotFound("nobody here has hours under this id")
    own = owner.kind is OwnerKind.PERSON and owner.id == member.person
    if not own and member.role is not Role.ADMINISTRATOR:
        raise NotFound("somebody else's hours")
    return MaySetHours(member, owner)


def may_plan_absence(member: Member | None, other: Member | None) -> MayPlanAbsence:
    """HRS-2.

    Raises:
        Refused: they are no staff.
        NotFound: the absence is somebody else's, or `other` is nobody, no staff, or of another organisation.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff are absent")
    if other is None or other.organisation != member.organisation or not other.role.staff:
        raise NotFound("nobody here who can be absent")
    if other.person != member.person and member.role is not Role.ADMINISTRATOR:
        raise NotFound("somebody else's absence")
    return MayPlanAbsence(member, other.person)


def may_set_notice(member: Member | None) -> MaySetNotice:
    """HRS-3.

    Raises:
        Refused: they are no administrator.
    """
    if member is None or member.role is not Role.ADMINISTRATOR:
        raise Refused("only the administrator sets what the organisation says")
    return MaySetNotice(member)


def may_read_plan(member: Member | None, client: Member | None, *, care_relation: bool) -> MayReadPlan:
    """PLN-1.

    Raises:
        NotFound: there is no such client, or neither are they it nor do they treat them.
    """
    if member is None or client is None or not _shares_plan(member, client, care_relation=care_relation):
        raise NotFound("no such client of this person")
    return MayReadPlan(member, client.person)


def may_write_plan(member: Member | None, client: Member | None, *, care_relation: bool) -> MayWritePlan:
    """PLN-1.

    Raises:
        NotFound: there is no such client, or neither are they it nor do they treat them.
    """
    reads = may_read_plan(member, client, care_relation=care_relation)
    return MayWritePlan(reads.member, reads.client)


def _shares_plan(member: Member, client: Member, *, care_relation: bool) -> bool:
    if client.role is not Role.CLIENT or member.organisation != client.organisation:
        return False
    return member == client or (member.role is Role.PRACTITIONER and care_relation)


def may_administer(member: Member | None) -> MayAdminister:
    """ACC-11.

    Raises:
        Refused: they are no administrator.
    """
    if member is None or member.role is not Role.ADMINISTRATOR:
        raise Refused("only administrators run an organisation")
    return MayAdminister(member)


def may_oversee_invitation(administers: MayAdminister, invitation: InvitationFacts | None) -> MayManageInvitation:
    """ACC-11: any open invitation of their organisation, whoever sent it.

    Raises:
        NotFound: there is none, or it is another organisation's.
    """
    if invitation is None or invitation.organisation != administers.member.organisation:
        raise NotFound("no such invitation in this organisation")
    return MayManageInvitation(administers.member, invitation)


def may_run_team(administers: MayAdminister, team: TeamFacts | None) -> MayUseTeam:
    """ACC-11: a team of their organisation, to be named and manned.

    Raises:
        NotFound: there is none, or it is another organisation's.
    """
    if team is None or team.organisation != administers.member.organisation:
        raise NotFound("no such team in this organisation")
    return MayUseTeam(administers.member, team)


def may_end_membership(administers: MayAdminister, other: Member | None, administrators: int) -> MayEndMembership:
    """ACC-11 and ACC-12; `administrators` is how many the organisation has.

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
    """ACC-11 and ACC-12; `cares`: whether there are conversations with clients that they would leave.

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
    """ACC-13.

    Raises:
        NotFound: no such conversation of the leaver, or nobody who could go on with it.
    """
    here = administers.member.organisation
    if conversation is None or conversation.organisation != here or leaver.person not in conversation.participants:
        raise NotFound("no such conversation of this person")
    if to is None or to.organisation != here or to.role is not Role.PRACTITIONER or to.person == leaver.person:
        raise NotFound("nobody to go on with it")
    return MayHandOver(administers.member, conversation, leaver.person, to.person)


def may_sign_on(facts: SignOnFacts) -> MaySignOn:
    """ACC-16.

    Raises:
        Refused: `own_password`, the account is not this organisation's to open; `no_group`, no group gives a role;
            `account_closed`; `membership_ended`.
    """
    if facts.closed:
        raise Refused("the account is closed", code="account_closed")
    if facts.elsewhere or facts.here is Role.CLIENT:
        raise Refused("an account of others too, or of a client", code="own_password")
    if facts.role is None or not facts.role.staff:
        raise Refused("no group that gives a role", code="no_group")
    if facts.sent_away:
        raise Refused("an administrator ended the membership", code="membership_ended")
    return MaySignOn(facts.organisation, facts.role)


def _colleague(administers: MayAdminister, other: Member | None) -> Member:
    if other is None or other.organisation != administers.member.organisation or not other.role.staff:
        raise NotFound("no such member of staff of this organisation")
    return other


def _takes_part(member: Member, conversation: ConversationFacts) -> bool:
    return member.organisation == conversation.organisation and member.person in conversation.participants
