"""One person with one account in two organisations: founded by the host, accepted with that account, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Axe, SignedIn
from tests.process import Installation, installation

ADMINISTRATOR = ("--first-name", "Ingrid", "--last-name", "Mulder", "--email", "ingrid@zuid.example")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Where a demonstration of its own lives."""
    return installation(tmp_path_factory.mktemp("several"))


@pytest.fixture(scope="module")
def server(place: Installation) -> Iterator[str]:
    """That demonstration, running."""
    with place.running("demo") as running:
        yield running.address


def test_somebody_of_two_organisations_works_for_one_at_a_time(
    place: Installation, server: str, signed_in: SignedIn, new_context: Callable[..., BrowserContext], axe: Axe
) -> None:
    here = {"ZORG_ENVIRONMENT": "demo", "ZORG_PORT": server.rpartition(":")[2]}
    ingrid = signed_in("ingrid")
    founded = place.command("organisation", "create", "Praktijk Zuid", *ADMINISTRATOR, **here)
    assert founded.returncode == 0, founded
    mail = new_context().new_page()
    for _ in range(60):
        mail.goto("/demo/mail")
        if mail.get_by_text("Praktijk Zuid").count():
            break
        mail.wait_for_timeout(500)
    ingrid.goto(mail.get_by_role("link", name="Uitnodiging accepteren").first.get_attribute("href") or "")
    expect(ingrid.get_by_text("U bent de eerste beheerder van Praktijk Zuid")).to_be_visible()
    assert axe(ingrid) == []
    ingrid.get_by_role("button", name="Koppelen aan dit account").click()
    ingrid.get_by_role("link", name="Andere organisatie").click()
    ingrid.get_by_label("Praktijk Zuid (Beheerder)").check()
    assert axe(ingrid) == []
    ingrid.get_by_role("link", name="Beheer").click()
    expect(ingrid.get_by_text("ingrid@zuid.example")).to_be_visible()
    expect(ingrid.get_by_text("Bram de Vries")).to_have_count(0)
    ingrid.reload()
    expect(ingrid.get_by_text("1 collega")).to_be_visible()
    ingrid.get_by_role("link", name="Instellingen").click()
    ingrid.get_by_label("Praktijk De Linde (Beheerder)").check()
    ingrid.get_by_role("link", name="Beheer").click()
    expect(ingrid.get_by_text("Bram de Vries")).to_be_visible()
    expect(ingrid.get_by_text("ingrid@zuid.example")).to_have_count(0)
