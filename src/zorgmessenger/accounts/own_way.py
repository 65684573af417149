"""How an account is opened: by its person's own password and passkeys, or by one organisation's sign-on alone.

Who left an organisation's groups is out within a minute: so there is no other way in that nobody asks the organisation
about. Where a person comes to belong to a second organisation, their own password opens the account from then on.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from zorgmessenger import clock
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.accounts.sessions import end_session
from zorgmessenger.errors import Refused

LINKING = "sign_on_linking"
"""In a session's data: whose own way in is asked for, once, so that a sign-on comes to open their account."""


def check(request: HttpRequest, person: Person) -> None:
    """Checks that a person's own password or passkey opens their account.

    Raises:
        Refused: `sign_on_instead`.
    """
    asked = request.session.get(LINKING, {})
    is_asked = asked.get("person") == str(person.pk) and asked["until"] >= clock.now().timestamp()
    if person.sign_on is not None and not is_asked:
        raise Refused("opened by an organisation's sign-on alone", code="sign_on_instead")


def is_by_password(person: Person) -> bool:
    """Whether it is a password of their own by which somebody signs in."""
    return person.sign_on is None and person.has_usable_password()


def give_back(person: UUID) -> bool:
    """Lets a person's own password alone open their account, in the caller's action; gives whether it did not."""
    if not Person.objects.filter(pk=person).exclude(sign_on=None).update(sign_on=None):
        return False
    for session in Session.objects.filter(person=person).exclude(sign_on=None).values_list("pk", flat=True):
        end_session(session)
    return True
