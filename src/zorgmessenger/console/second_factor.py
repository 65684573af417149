"""Of whom the organisation requires a second factor, as its administrator sets it, and how many have one; not who."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console.administering import changing, entry, welcome_anew
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.second_factor_policy import Count, Policy
from zorgmessenger.origin import Origin


class Standing(Struct, frozen=True):
    """How it stands now."""

    policy: Policy
    staff: Count
    clients: Count


def shown(proof: MayAdminister) -> Standing:
    """As it is now; nothing of it is about one person."""
    organisation = proof.member.organisation
    staff, clients = policies.count(organisation, staff=True), policies.count(organisation, staff=False)
    return Standing(policies.policy_of(organisation), staff, clients)


def change(proof: MayAdminister, policy: Policy, origin: Origin) -> None:
    """Holds from now on; who is connected learns it at once."""
    organisation: UUID = proof.member.organisation
    with changing(proof) as log:
        if policies.policy_of(organisation) == policy:
            return
        policies.set_policy(organisation, policy)
        detail = f"staff={policy.staff} clients={policy.clients} days={policy.days} hours={policy.recovery_hours}"
        log(entry(Tag.SECOND_FACTOR_POLICY_SET, proof, organisation, origin, detail))
        transaction.on_commit(partial(welcome_anew, organisation))
