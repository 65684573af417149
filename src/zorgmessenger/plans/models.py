"""Safety plans as they are stored: one row for each version, sealed with the organisation's key for its place.

The row with the highest number is the plan. Nothing changes or removes a row, so the earlier versions are the record,
and a number that is taken already tells that somebody else saved first.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.conf import settings
from django.db import models

from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.plans.rules import SafetyPlan


class PlanVersion(models.Model):
    """A client's plan as it was saved: the `version`-th time, from 1 on."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.IntegerField()
    plan_sealed = models.BinaryField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "client", "version"], name="one_plan_version_each")
        ]

    @property
    def plan(self) -> SafetyPlan:
        """What the plan says."""
        key = keyring().organisation(self.organisation_id)
        return msgspec.json.decode(key.open(bytes(self.plan_sealed), self._place()), type=SafetyPlan)

    @plan.setter
    def plan(self, plan: SafetyPlan) -> None:
        key = keyring().organisation(self.organisation_id)
        self.plan_sealed = key.seal(msgspec.json.encode(plan), self._place())

    def _place(self) -> bytes:
        return place("plans_planversion", f"plan:{self.organisation_id}:{self.client_id}", self.version)
