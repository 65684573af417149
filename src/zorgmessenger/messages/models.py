"""Messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Message(models.Model):
    """Message number `seq` of its conversation. `client_id` is the sender's own id, which makes sending idempotent.

    Written only by the committer and, for what happened, by `events`; the references carry no index of their own: every
    query goes by (conversation, seq). `rev` is the conversation's revision that altered it last, 0 for a message as it
    was sent. The body of a withdrawn message is no longer here. Lists of people are ids in hexadecimal with spaces
    between.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    client_id = models.UUIDField()
    sender = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, db_index=False, null=True, related_name="+")
    """Nobody, for an automatic reply and an event."""
    kind = models.CharField(max_length=5, default="text", db_default="text")
    at = models.DateTimeField()
    body_sealed = models.BinaryField()
    rev = models.BigIntegerField(default=0, db_default=0)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    seen_by = models.TextField(default="", db_default="")
    """Who had read it when it was withdrawn."""
    reply_to = models.BigIntegerField(null=True)
    mentions = models.TextField(default="", db_default="")
    forwarded = models.BooleanField(default=False, db_default=False)
    files = models.SmallIntegerField(default=0, db_default=0)
    """How many files it has."""
    documents = models.SmallIntegerField(default=0, db_default=0)
    """For how many documents it asks."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="one_message_each_seq"),
            models.UniqueConstraint(fields=["client_id", "sender"], name="one_message_each_id"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "rev"], name="altered_messages", condition=models.Q(rev__gt=0))
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


class MessageVersion(models.Model):
    """What message `seq` said until revision `rev` of its conversation replaced or withdrew it; kept for the record."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    rev = models.BigIntegerField()
    at = models.DateTimeField()
    """Since when it said so."""
    body_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "seq", "rev"], name="one_version_each_revision")
        ]


class Reaction(models.Model):
    """A person's reaction to message `seq`; one for each person."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, db_index=False, related_name="+")
    reaction_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "seq", "person"], name="one_reaction_each_person")
        ]


class RequestedDocument(models.Model):
    """Document `number` of those that message `seq` asks for; `answer` is the message that brought it."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    number = models.SmallIntegerField()
    name_sealed = models.BinaryField()
    done = models.BooleanField()
    answer = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "seq", "number"], name="one_document_each_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation"], name="missing_documents", condition=models.Q(done=False)),
        ]
