"""Roughly where a network is: by a table that is here, and never for a network that is nobody's but its owner's."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest

from zorgmessenger.accounts.countries import country_of


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("84.24.117.8", "NL"),
        ("145.15.244.1", "NL"),
        ("2a02:a440::1", "NL"),
        ("2001:1c00::1", "NL"),
        ("::ffff:84.24.117.8", "NL"),
        ("81.246.1.1", "BE"),
    ],
)
def test_an_address_is_of_the_country_that_it_was_given_out_to(address: str, country: str) -> None:
    assert country_of(address) == country


@pytest.mark.parametrize(
    "address",
    [
        "",
        "0.0.0.0",  # noqa: S104  (an address to look up, not one to listen on)
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fd00::1",
        "2001:db8::1",
    ],
)
def test_a_network_of_ones_own_is_nowhere(address: str) -> None:
    assert country_of(address) == ""


def test_nobody_is_asked_where_somebody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("it asks somebody")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert country_of("84.24.117.8") == "NL"
