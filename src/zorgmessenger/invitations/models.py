"""Invitations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zorgmessenger import ids


class Invitation(models.Model):
    """An invitation to become `role`. Of its link only a digest is kept; names and address are sealed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    """None where the host invited an organisation's first administrator."""
    inviter_role = models.CharField(max_length=16)
    role = models.CharField(max_length=16, default="client")
    first_name_sealed = models.BinaryField()
    last_name_sealed = models.BinaryField()
    address_sealed = models.CharField(max_length=512, db_index=True)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "inviter", "address_sealed"],
                condition=models.Q(state="open"),
                name="one_open_invitation_each",
            ),
            models.UniqueConstraint(
                fields=["organisation", "address_sealed"],
                condition=models.Q(state="open") & ~models.Q(role="client"),
                name="one_open_staff_invitation",
            ),
        ]
