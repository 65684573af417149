"""Every page against WCAG 2.2 AA, as axe-core sees it, in the light and the dark theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

OPEN = ["/inloggen", "/wachtwoord-vergeten", "/voorwaarden", "/privacy"]
SIGNED_IN = ["/", "/contacten", "/uitnodigingen", "/instellingen"]

both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


@both_themes
def test_pages_before_signing_in(
    theme: str, new_context: Callable[..., BrowserContext], axe: Callable[[Page], list[str]]
) -> None:
    page = new_context(color_scheme=theme).new_page()
    for path in OPEN:
        page.goto(path, wait_until="networkidle")
        assert axe(page) == [], path


@both_themes
def test_pages_of_a_practitioner(theme: str, signed_in: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = signed_in("bram", color_scheme=theme)
    for path in SIGNED_IN:
        page.goto(path, wait_until="networkidle")
        assert axe(page) == [], path
    page.goto("/")
    page.get_by_role("link", name="Anna Visser").click()
    page.get_by_role("textbox", name="Bericht").wait_for()
    assert axe(page) == []
