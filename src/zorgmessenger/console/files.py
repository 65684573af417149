"""Which files an organisation lets be sent, as its administrator sets it, and the room they take; not what they are."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from zorgmessenger.access.proofs import MayAdminister
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console.administering import changing, entry, welcome_anew
from zorgmessenger.errors import FieldError, Invalid
from zorgmessenger.files import arriving
from zorgmessenger.files.arriving import Used
from zorgmessenger.files.opening import scanner
from zorgmessenger.files.rules import MIB, Policy
from zorgmessenger.organisations import file_policy
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.protocol import FileKind


class Files(Struct, frozen=True):
    """How it stands now. `most_mib` is what the host allows; `scanned`: whether a scanner looks at what is sent."""

    policy: Policy
    most_mib: int
    used: Used
    scanned: bool


def shown(proof: MayAdminister) -> Files:
    """As it is now; nothing of it is about a person."""
    organisation = proof.member.organisation
    used, policy = arriving.used(organisation), arriving.policy_of(organisation)
    return Files(policy, most_mib(), used, scanned=scanner() is not None)


def most_mib() -> int:
    """The largest file that the host lets an organisation allow."""
    return int(settings.ZORG.file_limit_mib)


def change(proof: MayAdminister, largest_mib: int, kinds: Collection[FileKind], origin: Origin) -> None:
    """Holds for what is sent from now on; who is connected learns it at once.

    Raises:
        Invalid: that is more than the host allows.
    """
    if largest_mib > most_mib():
        raise Invalid(FieldError("largestMib", "invalid"))
    organisation, allowed = proof.member.organisation, sorted(set(kinds))
    with changing(proof) as log:
        if arriving.policy_of(organisation) == Policy(largest_mib * MIB, frozenset(allowed)):
            return
        file_policy.set_policy(organisation, largest_mib, allowed)
        detail = f"largest={largest_mib} kinds={','.join(allowed)}"
        log(entry(Tag.FILE_POLICY_SET, proof, organisation, origin, detail))
        transaction.on_commit(partial(welcome_anew, organisation))
