"""Which files an organisation lets be sent: how large, and of which kinds. The host's limit stands above it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import models

MIB = 1024 * 1024
USUAL = frozenset(["picture", "pdf", "document", "audio", "video"])
"""Archives are left out: what is in them is seen only when it is too late."""


class FilePolicy(models.Model):
    """An organisation's choice. Without a row: what the host allows, and the usual kinds."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.CASCADE, primary_key=True)
    largest_mib = models.IntegerField(null=True)
    kinds = models.TextField()


def largest(organisation: UUID) -> int:
    """The largest file that may be sent, in bytes."""
    row = FilePolicy.objects.filter(pk=organisation).first()
    most = int(settings.ZORG.file_limit_mib)
    return min(row.largest_mib or most, most) * MIB if row else most * MIB


def kinds(organisation: UUID) -> frozenset[str]:
    """Of which kinds files may be."""
    row = FilePolicy.objects.filter(pk=organisation).first()
    return frozenset(row.kinds.split()) if row else USUAL


def set_policy(organisation: UUID, largest_mib: int | None, allowed: Collection[str]) -> None:
    """Holds from now on, in the caller's action."""
    values = {"largest_mib": largest_mib, "kinds": " ".join(sorted(allowed))}
    FilePolicy.objects.update_or_create(organisation_id=organisation, defaults=values)
