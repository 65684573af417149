"""Opens wrapped keys and keeps them at hand.

Each key is wrapped by the one above it: conversation by organisation, organisation, installation and look-up by the
root. So a new root key means few rows to wrap again, while no data is touched. Opened keys stay in this process's
memory only.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from zorgmessenger import clock
from zorgmessenger.crypto.envelope import Key, LookupKey, Unsealable, key_id, place
from zorgmessenger.crypto.models import DataKey
from zorgmessenger.crypto.roots import RootKeys, RootSource
from zorgmessenger.ids import NIL

_CACHED = 50_000
_TOP = (DataKey.INSTALLATION, DataKey.LOOKUP, DataKey.ORGANISATION)


def _place(identifier: int, kind: str, owner: UUID) -> bytes:
    return place("crypto_datakey", f"wrapped:{kind}:{owner}", identifier)


@dataclass(frozen=True)
class _Opened:
    """A key as it was unwrapped; `material` is all of it."""

    material: bytes = field(repr=False)
    key: Key


class Keyring:
    """All keys of an installation."""

    def __init__(self, source: RootSource) -> None:
        self._roots = RootKeys(source)
        self._opened: OrderedDict[tuple[str, UUID], _Opened] = OrderedDict()
        self._lock = Lock()

    def installation(self) -> Key:
        """The key for what belongs to no single organisation: people, sessions, outgoing mail."""
        return self._top(DataKey.INSTALLATION).key

    def lookup(self) -> LookupKey:
        """The key for sealed columns that are searched by a whole value."""
        opened = self._top(DataKey.LOOKUP, size=64)
        return LookupKey(opened.key.id, opened.material)

    def organisation(self, organisation: UUID) -> Key:
        """An organisation's key.

        Raises:
            Unsealable: it has none.
        """
        return self._find(DataKey.ORGANISATION, organisation).key

    def conversation(self, conversation: UUID, organisation: UUID) -> Key:
        """A conversation's key.

        Raises:
            Unsealable: it has none (any more).
        """
        return self._find(DataKey.CONVERSATION, conversation, organisation).key

    def create_organisation(self, organisation: UUID) -> Key:
        """Makes an organisation's key, in the caller's transaction."""
        return self._create(DataKey.ORGANISATION, organisation)

    def create_conversation(self, conversation: UUID, organisation: UUID) -> Key:
        """Makes a conversation's key, in the caller's transaction."""
        return self._create(DataKey.CONVERSATION, conversation, organisation)

    def forget(self) -> None:
        """Drops every opened key from memory."""
        with self._lock:
            self._opened.clear()

    def rewrap(self) -> int:
        """Wraps every top key by the newest root key; gives how many were wrapped anew."""
        current = self._roots.current()
        count = 0
        with transaction.atomic():
            for row in DataKey.objects.select_for_update().filter(kind__in=_TOP):
                wrapped = bytes(row.wrapped)
                if key_id(wrapped) == current.id:
                    continue
                at = _place(row.id, row.kind, row.owner)
                material = self._roots.by_id(key_id(wrapped)).open(wrapped, at)
                row.wrapped = current.seal(material, at)
                row.save(update_fields=["wrapped"])
                count += 1
        return count

    def roots_in_use(self) -> set[int]:
        """The ids of the root keys that some key is still wrapped by."""
        return {
            key_id(bytes(wrapped))
            for wrapped in DataKey.objects.filter(kind__in=_TOP).values_list("wrapped", flat=True)
        }

    def _top(self, kind: str, size: int = 32) -> _Opened:
        if (kind, NIL) not in self._opened and not DataKey.objects.filter(kind=kind, owner=NIL).exists():
            with suppress(IntegrityError), transaction.atomic():
                self._create(kind, NIL, size=size)
        return self._find(kind, NIL)

    def _find(self, kind: str, owner: UUID, organisation: UUID | None = None) -> _Opened:
        found = self._opened.get((kind, owner))
        if found is not None:
            return found
        row = DataKey.objects.filter(kind=kind, owner=owner).first()
        if row is None:
            raise Unsealable("there is no such key")
        wrapped = bytes(row.wrapped)
        above = self._roots.by_id(key_id(wrapped)) if organisation is None else self.organisation(organisation)
        material = above.open(wrapped, _place(row.id, kind, owner))
        opened = _Opened(material, Key(row.id, material[:32]))
        # A key made in a transaction that fails is gone with it: what it would seal later, nobody could open.
        transaction.on_commit(lambda: self._keep((kind, owner), opened))
        return opened

    def _create(self, kind: str, owner: UUID, organisation: UUID | None = None, size: int = 32) -> Key:
        above = self._roots.current() if organisation is None else self.organisation(organisation)
        identifier = secrets.randbits(63)
        material = secrets.token_bytes(size)
        DataKey.objects.create(
            id=identifier,
            kind=kind,
            owner=owner,
            wrapped=above.seal(material, _place(identifier, kind, owner)),
            created_at=clock.now(),
        )
        return Key(identifier, material[:32])

    def _keep(self, name: tuple[str, UUID], opened: _Opened) -> None:
        with self._lock:
            self._opened[name] = opened
            while len(self._opened) > _CACHED:
                self._opened.popitem(last=False)


@cache
def keyring() -> Keyring:
    """The keyring of this process, on the root keys that the settings name."""
    source: RootSource = settings.ZORG_ROOT_SOURCE
    return Keyring(source)
