"""Choosing a new password while signed in, in place of the present one.

OWN-1 The present password is asked, counted with every other time that it is asked of who is signed in; and the second
      factor, where there is one, in the last five minutes (`again`).
OWN-2 The new one is judged as at registration, and is another than the present one.
OWN-3 Of several that replace the same password in one moment one does.
OWN-4 All other sessions end with the change. This one goes on by a key of its own, so that who had copied its cookie is
      out as well; what hangs on it (its device, its lock, its pushes) goes along.
OWN-5 It is one transaction with its log entry and the mail to all of the person's addresses.
"""

from __future__ import annotations

from functools import partial
from typing import cast

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest

from zorgmessenger.accounts import again, notices, own_way, passwords
from zorgmessenger.accounts.http import person_of
from zorgmessenger.accounts.models import Person, Session
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.accounts.sessions import SessionStore, digest
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.errors import FieldError, Invalid, Refused
from zorgmessenger.realtime.hub import hub


def change(request: HttpRequest, present: str, new: str) -> str:
    """Sets the password of who is signed in; gives the digest of the key that their session had before.

    Raises:
        Invalid: `incorrect_password` of `present`, or what is wrong with the new one.
        Refused: `sign_on_instead`, they have none; `reauthenticate_code`, the second factor is asked.
        TooMany: OWN-1.
    """
    person = person_of(request)
    if not own_way.is_by_password(person):
        raise Refused("signs in through an organisation", code="sign_on_instead")
    if not again.is_password(request, person, present):
        raise _not_present()
    _check_new(person, present, new)
    again.check_factor_given_recently(request)
    return _replace(request, person, new)


def _check_new(person: Person, present: str, new: str) -> None:
    weak = passwords.weaknesses_for(person, new) or (["same"] if new == present else [])
    if weak:
        raise Invalid(*(FieldError("password", f"password_{code}") for code in weak))


def _replace(request: HttpRequest, person: Person, new: str) -> str:
    before, origin = person.password, origin_of(request)
    person.set_password(new)
    session = cast("SessionStore", request.session)
    with audited() as log:
        kept = Person.objects.filter(pk=person.pk, password=before, is_active=True)
        if not kept.update(password=person.password):
            raise _not_present()
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        left = session.renew_key()
        here = digest(str(session.session_key))
        log(Entry(Tag.PASSWORD_CHANGED, actor=person.id, object=here, origin=origin))
        notices.tell(person, "own_password_changed")
        others = Session.objects.filter(person=person.id).exclude(pk=here)
        for other in list(others.values_list("pk", flat=True)):
            transaction.on_commit(partial(hub.close_session, other))
        others.delete()
    return left


def _not_present() -> Invalid:
    return Invalid(FieldError("present", "incorrect_password"), code="incorrect_password")
