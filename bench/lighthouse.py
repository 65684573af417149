"""The web app on a telephone, as Google's Lighthouse measures it: slow 4G, a processor four times slower, nothing kept.

Lighthouse is no part of the project: npm fetches this one version when it is asked for. Chromium is signed in through
its debugging port before; Lighthouse leaves cookies as they are and empties every cache. Server, browser and Lighthouse
share all cores. The pages are the demonstration's, as it begins.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext, sync_playwright

from bench.process import every_core
from tests.browser.conftest import ARGUMENTS, PASSWORD, WITHOUT_WINDOWS, demonstration

ROOT = Path(__file__).parent.parent
VERSION = "lighthouse@13.5.0"
NPM = [sys.executable, "hatch_build.py", "npm", "exec", "--yes", "--ignore-scripts", f"--package={VERSION}", "--"]
CATEGORIES = ("performance", "accessibility", "best-practices")
TIMES = 3
PEOPLE = {"a client": "anna", "staff": "bram"}
PLACES = {"list": "/", "contacts": "/contacten", "settings": "/instellingen", "devices": "/instellingen/apparaten"}
STARTED_WITHIN = 10.0


class NotInstalled(Exception):
    """npm does not get Lighthouse."""


@dataclass(frozen=True)
class Found:
    """One page, each the median of `TIMES`: its scores of 100 in the order of `CATEGORIES`, and how much it shifts."""

    scores: tuple[int, ...]
    shift: float


def measure() -> Iterator[tuple[str, Found]]:
    """Each page, by what it is.

    Raises:
        NotInstalled: there is no Lighthouse to be had.
    """
    asked = subprocess.run([*NPM, "lighthouse", "--version"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode:
        raise NotInstalled(f"npm does not get {VERSION}: {asked.stderr.strip()[-500:]}")
    with (
        every_core(),
        tempfile.TemporaryDirectory(prefix="zorg-bench-") as folder,
        demonstration(folder) as address,
    ):
        yield "sign-in", _page(Path(folder), f"{address}/inloggen", address, None)
        for who, name in PEOPLE.items():
            places = PLACES | {"conversation": _conversation(Path(folder), address, name)}
            for place, path in places.items():
                yield f"{place}, {who}", _page(Path(folder), address + path, address, name)


def _page(folder: Path, url: str, address: str, name: str | None) -> Found:
    with _chromium(folder, address, name) as (port, _):
        reports = [_report(folder / "report.json", url, port) for _ in range(TIMES)]
    scores = tuple(round(median(100 * report["categories"][one]["score"] for report in reports)) for one in CATEGORIES)
    return Found(scores, median(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports))


def _report(path: Path, url: str, port: int) -> dict[str, dict[str, dict[str, float]]]:
    only = f"--only-categories={','.join(CATEGORIES)}"
    options = [f"--port={port}", only, "--output=json", f"--output-path={path}", "--quiet"]
    subprocess.run(
        [*NPM, "lighthouse", url, *options, "--no-enable-error-reporting"], cwd=ROOT, check=True, capture_output=True
    )
    report: dict[str, dict[str, dict[str, float]]] = json.loads(path.read_text())
    return report


def _conversation(folder: Path, address: str, name: str) -> str:
    """The address of the newest conversation of somebody."""
    with _chromium(folder, address, name) as (_, context):
        page = context.new_page()
        page.goto(address)
        link = page.locator("a.item").first.get_attribute("href")
        page.close()
    assert link is not None
    return link


@contextmanager
def _chromium(folder: Path, address: str, name: str | None) -> Iterator[tuple[int, BrowserContext]]:
    """A Chromium with a profile of its own, in which `name` is signed in; gives its debugging port too."""
    with (
        tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as profile,
        subprocess.Popen(
            [WITHOUT_WINDOWS, *ARGUMENTS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
        sync_playwright() as playwright,
    ):
        try:
            port = _port(Path(profile, "DevToolsActivePort"))
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            context = browser.contexts[0]
            if name:
                _sign_in(context, address, name)
            try:
                yield port, context
            finally:
                # Debian's program is a script that waits for Chromium: ending it alone would leave that running.
                browser.new_browser_cdp_session().send("Browser.close")
        finally:
            process.terminate()


def _port(file: Path) -> int:
    deadline = time.monotonic() + STARTED_WITHIN
    while not (file.exists() and file.read_text()):
        if time.monotonic() > deadline:
            raise RuntimeError("Chromium did not start")
        time.sleep(0.05)
    return int(file.read_text().split()[0])


def _sign_in(context: BrowserContext, address: str, name: str) -> None:
    token = context.request.get(f"{address}/api/v1/session").json()["csrf"]
    said = {"email": f"{name}@delinde.example", "password": PASSWORD}
    login = f"{address}/_allauth/browser/v1/auth/login"
    assert context.request.post(login, data=said, headers={"X-CSRFToken": token}).ok
