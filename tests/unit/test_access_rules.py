"""ACC-1 … ACC-5 over every role, every kind and every combination of facts: what no rule allows is denied."""

from __future__ import annotations

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.access import rules
from zorgmessenger.access.facts import ConversationFacts, HoursOwner, InvitationFacts, Kind, Member, OwnerKind, Role
from zorgmessenger.errors import NotFound, Refused, ZorgError

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
ME, OTHER, THIRD = UUID(int=11), UUID(int=12), UUID(int=13)
INVITES = {Role.PRACTITIONER: Kind.TREATMENT, Role.PLANNER: Kind.PLANNING}
TREATS = {**INVITES, Role.SUPPORT: Kind.SUPPORT}
members = st.builds(
    Member,
    person=st.sampled_from([ME, OTHER, THIRD]),
    organisation=st.sampled_from([HERE, ELSEWHERE]),
    role=st.sampled_from(Role),
)
conversations = st.builds(
    ConversationFacts,
    id=st.uuids(),
    organisation=st.sampled_from([HERE, ELSEWHERE]),
    kind=st.sampled_from(Kind),
    participants=st.frozensets(st.sampled_from([ME, OTHER, THIRD])),
    client=st.none() | st.sampled_from([ME, OTHER, THIRD]),
)
owners = st.builds(
    HoursOwner,
    id=st.sampled_from([ME, OTHER, HERE]),
    organisation=st.sampled_from([HERE, ELSEWHERE]),
    kind=st.sampled_from(OwnerKind),
)


def refusal(error: pytest.ExceptionInfo[ZorgError]) -> tuple[type[ZorgError], str]:
    return type(error.value), error.value.code


@given(st.none() | members, st.none() | conversations)
def test_acc_1_only_participants_of_the_same_organisation_read_and_write(
    member: Member | None, conversation: ConversationFacts | None
) -> None:
    allowed = (
        member is not None
        and conversation is not None
        and member.person in conversation.participants
        and member.organisation == conversation.organisation
    )
    for may in (rules.may_read, rules.may_send):
        if allowed:
            proof = may(member, conversation)
            assert (proof.member, proof.conversation) == (member, conversation)
        else:
            with pytest.raises(NotFound) as error:
                may(member, conversation)
            assert refusal(error) == (NotFound, "not_found"), "ACC-5: as what does not exist"


@pytest.mark.parametrize("role", [None, *Role])
def test_acc_2_only_practitioners_and_the_planning_office_invite(role: Role | None) -> None:
    member = Member(ME, HERE, role) if role else None
    if role in INVITES:
        assert rules.may_invite(member).kind is INVITES[role]
        assert rules.may_list_invitations(member).whole_role is (role is Role.PLANNER)
    else:
        for may in (rules.may_invite, rules.may_list_invitations):
            with pytest.raises(Refused):
                may(member)


@pytest.mark.parametrize(("role", "by_role"), list(product(Role, INVITES)))
@pytest.mark.parametrize(("inviter", "where"), list(product([ME, OTHER], [HERE, ELSEWHERE])))
def test_acc_3_an_invitation_is_its_inviters_and_the_planning_offices_together(
    role: Role, by_role: Role, inviter: UUID, where: UUID
) -> None:
    member, invitation = Member(ME, HERE, role), InvitationFacts(UUID(int=5), where, inviter, by_role)
    together = role is by_role is Role.PLANNER
    if role not in INVITES:
        with pytest.raises(Refused):
            rules.may_manage_invitation(member, invitation)
    elif where == HERE and (inviter == ME or together):
        assert rules.may_manage_invitation(member, invitation).invitation == invitation
    else:
        with pytest.raises(NotFound) as error:
            rules.may_manage_invitation(member, invitation)
        with pytest.raises(NotFound) as absent:
            rules.may_manage_invitation(member, None)
        assert refusal(error) == refusal(absent), "ACC-5"


def test_acc_4_only_staff_start_with_a_client_they_care_for_or_a_colleague() -> None:
    roles = [None, *Role]
    for role, other_role, cares, where, other in product(roles, roles, [True, False], [HERE, ELSEWHERE], [OTHER, ME]):
        me = Member(ME, HERE, role) if role else None
        them = Member(other, where, other_role) if other_role else None
        if role is None or role is Role.CLIENT:
            with pytest.raises(Refused):
                rules.may_start(me, them, care_relation=cares)
            continue
        colleague = other_role not in {None, Role.CLIENT}
        client = other_role is Role.CLIENT and cares and role is Role.PRACTITIONER
        if where == HERE and other != ME and (colleague or client):
            proof = rules.may_start(me, them, care_relation=cares)
            assert (proof.other, proof.client) == (other, other if client else None)
            assert proof.kind is (Kind.INTERNAL if colleague else Kind.TREATMENT)
        else:
            with pytest.raises(NotFound):
                rules.may_start(me, them, care_relation=cares)


def test_a_proof_cannot_be_changed_after_it_was_given() -> None:
    member = Member(ME, HERE, Role.PRACTITIONER)
    proof = rules.may_invite(member)
    with pytest.raises(AttributeError):
        proof.kind = Kind.INTERNAL  # type: ignore[misc]
    with pytest.raises(AttributeError):
        proof.member.role = Role.ADMINISTRATOR  # type: ignore[misc]


@given(st.none() | members, st.none() | owners)
def test_hrs_1_hours_are_ones_own_or_the_administrators_to_set(member: Member | None, owner: HoursOwner | None) -> None:
    if member is None or not member.role.staff:
        with pytest.raises(Refused):
            rules.may_set_hours(member, owner)
        return
    here = owner is not None and owner.organisation == member.organisation
    own = owner is not None and owner.kind is OwnerKind.PERSON and owner.id == member.person
    if owner is not None and here and (own or member.role is Role.ADMINISTRATOR):
        assert rules.may_set_hours(member, owner).owner == owner
    else:
        with pytest.raises(NotFound):
            rules.may_set_hours(member, owner)


@given(st.none() | members, st.none() | members)
def test_hrs_2_absences_are_ones_own_or_the_administrators_to_plan(member: Member | None, other: Member | None) -> None:
    if member is None or not member.role.staff:
        with pytest.raises(Refused):
            rules.may_plan_absence(member, other)
        return
    here = other is not None and other.organisation == member.organisation and other.role.staff
    if other is not None and here and (other.person == member.person or member.role is Role.ADMINISTRATOR):
        assert rules.may_plan_absence(member, other).person == other.person
    else:
        with pytest.raises(NotFound):
            rules.may_plan_absence(member, other)


@pytest.mark.parametrize("role", [None, *Role])
def test_hrs_3_the_notice_is_the_administrators_to_set(role: Role | None) -> None:
    member = Member(ME, HERE, role) if role else None
    if role is Role.ADMINISTRATOR:
        assert rules.may_set_notice(member).member == member
    else:
        with pytest.raises(Refused):
            rules.may_set_notice(member)
