"""Checked rights are types: only the access rules make a proof, and what writes or opens asks for one."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from zorgmessenger.access import proofs
from zorgmessenger.availability import absences
from zorgmessenger.availability import actions as availability
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.messages import alterations, committer, forwarding, history
from zorgmessenger.plans import actions as plans

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
        (plans.read, "MayReadPlan"),
        (plans.save, "MayWritePlan"),
        (committer._send, "MaySend"),  # noqa: SLF001  (the one place that stores a message)
        (committer._mark, "MayRead"),  # noqa: SLF001
        (committer._forward, "MaySend"),  # noqa: SLF001
        (forwarding._body, "MayForward"),  # noqa: SLF001
        (alterations._react, "MayReact"),  # noqa: SLF001
        (alterations._withdraw, "MayWithdraw"),  # noqa: SLF001
    ],
)
def test_what_writes_or_opens_asks_for_its_proof(action: object, proof: str) -> None:
    assert callable(action)
    kinds = {str(parameter.annotation) for parameter in inspect.signature(action).parameters.values()}
    assert proof in kinds
