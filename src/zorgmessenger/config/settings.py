"""The installation's settings: typed, from the environment (`ZORG_…`), each with one sentence.

A setting that does not hold stops the start with the remedy.
"""

from __future__ import annotations

import re
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from zorgmessenger.calls.places import JanusServer, TurnServer, janus_server, turn_server
from zorgmessenger.crypto.roots import EnvironmentSource, FileSource, RootSource
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.files.places import Bucket, ScannerAddress, bucket, scanner_address

_BOUNCES = re.compile(r"[\w.-]{1,31}@[\w.-]{1,180}", re.ASCII)
"""Leaves room for a token (`delivery.return_paths`) in 64 and 254 characters (RFC 5321, section 4.5.3.1)."""

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,28}[0-9]", re.ASCII)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", re.ASCII)


class Settings(BaseSettings):
    """What a host can set."""

    model_config = SettingsConfigDict(env_prefix="ZORG_", extra="ignore", frozen=True)

    environment: Literal["production", "demo", "test"] = Field(
        "production", description="What this installation is for."
    )
    data_dir: Path = Field(Path("var"), description="Folder for the embedded database and the root key file.")
    database: str = Field(
        "", description="sqlite:///file or postgresql://user:password@host:port/name; empty: SQLite in data_dir."
    )
    files: str = Field(
        "", description="s3://bucket/prefix?endpoint=https://host&region=name for files; empty: files in data_dir."
    )
    scanner: str = Field(
        "",
        description="Virus scanner: clamd:///run/clamav/clamd.ctl, clamd://host:3310, or none; needed in production.",
    )
    turn: str = Field(
        "", description="Relay of calls, by commas: turn:host:3478?transport=udp,turns:host:5349; empty: none."
    )
    turn_secret: str = Field("", repr=False, description="The relay's static-auth-secret, at least 32 characters.")
    janus: str = Field("", description="Janus for calls of more than two: ws://127.0.0.1:8188; empty: none.")
    janus_secret: str = Field("", repr=False, description="Janus' api_secret and admin_key, at least 32 characters.")
    root_keys: str = Field("", description="Root keys in base64, newest first, by commas; empty: the key file.")
    root_key_file: Path | None = Field(None, description="File with the root keys; empty: root.key in data_dir.")
    public_url: str = Field("", description="The address people use, https:// in production.")
    host: str = Field("127.0.0.1", description="Address to listen on; a reverse proxy with TLS stands in front.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    trusted_proxies: str = Field("127.0.0.1", description="Addresses whose X-Forwarded-For is believed.")
    http_threads: int = Field(8, ge=1, le=64, description="Threads that answer HTTP.")
    installation_name: str = Field("Zorg Messenger", description="Name shown before anybody is signed in.")
    support_phone: str = Field("", description="Client support's telephone number, for who cannot sign in.")
    support_mail: str = Field("", description="Client support's e-mail address, for who cannot sign in.")
    mail_url: str = Field(
        "", description="smtp://user:password@host:587 (STARTTLS) or smtps://…; empty: mail stays in the local mailbox."
    )
    mail_from: str = Field("noreply@localhost", description="Sender's address of all mail.")
    mail_bounces: str = Field(
        "", description="Where mail that comes back is received: bounces@mail.example.nl; empty: it is not noticed."
    )
    invitation_days: int = Field(14, ge=1, le=90, description="Days until an invitation expires.")
    file_limit_mib: int = Field(
        100, ge=1, le=2048, description="Largest file that an organisation may let be sent, in MiB."
    )
    storage_gib: int = Field(0, ge=0, description="Room for the files of one organisation, in GiB; 0: no limit.")
    socket_rate: float = Field(
        50, gt=0, description="Frames a second that one socket may send for long; ten times that at once."
    )
    other_origins: frozenset[str] = Field(frozenset(), description="Further origins whose pages may open the socket.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least severe log line that is written."
    )

    @property
    def demo(self) -> bool:
        """Whether this is the demo: made-up people, a local mailbox, known passwords."""
        return self.environment == "demo"

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over TLS."""
        return self.address.startswith("https://")

    @property
    def address(self) -> str:
        """The address people use, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://127.0.0.1:{self.port}"

    @cached_property
    def root_source(self) -> RootSource:
        """Where the root keys are."""
        return EnvironmentSource(self.root_keys) if self.root_keys else self.key_file

    @property
    def key_file(self) -> FileSource:
        """The root key file."""
        return FileSource(self.root_key_file or self.data_dir / "root.key")

    @property
    def file_place(self) -> Path | Bucket:
        """Where files are kept.

        Raises:
            ConfigurationError: the address is of no such place.
        """
        return bucket(self.files) if self.files else self.data_dir / "files"

    @property
    def scanner_address(self) -> ScannerAddress | None:
        """Where the virus scanner listens, if there is one.

        Raises:
            ConfigurationError: it is no such address.
        """
        return scanner_address(self.scanner)

    @property
    def turn_server(self) -> TurnServer | None:
        """The relay of calls, if there is one.

        Raises:
            ConfigurationError: an address or the secret does not hold.
        """
        return turn_server(self.turn, self.turn_secret)

    @property
    def janus_server(self) -> JanusServer | None:
        """Where Janus listens, if there is one.

        Raises:
            ConfigurationError: the address or the secret does not hold.
        """
        return janus_server(self.janus, self.janus_secret)

    def check(self) -> None:
        """Stops a production start that would break a promise, and a demo that strangers could reach.

        Raises:
            ConfigurationError: with the remedy.
        """
        if self.environment == "production" and not self.secure:
            raise ConfigurationError(
                "set ZORG_PUBLIC_URL to the https:// address people use (TLS ends in the proxy in front)"
            )
        if self.environment == "production" and not self.mail_url:
            raise ConfigurationError(
                "set ZORG_MAIL_URL to the mail server, such as smtp://user:password@mail.example.nl:587"
            )
        if self.environment == "production" and not self.scanner:
            raise ConfigurationError(
                "set ZORG_SCANNER to the virus scanner, such as clamd:///run/clamav/clamd.ctl or clamd://host:3310, "
                "or to none to pass files on unscanned"
            )
        if self.mail_bounces and not _BOUNCES.fullmatch(self.mail_bounces):
            raise ConfigurationError(
                "set ZORG_MAIL_BOUNCES to an address of at most 31 letters, digits, dots and dashes before its @, "
                "such as bounces@mail.example.nl"
            )
        if self.support_phone and not _PHONE.fullmatch(self.support_phone):
            raise ConfigurationError("set ZORG_SUPPORT_PHONE to a telephone number, such as 030 123 45 67")
        if self.support_mail and not _MAIL.fullmatch(self.support_mail):
            raise ConfigurationError("set ZORG_SUPPORT_MAIL to an e-mail address, such as support@example.nl")
        if self.environment == "demo":
            self._check_demo()

    def _check_demo(self) -> None:
        if self.mail_url:
            raise ConfigurationError("the demo never runs with a mail server; unset ZORG_MAIL_URL")
        if self.database:
            raise ConfigurationError("the demo never runs on a database of its host's; unset ZORG_DATABASE")
        if self.files:
            raise ConfigurationError("the demo never runs on a bucket of its host's; unset ZORG_FILES")
        if not _is_here(self.host):
            raise ConfigurationError("the demo never runs where others can reach it; unset ZORG_HOST")
        if not _is_here(urlsplit(self.address).hostname or ""):
            raise ConfigurationError("the demo never runs at a public address; unset ZORG_PUBLIC_URL")

    def django_database(self) -> dict[str, Any]:
        """Django's DATABASES entry.

        Raises:
            ConfigurationError: the address is of no database that we know.
        """
        parts = urlsplit(self.database)
        if not self.database or parts.scheme == "sqlite":
            return {
                "ENGINE": "zorgmessenger.config.sqlite",
                "NAME": parts.path[1:] if parts.scheme else str(self.data_dir / "zorgmessenger.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
                "TEST": {"NAME": parts.path[1:] or str(self.data_dir / "test.sqlite3")},
            }
        if parts.scheme != "postgresql":
            raise ConfigurationError("ZORG_DATABASE must start with sqlite:/// or postgresql://")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }


def _is_here(host: str) -> bool:
    """Whether only this machine can reach that address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def load() -> Settings:
    """The settings in the environment.

    Raises:
        ConfigurationError: a setting does not hold, with each one's name.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"ZORG_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(wrong) from error
