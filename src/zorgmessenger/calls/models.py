"""Calls as they are stored: that there was one, and who was in it from when until when. Nothing says what was said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zorgmessenger import clock, ids


class Call(models.Model):
    """A call; without `ended_at` it goes on, and of those a conversation has at most one."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")
    started_at = models.DateTimeField()
    media = models.CharField(max_length=4)
    sent_away = models.TextField(default="")
    """Clients who were sent away, as ids in hexadecimal with spaces between."""
    alive_at = models.DateTimeField(default=clock.now)
    """When it was last known to go on."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at=None), name="one_call_at_a_time"
            )
        ]


class CallStay(models.Model):
    """That somebody was in a call, with which device last; without `until` they are in it still."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="stays")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")
    device = models.UUIDField()
    staff = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "person"], condition=models.Q(until=None), name="one_stay_at_a_time"
            )
        ]
