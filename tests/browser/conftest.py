"""A real server and a real Chromium: what a person sees, from the first byte of the demonstration on.

The server is the demonstration that `make run` starts, in a process and a data folder of its own. Chromium is Debian's:
its build without windows, which draws the same in two thirds of the processor's time, and the whole one for what only
that has (notifications, installing); where the first is missing, the whole one does all.
A page that throws, logs an error or breaks the content security policy fails its test; that the server refuses a
request, or that a test took the line away, is no such error. A failed test leaves pictures in `tests/browser/shots`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, sync_playwright

from tests.browser.looks import looks, themes

HERE = Path(__file__).parent
AXE = HERE.parent.parent / "web/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WITHOUT_WINDOWS = shutil.which("chromium-headless-shell") or CHROMIUM
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream=fps=10",
    "--use-fake-ui-for-media-stream",
]
REFUSED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
)
NO_LINE = ("net::ERR_CONNECTION_REFUSED", "net::ERR_INTERNET_DISCONNECTED")
STARTED_WITHIN = 30

PASSWORD = "Zonnebloem-42"

WRONG = """
async () => {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
"""
"""What axe finds wrong; that it tells of nothing else takes a quarter of the time."""

failed_key = pytest.StashKey[bool]()
Axe = Callable[[Page], list[str]]
SignedIn = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes which tests failed, for their pictures."""
    report = yield
    if report.when == "call":
        item.stash[failed_key] = report.failed
    return report


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demonstration in which nobody did a thing yet, of which each file of tests gets a copy.

    Of all processes of a run the first makes it, and the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demonstration"
    folder.mkdir(exist_ok=True)
    made = folder / "made"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with demonstration(str(folder)):
                made.touch()
    return folder / "var"


@pytest.fixture(scope="module")
def folder(fresh: Path) -> Iterator[str]:
    """Where the demonstration keeps its data. Each file of tests has its own: none leaves anything to another."""
    with tempfile.TemporaryDirectory(prefix="zorg-browser-") as folder:
        shutil.copytree(fresh, Path(folder, "var"))
        yield folder


@pytest.fixture(scope="module")
def server(folder: str) -> Iterator[str]:
    """The address of a running demonstration."""
    with demonstration(folder) as address:
        yield address


@contextmanager
def demonstration(folder: str, **settings: str) -> Iterator[str]:
    """Runs a demonstration of its own that keeps its data in `folder`, with these settings; gives its address.

    A `{port}` in a setting is its port.
    """
    host = Demonstration(folder, settings)
    host.start()
    try:
        yield host.address
    finally:
        host.stop()


class Demonstration:
    """A demonstration on a free port, to be stopped and started again at the same address.

    Its port stays bound here, so that nobody else is given it before the server listens on it, or between two times.
    """

    def __init__(self, folder: str, settings: dict[str, str], name: str = "127.0.0.1") -> None:
        held = socket.socket()
        weakref.finalize(self, held.close)
        held.bind(("127.0.0.1", 0))
        self._port = held.getsockname()[1]
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        settings = {name: value.format(port=self._port) for name, value in settings.items()}
        self.address = settings.get("ZORG_PUBLIC_URL", f"http://{name}:{self._port}")
        self._log = Path(folder, "log")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ZORG_")}
        self._environment = environment | {
            "ZORG_DATA_DIR": f"{folder}/var",
            "ZORG_PUBLIC_URL": self.address,
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers.

        Raises:
            RuntimeError: it did not start; the message holds its log.
        """
        command = [sys.executable, "-m", "zorgmessenger", "demo", "--port", str(self._port)]
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(command, env=self._environment, stdout=output, stderr=output)
        try:
            wait_for(self.address, self._process, self._log)
        except RuntimeError:
            self.stop()
            raise

    def stop(self) -> None:
        """Stops it as a host does, and waits."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=STARTED_WITHIN)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the server answers.

    Raises:
        RuntimeError: it ended or did not answer in time; the message holds its log.
    """
    for _ in range(STARTED_WITHIN * 20):
        try:
            urllib.request.urlopen(f"{address}/api/v1/session", timeout=5).close()  # noqa: S310  (our own address)
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers of the whole run."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with chromium(playwright, WITHOUT_WINDOWS) as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that people have; a file of tests that needs it has it in place of `browser`."""
    with chromium(playwright, CHROMIUM) as browser:
        yield browser


@contextmanager
def chromium(playwright: Playwright, program: str) -> Iterator[Browser]:
    """A running Chromium of this program."""
    if not Path(program).exists():
        pytest.skip(f"no Chromium here: apt-get install {Path(program).name}")
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def new_context(
    browser: Browser, server: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a browser of one person, with nothing kept: `new_context(locale="en-GB", viewport=…)`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED) and not message.text.endswith(NO_LINE):
            errors.append(message.text)

    # A service worker answers in place of the network, which tests take away; the tests of the worker allow it.
    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=server, **{"locale": "nl-NL", "service_workers": "block", **options})
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", note)
        contexts.append(context)
        return context

    yield make
    for number, page in enumerate(page for context in contexts for page in context.pages):
        if request.node.stash.get(failed_key, False):
            page.screenshot(path=HERE / "shots" / f"{request.node.name}-{number}.png")
    for page in (page for context in contexts for page in context.pages):
        _hang_up(page)
    for context in contexts:
        context.close()
    assert not errors, f"the page complained: {errors}"


def _hang_up(page: Page) -> None:
    """Who only closes their page is away for half a minute, and the next test would meet the call."""
    button = page.get_by_role("button", name="Ophangen", exact=True)
    with suppress(Error):
        if button.is_visible():
            button.click()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who comes here for the first time, in Dutch."""
    return new_context().new_page()


@pytest.fixture
def signed_in(new_context: Callable[..., BrowserContext]) -> SignedIn:
    """Gives the page of one of the demonstration's people, signed in: `signed_in("anna", viewport=…)`.

    It is `at` an address, where it was not before; `first` ran in it before anything else.
    """

    def sign_in(name: str, *, at: str = "/", first: str = "", **options: Any) -> Page:
        context = new_context(**options)
        token = context.request.get("/api/v1/session").json()["csrf"]
        answer = context.request.post(
            "/_allauth/browser/v1/auth/login",
            data={"email": f"{name}@delinde.example", "password": PASSWORD},
            headers={"X-CSRFToken": token},
        )
        assert answer.ok, answer.text()
        page = context.new_page()
        if first:
            page.add_init_script(first)
        page.goto(at)
        return page

    return sign_in


def seen_elsewhere(page: Page) -> list[str]:
    """In place of axe where another test checks the same page: nothing is wrong with it."""
    del page
    return []


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Checks a page against WCAG 2.2 AA and gives what is wrong, one line for each element."""
    source = AXE.read_text()

    def check(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found: list[str] = page.evaluate(WRONG)
        return found

    return check


@pytest.fixture(scope="session")
def each_look(axe: Axe) -> Axe:
    """The same in both looks of a page that is on a phone in the dark, and whether it has to be scrolled sideways."""

    def check(page: Page) -> list[str]:
        wrong: list[str] = []
        for look in looks(page):
            wrong += [f"{look}: {one}" for one in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{look}: it has to be scrolled sideways")
        return wrong

    return check


@pytest.fixture(scope="session")
def each_theme(axe: Axe) -> Axe:
    """The same for a page in every theme: the device's light and dark, and the chosen."""

    def check(page: Page) -> list[str]:
        return [f"{theme}: {wrong}" for theme in themes(page) for wrong in axe(page)]

    return check
