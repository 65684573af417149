"""The table of wrapped keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DataKey(models.Model):
    """A key, wrapped by the one above it. To destroy the row is to erase for good what was sealed with it."""

    INSTALLATION = "installation"
    LOOKUP = "lookup"
    ORGANISATION = "organisation"
    CONVERSATION = "conversation"

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    owner = models.UUIDField()
    """The organisation or conversation; the nil id for the installation's own."""
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "owner"], name="one_key_each")]
