"""Hours, absences and the organisation's notice, as they are stored. Nothing here names who somebody is or says why."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.conf import settings
from django.db import models

from zorgmessenger import ids
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.hours.opening import Hours


class Schedule(models.Model):
    """The hours of an organisation, a team or a person. Who has none follows the organisation."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    owner_kind = models.CharField(max_length=12)
    owner = models.UUIDField()
    set = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "owner"], name="one_schedule_each")]

    @property
    def hours(self) -> Hours:
        """The hours that were set."""
        return msgspec.json.decode(self.set, type=Hours)

    @hours.setter
    def hours(self, hours: Hours) -> None:
        self.set = msgspec.json.encode(hours).decode()


class Absence(models.Model):
    """That somebody is away from `first` until `last`, both included, and who stands in for them."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "last"], name="absences_by_end")]


class StandIn(models.Model):
    """That `person` takes part in a conversation only because they stand in for `absent`. Open while not ended."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    conversation = models.UUIDField()
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "person"],
                condition=models.Q(ended_at=None),
                name="one_open_stand_in_each",
            )
        ]


class Notice(models.Model):
    """What an organisation says of emergencies, and its automatic reply; sealed with its key."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    words_sealed = models.BinaryField()

    @property
    def words(self) -> Words:
        """What it says."""
        key, at = keyring().organisation(self.organisation_id), _place(self)
        return msgspec.json.decode(key.open(bytes(self.words_sealed), at), type=Words)

    @words.setter
    def words(self, words: Words) -> None:
        key = keyring().organisation(self.organisation_id)
        self.words_sealed = key.seal(msgspec.json.encode(words), _place(self))


def _place(notice: Notice) -> bytes:
    return place("organisations_notice", "words", notice.organisation_id)
