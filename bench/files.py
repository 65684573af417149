"""Files over HTTP: up and down as the web app does it, by parts over three connections; and pictures to be checked."""

from __future__ import annotations

import http.client
import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image

from bench.zorg import HOST, ORIGIN, Zorg

MIB = 1024 * 1024
LARGE = 100 * MIB
CONNECTIONS = 3
PICTURES = 12
WARMING = 4
"""Times that the same is done before: each thread of the server then has its connection to the database."""
PHOTOGRAPH = (4000, 3000)
SCREENSHOT = (1280, 800)
READ = 256 * 1024


@dataclass(frozen=True)
class Measured:
    """Megabytes a second up and down, seconds until checked, MiB more than at rest, and pictures a second."""

    up: float
    down: float
    checked: float
    more: float
    photographs: float
    screenshots: float


class Sender:
    """Somebody signed in, with a connection for each thread."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._mine = threading.local()
        answer = self.ask("GET", "/session")
        self._token = answer["csrf"]
        self._cookie += f"; __Host-csrftoken={self._mine.csrf}"

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> Any:
        """One request and its answer."""
        line = self._line()
        line.request(method, f"/api/v1{path}", body or None, self._headers(kind))
        response = line.getresponse()
        data = response.read()
        if response.status >= http.client.MULTIPLE_CHOICES:
            raise RuntimeError(data.decode())
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition("=")
            if name.endswith("csrftoken"):
                self._mine.csrf = value.partition(";")[0]
        return json.loads(data)

    def download(self, path: str) -> int:
        """Reads an answer to its end and gives how many bytes there were."""
        line = self._line()
        line.request("GET", f"/api/v1{path}", headers=self._headers("application/json"))
        response, size = line.getresponse(), 0
        buffer = bytearray(READ)
        while got := response.readinto(buffer):
            size += got
        return size

    def upload(self, conversation: str, data: bytes, name: str) -> str:
        """Sends a file whole; it is to be checked then."""
        about = {"name": name, "size": len(data), "fingerprint": os.urandom(32).hex()}
        begun = self.ask("POST", f"/conversations/{conversation}/files", json.dumps(about).encode())
        file, size = begun["file"]["id"], begun["partSize"]
        view = memoryview(data)

        def put(part: int) -> None:
            piece = view[part * size : (part + 1) * size]
            self.ask("PUT", f"/files/{file}/parts/{part}", bytes(piece), "application/octet-stream")

        with ThreadPoolExecutor(CONNECTIONS) as threads:
            list(threads.map(put, begun["missing"]))
        self.ask("POST", f"/files/{file}/whole")
        return str(file)

    def wait_until_checked(self, file: str) -> None:
        """Asks until it is ready."""
        while (state := self.ask("GET", f"/files/{file}")["file"]["state"]) == "checking":
            time.sleep(0.005)
        if state != "ready":
            raise RuntimeError(f"a file was {state}")

    def _headers(self, kind: str) -> dict[str, str]:
        headers = {"Cookie": self._cookie, "Host": ORIGIN.split("//")[1], "X-Forwarded-Proto": "https"}
        return {**headers, "Origin": ORIGIN, "Content-Type": kind, "X-CSRFToken": getattr(self, "_token", "")}

    def _line(self) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._mine, "line", None)
        if line is None:
            line = self._mine.line = http.client.HTTPConnection(HOST, self._port, timeout=60)
        return line


def measure(server: Zorg) -> Measured:
    """Does all of it, a few times to warm up and then for the figures."""
    cookie, _, conversation = server.world["pairs"][0]
    sender = Sender(server.port, cookie)
    text = (os.urandom(512).hex() * (LARGE // 1024))[:LARGE].encode()
    for number in range(WARMING):
        sender.wait_until_checked(sender.upload(conversation, text, f"warm {number}.txt"))
    with most_memory(server) as more:
        start = time.perf_counter()
        file = sender.upload(conversation, text, "lang.txt")
        sent = time.perf_counter()
        sender.wait_until_checked(file)
        checked = time.perf_counter()
        assert sender.download(f"/files/{file}/content") == LARGE
        read = time.perf_counter()
    return Measured(
        up=LARGE / 1e6 / (sent - start),
        down=LARGE / 1e6 / (read - checked),
        checked=checked - sent,
        more=more() / MIB,
        photographs=_pictures(sender, conversation, PHOTOGRAPH, "JPEG"),
        screenshots=_pictures(sender, conversation, SCREENSHOT, "PNG"),
    )


def _pictures(sender: Sender, conversation: str, size: tuple[int, int], kind: str) -> float:
    """Pictures a second, from the first byte sent until all are checked."""
    picture = Image.effect_noise((size[0] // 8, size[1] // 8), 60).convert("RGB").resize(size)
    out = io.BytesIO()
    picture.save(out, kind)
    start = time.perf_counter()
    names = [f"foto {number}.{kind.lower()}" for number in range(PICTURES)]
    sent = [sender.upload(conversation, out.getvalue(), name) for name in names]
    for file in sent:
        sender.wait_until_checked(file)
    return PICTURES / (time.perf_counter() - start)


@contextmanager
def most_memory(server: Zorg) -> Iterator[Callable[[], int]]:
    """Looks every few milliseconds how much memory the server has more than at first; gives the most of it."""
    first, most, over = server.memory(), [0], threading.Event()

    def look() -> None:
        while not over.wait(0.01):
            most[0] = max(most[0], server.memory() - first)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        thread.join()
