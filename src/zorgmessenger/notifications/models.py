"""What is still to be told to whom, where they can be pushed to, and what they chose. No row says what is new."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zorgmessenger import ids


class Noted(models.Model):
    """Up to which message of a conversation it has been noted whom that is to be told."""

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="noted"
    )
    seq = models.BigIntegerField()


class Recipient(models.Model):
    """What somebody chose, and when they are next to be looked at: whether anything is unread is asked then."""

    NEVER = -1

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    mail_after = models.SmallIntegerField(default=15)
    """Minutes that something is unread before a mail goes; `NEVER` for no mail."""
    push_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    marks_when_mailed = models.BigIntegerField(default=0)
    """All their receipts added up when the last mail went; when that differs, they have opened the app since."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["push_at"], name="people_to_push_to", condition=~models.Q(push_at=None)),
            models.Index(fields=["mail_at"], name="people_to_mail", condition=~models.Q(mail_at=None)),
        ]


class Subscription(models.Model):
    """A device that takes pushes (RFC 8030), gone with the session in which it was switched on."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.OneToOneField("accounts.Session", on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=64, unique=True)
    """A keyed digest: a device that comes again, perhaps with somebody else signed in on it, is the same one."""
    sealed = models.BinaryField()
    created_at = models.DateTimeField()


class Push(models.Model):
    """A push on its way to a device; of each kind one, since a newer one takes the place of an older."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="pushes")
    kind = models.CharField(max_length=8)
    due = models.DateTimeField(db_index=True)
    expires = models.DateTimeField()
    attempts = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscription", "kind"], name="one_push_of_each_kind")]


class Rung(models.Model):
    """A call of which it was told that it started."""

    call = models.OneToOneField("calls.Call", on_delete=models.CASCADE, primary_key=True, related_name="rung")


class ServerKey(models.Model):
    """The installation's own key pair for pushing (RFC 8292), made once."""

    id = models.SmallIntegerField(primary_key=True)
    sealed = models.BinaryField()
