"""A server whose organisations have no sign-on does not carry its libraries."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"authlib", "httpx2", "joserfc"}
LOADED = """
import sys
import django
django.setup()
import zorgmessenger.config.asgi, zorgmessenger.config.urls
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_what_asks_a_provider_is_loaded_when_somebody_signs_on() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout.split()
    assert "zorgmessenger" in loaded
    assert HEAVY.isdisjoint(loaded)
