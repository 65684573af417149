"""Video calls: what the server does for one while two devices connect, and how soon a real browser shows the other.

Each call is one that browsers make: start, join, two descriptions of 4 KB and twenty candidates each way, what is
heard and seen, and the end. No sound and no picture go through the server.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from bench import websocket
from bench.process import every_core
from bench.zorg import HOST, ORIGIN, Zorg
from tests.browser.calling import open_conversation, start
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PASSWORD, demonstration

DESCRIPTION, CANDIDATE, CANDIDATES = 4_000, 200, 20
TIMES = 20
FIRST_PICTURE = """
window.firstPicture = new Promise((seen) => {
  document.addEventListener("click", () => { window.clicked = performance.now(); }, { capture: true, once: true });
  const look = () => {
    const video = document.querySelector(".tile:not(.own) video");
    if (!video) return requestAnimationFrame(look);
    video.requestVideoFrameCallback(() => seen(performance.now() - window.clicked));
  };
  look();
})
"""


@dataclass(frozen=True)
class Signalled:
    """For one call: milliseconds of the server's processor and of time, and KiB of its memory at most."""

    cpu: float
    wall: float
    memory: float


class Device:
    """A page of somebody, as the server knows it."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self.id = str(uuid4())
        self._connection = connection
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        connection.on_text = lambda text: self._heard.put_nowait(json.loads(text))

    def say(self, kind: str, **more: Any) -> None:
        """Says one frame."""
        self._connection.send(json.dumps({"type": kind, **more}).encode())

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next frame of a kind."""
        while (frame := await self._heard.get())["type"] != kind:
            assert frame["type"] != "refused", frame
        return frame

    def leave(self) -> None:
        """Closes the socket."""
        self._connection.leave()


async def signalling(zorg: Zorg) -> Signalled:
    """Fifty pairs call each other, all at once, twice; the second time is measured."""
    pairs = [(await _device(zorg, one), await _device(zorg, other), where) for one, other, where in zorg.world["pairs"]]
    rest = zorg.memory()
    await asyncio.gather(*(_call(*pair) for pair in pairs))
    cpu, began = zorg.cpu_seconds(), time.perf_counter()
    calls = await asyncio.gather(*(_connect(*pair) for pair in pairs))
    memory = zorg.memory() - rest
    await asyncio.gather(*(_end(*pair[:2], call) for pair, call in zip(pairs, calls, strict=True)))
    wall, cpu = time.perf_counter() - began, zorg.cpu_seconds() - cpu
    for pair in pairs:
        pair[0].leave()
        pair[1].leave()
    return Signalled(cpu * 1000 / len(pairs), wall * 1000 / len(pairs), memory / 1024 / len(pairs))


async def _device(zorg: Zorg, cookie: str) -> Device:
    device = Device(await websocket.connect(HOST, zorg.port, ORIGIN, cookie))
    device.say("hello", protocol=1)
    await device.hear("welcome")
    return device


async def _call(one: Device, other: Device, conversation: str) -> None:
    await _end(one, other, await _connect(one, other, conversation))


async def _connect(one: Device, other: Device, conversation: str) -> str:
    one.say("start_call", request=1, conversation=conversation, device=one.id)
    call = str((await other.hear("call"))["call"]["id"])
    other.say("join_call", request=1, call=call, device=other.id)
    await other.hear("call_joined")
    for said, heard in ((one, other), (other, one)):
        for size in (DESCRIPTION, *[CANDIDATE] * CANDIDATES):
            said.say("signal", call=call, device=said.id, to=heard.id, data="x" * size)
        said.say("call_tracks", call=call, device=said.id, microphone=True, camera=True, screen=False)
    for heard in (one, other):
        for _ in range(1 + CANDIDATES):
            await heard.hear("signal")
    return call


async def _end(one: Device, other: Device, call: str) -> None:
    one.say("end_call", request=2, call=call)
    await one.hear("done")
    await other.hear("call_ended")


def first_pictures() -> list[float]:
    """Seconds from the click on "Deelnemen" to the first picture of the other, in Chromium, twenty times."""
    with (
        every_core(),
        tempfile.TemporaryDirectory(prefix="zorg-bench-") as folder,
        demonstration(folder) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        ingrid, bram, anna = (_signed_in(browser, address, name) for name in ("ingrid", "bram", "anna"))
        _no_waiting_room(ingrid)
        open_conversation(bram, "Anna Visser")
        open_conversation(anna, "Bram de Vries")
        start(bram)
        return [_first_picture(anna) for _ in range(TIMES)]


def middle_and_slowest(seconds: list[float]) -> str:
    """As the table has it."""
    return f"{median(seconds):.2f} / {max(seconds):.2f}"


def _signed_in(browser: Browser, address: str, name: str) -> Page:
    context = browser.new_context(base_url=address, locale="nl-NL")
    token = context.request.get("/api/v1/session").json()["csrf"]
    said = {"email": f"{name}@delinde.example", "password": PASSWORD}
    context.request.post("/_allauth/browser/v1/auth/login", data=said, headers={"X-CSRFToken": token})
    page = context.new_page()
    page.goto("/")
    return page


def _first_picture(page: Page) -> float:
    page.locator(".call-button").click()
    join = page.get_by_role("main").get_by_role("button", name="Deelnemen")
    page.get_by_role("main").locator("video").first.wait_for()
    page.evaluate(FIRST_PICTURE + ", 0")
    join.click()
    seconds = float(page.evaluate("window.firstPicture")) / 1000
    page.get_by_role("button", name="Ophangen").click()
    page.locator(".call-button").wait_for()
    return seconds


def _no_waiting_room(administrator: Page) -> None:
    request = administrator.context.request
    token = request.get("/api/v1/session").json()["csrf"]
    rules = {"waitingRoom": False, "question": {"nl": "", "en": ""}}
    assert request.put("/api/v1/console/calls", data=rules, headers={"X-CSRFToken": token}).ok
