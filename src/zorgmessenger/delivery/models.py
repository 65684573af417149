"""Mail on its way out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zorgmessenger import ids


class RefusedAddress(models.Model):
    """An address that mail does not reach; see `delivery.refused`."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()


class OutgoingMail(models.Model):
    """One mail, sealed. The row goes when the mail is sent; a local mailbox keeps it."""

    WAITING = "waiting"
    KEPT = "kept"
    DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    sealed = models.BinaryField()
    state = models.CharField(max_length=10)
    attempts = models.IntegerField(default=0)
    next_try = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="mail_to_send")]
