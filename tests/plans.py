"""A safety plan for tests."""

from __future__ import annotations

from typing import Any

TEXTS = [f"{phase}{part}" for phase in ("green", "orange", "red") for part in ("Signs", "Own", "Others")]
TEXTS += ["helps", "hinders", "agreements"]


def plan(version: int = 0, /, **texts: Any) -> dict[str, Any]:
    """A whole plan to save, empty but for what is given."""
    return {"version": version, "people": [], **dict.fromkeys(TEXTS, ""), **texts}
