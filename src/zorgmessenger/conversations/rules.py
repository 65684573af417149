"""Where a team's conversation with a client stands, as a pure function of what happens in it; the shape of titles.

CASE-1 A client's message opens the case again; the first that is not answered says since when the client waits.
       An answer is due when what the team promises has passed in its office hours.
CASE-2 An answer ends the waiting, and where nobody had taken the case, who answers takes it.
CASE-3 In what is handled nobody waits. Since when they waited is kept, for who opens it again.
CASE-4 Where the last answer is withdrawn, the client waits as before it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from zorgmessenger.access.facts import Member


def clean_title(title: str) -> str:
    """A title without odd spaces.

    Raises:
        ValueError: nothing is left, or it holds characters that are not seen.
    """
    cleaned = " ".join(unicodedata.normalize("NFC", title).split())
    if not cleaned or any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"} for c in cleaned):
        raise ValueError("no title")
    return cleaned


class Case(Struct, frozen=True):
    """Who of the team has it, since when the client waits and until when an answer is in time, when it was handled.

    Since when they wait counts only in what is not handled.
    """

    assignee: UUID | None = None
    waiting_since: datetime | None = None
    answer_by: datetime | None = None
    handled_at: datetime | None = None


def after_message(case: Case, sender: Member, at: datetime, due: Callable[[datetime], datetime | None]) -> Case:
    """The case after a message; CASE-1 and CASE-2. `due` tells until when an answer to it is in time."""
    if sender.role.staff:
        mine = case.assignee or sender.person
        return msgspec.structs.replace(case, waiting_since=None, answer_by=None, assignee=mine)
    if case.waiting_since is not None and case.handled_at is None:
        return case
    return msgspec.structs.replace(case, waiting_since=at, answer_by=due(at), handled_at=None)


def handled(case: Case, at: datetime) -> Case:
    """The case when somebody of the team says that it is done; CASE-3."""
    return case if case.handled_at else msgspec.structs.replace(case, handled_at=at)


def reopened(case: Case) -> Case:
    """The case when somebody of the team says that it is not done after all; CASE-3."""
    return msgspec.structs.replace(case, handled_at=None)


def unanswered(case: Case, since: datetime | None, due: Callable[[datetime], datetime | None]) -> Case:
    """The case after an answer is withdrawn; CASE-4. `since` is when the first unanswered message came, if any did."""
    if since is None or since == case.waiting_since:
        return case
    return msgspec.structs.replace(case, waiting_since=since, answer_by=due(since))
