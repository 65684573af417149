"""The host's command on the log."""

from __future__ import annotations

from zorgmessenger.audit import writer
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.ids import NIL
from zorgmessenger.organisations.models import Organisation


def verify() -> str:
    """Walks every chain.

    Raises:
        ConfigurationError: with the first place that does not hold.
    """
    organisations = list(Organisation.objects.order_by("id").values_list("id", flat=True))
    broken = writer.verify([NIL, *organisations]) if organisations else None
    if broken is not None:
        raise ConfigurationError(
            f"the log of organisation {broken.organisation} does not hold at {broken.position}: {broken.why}"
        )
    return f"The logs of {len(organisations)} organisation(s) and of the installation hold."
