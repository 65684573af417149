"""Messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Message(models.Model):
    """Message number `seq` of its conversation. `client_id` is the sender's own id, which makes sending idempotent.

    Written only by the committer and, for what happened, by `events`; the references carry no index of their own: every
    query goes by (conversation, seq).
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    client_id = models.UUIDField()
    sender = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, db_index=False, null=True, related_name="+")
    """Nobody, for an automatic reply and an event."""
    kind = models.CharField(max_length=5, default="text", db_default="text")
    at = models.DateTimeField()
    body_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="one_message_each_seq"),
            models.UniqueConstraint(fields=["client_id", "sender"], name="one_message_each_id"),
        ]


class SearchBlock(models.Model):
    """The words of a run of messages, sealed; see `messages.segments`."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    number = models.BigIntegerField()
    until = models.BigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_search_block_each")
        ]
