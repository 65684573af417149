"""Mail to a person about their own account: to all their addresses, in their language, without content."""

from __future__ import annotations

from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.delivery import outbox


def tell(person: Person, template: str, link: str = "", **words: str) -> None:
    """Sends a mail to each of the person's addresses, in the caller's action.

    `link` is where its button leads, `words` what its text leaves open.
    """
    for address in addresses.of(person.id):
        outbox.put(address, template, person.language, words | ({"link": link} if link else {}))
