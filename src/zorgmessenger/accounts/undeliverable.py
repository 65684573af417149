"""That mail does not reach an address: noted with the address and logged, by whom it is where that is known."""

from __future__ import annotations

from zorgmessenger.accounts import addresses
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.delivery import refused


def note(address: str) -> None:
    """The mail server refused the address for good; said once until it takes mail for it again."""
    with audited() as log:
        if refused.note(address):
            log(Entry(Tag.MAIL_REFUSED, subject=addresses.verified_owner(address)))
