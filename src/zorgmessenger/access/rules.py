"""Who may do what to what. Default deny: each function gives a proof or raises.

Rules (cited in the tests):
ACC-1 Only who takes part in a conversation, and is active in its organisation, reads it or writes in it.
ACC-2 Only practitioners and the planning office invite clients.
ACC-3 An invitation is managed by who sent it; the planning office manages its own together.
ACC-4 Only staff start conversations: with a client they have a care relation with, or with a colleague.
ACC-5 What somebody may not know of is denied as `NotFound`, the same as what does not exist.
MSG-1 Only the sender edits or withdraws a message, while they still take part; it is edited within a day.
MSG-4 To a withdrawn message nothing can be done any more.
MSG-5 A reply names a message of the same conversation.
MSG-6 Who takes part may react to a message.
MSG-7 A message is forwarded only where everybody takes part in its source too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from zorgmessenger.access.facts import ConversationFacts, InvitationFacts, Kind, Member, MessageFacts, Role
from zorgmessenger.access.proofs import (
    MayEdit,
    MayForward,
    MayInvite,
    MayListInvitations,
    MayManageInvitation,
    MayReact,
    MayRead,
    MayReply,
    MaySend,
    MayStart,
    MayWithdraw,
)
from zorgmessenger.errors import Conflict, NotFound, Refused

_INVITES: dict[Role, Kind] = {Role.PRACTITIONER: Kind.TREATMENT, Role.PLANNER: Kind.PLANNING}
_TREATS: dict[Role, Kind] = _INVITES | {Role.SUPPORT: Kind.SUPPORT}
EDIT_WITHIN = timedelta(days=1)


def may_read(member: Member | None, conversation: ConversationFacts | None) -> MayRead:
    """ACC-1.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
    """
    if member is None or conversation is None or not _takes_part(member, conversation):
        raise NotFound("no such conversation for this person")
    return MayRead(member, conversation)


def may_send(member: Member | None, conversation: ConversationFacts | None) -> MaySend:
    """ACC-1.

    Raises:
        NotFound: they do not take part, or there is no such conversation.
    """
    reads = may_read(member, conversation)
    return MaySend(reads.member, reads.conversation)


def may_reply(member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None) -> MayReply:
    """MSG-4, MSG-5.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Conflict: it was `withdrawn`.
    """
    sends = may_send(member, conversation)
    present = _present(message)
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
        Refused: somebody in the target would learn what they cannot read.
        Conflict: it was `withdrawn`.
    """
    reads = may_read(member, source)
    present = _present(message)
    there = target.conversation
    if there.organisation != reads.conversation.organisation or not (
        there.participants <= reads.conversation.participants
    ):
        raise Refused("somebody there does not take part in the source")
    return MayForward(reads.member, reads.conversation, present.seq, there)


def may_edit(
    member: Member | None, conversation: ConversationFacts | None, message: MessageFacts | None, now: datetime
) -> MayEdit:
    """MSG-1, MSG-4.

    Raises:
        NotFound: they do not take part, or there is no such message.
        Refused: it is somebody else's, or `too_late`.
        Conflict: it was `withdrawn`.
    """
    theirs = may_withdraw(member, conversation, message)
    if now - _present(message).at > EDIT_WITHIN:
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
    if message is None:
        raise NotFound("no such message in this conversation")
    if message.sender != reads.member.person:
        raise Refused("somebody else's message")
    return MayWithdraw(reads.member, reads.conversation, message.seq)


def _present(message: MessageFacts | None) -> MessageFacts:
    """MSG-4."""
    if message is None:
        raise NotFound("no such message in this conversation")
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
    """ACC-4.

    Raises:
        Refused: they are no staff.
        NotFound: there is no such person, of another organisation, or a client they do not care for.
    """
    if member is None or not member.role.staff:
        raise Refused("only staff start conversations")
    if other is None or other.organisation != member.organisation or other.person == member.person:
        raise NotFound("nobody to start a conversation with")
    if other.role.staff:
        return MayStart(member, other.person, Kind.INTERNAL, client=None)
    if not care_relation or member.role not in _TREATS:
        raise NotFound("a client without a care relation with this person")
    return MayStart(member, other.person, _TREATS[member.role], client=other.person)


def _takes_part(member: Member, conversation: ConversationFacts) -> bool:
    return member.organisation == conversation.organisation and member.person in conversation.participants
