"""The documents that a new account asks agreement to, and their versions."""

from __future__ import annotations

from zorgmessenger.texts import catalogue

VERSIONS = {"terms": "2026-11-01", "privacy": "2026-11-01"}


def document(kind: str, language: str) -> tuple[str, list[str]]:
    """A document's title and paragraphs.

    Raises:
        KeyError: there is no such document.
    """
    texts = catalogue(language)
    title = texts[f"document.{kind}.title"]
    numbers = range(1, 40)
    return title, [texts[f"document.{kind}.{n}"] for n in numbers if f"document.{kind}.{n}" in texts]
