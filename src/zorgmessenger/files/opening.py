"""The store and the scanner of this process, from the settings `ZORG_FILES` and `ZORG_SCANNER`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from zorgmessenger.errors import ConfigurationError
from zorgmessenger.files.local_store import LocalStore
from zorgmessenger.files.places import Bucket, ScannerAddress
from zorgmessenger.files.scanner import Clamd, Scanner
from zorgmessenger.files.stores import Store


@cache
def store() -> Store:
    """Where this process keeps files.

    Raises:
        ConfigurationError: the folder cannot be used, or S3 is wanted without its client or credentials.
    """
    where: Path | Bucket = settings.ZORG_FILES
    if isinstance(where, Path):
        return LocalStore(where)
    try:
        from zorgmessenger.files.s3_store import S3Store  # noqa: PLC0415  (boto3 is an extra, and slow to load)
    except ModuleNotFoundError as error:
        raise ConfigurationError("ZORG_FILES names S3; install its client: pip install 'zorgmessenger[s3]'") from error
    return S3Store(where)


@cache
def scanner() -> Scanner | None:
    """Who looks through this process's files; `None` where the settings say that nobody does."""
    address: ScannerAddress | None = settings.ZORG_SCANNER
    return None if address is None else Clamd(address)
