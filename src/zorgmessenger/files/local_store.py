"""A store in a folder of this machine: `<last two digits of the id>/<id>/<part>`, all of it for its owner alone.

A part is written under a passing name in `new`, synchronised, and given its name if nothing has that: there is never
half a part under its name, nor another one later.
The folders that lead to it are synchronised after that, whoever made them, since a name is as durable as every name
above it. A crash leaves a passing name, which goes an hour later, or an empty folder. Folders lie by the last digits of
their names, which are by chance; an id begins with its time.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from zorgmessenger.errors import ConfigurationError, StorageFull, Unavailable
from zorgmessenger.files.stores import FOLDER, PART, Absent, check_range, checked, split

_FULL = {errno.ENOSPC, errno.EDQUOT}
_LEFT_BEHIND = 60 * 60
"""Seconds after which nobody is still writing under a passing name."""
_TRIES = 20
"""How often a folder may go in the moment between its making and its first name; deletions are no crowd."""
_SHELF = re.compile(r"[0-9a-f]{2}")


class LocalStore:
    """A `Store` in `folder`, which is made where it is not there.

    Raises:
        ConfigurationError: the folder cannot be made or read.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._new = folder / "new"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._new.mkdir(mode=0o700, exist_ok=True)
            self._sweep()
        except OSError as error:
            raise ConfigurationError(f"cannot keep files in {folder} ({error.strerror}); set it right") from error

    def put(self, name: str, data: bytes) -> None:
        target = self._path(name)
        passing = self._new / secrets.token_hex(16)
        try:
            with self._told():
                _write(passing, data)
                _name(passing, target)
                with suppress(FileNotFoundError):  # it was put, and deleted since
                    for folder in (target.parent, target.parent.parent, self._root):
                        _synchronise(folder)
        except FileNotFoundError as error:
            raise Unavailable("local store: the folder was deleted again and again") from error
        finally:
            with suppress(OSError):
                passing.unlink(missing_ok=True)

    def read(self, name: str, start: int = 0, size: int | None = None) -> bytes:
        path = self._path(name)
        check_range(start, size)
        try:
            with self._told(), path.open("rb") as file:
                file.seek(start)
                return file.read(-1 if size is None else size)
        except FileNotFoundError:
            raise Absent(name) from None

    def sizes(self, folder: str) -> dict[str, int]:
        home = self._folder(folder)
        found = {}
        with suppress(FileNotFoundError), self._told():
            for path in list(home.iterdir()):
                if PART.fullmatch(path.name):
                    with suppress(FileNotFoundError):
                        found[path.name] = path.stat().st_size
        return found

    def delete(self, folder: str) -> None:
        home = self._folder(folder)
        with suppress(FileNotFoundError), self._told():
            for path in list(home.iterdir()):
                path.unlink(missing_ok=True)
            _remove_empty(home)

    def remove(self, name: str) -> None:
        path = self._path(name)
        with suppress(FileNotFoundError), self._told():
            path.unlink()
            _synchronise(path.parent)
            _remove_empty(path.parent)

    def folders(self) -> Iterator[tuple[str, datetime]]:
        with suppress(FileNotFoundError), self._told():
            self._sweep()
            for shelf in list(self._root.iterdir()):
                if _SHELF.fullmatch(shelf.name):
                    yield from _changes(shelf)

    def free(self) -> int:
        with self._told():
            return shutil.disk_usage(self._root).free

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tells what the disk cannot do in our own errors; that one thing is not there is for the caller to judge."""
        try:
            yield
        except OSError as error:
            if isinstance(error, FileNotFoundError) and self._new.exists():
                raise
            fault = f"local store: {errno.errorcode.get(error.errno or 0, 'unknown')}"
            raise (StorageFull if error.errno in _FULL else Unavailable)(fault) from error

    def _path(self, name: str) -> Path:
        folder, part = split(name)
        return self._folder(folder) / part

    def _folder(self, folder: str) -> Path:
        return self._root / checked(folder)[-2:] / folder

    def _sweep(self) -> None:
        before = time.time() - _LEFT_BEHIND
        for path in list(self._new.iterdir()):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name(passing: Path, target: Path) -> None:
    """Gives it its name, if nothing has that; again when somebody who deletes the folder takes it away meanwhile."""
    for attempt in range(_TRIES):
        try:
            target.parent.parent.mkdir(mode=0o700, exist_ok=True)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            target.hardlink_to(passing)
        except (FileNotFoundError, FileExistsError):
            if target.exists():
                return
            if attempt == _TRIES - 1:
                raise
        else:
            return


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_empty(folder: Path) -> None:
    """Removes a folder unless something was put into it meanwhile."""
    try:
        folder.rmdir()
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise
    _synchronise(folder.parent)


def _changes(shelf: Path) -> Iterator[tuple[str, datetime]]:
    for path in list(shelf.iterdir()):
        if FOLDER.fullmatch(path.name):
            with suppress(FileNotFoundError):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)
