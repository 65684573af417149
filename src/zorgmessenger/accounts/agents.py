"""What a browser says of itself (User-Agent, RFC 9110, 10.1.5), as people name it: "Chrome" on "Windows".

Of the header nothing is kept but these names: whatever else a visitor wrote into it is left behind. Browsers name those
that they descend from as well, so the more particular ones are looked for first. A browser that says nothing that is
known has no name; an iPad that says it is a Mac is one.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["computer", "phone", "tablet", "unknown"]


class Agent(Struct, frozen=True):
    """A browser and what it runs on; empty where that is not known."""

    browser: str = ""
    system: str = ""
    kind: Kind = "unknown"


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
)
_SYSTEMS: tuple[tuple[str, str, Kind], ...] = (
    ("iPhone", "iPhone", "phone"),
    ("iPad", "iPad", "tablet"),
    ("Android", "Android", "phone"),
    ("CrOS", "Chromebook", "computer"),
    ("Windows", "Windows", "computer"),
    ("Macintosh", "Mac", "computer"),
    ("Linux", "Linux", "computer"),
)


def agent_of(header: str) -> Agent:
    """Who says this."""
    browser = next((name for mark, name in _BROWSERS if mark in header), "")
    _, system, kind = next((found for found in _SYSTEMS if found[0] in header), ("", "", "unknown"))
    if system == "Android" and "Mobile" not in header:
        kind = "tablet"
    return Agent(browser, system, kind)
