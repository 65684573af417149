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
    group_name_sealed = models.BinaryField(null=True)
    """What a client wants to be called by other clients in groups, where it is not their first name."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_each")]

    @property
    def group_name(self) -> str:
        """The chosen name; empty for the first name."""
        if self.group_name_sealed is None:
            return ""
        key = keyring().organisation(self.organisation_id)
        return key.open(bytes(self.group_name_sealed), self._place()).decode()

    @group_name.setter
    def group_name(self, name: str) -> None:
        key = keyring().organisation(self.organisation_id)
        self.group_name_sealed = key.seal(name.encode(), self._place()) if name else None

    def _place(self) -> bytes:
        return place("organisations_membership", f"group_name:{self.organisation_id}", self.person_id)


class Team(models.Model):
    """People of an organisation who answer clients together. `kind` is that of the team's conversations."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    kind = models.CharField(max_length=12)
    name_sealed = models.BinaryField()
    promise_minutes = models.IntegerField(default=480)
    """Within how many minutes of office hours a client is answered."""
    created_at = models.DateTimeField()

    @property
    def name(self) -> str:
        """What the organisation calls the team."""
        key = keyring().organisation(self.organisation_id)
        return key.open(bytes(self.name_sealed), place("organisations_team", "name", self.id)).decode()

    @name.setter
    def name(self, name: str) -> None:
        key = keyring().organisation(self.organisation_id)
        self.name_sealed = key.seal(name.encode(), place("organisations_team", "name", self.id))


class TeamMember(models.Model):
    """That somebody answers for a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teams")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "person"], name="one_team_member_each")]


class SavedReply(models.Model):
    """A text that a team often answers with, and a title to find it by; both sealed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="replies")
    title_sealed = models.BinaryField()
    body_sealed = models.BinaryField()


class CareRelation(models.Model):
    """That a member of staff or else a team cares for a client, for good or until a moment.

    It is what the access rules ask for.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cared_for_by")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cares_for")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="cares_for")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it ends; none for one that goes on."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "client", "staff"], name="one_relation_each"),
            models.UniqueConstraint(fields=["organisation", "client", "team"], name="one_team_relation_each"),
            models.CheckConstraint(
                condition=models.Q(staff__isnull=True) ^ models.Q(team__isnull=True), name="staff_or_team"
            ),
        ]


class BreakGlass(models.Model):
    """That somebody reached a client without a care relation, why (sealed), and whether that was judged."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason_sealed = models.BinaryField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When the log was told that it is over."""
