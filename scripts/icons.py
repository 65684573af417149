"""Draws the app's icons from `web/src/ui/icon.svg`, with Chromium: `python -m scripts.icons`.

The neutral ones have no cross and no green: who looks over a shoulder sees an app for messages. A `maskable` icon fills
its square, with all that matters in the middle: the system cuts its edges to a shape of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

WEB = Path(__file__).parents[1] / "web"
SOURCE = WEB / "src/ui/icon.svg"
TARGET = WEB / "public/icons"
GREEN, NEUTRAL = "#0b6b3a", "#41546b"
SHAPES = {"192": (192, False), "512": (512, False), "maskable": (512, True), "touch": (180, True)}
CROSS = re.compile(r'<path d="M16 12v7[^>]*/>')


def drawing(size: int, *, full: bool, neutral: bool) -> str:
    """The SVG of one icon; `full`: to the edges, with the bubble smaller."""
    svg = SOURCE.read_text()
    if neutral:
        svg = CROSS.sub("", svg).replace(GREEN, NEUTRAL)
    if full:
        svg = svg.replace('rx="8"', "")
        svg = re.sub(r"(<rect[^>]*/>)(.*)(</svg>)", r'\1<g transform="translate(3.2 3.2) scale(0.8)">\2</g>\3', svg)
    return svg.replace('width="32" height="32">', f'width="{size}" height="{size}">', 1)


def main() -> None:
    """Writes every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for look in ("app", "neutral"):
            for name, (size, full) in SHAPES.items():
                page = browser.new_page(viewport={"width": size, "height": size})
                svg = drawing(size, full=full, neutral=look == "neutral")
                page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
                page.screenshot(path=TARGET / f"{look}-{name}.png", omit_background=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
