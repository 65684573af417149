"""People, their sessions and devices, what they agreed to, and how often something was tried."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from zorgmessenger import ids
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring


def _seal_name(person: UUID, column: str, name: str) -> bytes:
    return keyring().installation().seal(name.encode(), place("accounts_person", column, person))


def _open_name(person: UUID, column: str, sealed: bytes | memoryview) -> str:
    return keyring().installation().open(bytes(sealed), place("accounts_person", column, person)).decode()


class PersonManager(BaseUserManager["Person"]):
    """What Django and allauth ask of a manager of users."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this id."""
        return self.get(pk=username or "")


class Person(AbstractBaseUser):
    """Somebody with an account: one, whatever organisations know them. Names are sealed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    first_name_sealed = models.BinaryField()
    last_name_sealed = models.BinaryField()
    language = models.CharField(max_length=2, default="nl")
    quiet_from = models.SmallIntegerField(null=True)
    quiet_until = models.SmallIntegerField(null=True)
    """Quiet hours, in minutes from midnight where the person is; both or none."""
    sign_on = models.UUIDField(null=True)
    """The organisation whose own sign-on alone opens this account; none where the person's own password does."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    last_login = None  # Django's own way to leave the column out

    @property
    def quiet(self) -> list[int]:
        """From and until when nothing rings; empty where there are no such hours."""
        return [] if self.quiet_from is None or self.quiet_until is None else [self.quiet_from, self.quiet_until]

    USERNAME_FIELD = "id"
    objects: ClassVar[PersonManager] = PersonManager()

    @property
    def first_name(self) -> str:
        """Voornaam."""
        return _open_name(self.id, "first_name", self.first_name_sealed)

    @first_name.setter
    def first_name(self, name: str) -> None:
        self.first_name_sealed = _seal_name(self.id, "first_name", name)

    @property
    def last_name(self) -> str:
        """Achternaam."""
        return _open_name(self.id, "last_name", self.last_name_sealed)

    @last_name.setter
    def last_name(self, name: str) -> None:
        self.last_name_sealed = _seal_name(self.id, "last_name", name)

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def __str__(self) -> str:
        return str(self.id)


class Session(AbstractBaseSession):
    """A signed-in browser. The key is a digest of what the cookie holds, the data is sealed."""

    person = models.UUIDField(null=True, db_index=True)
    sign_on = models.UUIDField(null=True, db_index=True)
    """The organisation whose own sign-on made it."""
    factor_given = models.BooleanField(default=False)
    """Whether who signed them in has asked a second factor."""

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that uses this table."""
        from zorgmessenger.accounts.sessions import SessionStore  # noqa: PLC0415  (the store imports this module)

        return SessionStore


class Device(models.Model):
    """What is known of the browser of a session: its name, what it runs on and its network, sealed; and its last use.

    The database does not hold it to its session: a browser may just be heard of while it is signed out elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, db_constraint=False, related_name="device")
    sealed = models.BinaryField()
    since = models.DateTimeField()
    used_at = models.DateTimeField()


class KnownBrowser(models.Model):
    """That a person signed in with this browser before; `key` is a digest of what its cookie holds."""

    key = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="browsers")
    used_at = models.DateTimeField()


class AppLock(models.Model):
    """The lock of the app in the browser of one session; see `accounts.app_lock`."""

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="+")
    public_key = models.BinaryField()
    proof = models.CharField(max_length=64)
    """A keyed digest."""
    share_sealed = models.BinaryField()
    minutes = models.SmallIntegerField()
    tries = models.SmallIntegerField(default=0)
    nonce = models.CharField(max_length=64, default="")
    open_until = models.DateTimeField()
    credential = models.BinaryField(default=b"")
    """The public side of what the device's sensor signs with (WebAuthn's attested credential data); empty for none."""
    sensor_share_sealed = models.BinaryField(default=b"")


class Consent(models.Model):
    """That a person accepted a document, in which version and when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=16)
    version = models.CharField(max_length=32)
    at = models.DateTimeField()


class Attempt(models.Model):
    """How often something was tried in the present window; `key` is a digest."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.IntegerField()
    window_ends = models.DateTimeField()


class PasskeyChallenge(models.Model):
    """What a passkey is to sign, until it is used or over; `key` is a digest, as is the session it was given in."""

    key = models.CharField(primary_key=True, max_length=64)
    session = models.CharField(max_length=40)
    purpose = models.CharField(max_length=8)
    ends_at = models.DateTimeField()


class FactorRecovery(models.Model):
    """That somebody asked to switch off a person's second factor: how they knew who it was, and what came of it.

    `outcome` is empty as long as the waiting time goes on; `token` is a digest of what the link to stop it holds.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recoveries")
    organisation = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    how = models.CharField(max_length=16)
    note_sealed = models.BinaryField()
    token = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(outcome=""), name="one_recovery_at_a_time")
        ]
