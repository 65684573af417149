"""Questions and answers in the app, and the way to client support."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.test_messenger import PHONE


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Zoek in de vragen").fill(words)


def test_a_client_finds_an_answer_goes_where_it_tells_of_and_asks_support(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna")
    anna.get_by_role("link", name="Uitleg").click()
    expect(anna.get_by_role("link", name="Hulp bij nood").last).to_be_visible()
    expect(anna.get_by_text("Hoe nodig ik een cliënt uit?")).to_have_count(0)
    assert axe(anna) == []
    search(anna, "rode telefoon")
    expect(anna.get_by_text("Ophangen doet u met de rode telefoon.")).to_be_visible()
    expect(anna.get_by_text("1 vraag gevonden")).to_be_attached()
    search(anna, "olifant")
    expect(anna.get_by_text("Daar staat hier niets over.")).to_be_visible()
    for words in (
        "whatsapp",
        "melding",
        "buitenland",
        "afspraak",
        "koppelen",
        "face id",
        "esc",
        "videogesprek starten",
    ):
        search(anna, words)
        expect(anna.get_by_text("Daar staat hier niets over.")).to_have_count(0)
    search(anna, "")
    anna.get_by_text("Hoe vind ik een bericht of bestand terug?").click()
    assert axe(anna) == []
    anna.get_by_role("main").get_by_role("link", name="Bestanden").click()
    expect(anna.get_by_role("heading", name="Bestanden", exact=True)).to_be_visible()
    anna.go_back()
    anna.get_by_role("button", name="Vraag het aan Cliëntensupport").click()
    expect(anna.get_by_role("textbox", name="Bericht")).to_be_visible()
    expect(anna.get_by_role("heading", name="Cliëntensupport")).to_be_visible()


def test_who_cannot_sign_in_finds_how_it_is_done(page: Page, axe: Axe) -> None:
    page.goto("/inloggen")
    page.get_by_role("link", name="Uitleg").click()
    expect(page.get_by_role("link", name="Bel 112")).to_be_visible()
    search(page, "wachtwoord vergeten")
    expect(page.get_by_text("Ik ben mijn wachtwoord vergeten")).to_be_visible()
    assert axe(page) == []
    page.reload()
    expect(page.get_by_role("heading", name="Uitleg")).to_be_visible()
    page.get_by_role("link", name="Naar inloggen").click()
    expect(page.get_by_label("Wachtwoord", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Uitleg")).to_be_visible()


def test_who_cannot_sign_in_reads_how_client_support_is_reached(page: Page, axe: Axe) -> None:
    support = {"phone": "", "mail": ""}

    def answered(route: Route) -> None:
        session = route.fetch().json()
        assert session["support"] == {"phone": "", "mail": ""}, "the demonstration gives no way"
        route.fulfill(body=json.dumps({**session, "support": support}), content_type="application/json")

    page.route("**/api/v1/session", answered)
    page.goto("/hulp")
    expect(page.get_by_text("Stel uw vraag aan wie u heeft uitgenodigd.")).to_be_visible()
    support |= {"phone": "+31 (0)30 123 45 67", "mail": "support@delinde.example"}
    page.reload()
    expect(
        page.get_by_text("U bereikt cliëntensupport via +31 (0)30 123 45 67 of support@delinde.example")
    ).to_be_visible()
    expect(page.get_by_role("link", name="+31 (0)30 123 45 67")).to_have_attribute("href", "tel:+31301234567")
    expect(page.get_by_role("link", name="support@delinde.example")).to_have_attribute(
        "href", "mailto:support@delinde.example"
    )
    assert axe(page) == []


def test_staff_find_what_is_for_them(signed_in: SignedIn) -> None:
    bram = signed_in("bram", at="/hulp/host-call")
    expect(bram.get_by_text("Hoe begin ik een videogesprek?")).to_be_focused()
    expect(bram.get_by_text("Gaat de laatste medewerker weg")).to_be_visible()
    expect(bram.get_by_role("button", name="Vraag het aan")).to_have_count(0)


def test_on_a_telephone_and_in_english(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", viewport=PHONE)
    anna.get_by_role("link", name="Instellingen").click()
    anna.get_by_role("link", name="Taal en weergave").click()
    anna.get_by_role("radio", name="English").check()
    anna.get_by_role("link", name="Account", exact=True).click()
    anna.get_by_role("link", name="Questions and answers").click()
    expect(anna.get_by_text("What is a safe password?")).to_be_visible()
    assert axe(anna) == []
    sideways = anna.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways == 0
