"""The first look at a page: what goes over the line for it, and that nothing moves while it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_messenger import PHONE

NewContext = Callable[..., BrowserContext]
FirstLook = Callable[..., tuple[Page, str]]
FIRST_LOAD = 150_000
"""Bytes, compressed, with their headers."""
SOMETHING = 30_000
"""Less were a load that is kept already."""
OVER_THE_LINE = """
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, { transferSize }) => sum + transferSize, 0)
"""
WATCH = """
window.moved = [];
new PerformanceObserver(list => list.getEntries().filter(one => !one.hadRecentInput).forEach(({ value, sources }) =>
  window.moved.push([value, ...sources.map(({ node }) => (node?.outerHTML ?? node?.nodeName ?? "").slice(0, 120))])
)).observe({ type: "layout-shift", buffered: true });
"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
"""Milliseconds, and bytes a second: as on a telephone, where each answer comes at a time of its own."""
SIZES = [pytest.param(PHONE, id="phone"), pytest.param({"width": 1280, "height": 800}, id="desktop")]
PLACES = (
    "/",
    "/contacten",
    "/groepsgesprekken",
    "/bestanden",
    "/hulp",
    "/hulp-bij-nood",
    "/instellingen",
    "/instellingen/apparaten",
    "/instellingen/meldingen",
    "/instellingen/weergave",
    "/voorwaarden",
)
"""What everybody has."""
ADMINISTRATION = ("/beheer", "/beheer/openingstijden", "/beheer/beveiliging", "/herstel", "/instellingen/werktijden")


@pytest.fixture
def first_look(signed_in: SignedIn, new_context: NewContext) -> FirstLook:
    """Gives a page of who is signed in, in a browser that has kept nothing else, and the address of a conversation."""

    def look(name: str, **options: Any) -> tuple[Page, str]:
        page = signed_in(name)
        address = page.locator("a.item").first.get_attribute("href")
        assert address is not None
        return new_context(storage_state=page.context.storage_state(), **options).new_page(), address

    return look


def slow(page: Page) -> Page:
    """The same page over a slow line, with what moves in it kept."""
    page.add_init_script(WATCH)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    return page


def moving(page: Page, address: str) -> list[Any]:
    """Opens a page; gives what moved by itself until nothing is under way any more."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".skeleton")).to_have_count(0)
    page.evaluate(DRAWN)
    moved: list[Any] = page.evaluate("window.moved")
    return moved


def test_the_first_load_of_the_sign_in_page_is_small(page: Page) -> None:
    page.goto("/inloggen")
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    assert SOMETHING < page.evaluate(OVER_THE_LINE) <= FIRST_LOAD


@pytest.mark.parametrize("name", ["anna", "bram"])
def test_the_first_load_of_an_open_conversation_is_small(first_look: FirstLook, name: str) -> None:
    page, conversation = first_look(name)
    page.goto(conversation)
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()
    assert SOMETHING < page.evaluate(OVER_THE_LINE) <= FIRST_LOAD


@pytest.mark.parametrize("viewport", SIZES)
def test_nothing_moves_while_the_sign_in_page_comes(new_context: NewContext, viewport: ViewportSize) -> None:
    assert moving(slow(new_context(viewport=viewport).new_page()), "/inloggen") == []


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("name", ["anna", "bram", "petra"])
def test_nothing_moves_while_a_page_comes(first_look: FirstLook, viewport: ViewportSize, name: str) -> None:
    page, conversation = first_look(name, viewport=viewport)
    slow(page)
    moved = {address: moving(page, address) for address in (*PLACES, conversation)}
    assert {address: what for address, what in moved.items() if what} == {}


@pytest.mark.parametrize("viewport", SIZES)
def test_nothing_moves_while_administration_comes(signed_in: SignedIn, viewport: ViewportSize) -> None:
    page = slow(signed_in("ingrid", at="about:blank", viewport=viewport))
    moved = {address: moving(page, address) for address in ADMINISTRATION}
    assert {address: what for address, what in moved.items() if what} == {}
