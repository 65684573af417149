"""E-mail addresses, sealed so that equal addresses look equal (AES-SIV), in allauth's own table.

allauth keeps addresses in `EmailAddress.email`. `seal_addresses` replaces that column by one that seals on the way in
and opens on the way out; allauth's queries for a whole address go on working. Addresses are compared in lower case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models.lookups import Exact, In

from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring

_PLACE = place("email", "address", "")
MAX_ADDRESS = 254


def seal_address(address: str) -> str:
    """The sealed form of an address, the same each time."""
    return keyring().lookup().seal(address.strip().lower(), _PLACE)


def open_address(sealed: str) -> str:
    """The address in a sealed form."""
    return keyring().lookup().open(sealed, _PLACE)


if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class AddressField(_CharField):
    """A column with one address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 512
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """Seals a value for the database."""
        return None if value is None else seal_address(str(value))

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """Opens a value from the database."""
        return None if value is None else open_address(value)


class _SameAddress(Exact):
    lookup_name = "iexact"


AddressField.register_lookup(_SameAddress)
AddressField.register_lookup(In)


def seal_addresses() -> None:
    """Replaces the column of allauth's address model."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415  (models can be imported when the apps are ready)

    meta = EmailAddress._meta  # noqa: SLF001  (Django has no public way to replace a field)
    old = meta.get_field("email")
    meta.local_fields.remove(old)
    field = AddressField(verbose_name=old.verbose_name, db_index=True)
    field.creation_counter = old.creation_counter
    field.contribute_to_class(EmailAddress, "email")


def verified_owner(address: str) -> UUID | None:
    """The person who has shown to own this address."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    row = EmailAddress.objects.filter(email=address, verified=True).first()
    return row.user_id if row else None


def verified_owner_where(holds: Callable[[str], bool]) -> UUID | None:
    """The person who has shown to own the address for which this holds; every address is opened to find it."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    rows = EmailAddress.objects.filter(verified=True).values_list("email", "user_id")
    return next((person for address, person in rows.iterator() if holds(address)), None)


def owners(found: Collection[str]) -> dict[str, UUID]:
    """By address the person who has shown to own it, of those among `found` that somebody owns."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    return dict(EmailAddress.objects.filter(email__in=list(found), verified=True).values_list("email", "user_id"))


def add_verified(person: UUID, address: str, *, primary: bool) -> None:
    """Adds an address that the person has shown to own.

    Raises:
        django.db.IntegrityError: it is somebody's already.
    """
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    EmailAddress.objects.create(user_id=person, email=address, verified=True, primary=primary)


def of(person: UUID) -> list[str]:
    """A person's addresses, the primary one first."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    return list(EmailAddress.objects.filter(user_id=person).order_by("-primary", "id").values_list("email", flat=True))


def primary(people: Collection[UUID]) -> dict[UUID, str]:
    """By person their primary address."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    rows = EmailAddress.objects.filter(user_id__in=list(people), primary=True)
    return dict(rows.values_list("user_id", "email"))
