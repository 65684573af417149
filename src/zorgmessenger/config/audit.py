"""The host's command on the log."""

from __future__ import annotations

from uuid import UUID

from zorgmessenger.audit import writer
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.ids import NIL
from zorgmessenger.organisations.models import Organisation


def verify() -> str:
    """Walks every chain.

    Raises:
        ConfigurationError: with the first place that does not hold.
    """
    present = set(Organisation.objects.values_list("id", flat=True))
    if present or AuditEntry.objects.exists():
        _check([NIL])
    # The installation's log, which holds, tells of each organisation there was: a removed one is missed.
    founded = AuditEntry.objects.filter(organisation=NIL, tag=Tag.ORGANISATION_CREATED).values_list("object", flat=True)
    organisations = sorted(present.union(map(UUID, founded)))
    _check(organisations)
    _check_beginnings(organisations)
    return f"The logs of {len(organisations)} organisation(s) and of the installation hold."


def _check_beginnings(organisations: list[UUID]) -> None:
    """Each log begins with its organisation's founding: one that was removed whole and then written to does not."""
    begun = AuditEntry.objects.filter(position=1, tag=Tag.ORGANISATION_CREATED).values_list("organisation", flat=True)
    missing = sorted(set(organisations).difference(begun))
    if missing:
        raise ConfigurationError(f"the log of organisation {missing[0]} does not hold at 1: its beginning was removed")


def _check(organisations: list[UUID]) -> None:
    broken = writer.verify(organisations)
    if broken is not None:
        raise ConfigurationError(
            f"the log of organisation {broken.organisation} does not hold at {broken.position}: {broken.why}"
        )
