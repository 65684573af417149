"""What browsers say of themselves, in people's words; the headers are those of browsers of 2026."""

from __future__ import annotations

import pytest

from zorgmessenger.accounts.agents import Agent, agent_of
from zorgmessenger.accounts.devices import first_half, network_of

_WEBKIT = "AppleWebKit/537.36 (KHTML)"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML)"
HEADERS = [
    (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome/Windows/computer"),
    (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        "Edge/Windows/computer",
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox/Linux/computer"),
    (f"{_IPHONE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari/iPhone/phone"),
    (f"{_IPHONE} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1", "Chrome/iPhone/phone"),
    (f"{_IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15", "Firefox/iPhone/phone"),
    (f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome/Android/phone"),
    (f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome/Android/tablet"),
    (
        f"Mozilla/5.0 (Linux; Android 14; K) {_WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537",
        "Samsung Internet/Android/phone",
    ),
    (
        f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36",
        "Chrome/Chromebook/computer",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML) Version/18.5 Safari/605.1",
        "Safari/Mac/computer",
    ),
]


@pytest.mark.parametrize(("header", "words"), HEADERS, ids=[words for _, words in HEADERS])
def test_a_browser_is_called_what_its_person_calls_it(header: str, words: str) -> None:
    agent = agent_of(header)
    assert [agent.browser, agent.system, agent.kind] == words.split("/")


@pytest.mark.parametrize("header", ["", "curl/8.14.1", "x" * 5000, "<script>alert(1)</script>", "\x00"])
def test_who_says_nothing_that_is_known_has_no_name(header: str) -> None:
    assert agent_of(header) == Agent("", "", "unknown")


@pytest.mark.parametrize(
    ("address", "half", "network"),
    [
        ("84.24.117.8", "84.24.…", "84.24.117.8/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:…", "2001:db8:1:2::/64"),
        ("::1", "0:0:…", "::/64"),
        ("", "", ""),
    ],
)
def test_of_an_address_the_first_half_is_told(address: str, half: str, network: str) -> None:
    assert (first_half(address), network_of(address)) == (half, network)
