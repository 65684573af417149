"""The form of everything sealed: algorithm (1 byte) ‖ key id (8 bytes, big endian) ‖ nonce ‖ ciphertext and tag.

Laws:
1. The place (table, column, row) is authenticated with the data: what is moved to another place does not open.
2. A flipped, swapped or truncated envelope raises `Unsealable`; it never gives data.
3. AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce for all data; AES-SIV (RFC 5297) only where equal values
   must look equal, for look-up.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

GCM = 1
SIV = 2
_HEADER = 9
_NONCE = 12


class Unsealable(Exception):
    """The envelope is damaged, stands in another place, or its key is not here."""


def place(table: str, column: str, row: object) -> bytes:
    """The place of a value, to be authenticated with it."""
    return f"{table}|{column}|{row}".encode()


def key_id(envelope: bytes) -> int:
    """The id of the key that an envelope names.

    Raises:
        Unsealable: this is no envelope.
    """
    if len(envelope) < _HEADER or envelope[0] not in {GCM, SIV}:
        raise Unsealable("no envelope")
    return int.from_bytes(envelope[1:_HEADER])


@dataclass(frozen=True)
class Key:
    """A key that seals; `material` is 32 bytes."""

    id: int
    material: bytes = field(repr=False)
    _aead: AESGCM = field(init=False, repr=False, compare=False)
    _header: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_aead", AESGCM(self.material))
        object.__setattr__(self, "_header", bytes([GCM]) + self.id.to_bytes(8))

    def seal(self, data: bytes, at: bytes) -> bytes:
        """Seals `data` for the place `at`."""
        nonce = os.urandom(_NONCE)
        return self._header + nonce + self._aead.encrypt(nonce, data, at)

    def open(self, envelope: bytes, at: bytes) -> bytes:
        """Opens what `seal` made for the same place.

        Raises:
            Unsealable: see law 2.
        """
        if envelope[:_HEADER] != self._header:
            raise Unsealable("sealed with another key")
        try:
            return self._aead.decrypt(envelope[_HEADER : _HEADER + _NONCE], envelope[_HEADER + _NONCE :], at)
        except (InvalidTag, ValueError) as error:
            raise Unsealable("damaged, or of another place") from error


@dataclass(frozen=True)
class LookupKey:
    """A key that seals equal texts alike, so that a sealed column can be searched for a whole value. 64 bytes."""

    id: int
    material: bytes = field(repr=False)

    def seal(self, text: str, at: bytes) -> str:
        """Seals `text`; the answer is ASCII (URL-safe base64)."""
        sealed = AESSIV(self.material).encrypt(text.encode(), [at])
        return base64.urlsafe_b64encode(bytes([SIV]) + self.id.to_bytes(8) + sealed).decode()

    def open(self, sealed: str, at: bytes) -> str:
        """Opens what `seal` made for the same place.

        Raises:
            Unsealable: see law 2.
        """
        try:
            envelope = base64.urlsafe_b64decode(sealed)
            if base64.urlsafe_b64encode(envelope).decode() != sealed:  # Python passes over what is no base64
                raise Unsealable("damaged")
            if key_id(envelope) != self.id or envelope[0] != SIV:
                raise Unsealable("sealed with another key")
            return AESSIV(self.material).decrypt(envelope[_HEADER:], [at]).decode()
        except (InvalidTag, ValueError) as error:
            raise Unsealable("damaged, or of another place") from error
