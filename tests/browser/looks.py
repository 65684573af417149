"""How one page looks to different people: its sizes and its colours, changed where it stands, without loading it anew.

What is done on a page is tested once; how each of its states looks is seen here in all of them. That a theme comes with
a page that is loaded is tested in `test_accessibility`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "color_scheme": "dark"}
"""The options of a browser on a phone in the dark."""
_LOOKS: list[tuple[str, ViewportSize, Literal["light", "dark"]]] = [
    ("wide, light", WIDE, "light"),
    ("phone, dark", PHONE, "dark"),
]
_DEVICE_S = {"light": "system", "dark": "system"}
_SETTLED = """
() => Promise.allSettled(
  document.getAnimations().filter(one => one instanceof CSSTransition).map(({ finished }) => finished)
).then(() => 0)
"""


def looks(page: Page) -> Iterator[str]:
    """Shows the page on a desktop in light, then on a phone in the dark, as which it is left."""
    for look, size, scheme in _LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_SETTLED)
        yield look


def themes(page: Page) -> Iterator[str]:
    """Shows the page in every theme, the last the device's light, in which it is left."""
    for theme in ("contrast", "calm", "dark", "light"):
        if theme in {"light", "dark"}:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of these two
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", _DEVICE_S.get(theme, theme))
        page.evaluate(_SETTLED)
        yield theme
