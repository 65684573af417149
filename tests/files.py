"""Files in tests: sending one as a device does, and pictures to send."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from tests.live import Answer, Browser, Socket
from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.conversations import facts as conversations
from zorgmessenger.files import arriving, checks, child, doorbell, facts
from zorgmessenger.files.arriving import Announced
from zorgmessenger.files.child import run
from zorgmessenger.files.models import File
from zorgmessenger.messages import checker
from zorgmessenger.messages.committer import Sent, commit
from zorgmessenger.messages.file_checks import FileJob
from zorgmessenger.origin import NOWHERE

PART = 1024 * 1024
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def jpeg(size: tuple[int, int] = (640, 480)) -> bytes:
    """A photograph that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Camera van Anna"
    gps = exif.get_ifd(0x8825)
    gps[2] = (52.0, 5.0, 6.0)
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def text(size: int) -> bytes:
    """Plain text of so many bytes, never the same."""
    return (os.urandom(32).hex() * (size // 64 + 1)).encode()[:size]


def begin(browser: Browser, conversation: UUID, data: bytes, name: str, **more: Any) -> Answer:
    """Begins a file."""
    body = {"name": name, "size": len(data), "fingerprint": hashlib.sha256(data).hexdigest(), **more}
    return browser.ask("POST", f"/api/v1/conversations/{conversation}/files", body)


def put(browser: Browser, file: str, part: int, data: bytes) -> Answer:
    """Sends a part of it; `data` is the whole."""
    piece = data[part * PART : (part + 1) * PART]
    kind = {"Content-Type": "application/octet-stream"}
    return browser.ask("PUT", f"/api/v1/files/{file}/parts/{part}", piece, **kind)


def upload(browser: Browser, conversation: UUID, data: bytes, name: str = "brief.txt", **more: Any) -> str:
    """Sends a whole file, to be checked; gives its id."""
    begun = begin(browser, conversation, data, name, **more)
    assert begun.status == 201, begun
    file: str = begun.body["file"]["id"]
    for part in begun.body["missing"]:
        answer = put(browser, file, part, data)
        assert answer.status == 200, answer
    assert browser.ask("POST", f"/api/v1/files/{file}/whole").status == 200
    return file


def send(socket: Socket, conversation: UUID, *files: str, body: str = "") -> dict[str, Any]:
    """Sends files as a message; gives the answer."""
    socket.say(type="send", id=uuid4(), conversation=conversation, body=body, files=files)
    return socket.hear("ack", "refused")


def ready(socket: Socket, file: str) -> dict[str, Any]:
    """Waits until a file was checked, in a message or not; gives it as it is told."""
    while True:
        frame = socket.hear("file", "altered", "message")
        told = [frame["file"]] if frame["type"] == "file" else frame.get("message", frame).get("files", [])
        for one in told:
            if one["id"] == file and one["state"] != "checking":
                found: dict[str, Any] = one
                return found


@contextmanager
def unchecked() -> Iterator[None]:
    """Meanwhile no file is checked; then all that wait are."""
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(checker, "claimed", lambda: None)
        yield
    doorbell.ring()


def all_ready(socket: Socket, wanted: Iterable[str]) -> None:
    """Waits until all of these, not sent yet, were checked, in whatever order that is."""
    waiting = set(wanted)
    while waiting:
        waiting.discard(socket.hear("file")["file"]["id"])


def made(world: World, name: str, conversation: UUID, data: bytes = b"", called: str = "foto.jpg") -> UUID:
    """A file of somebody's that was checked and is not sent yet, without a server.

    What the studio made of the same content before is not made again: that takes a process.
    """
    data = data or _picture()
    known = conversations.one(conversation)
    proof = rules.may_send(known.members.get(world.id(name)), known.facts)
    row = arriving.begin(proof, Announced(called, len(data), hashlib.sha256(data + os.urandom(8)).hexdigest()), NOWHERE)
    found = facts.opened(row, known)
    for part in range(-(-len(data) // PART)):
        arriving.put_part(found, part, data[part * PART : (part + 1) * PART])
    File.objects.filter(pk=row.id).update(state=File.CHECKING)
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(child, "run", lambda task, parts: _answered(tuple(task), b"".join(parts)))
        verdict = checks.check(found, arriving.policy_of(known.facts.organisation))
    commit([FileJob(conversation, row.id, verdict.about, verdict.signature, lambda _: None)])
    return row.id


@cache
def _picture() -> bytes:
    return jpeg((64, 48))


@lru_cache(maxsize=16)
def _answered(task: tuple[str, ...], data: bytes) -> tuple[int, bytes]:
    return run(list(task), [data])


def sent(world: World, name: str, conversation: UUID, data: bytes = b"", called: str = "foto.jpg") -> UUID:
    """A file of somebody's that stands in a message, without a server."""
    file = made(world, name, conversation, data, called)
    outcome = commit([world.job(name, conversation, "", files=(file,))])[0][1]
    assert isinstance(outcome, Sent), outcome
    return file
