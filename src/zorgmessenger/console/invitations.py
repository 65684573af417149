"""All open invitations of an organisation, of staff and clients, whoever sent them."""

from __future__ import annotations

from collections.abc import Sequence

from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record
from zorgmessenger.console.administering import entry
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.origin import Origin

MOST = 2_500


def listed(proof: MayAdminister, origin: Origin) -> Sequence[Invitation]:
    """Those that are open or have expired, newest first, at most `MOST`."""
    organisation = proof.member.organisation
    rows = Invitation.objects.filter(organisation_id=organisation, state=Invitation.OPEN).select_related("inviter")
    record(entry(Tag.INVITATIONS_LISTED, proof, organisation, origin))
    return list(rows.order_by("-sent_at", "-id")[:MOST])
