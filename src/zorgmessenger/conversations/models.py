"""Conversations and who takes part in them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zorgmessenger import clock, ids


class Conversation(models.Model):
    """A conversation. `last_seq` is the number of its newest message, `last_rev` of the newest alteration."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    pair = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  (groups have none, and many of them)
    """For a one-to-one: a digest of organisation, kind and both people, so that two who start it at once make one."""
    team = models.ForeignKey("organisations.Team", on_delete=models.CASCADE, null=True, related_name="+")
    """The team that answers; its members take part and the client sees them as one."""
    team_delivered = models.BigIntegerField(default=0)
    team_read = models.BigIntegerField(default=0)
    """How far the team is, whoever of it came or left: these never fall."""
    notes_of = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="notes")
    """For a team's notes: the conversation they are about. They are a conversation of their own, without the client."""
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    waiting_since = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)
    """When an automatic reply was sent last, and until when there is no other."""
    title_sealed = models.BinaryField(null=True)
    """For a group: its name, sealed with the conversation's key."""
    symbol = models.CharField(max_length=16, default="")
    picture_version = models.CharField(max_length=16, default="")
    """Which picture a group has now, drawn anew with each; empty for none."""
    closed_at = models.DateTimeField(null=True)
    last_seq = models.BigIntegerField(default=0)
    last_rev = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()


class GroupPicture(models.Model):
    """A group's picture, apart from the row that is read with every list of conversations."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, primary_key=True)
    picture_sealed = models.BinaryField()


class Participants(models.Manager["Participant"]):
    """The rows of those who take part, took part or will not any more."""

    def present(self) -> models.QuerySet[Participant]:
        """Those who take part now: who did not leave, and whose time is not over."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=clock.now()), left_at=None)


class Participant(models.Model):
    """That a person takes part, and how far they are (highest `seq`)."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    delivered = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    read_from = models.BigIntegerField(default=0)
    """Where they began: what they read lies above it."""
    read_earlier = models.TextField(default="")
    """What they read in earlier stays: above each first number up to the second, as `0-3 10-12`."""
    above = models.BigIntegerField(default=0)
    """They see the messages above this number only."""
    left_at = models.DateTimeField(null=True)
    muted_until = models.DateTimeField(null=True)
    """They want no notifications of it before this moment."""
    until = models.DateTimeField(null=True)
    """From this moment on they are not there any more, whether or not anything notes that they left."""

    objects: ClassVar[Participants] = Participants()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "person"], name="one_participant_each")
        ]
