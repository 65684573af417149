"""What somebody chose about being told, and a try of it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from msgspec import Struct

from zorgmessenger import sql
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.delivery import outbox, refused
from zorgmessenger.notifications import pushes
from zorgmessenger.notifications.models import Recipient, Subscription
from zorgmessenger.origin import Origin


class Address(Struct, frozen=True):
    """An address of somebody, and whether mail reaches it as far as is known."""

    address: str
    arrives: bool


class Chosen(Struct, frozen=True):
    """What holds for somebody. `mail_after` in minutes, None for no mail; `here`: pushes come to this very device."""

    mail_after: int | None
    devices: int
    here: bool
    addresses: list[Address]


def of(person: UUID, origin: Origin) -> Chosen:
    """Somebody's own choices."""
    record(Entry(Tag.OWN_DATA_READ, actor=person, subject=person, origin=origin))
    row = Recipient.objects.filter(pk=person).first() or Recipient()
    mine = Subscription.objects.filter(person_id=person)
    return Chosen(
        mail_after=None if row.mail_after == Recipient.NEVER else row.mail_after,
        devices=mine.count(),
        here=mine.filter(session_id=origin.session).exists(),
        addresses=[Address(one, not refused.is_refused(one)) for one in addresses.of(person)],
    )


def set_mail(person: UUID, mail_after: int | None, origin: Origin) -> None:
    """Chooses after how many minutes unread a mail goes, from the next message on; None: no mail."""
    value = Recipient.NEVER if mail_after is None else mail_after
    with audited() as log:
        Recipient.objects.update_or_create(pk=person, defaults={"mail_after": value})
        log(Entry(Tag.NOTIFICATIONS_SET, actor=person, origin=origin, detail=f"mail_after={value}"))


def try_out(person: Person, origin: Origin) -> bool:
    """Sends a mail to oneself, and a push to this device; gives whether it takes any."""
    with sql.dialect(connection.vendor).writing(), transaction.atomic():
        address = addresses.primary([person.id]).get(person.id)
        if address is not None:
            values = {"installation": settings.ZORG.installation_name, "link": settings.ZORG.address + "/"}
            outbox.put(address, "test_notification", person.language, values)
        return bool(pushes.put(person.id, pushes.TEST, session=origin.session))
