"""How passwords are judged and hashed, as Django plugs it in.

argon2id takes 19 MiB for each hash, so at most two are made at a time, whoever asks: a flood of guesses waits instead
of filling the memory.
"""

from __future__ import annotations

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from zorgmessenger.accounts import rules
from zorgmessenger.accounts.models import Person
from zorgmessenger.texts import text

_at_once = BoundedSemaphore(2)
_GUESSABLE = 400_000
"""Guesses within which zxcvbn finds a password: "Password1!" in 18,000; "Abcdef1!", which is to pass, in 500,000."""


class BoundedArgon2(Argon2PasswordHasher):
    """argon2id with the least cost that OWASP advises (19 MiB, 2 passes), two at a time."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hashes."""
        with _at_once:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compares."""
        with _at_once:
            return bool(super().verify(password, encoded))


def weaknesses(password: str, *known: str) -> list[str]:
    """What is wrong with a password, as codes; `known` are words that somebody who knows the person would try."""
    found = rules.missing(password)
    if not found and (rules.dutch_common(password) or rules.made_of(password, known) or _guessable(password, known)):
        found = ["common"]
    return found


def _guessable(password: str, known: tuple[str, ...]) -> bool:
    words = [part for word in known for part in {word, *word.replace("@", " ").replace(".", " ").split()} if part]
    return bool(zxcvbn(password[:72], user_inputs=words)["guesses"] < _GUESSABLE)


class PasswordRule:
    """Django's validator with our rule; used by allauth wherever a password is set."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Checks.

        Raises:
            ValidationError: one for each thing that is wrong, with its code.
        """
        known = (user.first_name, user.last_name) if user is not None and user.first_name_sealed else ()
        found = weaknesses(password, *known)
        if found:
            language = user.language if user is not None else "nl"
            raise ValidationError(
                [ValidationError(text(f"error.field.password_{code}", language), code=code) for code in found]
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return text("password.rule")
