"""Recovering a second factor as people meet it: asked by client support or an administrator, stopped by its owner."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_second_factor import turned_on


def stop_link(page: Page) -> str:
    """The link in the newest mail of a recovery."""
    for _ in range(50):
        page.goto("/demo/mail")
        found = re.findall(r"/herstel-stoppen#[\w-]+", page.content())
        if found:
            return str(found[0])
        page.wait_for_timeout(100)
    raise AssertionError("no mail came")


def test_a_recovery_is_asked_for_and_its_owner_stops_it(signed_in: SignedIn, each_look: Axe) -> None:
    client, _ = turned_on(signed_in, "joris", **ON_A_PHONE)
    ingrid = signed_in("ingrid", at="/instellingen", **ON_A_PHONE)
    ingrid.get_by_role("link", name="Tweede factor van een ander herstellen").click()
    expect(ingrid.get_by_role("heading", name="Tweede factor herstellen")).to_be_visible()
    assert each_look(ingrid) == []
    ingrid.get_by_label("E-mailadres").fill("niemand@delinde.example")
    submit = ingrid.get_by_role("button", name="Tweede factor uitzetten na de wachttijd")
    submit.click()
    expect(ingrid.get_by_role("group", name="Hoe weet u wie dit is?").get_by_text("Vul dit in.")).to_be_visible()
    assert each_look(ingrid) == []
    ingrid.get_by_label("Persoonlijk, met een identiteitsbewijs").check()
    submit.click()
    expect(ingrid.get_by_text("Niemand van deze organisatie heeft dit e-mailadres.")).to_be_visible()
    ingrid.get_by_label("E-mailadres").fill("joris@delinde.example")
    ingrid.get_by_label("Teruggebeld op een bekend nummer, met vragen").check()
    ingrid.get_by_label("Toelichting").fill("Drie vragen goed")
    submit.click()
    expect(ingrid.get_by_role("status").filter(has_text="De wachttijd voor")).to_be_visible()
    expect(ingrid.get_by_role("listitem").filter(has_text="Drie vragen goed").first).to_contain_text(
        "Wordt uitgezet op"
    )
    assert each_look(ingrid) == []

    client.goto(stop_link(client))
    expect(client.get_by_role("heading", name="Herstel stoppen")).to_be_visible()
    assert "#" not in client.url
    assert each_look(client) == []
    client.get_by_role("button", name="Herstel stoppen").click()
    expect(client.get_by_text("Het herstel is gestopt.")).to_be_visible()
    assert each_look(client) == []
    ingrid.reload()
    expect(ingrid.get_by_role("listitem").filter(has_text="Gestopt door de persoon zelf.").first).to_be_visible()


def test_the_privacy_officer_sees_the_list_and_a_practitioner_nothing(signed_in: SignedIn, axe: Axe) -> None:
    vera = signed_in("vera")
    vera.get_by_role("link", name="Herstel", exact=True).click()
    expect(vera.get_by_role("heading", name="Gevraagd")).to_be_visible()
    expect(vera.get_by_role("button", name="Tweede factor uitzetten na de wachttijd")).to_have_count(0)
    assert axe(vera) == []
    bram = signed_in("bram")
    expect(bram.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    expect(bram.get_by_role("link", name="Herstel", exact=True)).to_have_count(0)


def test_the_administrator_chooses_how_long_is_waited(signed_in: SignedIn, axe: Axe) -> None:
    ingrid = signed_in("ingrid", at="/beheer/beveiliging")
    hours = ingrid.get_by_label("Hoeveel uur wachten wij als iemand de code of passkey kwijt is?")
    expect(hours).to_have_value("24")
    hours.fill("73")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Vul een heel getal in van 1 tot en met 72.")).to_be_visible()
    assert axe(ingrid) == []
    hours.fill("48")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    ingrid.reload()
    expect(hours).to_have_value("48")
