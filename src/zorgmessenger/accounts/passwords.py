"""How passwords are judged and hashed, as Django plugs it in.

argon2id takes 19 MiB for each hash, so at most two are made at a time, whoever asks: a flood of guesses waits instead
of filling the memory.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

from zorgmessenger.accounts import rules
from zorgmessenger.accounts.models import Person
from zorgmessenger.texts import text

_PRODUCT = ("Zorg Messenger", settings.ZORG.installation_name)
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
    if not found and (_everyday(password, known) or rules.made_of(password, known) or _guessable(password, known)):
        found = ["common"]
    return found


def _everyday(password: str, known: tuple[str, ...]) -> bool:
    own = {word for name in (*known, *_PRODUCT) for word in rules.words_of(name)}
    return rules.everyday(password, _words() | own)


@cache
def _words() -> frozenset[str]:
    """The words that everybody here thinks of: of every day, first names, places, clubs, holidays, care."""
    listed = files("zorgmessenger.accounts").joinpath("data", "dutch_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


def _guessable(password: str, known: tuple[str, ...]) -> bool:
    from zxcvbn import zxcvbn  # noqa: PLC0415  (megabytes of words, for the moment that somebody chooses a password)

    words = [part for word in known for part in {word, *word.replace("@", " ").replace(".", " ").split()} if part]
    return bool(zxcvbn(password[:72], user_inputs=words)["guesses"] < _GUESSABLE)


def weaknesses_for(person: Person | None, password: str) -> list[str]:
    """The same, of a password that this person would have."""
    return weaknesses(password, *_known(person))


def _known(user: Person | None) -> list[str]:
    """What somebody who knows this person would try: their names, and those of where they are treated or work."""
    if user is None or not user.first_name_sealed:
        return []
    memberships = user.memberships.filter(active=True).select_related("organisation")
    return [user.first_name, user.last_name, *(membership.organisation.name for membership in memberships)]


class PasswordRule:
    """Django's validator with our rule; used by allauth wherever a password is set."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Checks.

        Raises:
            ValidationError: one for each thing that is wrong, with its code.
        """
        found = weaknesses_for(user, password)
        if found:
            language = user.language if user is not None else "nl"
            raise ValidationError(
                [ValidationError(text(f"error.field.password_{code}", language), code=code) for code in found]
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return text("password.rule")
