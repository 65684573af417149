"""Checked rights are types: only the access rules make a proof, and what writes or opens asks for one."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from zorgmessenger.access import proofs
from zorgmessenger.availability import absences
from zorgmessenger.availability import actions as availability
from zorgmessenger.console import branding, figures, importing, leaving, people
from zorgmessenger.console import files as console_files
from zorgmessenger.console import invitations as console_invitations
from zorgmessenger.console import second_factor as console_second_factor
from zorgmessenger.console import teams as console_teams
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import group_pictures, handover, mutes
from zorgmessenger.files import saving
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.invitations import staff
from zorgmessenger.messages import alterations, committer, forwarding, history
from zorgmessenger.plans import actions as plans
from zorgmessenger.signon import membership

SOURCE = Path(__file__).parents[2] / "src/zorgmessenger"
PROOFS = {name for name, value in vars(proofs).items() if inspect.isclass(value) and name.startswith("May")}


def test_there_are_proofs() -> None:
    assert {"MayRead", "MaySend", "MayInvite", "MayStart"} <= PROOFS


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_nobody_but_the_rules_makes_a_proof(file: Path) -> None:
    if file == SOURCE / "access/rules.py":
        return
    calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    made = {getattr(call, "id", getattr(call, "attr", "")) for call in calls} & PROOFS
    assert not made, f"{file} makes {made}"


@pytest.mark.parametrize(
    ("action", "proof"),
    [
        (conversations.start, "MayStart"),
        (conversations.open_pair, "MayStart"),
        (invitations.invite, "MayInvite"),
        (invitations.listed, "MayListInvitations"),
        (invitations.resend, "MayManageInvitation"),
        (invitations.withdraw, "MayManageInvitation"),
        (staff.invite, "MayAdminister"),
        (people.listed, "MayAdminister"),
        (people.change_role, "MayAdminister"),
        (leaving.preview, "MayAdminister"),
        (leaving.hand_over, "MayAdminister"),
        (leaving.deactivate, "MayAdminister"),
        (handover.hand_over, "MayHandOver"),
        (console_invitations.listed, "MayAdminister"),
        (importing.preview, "MayAdminister"),
        (importing.invite, "MayAdminister"),
        (console_teams.listed, "MayAdminister"),
        (console_teams.make, "MayAdminister"),
        (console_teams.change, "MayUseTeam"),
        (console_teams.man, "MayUseTeam"),
        (console_teams.unman, "MayUseTeam"),
        (branding.shown, "MayAdminister"),
        (branding.change, "MayAdminister"),
        (branding.set_logo, "MayAdminister"),
        (figures.of_teams, "MayAdminister"),
        (console_files.shown, "MayAdminister"),
        (console_files.change, "MayAdminister"),
        (console_second_factor.shown, "MayAdminister"),
        (console_second_factor.change, "MayAdminister"),
        (membership.follow, "MaySignOn"),
        (group_pictures.set_picture, "MayManageGroup"),
        (group_pictures.picture_of, "MayRead"),
        (saving.to_save, "MayRead"),
        (saving.zipped, "MayRead"),
        (history.page, "MayRead"),
        (history.changes, "MayRead"),
        (availability.hours_of, "MaySetHours"),
        (availability.set_hours, "MaySetHours"),
        (availability.reset_hours, "MaySetHours"),
        (availability.words_of, "MaySetNotice"),
        (availability.set_words, "MaySetNotice"),
        (absences.listed, "MayPlanAbsence"),
        (absences.plan, "MayPlanAbsence"),
        (absences.change, "MayPlanAbsence"),
        (absences.cancel, "MayPlanAbsence"),
        (mutes.mute, "MayRead"),
        (plans.read, "MayReadPlan"),
        (plans.save, "MayWritePlan"),
        (committer._send, "MaySend"),  # noqa: SLF001  (the one place that stores a message)
        (committer._mark, "MayRead"),  # noqa: SLF001
        (committer._forward, "MaySend"),  # noqa: SLF001
        (forwarding._copied, "MayForward"),  # noqa: SLF001
        (alterations._react, "MayReact"),  # noqa: SLF001
        (alterations._withdraw, "MayWithdraw"),  # noqa: SLF001
    ],
)
def test_what_writes_or_opens_asks_for_its_proof(action: object, proof: str) -> None:
    assert callable(action)
    kinds = {str(parameter.annotation) for parameter in inspect.signature(action).parameters.values()}
    assert proof in kinds
