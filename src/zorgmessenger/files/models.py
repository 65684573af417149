"""Files as they are stored: a row here, and under the row's blob sealed bytes in the store."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class File(models.Model):
    """A file of a conversation. It stands in message `seq`, or in none yet.

    `blob` names its sealed bytes; a forwarded file has the same, under a key wrapped anew.
    """

    ARRIVING = "arriving"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    blob = models.UUIDField(db_index=True)
    size = models.BigIntegerField()
    """Bytes of what was sent."""
    state = models.CharField(max_length=8)
    key_sealed = models.BinaryField()
    about_sealed = models.BinaryField()
    created_at = models.DateTimeField()
    seq = models.BigIntegerField(null=True)
    position = models.SmallIntegerField(default=0)
    check_at = models.DateTimeField(null=True)
    """Of one that is to be checked: when that is tried (again)."""
    tries = models.SmallIntegerField(default=0)
    tidied = models.BooleanField(default=False)
    """Whether the sweep has seen that nothing but what is known of it is kept."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["conversation", "seq"], name="files_of_messages"),
            models.Index(fields=["check_at"], name="files_to_check", condition=models.Q(state="checking")),
            models.Index(fields=["created_at"], name="files_not_sent", condition=models.Q(seq=None)),
        ]


class Page(models.Model):
    """A page of a PDF that was made: where its picture and text are kept, sealed with the conversation's key."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, db_index=False, related_name="+")
    number = models.SmallIntegerField()
    kept_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="one_page_each_number")]


class Opening(models.Model):
    """Somebody has opened a file."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "person"], name="one_opening_each_person")]
