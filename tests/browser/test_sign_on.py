"""Somebody of the planning office signs in through their organisation's own provider, and is out when they leave it.

The provider is a real one (allauth's), in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import provider
from tests.browser.conftest import Axe, SignedIn
from tests.browser.test_lock import set_pin
from tests.provider import CLIENT, SECRET, Provider

NAME = "Inloggen via Praktijk De Linde"
A_MINUTE = 60_000


@pytest.fixture(scope="module")
def idp(server: str, folder: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider of the demonstration's organisation, set up by the host's command."""
    with provider.running(tmp_path_factory.mktemp("provider")) as running:
        words = f"--client-id {CLIENT} --domain delinde.example --planner-group planners --staff-group behandelaren"
        command = [sys.executable, "-m", "zorgmessenger", "organisation", "sign-on", "Praktijk De Linde", "set"]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ZORG_")}
        done = subprocess.run(
            [*command, "--issuer", running.issuer, *words.split()],
            env={**inherited, "ZORG_DATA_DIR": str(Path(folder, "var")), "ZORG_PUBLIC_URL": server},
            input=SECRET,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        running.set(redirect=done.stdout.split()[-1])
        yield running


def sign_on(page: Page, name: str) -> None:
    """From the sign-in page to the provider, in there by name, and back."""
    page.goto("/inloggen")
    page.get_by_role("button", name=NAME).click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Naam").press("Enter")


def see_the_inbox(page: Page) -> None:
    """What the team has with clients."""
    page.get_by_role("link", name="Planbureau").click()
    expect(page.get_by_text("Anna Visser").first).to_be_visible()


def test_the_first_time_makes_the_account_and_leaving_the_group_ends_it_within_a_minute(
    idp: Provider, new_context: Callable[..., BrowserContext], axe: Axe
) -> None:
    idp.set(name="noor", email="noor@delinde.example", groups=["planners"])
    page = new_context().new_page()
    page.goto("/inloggen")
    expect(page.get_by_role("button", name=NAME)).to_be_visible()
    assert axe(page) == []
    sign_on(page, "noor")
    see_the_inbox(page)
    page.goto("/instellingen")
    expect(page.get_by_text("U logt in via Praktijk De Linde.")).to_be_visible()
    expect(page.get_by_role("heading", name="Tweefactorauthenticatie")).to_be_visible()
    expect(page.get_by_role("button", name="Nieuw wachtwoord kiezen")).to_have_count(0)
    idp.set(name="noor", groups=[])
    expect(page.get_by_role("button", name="Inloggen", exact=True)).to_be_visible(timeout=A_MINUTE)
    page.get_by_role("button", name=NAME).click()  # the provider knows them still
    expect(page.get_by_role("alert")).to_contain_text("geen toegang tot de Zorg Messenger")
    assert "#" not in page.url
    assert axe(page) == []


def test_who_has_an_account_gives_their_password_once(
    idp: Provider, new_context: Callable[..., BrowserContext]
) -> None:
    idp.set(name="petra", email="petra@delinde.example", groups=["planners"])
    page = new_context().new_page()
    sign_on(page, "petra")
    expect(page.get_by_role("alert")).to_contain_text("Log één keer in met uw wachtwoord")
    page.get_by_label("E-mailadres").fill("petra@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill("Zonnebloem-42")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    see_the_inbox(page)
    again = new_context().new_page()
    sign_on(again, "petra")
    see_the_inbox(again)


def test_who_has_no_password_sets_a_second_factor_up_without_one_and_is_asked_for_it(
    idp: Provider, new_context: Callable[..., BrowserContext]
) -> None:
    idp.set(name="mo", email="mo@delinde.example", groups=["behandelaren"])
    page = new_context().new_page()
    sign_on(page, "mo")
    expect(page.get_by_role("link", name="Instellingen").first).to_be_visible()
    page.goto("/instellingen")
    page.get_by_role("button", name="Activeer tweefactorauthenticatie").click()
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_label("Wachtwoord", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("img", name="QR-code")).to_be_visible()


def test_who_has_no_password_is_asked_for_none_in_place_of_the_pin(
    idp: Provider, new_context: Callable[..., BrowserContext]
) -> None:
    idp.set(name="lou", email="lou@delinde.example", groups=["behandelaren"])
    page = new_context().new_page()
    sign_on(page, "lou")
    expect(page.get_by_role("link", name="Instellingen").first).to_be_visible()
    set_pin(page)
    for button in ("PIN wijzigen", "PIN uitzetten"):
        page.get_by_role("button", name=button).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Uw toegangscode van nu")).to_be_visible()
        expect(dialog.get_by_role("button", name="Gebruik mijn wachtwoord")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_the_administrator_sees_how_it_is_set_up(idp: Provider, signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("ingrid", at="/beheer/beveiliging")
    card = page.locator(".sign-on-card")
    expect(card).to_contain_text(idp.issuer.removeprefix("http://"))
    expect(card).to_contain_text("planners: Planbureau")
    expect(card).to_contain_text("/api/v1/sign-on/back/")
    assert axe(page) == []
