"""A file is whole or absent, whatever ends the server; what nobody has any more is swept."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.exceptions import WebSocketException

from tests import files, migrated
from tests.live import Browser, Socket
from tests.process import Server, installation
from tests.realtime.test_durability import shared, sign_in, stored
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.conversations import facts as conversations
from zorgmessenger.files import arriving, blobs, checks, facts, opening, sweeping
from zorgmessenger.files.models import File
from zorgmessenger.messages import checker
from zorgmessenger.messages.committer import commit
from zorgmessenger.messages.file_checks import Checked, FileJob

ROUNDS = 5


class Uploader(threading.Thread):
    """Sends files as messages without a pause until the line breaks; remembers which were acknowledged."""

    def __init__(self, browser: Browser, socket: Socket, conversation: str, chance: random.Random) -> None:
        super().__init__()
        self.browser, self.socket, self.conversation, self.chance = browser, socket, conversation, chance
        self.sent: dict[str, bytes] = {}
        self.acknowledged: set[str] = set()

    def run(self) -> None:
        with suppress(OSError, HTTPException, WebSocketException):
            while True:
                data = files.text(self.chance.choice([10, files.PART, 2 * files.PART + 3]))
                file = files.upload(self.browser, UUID(self.conversation), data, "brief.txt")
                self.sent[file] = data
                if files.send(self.socket, UUID(self.conversation), file)["type"] == "ack":
                    self.acknowledged.add(file)


def test_killed_at_any_moment_every_acknowledged_file_is_whole_and_no_other_is_half(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(4)  # noqa: S311  (a seed, not a secret)
    demo = installation(tmp_path)
    migrated.put(demo.database, tmp_path_factory)
    conversation = ""
    sent: dict[str, bytes] = {}
    acknowledged: set[str] = set()
    for _ in range(ROUNDS):
        with demo.running("demo") as server:
            browser = sign_in(server, "anna")
            browser.greet()
            with suppress(WebSocketException, OSError), browser.socket(origin=server.address) as socket:
                conversation = conversation or shared(socket.welcome)
                uploader = Uploader(browser, socket, conversation, chance)
                uploader.start()
                _kill_after_one(server, uploader, chance.uniform(0, 1))
                sent |= uploader.sent
                acknowledged |= uploader.acknowledged
    with demo.running("demo") as server:
        browser = sign_in(server, "anna")
        with browser.socket(origin=server.address) as socket:
            told = _settled(socket, conversation)
        assert len(acknowledged) >= ROUNDS
        assert acknowledged <= told.keys()
        for file, state in told.items():
            assert state == "ready"
            assert browser.ask("GET", f"/api/v1/files/{file}/content").raw == sent[file]


def _kill_after_one(server: Server, uploader: Uploader, seconds: float) -> None:
    while not uploader.acknowledged and uploader.is_alive():
        uploader.join(0.01)
    uploader.join(seconds)
    server.kill()
    uploader.join()


def _settled(socket: Socket, conversation: str) -> dict[str, str]:
    """Every file of the conversation with its state, when all of them are checked."""
    while True:
        told = {f["id"]: f["state"] for m in stored(socket, conversation) for f in m.get("files", [])}
        if "checking" not in told.values():
            return told
        socket.hear("altered")


def _later(**of: Any) -> Any:
    return clock.at(clock.now() + timedelta(**of))


def test_what_was_begun_and_never_sent_is_swept_after_days(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    unsent, sent = files.made(world, "anna", conversation), files.sent(world, "anna", conversation)
    blob = File.objects.get(pk=unsent).blob
    with _later(days=2):
        sweeping.sweep()
    assert File.objects.count() == 2
    with _later(days=3, hours=1):
        sweeping.sweep()
    assert [row.id for row in File.objects.all()] == [sent]
    assert opening.store().sizes(blob.hex) == {}
    assert opening.store().sizes(File.objects.get(pk=sent).blob.hex) != {}


def test_bytes_that_no_file_tells_of_are_swept_after_a_day(world: World) -> None:
    sent = File.objects.get(pk=files.sent(world, "anna", world.conversations["bram", "anna"]))
    orphan, store = uuid4().hex, opening.store()
    store.put(f"{orphan}/original-0", b"sealed")
    store.put(f"{sent.blob.hex}/picture-0badcafe-0", b"made in vain")
    with _later(hours=23):
        sweeping.sweep()
    assert store.sizes(orphan)
    assert "picture-0badcafe-0" in store.sizes(sent.blob.hex)
    with _later(hours=25):
        sweeping.sweep()
    assert store.sizes(orphan) == {}
    assert len(store.sizes(sent.blob.hex)) == 2


def test_of_two_who_check_the_same_file_one_counts_and_neither_spoils_it(world: World) -> None:
    conversation = world.conversations["bram", "anna"]
    file = files.made(world, "anna", conversation)
    File.objects.filter(pk=file).update(state=File.CHECKING)
    row = File.objects.get(pk=file)
    found = facts.opened(row, conversations.one(conversation))
    policy = arriving.policy_of(world.organisation)
    first, second = (checks.check(found, policy) for _ in range(2))
    jobs = [FileJob(conversation, file, verdict.about, "", lambda _: None) for verdict in (first, second)]
    outcomes = [commit([job])[0][1] for job in jobs]
    assert isinstance(outcomes[0], Checked)
    assert outcomes[1] is None
    seen = facts.opened(File.objects.get(pk=file), conversations.one(conversation)).about
    picture = seen.blobs[seen.whole]
    assert b"".join(blobs.parts(blobs.key_of(found.material, row.blob, picture), picture)).startswith(b"\xff\xd8")


def test_a_file_is_claimed_once_and_anew_when_its_claim_is_over(world: World) -> None:
    file = files.made(world, "anna", world.conversations["bram", "anna"])
    File.objects.filter(pk=file).update(state=File.CHECKING, check_at=clock.now())
    claim = checker.claimed
    first = claim()
    assert first is not None
    assert first.id == file
    assert claim() is None
    with _later(minutes=16):
        again = claim()
    assert again is not None
    assert again.id == file
