"""Where sealed bytes are kept: the seam behind which a folder of this machine or an S3 bucket stands.

A name is the 32 hexadecimal digits of a file's id, its folder, and the name of one part of it: `<id>/original-17`. A
store sees ciphertext only, and no key.

STORE-1 What stands under a name is whole or absent, whatever ends the process that puts it.
STORE-2 What `put` returned from is durable.
STORE-3 A name of any other form is refused before anything is touched: no name leads elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

FOLDER = re.compile(r"[0-9a-f]{32}")
PART = re.compile(r"[a-z0-9-]{1,32}")


class Absent(Exception):
    """Nothing stands under that name."""


class Store(Protocol):
    """Keeps bytes by name.

    Every method raises `ValueError` for a name or folder of another form, and `Unavailable` where the store cannot be
    reached or does not work.
    """

    def put(self, name: str, data: bytes) -> None:
        """Puts `data`, of about a MiB, under a name. What stands there already stays: nothing is ever replaced.

        Raises:
            StorageFull: there is no room; nothing was changed.
        """

    def read(self, name: str, start: int = 0, size: int | None = None) -> bytes:
        """The bytes under a name from `start` on: `size` of them (at least 1) or all, fewer where they end.

        Raises:
            Absent: there are none.
        """

    def sizes(self, folder: str) -> dict[str, int]:
        """What lies in a folder: the size in bytes of each part, by its name."""

    def delete(self, folder: str) -> None:
        """Deletes a folder and all in it; one that is not there is deleted already."""

    def remove(self, name: str) -> None:
        """Deletes what stands under a name; what is not there is deleted already."""

    def folders(self) -> Iterator[tuple[str, datetime]]:
        """Every folder, with when something in it was changed last (UTC)."""

    def free(self) -> int | None:
        """Bytes for which there is room; `None` where no store could tell."""


def split(name: str) -> tuple[str, str]:
    """The folder and the part that a name is made of.

    Raises:
        ValueError: it is no name.
    """
    folder, _, part = name.partition("/")
    if not PART.fullmatch(part):
        raise ValueError("no name of a stored part")
    return checked(folder), part


def checked(folder: str) -> str:
    """The name of a folder, as it is.

    Raises:
        ValueError: it is none.
    """
    if not FOLDER.fullmatch(folder):
        raise ValueError("no name of a stored folder")
    return folder


def check_range(start: int, size: int | None) -> None:
    """Checks which bytes are asked for.

    Raises:
        ValueError: there can be no such bytes.
    """
    if start < 0 or (size is not None and size < 1):
        raise ValueError("no range of bytes")
