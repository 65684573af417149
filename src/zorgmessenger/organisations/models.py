"""Organisations, who belongs to them, and who cares for whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from zorgmessenger import ids
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.organisations.hours.models import Absence, Notice, Schedule, StandIn

__all__ = ["Absence", "CareRelation", "Membership", "Notice", "Organisation", "Schedule", "StandIn"]


class Organisation(models.Model):
    """A care provider. Several live on one installation, strictly apart."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name_sealed = models.BinaryField()
    accent = models.CharField(max_length=7, default="#0b6b3a")
    created_at = models.DateTimeField()

    @property
    def name(self) -> str:
        """The organisation's name."""
        key = keyring().organisation(self.id)
        return key.open(bytes(self.name_sealed), place("organisations_organisation", "name", self.id)).decode()

    @name.setter
    def name(self, name: str) -> None:
        key = keyring().organisation(self.id)
        self.name_sealed = key.seal(name.encode(), place("organisations_organisation", "name", self.id))


class Membership(models.Model):
    """That a person belongs to an organisation, in one role."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16)
    active = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_each")]


class CareRelation(models.Model):
    """That a member of staff cares for a client, for good or until a moment: what the access rules ask for."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cared_for_by")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cares_for")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it ends; none for one that goes on."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "client", "staff"], name="one_relation_each")
        ]
