"""A store in an S3 bucket, Amazon's or anybody's own: `<prefix>/<id>/<part>`.

One client serves all threads. Credentials come from where every program for S3 takes them: `AWS_ACCESS_KEY_ID` and
`AWS_SECRET_ACCESS_KEY`, a profile, or the machine's role. They must allow listing: without that, what is absent answers
as what is forbidden. An answer that we do not know is `Unavailable`: never absent, never empty.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from zorgmessenger.errors import ConfigurationError, StorageFull, Unavailable
from zorgmessenger.files.places import Bucket
from zorgmessenger.files.stores import FOLDER, PART, Absent, check_range, checked, split

_FULL = {"QuotaExceeded", "XMinioStorageFull"}
_MOST_DELETED = 1000
"""Objects that one request may delete (DeleteObjects)."""


class S3Store:
    """A `Store` in a bucket, which is not asked until it is used.

    Raises:
        ConfigurationError: there are no credentials.
    """

    def __init__(self, bucket: Bucket) -> None:
        session = boto3.session.Session(region_name=bucket.region or None)
        if session.get_credentials() is None:
            raise ConfigurationError("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for the bucket of ZORG_FILES")
        self._bucket = bucket.name
        self._prefix = f"{bucket.prefix}/" if bucket.prefix else ""
        self._client = session.client(
            "s3",
            region_name=session.region_name or "us-east-1",
            endpoint_url=bucket.endpoint or None,
            config=Config(
                connect_timeout=3,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 3},
                max_pool_connections=64,
                s3={"addressing_style": "path" if bucket.endpoint else "auto"},
                # Other servers than Amazon's do not know its newer checksums; what is sealed checks itself.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )
        self._client.meta.events.register("before-call.s3.DeleteObjects", _with_md5)

    def put(self, name: str, data: bytes) -> None:
        with suppress(_AlreadyThere), _told():
            self._client.put_object(Bucket=self._bucket, Key=self._key(name), Body=data, IfNoneMatch="*")

    def read(self, name: str, start: int = 0, size: int | None = None) -> bytes:
        key = self._key(name)
        check_range(start, size)
        last = "" if size is None else start + size - 1
        try:
            with _told():
                answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=f"bytes={start}-{last}")
                with closing(answer["Body"]) as body:  # its own `with` gives the bare stream, which checks nothing
                    return bytes(body.read())
        except _NoSuchKey:
            raise Absent(name) from None
        except _BehindTheEnd:
            return b""

    def sizes(self, folder: str) -> dict[str, int]:
        within = f"{self._prefix}{checked(folder)}/"
        found = {entry["Key"].removeprefix(within): int(entry["Size"]) for entry in self._listed(within)}
        return {part: size for part, size in found.items() if PART.fullmatch(part)}

    def delete(self, folder: str) -> None:
        keys = [entry["Key"] for entry in self._listed(f"{self._prefix}{checked(folder)}/")]
        for first in range(0, len(keys), _MOST_DELETED):
            batch = [{"Key": key} for key in keys[first : first + _MOST_DELETED]]
            with _told():
                answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": batch, "Quiet": True})
            if answer.get("Errors"):
                raise Unavailable(f"s3: not deleted: {answer['Errors'][0].get('Code')}")

    def remove(self, name: str) -> None:
        with _told():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(name))

    def folders(self) -> Iterator[tuple[str, datetime]]:
        for folder, entries in groupby(self._listed(self._prefix), self._folder_of):
            if FOLDER.fullmatch(folder):
                yield folder, max(entry["LastModified"] for entry in entries).astimezone(UTC)

    def free(self) -> None:
        """Nobody can tell."""

    def _key(self, name: str) -> str:
        return self._prefix + "/".join(split(name))

    def _folder_of(self, entry: dict[str, Any]) -> str:
        return str(entry["Key"]).removeprefix(self._prefix).partition("/")[0]

    def _listed(self, within: str) -> Iterator[dict[str, Any]]:
        """What the bucket lists, in the order of the keys."""
        with _told():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=within):
                yield from page.get("Contents", [])


def _with_md5(params: dict[str, Any], **_: object) -> None:
    """Adds the checksum that many servers still want of a deletion, and boto3 no longer sends."""
    digest = hashlib.md5(params["body"], usedforsecurity=False).digest()
    params["headers"]["Content-MD5"] = base64.b64encode(digest).decode()


class _AlreadyThere(Exception):
    """Something has that name."""


class _NoSuchKey(Exception):
    pass


class _BehindTheEnd(Exception):
    pass


@contextmanager
def _told() -> Iterator[None]:
    """Tells what S3 answers in our own errors."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        if code == "NoSuchKey":
            raise _NoSuchKey from error
        if code == "PreconditionFailed":
            raise _AlreadyThere from error
        if code == "InvalidRange":
            raise _BehindTheEnd from error
        if code in _FULL:
            raise StorageFull(f"s3: {code}") from error
        raise Unavailable(f"s3: {code}") from error
    except (BotoCoreError, ResponseParserError) as error:
        raise Unavailable(f"s3: {type(error).__name__}") from error
