"""Where allauth meets our rules: limits before a password is compared, no open sign-up, mail through `delivery`."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from zorgmessenger.accounts import again, limits, notices, own_way, refusals, second_step, signals
from zorgmessenger.accounts.http import error_response
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.request import address_of, language_of, origin_of
from zorgmessenger.accounts.rules import clean_address
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.delivery import outbox
from zorgmessenger.errors import FieldError, Invalid, Refused, TooMany
from zorgmessenger.texts import text


class Adapter(DefaultAccountAdapter):
    """allauth's account adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        """Accounts come from invitations only."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address, as the server in front tells."""
        return address_of(request)

    def clean_email(self, email: str) -> str:
        """An address in the one form in which we keep it."""
        cleaned = clean_address(email)
        if cleaned is None:
            raise ValidationError(text("error.field.email_invalid", language_of(self.request)), code="invalid")
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before the password is compared."""
        try:
            limits.check(limits.SIGN_IN_NETWORK, address_of(request))
            limits.check(limits.SIGN_IN_ADDRESS, str(credentials.get("email", "")))
        except TooMany as error:
            signals.sign_in_refused(request)
            raise ImmediateHttpResponse(error_response(request, error)) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Compares address and password; the count of the address starts anew when they fit."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            limits.clear(limits.SIGN_IN_ADDRESS, str(credentials.get("email", "")))
        return person

    def pre_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse | None:
        """Lets nobody in by a way that does not open their account."""
        try:
            if not second_step.is_by_sign_on(about["signal_kwargs"]):
                own_way.check(request, user)
        except Refused as error:
            signals.sign_in_failed(request, reason=error.code)
            raise ImmediateHttpResponse(error_response(request, error)) from error
        return super().pre_login(request, user, **about)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Logs a wrong address or password, without the address."""
        signals.sign_in_failed(request, reason="credentials")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Asks the password of somebody who is signed in; counted like a sign-in."""
        try:
            return again.is_password(self.request, user, password)
        except TooMany as error:
            raise ImmediateHttpResponse(error_response(self.request, error)) from error

    def get_login_stages(self) -> list[str]:
        """Those of allauth, with our second step in place of its own."""
        theirs = [stage for stage in super().get_login_stages() if not stage.startswith("allauth.mfa.")]
        return [*theirs, "zorgmessenger.accounts.second_step.Stage"]

    def set_password(self, user: Any, password: str) -> None:
        """Sets a new password in place of the one that the mailed key was made for, and signs out everywhere.

        The key was checked by that very password: of several that use it in one moment one replaces it. It is one
        transaction with its log entry.
        """
        before = user.password
        user.set_password(password)
        with audited() as log:
            present = Person.objects.filter(pk=user.pk, password=before, is_active=True)
            if not present.update(password=user.password):
                used = Invalid(FieldError("key", "invalid_password_reset"), code="invalid_password_reset")
                raise ImmediateHttpResponse(error_response(self.request, used))
            log(Entry(Tag.PASSWORD_RESET, actor=user.id, origin=origin_of(self.request)))
            signals.end_sessions(user.id)
            notices.tell(user, "password_changed")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts a mail in the outbox.

        A known and an unknown address do the same work here, so that neither the answer nor its time tells which it is.
        """
        name = template_prefix.removeprefix("account/email/")
        try:
            if name in {"password_reset_key", "unknown_account"}:
                limits.check(limits.RESET_NETWORK, address_of(self.request))
                limits.check(limits.RESET_ADDRESS, email)
        except TooMany as error:
            refusals.write(self.request, self._reset_asked(None, error.code))
            return
        known = name == "password_reset_key"
        if known or name == "unknown_account":
            person: Person | None = context.get("user") if known else None
            language = person.language if person else language_of(self.request)
            link = context.get("password_reset_url", "")
            with audited() as log:
                outbox.put(email, "password_reset", language, {"link": link}, send=known)
                log(self._reset_asked(person))

    def _reset_asked(self, person: Person | None, reason: str = "") -> Entry:
        """For whose account it was asked; an address that is nobody's is not kept."""
        subject = person.id if person else None
        return Entry(Tag.PASSWORD_RESET_ASKED, subject=subject, origin=origin_of(self.request), reason=reason)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Allauth's own notices are not sent; `set_password` tells of a changed password."""
