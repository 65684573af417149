"""The root keys: where they come from, and which one wraps now.

A source holds one or more 32-byte keys in base64; the first wraps, the others still unwrap. A key's id is the start of
its SHA-256, so that no id has to be kept. A source is read again when a key is asked for that it did not have before:
that is how a running server takes up a rotated key.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path
from typing import Protocol

from zorgmessenger.crypto.envelope import Key, Unsealable
from zorgmessenger.errors import ConfigurationError

_SIZE = 32


def generate() -> str:
    """A new root key, base64."""
    return base64.b64encode(secrets.token_bytes(_SIZE)).decode()


def root_key(encoded: str) -> Key:
    """The key in one line of a source.

    Raises:
        ConfigurationError: the line is not 32 bytes in base64.
    """
    try:
        material = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ConfigurationError("a root key is not base64; make one with `zorgmessenger keys generate`") from error
    if len(material) != _SIZE:
        raise ConfigurationError("a root key is not 32 bytes; make one with `zorgmessenger keys generate`")
    return Key(int.from_bytes(hashlib.sha256(material).digest()[:8]) >> 1, material)


class RootSource(Protocol):
    """Gives the root keys, newest first."""

    def read(self) -> list[Key]: ...


class EnvironmentSource:
    """Root keys from one setting, separated by commas."""

    def __init__(self, value: str) -> None:
        self._value = value

    def read(self) -> list[Key]:
        """The keys, newest first."""
        return [root_key(part.strip()) for part in self._value.split(",") if part.strip()]


class FileSource:
    """Root keys from a file that only its owner can read, one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Key]:
        """The keys, newest first.

        Raises:
            ConfigurationError: there is no such file, or others can read it.
        """
        try:
            mode = self._path.stat().st_mode
            lines = self._path.read_text().split()
        except FileNotFoundError as error:
            raise ConfigurationError(f"no root key at {self._path}; make one with `zorgmessenger keys init`") from error
        if mode & 0o077:
            raise ConfigurationError(f"{self._path} can be read by others; run: chmod 600 {self._path}")
        return [root_key(line) for line in lines]

    def write(self, keys: list[str]) -> None:
        """Replaces the file in one step, so that no reader sees half of it; it is on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(keys) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.rename(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def lines(self) -> list[str]:
        """The keys as they stand in the file; none where there is no file."""
        return self._path.read_text().split() if self._path.exists() else []


class RootKeys:
    """The root keys at hand."""

    def __init__(self, source: RootSource) -> None:
        self._source = source
        self._keys: list[Key] = []

    def current(self) -> Key:
        """The key that wraps now, read afresh: wrapping is rare, and a rotation must not be missed.

        Raises:
            ConfigurationError: the source has none.
        """
        self._keys = self._source.read()
        if not self._keys:
            raise ConfigurationError("there is no root key; set ZORG_ROOT_KEYS or run `zorgmessenger keys init`")
        return self._keys[0]

    def by_id(self, wanted: int) -> Key:
        """The key with this id.

        Raises:
            Unsealable: the source does not hold it.
        """
        for attempt in range(2):
            for key in self._keys:
                if key.id == wanted:
                    return key
            if attempt == 0:
                self._keys = self._source.read()
        raise Unsealable("wrapped by a root key that is not here")
