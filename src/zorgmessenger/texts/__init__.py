"""The one catalogue of texts, Dutch first; server and web app read the same folder: `<language>/<part>.json`."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")
DEFAULT = "nl"


@cache
def catalogue(language: str, part: str = "server") -> dict[str, str]:
    """All texts of one part (`server`, `web` or `help`) in one language, by key."""
    raw = files(__name__).joinpath(language, f"{part}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(raw)
    return texts


def text(key: str, language: str = DEFAULT, **values: str) -> str:
    """The text of `key`, with `{name}` replaced by `values['name']`; braces in a value stay as they are.

    Raises:
        KeyError: the catalogue has no such key.
    """
    found = catalogue(language if language in LANGUAGES else DEFAULT)[key]
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), found)


def has(key: str) -> bool:
    """Whether the server's catalogue knows `key`."""
    return key in catalogue(DEFAULT)


def choose(accept_language: str) -> str:
    """The first of our languages that an Accept-Language header names (RFC 9110, section 12.5.4), else Dutch."""
    for choice in accept_language.split(","):
        wanted = choice.split(";")[0].strip().lower()[:2]
        if wanted in LANGUAGES:
            return wanted
    return DEFAULT
