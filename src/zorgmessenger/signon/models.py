"""The providers of organisations, whom their sign-on knows, and when each session of it was asked about last."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Connection(models.Model):
    """An organisation's provider: all that the host set, its secret too, is sealed."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="sign_on"
    )
    sealed = models.BinaryField()
    since = models.DateTimeField()


class Identity(models.Model):
    """That a provider's subject is a person here; `key` is a digest of organisation, issuer and subject."""

    key = models.CharField(primary_key=True, max_length=64)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="identities")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    groups = models.CharField(max_length=64)
    """A digest of what their groups gave them when that was done last; SON-7."""
    left = models.BooleanField(default=False)
    """Whether it was their groups that put them out."""
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "person"], name="one_identity_each"),
        ]


class Check(models.Model):
    """When the provider was asked about a session last, and with what it is asked again (a refresh token), sealed."""

    session = models.OneToOneField(
        "accounts.Session", on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="checks")
    sealed = models.BinaryField()
    good_at = models.DateTimeField()
    """When it said yes last."""
    tried_at = models.DateTimeField()
    """When somebody last began to ask: who sets it is the one to ask."""
