"""Keys of other purposes, made from the installation's key: one name, one key (HKDF-SHA-256, RFC 5869)."""

from __future__ import annotations

from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zorgmessenger.crypto.keyring import keyring


def derived(purpose: str) -> bytes:
    """The key for `purpose`, 32 bytes, the same each time."""
    return _derive(keyring().installation().material, purpose)


@lru_cache(maxsize=16)
def _derive(material: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(material)
