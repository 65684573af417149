"""The hash chain that makes an edit, deletion, reordering or truncation show.

Laws:
1. An organisation's entries are numbered 1, 2, 3 … and each link is HMAC-SHA-256 over the link before and the entry, so
   that who can write to the database but lacks the keys cannot make a valid one (RFC 2104).
2. The head repeats the last number and link, under a code of its own made with the same key: a chain that was cut short
   no longer meets its head, and who lacks the keys cannot set the head back to an entry that is now the last.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from zorgmessenger.audit.entry import Entry

START = bytes(32)


def link(key: bytes, before: bytes, position: int, entry: Entry) -> bytes:
    """The link of `entry` at `position`, 32 bytes."""
    return hmac.digest(key, before + _canonical(position, entry), hashlib.sha256)


def head_code(key: bytes, organisation: UUID, position: int, last: bytes) -> bytes:
    """The code of a head at `position` whose last link is `last`, 32 bytes."""
    return hmac.digest(key, b"head" + organisation.bytes + position.to_bytes(8, "big") + last, hashlib.sha256)


@lru_cache(maxsize=64)
def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(position: int, entry: Entry) -> bytes:
    fields = (
        str(position),
        entry.tag,
        entry.organisation.hex,
        entry.actor.hex if entry.actor else "",
        entry.role,
        entry.subject.hex if entry.subject else "",
        entry.object,
        entry.reason,
        entry.origin.address,
        entry.origin.session,
        entry.detail,
        _moment(entry.at),
    )
    return "".join([f"{len(field)}:{field}," for field in fields]).encode()


@dataclass(frozen=True)
class Linked:
    """An entry as it stands in the log."""

    position: int
    entry: Entry
    link: bytes


@dataclass(frozen=True)
class Head:
    """Where a chain ends, as it is stored."""

    position: int
    link: bytes
    code: bytes

    def holds(self, key: bytes, organisation: UUID) -> bool:
        """Whether somebody with the key wrote it."""
        return hmac.compare_digest(head_code(key, organisation, self.position, self.link), self.code)


@dataclass(frozen=True)
class Broken:
    """The first place where a chain does not hold."""

    organisation: UUID
    position: int
    why: str


def verify(key: bytes, organisation: UUID, chain: Iterable[Linked], head: Head | None) -> Broken | None:
    """Walks a chain in order of position; gives the first break, or None when all of it holds."""
    before, last = START, 0
    for linked in chain:
        if linked.position != last + 1:
            return Broken(
                organisation, last + 1, f"entry {last + 1} is missing: entry {linked.position} follows {last}"
            )
        if not hmac.compare_digest(link(key, before, linked.position, linked.entry), linked.link):
            return Broken(organisation, linked.position, f"entry {linked.position} was changed, moved or put in")
        before, last = linked.link, linked.position
    if head is None:
        return Broken(organisation, last + 1, "the head is missing")
    if head.position != last or not hmac.compare_digest(head.link, before):
        return Broken(organisation, last + 1, f"the log ends at entry {last}, its head says {head.position}")
    if not head.holds(key, organisation):
        return Broken(organisation, last + 1, f"the head at entry {last} is not the server's: entries were cut off")
    return None
