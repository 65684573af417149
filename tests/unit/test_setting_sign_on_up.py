"""`zorgmessenger organisation sign-on`, as a host runs it, and signing on with a real provider (allauth's)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from uuid import UUID

import pytest

from tests import migrated, provider
from tests.process import Installation, installation
from tests.provider import CLIENT, SECRET, Provider

GIVEN = ("--client-id", CLIENT, "--domain", "delinde.example", "--staff-group", "behandelaren")


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with provider.running(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = installation(
        tmp_path_factory.mktemp("place"),
        environment="production",
        public_url="https://z.example",
        mail_url="smtp://m.example",
        scanner="none",
    )
    assert made.command("keys", "init").returncode == 0
    migrated.put(made.database, tmp_path_factory)
    names = ("--first-name", "Ingrid", "--last-name", "Mulder", "--email", "ingrid@delinde.example")
    assert made.command("organisation", "create", "De Linde", *names).returncode == 0
    return made


def run(place: Installation, *arguments: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zorgmessenger", "organisation", "sign-on", *arguments]
    return subprocess.run(
        command, env=place.environment, cwd=place.folder, input=secret, capture_output=True, text=True, check=False
    )


def test_a_host_sets_it_up_shows_it_and_switches_it_off(place: Installation, idp: Provider) -> None:
    more = ("--planner-group", "planbureau", "--team", "planners=Planbureau", "--asks-second-factor")
    done = run(place, "De Linde", "set", "--issuer", idp.issuer, *GIVEN, *more)
    assert done.returncode == 0, done.stderr
    organisation = done.stdout.partition("(")[2].partition(")")[0]
    assert f"https://z.example/api/v1/sign-on/back/{UUID(organisation)}\n" in done.stdout
    shown = run(place, "De Linde", "show").stdout
    assert shown == done.stdout
    assert "planbureau: planner" in shown
    assert "planners: team Planbureau" in shown
    assert SECRET not in shown
    database = place.database.read_bytes()
    assert not any(text.encode() in database for text in (SECRET, CLIENT, idp.issuer, "planbureau"))
    assert "is off" in run(place, "De Linde", "off").stdout
    assert "no sign-on of its own" in run(place, "De Linde", "show").stdout
    assert place.command("audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("organisation", "arguments", "said"),
    [
        ("Elders", GIVEN, "De Linde"),
        ("De Linde", ("--issuer", "http://elders.nl", *GIVEN), "--issuer"),
        ("De Linde", ("--issuer", "https://127.0.0.1:1", *GIVEN), "no provider's document"),
        ("De Linde", GIVEN[2:], "--client-id"),
        ("De Linde", (*GIVEN[:2], *GIVEN[4:]), "--domain"),
        ("De Linde", GIVEN[:4], "--staff-group"),
        ("De Linde", (*GIVEN, "--team", "planners=Weg"), "Planbureau"),
    ],
)
def test_what_does_not_hold_is_said_plainly(
    place: Installation, idp: Provider, organisation: str, arguments: tuple[str, ...], said: str
) -> None:
    issuer = () if "--issuer" in arguments else ("--issuer", idp.issuer)
    done = run(place, organisation, "set", *issuer, *arguments)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr


def test_without_a_secret_nothing_is_set(place: Installation, idp: Provider) -> None:
    done = run(place, "De Linde", "set", "--issuer", idp.issuer, *GIVEN, secret="")
    assert (done.returncode, "secret" in done.stderr) == (1, True)
