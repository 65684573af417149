"""Where files are kept and who scans them, as the settings name it: an address that does not hold stops the start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from zorgmessenger.errors import ConfigurationError

ScannerAddress = Path | tuple[str, int]
"""A unix socket, or host and port."""

_FILES = "ZORG_FILES must be s3://bucket/prefix?endpoint=https://host&region=name, or empty for the data folder"
_SCANNER = "ZORG_SCANNER must be clamd:///run/clamav/clamd.ctl, clamd://host:3310 or none"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*|")
_CLAMD_PORT = 3310


@dataclass(frozen=True)
class Bucket:
    """A place in S3: `prefix` without slashes around it; an empty `endpoint` is Amazon's own."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""


def bucket(address: str) -> Bucket:
    """The bucket that an address names.

    Raises:
        ConfigurationError: it names none, or holds more than belongs there, such as a password.
    """
    try:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query, strict_parsing=True) if parts.query else [])
    except ValueError as error:
        raise ConfigurationError(_FILES) from error
    if parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc) or parts.fragment:
        raise ConfigurationError(_FILES)
    prefix, endpoint = parts.path.strip("/"), options.get("endpoint", "")
    if not _PREFIX.fullmatch(prefix) or options.keys() - {"endpoint", "region"}:
        raise ConfigurationError(_FILES)
    if endpoint and not re.fullmatch(r"https?://[^/@?#\s]+/?", endpoint):
        raise ConfigurationError(_FILES)
    return Bucket(parts.netloc, prefix, endpoint, options.get("region", ""))


def scanner_address(address: str) -> ScannerAddress | None:
    """Where the scanner listens; `None` for the word `none` and for an empty setting.

    Raises:
        ConfigurationError: it is no such address.
    """
    if address in {"", "none"}:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or _CLAMD_PORT
    except ValueError as error:
        raise ConfigurationError(_SCANNER) from error
    if parts.scheme != "clamd" or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigurationError(_SCANNER)
    if host and parts.path in {"", "/"}:
        return host, port
    if not parts.netloc and parts.path.strip("/"):
        return Path(parts.path)
    raise ConfigurationError(_SCANNER)
