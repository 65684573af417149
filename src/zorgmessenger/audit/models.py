"""The log's tables. Only `audit.writer` writes here; nothing updates or deletes an entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """One entry of one organisation's chain."""

    organisation = models.UUIDField()
    position = models.BigIntegerField()
    tag = models.CharField(max_length=40)
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    subject = models.UUIDField(null=True)
    object = models.CharField(max_length=64)
    reason = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    session = models.CharField(max_length=40)
    detail = models.CharField(max_length=200)
    at = models.DateTimeField()
    link = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "position"], name="one_entry_each")]


class AuditHead(models.Model):
    """Where a chain ends now."""

    organisation = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()
    link = models.BinaryField()
    code = models.BinaryField(default=b"")
