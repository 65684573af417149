"""How video calls go in an organisation, as its administrator sets it."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console.administering import changing, entry, welcome_anew
from zorgmessenger.organisations import call_rules
from zorgmessenger.organisations.call_rules import CallRules
from zorgmessenger.origin import Origin


def shown(proof: MayAdminister) -> CallRules:
    """As it is now; nothing of it is about a person."""
    return call_rules.of(proof.member.organisation)


def change(proof: MayAdminister, rules: CallRules, origin: Origin) -> None:
    """Holds from now on, also for the calls that go on; who is connected learns it at once."""
    organisation = proof.member.organisation
    with changing(proof) as log:
        if call_rules.of(organisation) == rules:
            return
        call_rules.set_rules(organisation, rules)
        log(entry(Tag.CALL_RULES_SET, proof, organisation, origin, f"waiting_room={rules.waiting_room}"))
        transaction.on_commit(partial(welcome_anew, organisation))
