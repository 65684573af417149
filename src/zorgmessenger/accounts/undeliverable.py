"""That mail does not reach an address: noted with the address and logged, by whom it is where that is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from zorgmessenger.accounts import addresses
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.delivery import refused, return_paths


def note(address: str) -> None:
    """The mail server refused the address for good; said once until it takes mail for it again."""
    _note(refused.digest(address), partial(addresses.verified_owner, address))


def note_returned(token: str) -> None:
    """The mail with this token in its envelope sender came back: the same holds for the address that it went to.

    Raises:
        bounces.NoBounce: see `return_paths.digest_in`.
    """
    digest = return_paths.digest_in(token)
    _note(digest, partial(addresses.verified_owner_where, lambda address: refused.digest(address) == digest))


def _note(digest: bytes, owner: Callable[[], UUID | None]) -> None:
    with audited() as log:
        if refused.note_digest(digest):
            log(Entry(Tag.MAIL_REFUSED, subject=owner()))
