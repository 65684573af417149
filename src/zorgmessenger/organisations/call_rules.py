"""How video calls go in an organisation: whether clients wait until staff let them in, and what they are asked then."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db import models
from msgspec import Struct

from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring


class CallRules(Struct, frozen=True):
    """`question`: by language what who waits is asked; in a language without one it is asked in the app's own words."""

    waiting_room: bool = True
    question: Mapping[str, str] = {}


class StoredCallRules(models.Model):
    """An organisation's choice, its words sealed with its key. Without a row: clients wait."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.CASCADE, primary_key=True)
    waiting_room = models.BooleanField()
    question_sealed = models.BinaryField()

    class Meta:
        db_table = "organisations_callrules"


def of(organisation: UUID) -> CallRules:
    """An organisation's rules."""
    row = StoredCallRules.objects.filter(pk=organisation).first()
    if row is None:
        return CallRules()
    opened = keyring().organisation(organisation).open(bytes(row.question_sealed), _place(organisation))
    return CallRules(row.waiting_room, msgspec.json.decode(opened, type=dict[str, str]))


def set_rules(organisation: UUID, rules: CallRules) -> None:
    """Hold from now on, in the caller's action."""
    sealed = keyring().organisation(organisation).seal(msgspec.json.encode(rules.question), _place(organisation))
    values = {"waiting_room": rules.waiting_room, "question_sealed": sealed}
    StoredCallRules.objects.update_or_create(organisation_id=organisation, defaults=values)


def _place(organisation: UUID) -> bytes:
    return place("organisations_callrules", "question", organisation)
