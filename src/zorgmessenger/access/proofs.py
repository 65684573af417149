"""Rights as values: only `access.rules` makes them, and what writes or opens data asks for one."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from zorgmessenger.access.facts import (
    ConversationFacts,
    FileFacts,
    HoursOwner,
    InvitationFacts,
    Kind,
    Member,
    Role,
    TeamFacts,
)


class MayRead(Struct, frozen=True):
    """`member` may open what is in `conversation`: its messages above number `above`."""

    member: Member
    conversation: ConversationFacts
    above: int = 0


class MaySend(Struct, frozen=True):
    """`member` may add a message to `conversation`."""

    member: Member
    conversation: ConversationFacts


class MayStartCall(Struct, frozen=True):
    """`member` may start a video call in `conversation`."""

    member: Member
    conversation: ConversationFacts


class MayJoinCall(Struct, frozen=True):
    """`member` may come into the call of `conversation`; who is to `wait` once staff let them in."""

    member: Member
    conversation: ConversationFacts
    waits: bool


class MayRunCall(Struct, frozen=True):
    """`member` may let people into the call of `conversation`, send them away, and end it for everybody."""

    member: Member
    conversation: ConversationFacts


class MayReply(Struct, frozen=True):
    """`member` may answer message `seq` of `conversation`."""

    member: Member
    conversation: ConversationFacts
    seq: int


class MayReact(Struct, frozen=True):
    """`member` may put a reaction with message `seq` of `conversation`."""

    member: Member
    conversation: ConversationFacts
    seq: int


class MayForward(Struct, frozen=True):
    """`member` may copy message `seq` of `source` to `target`."""

    member: Member
    source: ConversationFacts
    seq: int
    target: ConversationFacts


class MayEdit(Struct, frozen=True):
    """`member` may give message `seq` of `conversation` another text."""

    member: Member
    conversation: ConversationFacts
    seq: int


class MayWithdraw(Struct, frozen=True):
    """`member` may withdraw message `seq` of `conversation`, for everybody."""

    member: Member
    conversation: ConversationFacts
    seq: int


class MayAskDocuments(Struct, frozen=True):
    """`member` may ask the client of `conversation` for documents, and say of them that they are done."""

    member: Member
    conversation: ConversationFacts


class MayPrepareFile(Struct, frozen=True):
    """`member` may add to `file` of theirs, look how far it is, or drop it: it is not sent yet."""

    member: Member
    conversation: ConversationFacts
    file: FileFacts


class MayOpenFile(Struct, frozen=True):
    """`member` may see what is in `file` of `conversation`."""

    member: Member
    conversation: ConversationFacts
    file: FileFacts


class MayInvite(Struct, frozen=True):
    """`member` may invite a client to a conversation of `kind`."""

    member: Member
    kind: Kind


class MayListInvitations(Struct, frozen=True):
    """`member` may see the open invitations made by `inviters_role`, or only their own when it is None."""

    member: Member
    whole_role: bool


class MayManageInvitation(Struct, frozen=True):
    """`member` may send `invitation` again or withdraw it."""

    member: Member
    invitation: InvitationFacts


class MayStart(Struct, frozen=True):
    """`member` may start a conversation of `kind` with `other`."""

    member: Member
    other: UUID
    kind: Kind
    client: UUID | None


class MayMakeGroup(Struct, frozen=True):
    """`member` may make a group of `people`."""

    member: Member
    people: frozenset[UUID]


class MayManageGroup(Struct, frozen=True):
    """`member` may name a group, take people out of it, and close it."""

    member: Member
    conversation: ConversationFacts


class MayAddToGroup(Struct, frozen=True):
    """`member` may bring `person` into a group."""

    member: Member
    conversation: ConversationFacts
    person: UUID


class MayBreakGlass(Struct, frozen=True):
    """`member` may reach a client of their organisation without a care relation, with a reason."""

    member: Member


class MayReviewBreakGlass(Struct, frozen=True):
    """`member` may see for what that was used in their organisation."""

    member: Member


class MayRecoverFactor(Struct, frozen=True):
    """`member` may have the second factor of `other`, of their organisation, switched off after a waiting time."""

    member: Member
    other: Member


class MayReviewRecoveries(Struct, frozen=True):
    """`member` may see whose second factor was switched off in their organisation, and how it was known who it was."""

    member: Member


class MayAsk(Struct, frozen=True):
    """`member` may open the conversation of `client` with `team`: the client themselves, or somebody of the team."""

    member: Member
    team: TeamFacts
    client: UUID


class MayAnswerForTeam(Struct, frozen=True):
    """`member` answers in `conversation` for its team: they may claim, assign, close and write notes."""

    member: Member
    conversation: ConversationFacts


class MayUseTeam(Struct, frozen=True):
    """`member` answers for `team`."""

    member: Member
    team: TeamFacts


class MaySetHours(Struct, frozen=True):
    """`member` may see and set the hours of `owner`."""

    member: Member
    owner: HoursOwner


class MayReadPlan(Struct, frozen=True):
    """`member` may open the safety plan of `client` in their organisation."""

    member: Member
    client: UUID


class MayWritePlan(Struct, frozen=True):
    """`member` may save the safety plan of `client` in their organisation."""

    member: Member
    client: UUID


class MayPlanAbsence(Struct, frozen=True):
    """`member` may see and plan the absences of `person`."""

    member: Member
    person: UUID


class MaySetNotice(Struct, frozen=True):
    """`member` may see and set what their organisation says of emergencies and when it is closed."""

    member: Member


class MayAdminister(Struct, frozen=True):
    """`member` runs their organisation: its people, teams, invitations, looks and figures, and no message."""

    member: Member


class MayEndMembership(Struct, frozen=True):
    """`member` may end the membership of `other`."""

    member: Member
    other: Member


class MayChangeRole(Struct, frozen=True):
    """`member` may give `other` the role `role`."""

    member: Member
    other: Member
    role: Role


class MayHandOver(Struct, frozen=True):
    """`member` may have `to` go on in `conversation` in place of `leaver`."""

    member: Member
    conversation: ConversationFacts
    leaver: UUID
    to: UUID


class MaySignOn(Struct, frozen=True):
    """Who came by the sign-on of `organisation` works there as `role`."""

    organisation: UUID
    role: Role
