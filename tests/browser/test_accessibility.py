"""Every page against WCAG 2.2 AA, as axe-core sees it, in every theme: the device's light and dark, and the chosen.

Before signing in each theme is loaded as who has it loads it; behind it pages are loaded once and seen in all of them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

OPEN = ["/inloggen", "/wachtwoord-vergeten", "/voorwaarden", "/privacy"]
SETTINGS = [f"/instellingen{page}" for page in ("", "/apparaten", "/meldingen", "/weergave", "/werktijden")]
SIGNED_IN = ["/", "/contacten", "/bestanden", "/uitnodigingen", *SETTINGS]

every_theme = pytest.mark.parametrize("theme", ["light", "dark", "contrast", "calm"])


def wear(page: Page, theme: str) -> Page:
    """Has this browser show a theme: light and dark as the device wishes, the others as the person chose."""
    if theme in {"light", "dark"}:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of these two
    else:
        page.context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    return page


@every_theme
def test_pages_before_signing_in(
    theme: str, new_context: Callable[..., BrowserContext], axe: Callable[[Page], list[str]]
) -> None:
    page = wear(new_context().new_page(), theme)
    for path in OPEN:
        page.goto(path, wait_until="networkidle")
        assert axe(page) == [], path
    assert page.evaluate("document.documentElement.dataset.theme") in {theme, "system"}


def test_pages_of_a_practitioner(signed_in: Callable[..., Page], each_theme: Callable[[Page], list[str]]) -> None:
    page = signed_in("bram", at="about:blank")
    for path in SIGNED_IN:
        page.goto(path, wait_until="networkidle")
        assert each_theme(page) == [], path
    page.goto("/")
    page.get_by_role("link", name="Anna Visser").click()
    page.get_by_role("textbox", name="Bericht").wait_for()
    assert each_theme(page) == []
