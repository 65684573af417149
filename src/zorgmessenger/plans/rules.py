"""What a safety plan is made of and must hold, in the words of those who made it: a pure decision.

The plan as mental-health care in the Netherlands knows it: three phases (it goes well, less well, a crisis), each with
how one notices it, what one does oneself and what others can do. The app adds nothing to it: no score, no advice.

PLN-2 Each text is at most `LONGEST` characters; there are at most `MOST_PEOPLE`, each with a name, and a number that
      can be called or none.
"""

from __future__ import annotations

from msgspec import Struct

from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.organisations import phones

LONGEST = 2_000
MOST_PEOPLE = 10


class Contact(Struct, frozen=True):
    """Somebody to call; `number` may be empty."""

    name: str
    number: str = ""


class SafetyPlan(Struct, frozen=True, rename="camel"):
    """A whole plan. `signs`: how I and others notice it; `own`: what I do myself; `others`: what others can do."""

    green_signs: str = ""
    green_own: str = ""
    green_others: str = ""
    orange_signs: str = ""
    orange_own: str = ""
    orange_others: str = ""
    red_signs: str = ""
    red_own: str = ""
    red_others: str = ""
    people: tuple[Contact, ...] = ()
    helps: str = ""
    hinders: str = ""
    agreements: str = ""


def check_plan(plan: SafetyPlan) -> None:
    """PLN-2, for what the form of the request does not show.

    Raises:
        Invalid: `people.0.name` and `people.0.number` are of the first.
    """
    wrong = [FieldError(f"people.{n}.name", "missing") for n, one in enumerate(plan.people) if not one.name]
    wrong += [
        FieldError(f"people.{n}.number", "phone")
        for n, one in enumerate(plan.people)
        if one.number and not phones.is_number(one.number)
    ]
    if wrong:
        raise Invalid(*wrong)
