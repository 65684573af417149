"""Documents that staff ask a client for, as both see them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.looks import ON_A_PHONE, PHONE
from tests.browser.test_messenger import open_conversation

TOUCH = {**ON_A_PHONE, "has_touch": True, "is_mobile": True}


def ask(page: Page, *names: str, text: str = "") -> None:
    """Asks for documents, going from one to the next with Enter."""
    page.get_by_role("button", name="Documenten vragen").click()
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    if text:
        page.get_by_label("Tekst erbij").fill(text)
    page.get_by_role("button", name="Stuur verzoek").click()


def request(page: Page) -> Locator:
    """The newest list of documents in the conversation."""
    return page.locator(".request").last


def document(page: Page, name: str) -> Locator:
    """One of that list."""
    return request(page).get_by_role("listitem").filter(has_text=name)


def choose(page: Page, document_name: str, *names: str) -> None:
    """Chooses text files for a document."""
    chosen: Any = [{"name": name, "mimeType": "text/plain", "buffer": name.encode()} for name in names]
    document(page, document_name).locator("input[type=file]").set_input_files(chosen)


def in_planning(signed_in: SignedIn, **anna: Any) -> tuple[Page, Page]:
    """Petra and Anna in the conversation with the planning team."""
    pages = signed_in("petra"), signed_in("anna", **anna)
    pages[0].get_by_role("link", name="Planbureau").click()
    for page, name in zip(pages, ("Anna Visser", "Planbureau"), strict=True):
        open_conversation(page, name)
    return pages


def test_a_planner_asks_the_client_sends_one_and_the_planner_settles_the_other(
    signed_in: SignedIn, axe: Axe, each_look: Axe
) -> None:
    petra, anna = in_planning(signed_in, **TOUCH)
    petra.get_by_role("button", name="Documenten vragen").click()
    assert axe(petra) == []
    petra.keyboard.press("Escape")
    ask(petra, "Aanmeldformulier", "Verwijsbrief", text="Wilt u deze sturen?")
    for page in (petra, anna):
        expect(request(page).get_by_text("0 van 2 ontvangen")).to_be_visible()
        expect(request(page).get_by_text("Nog nodig")).to_have_count(2)
    assert axe(petra) == []
    assert each_look(anna) == []
    choose(anna, "Aanmeldformulier", "formulier.txt")
    expect(anna.get_by_role("list", name="Bestanden voor Aanmeldformulier")).to_be_visible()
    expect(document(anna, "Aanmeldformulier").get_by_text("Staat klaar.")).to_be_visible()
    expect(anna.get_by_text("Klaar om te versturen")).to_be_visible()
    assert each_look(anna) == []
    anna.get_by_role("button", name="Stuur").click()
    for page in (petra, anna):
        expect(document(page, "Aanmeldformulier").get_by_text("Ontvangen", exact=True)).to_be_visible()
        expect(request(page).get_by_text("1 van 2 ontvangen")).to_be_visible()
    document(petra, "Verwijsbrief").get_by_role("button", name="Is ontvangen").click()
    for page in (petra, anna):
        expect(document(page, "Verwijsbrief").get_by_text("Ontvangen op een andere manier")).to_be_visible()
        expect(request(page).get_by_text("2 van 2 ontvangen")).to_be_visible()
    assert axe(petra) == []
    assert each_look(anna) == []
    document(petra, "Verwijsbrief").get_by_role("button", name="Opnieuw vragen").click()
    expect(document(anna, "Verwijsbrief").get_by_role("button", name="Bestand kiezen")).to_be_visible()
    document(petra, "Aanmeldformulier").get_by_role("button", name="Bekijk").click()
    expect(petra.locator("[data-seq]:focus")).to_contain_text("formulier.txt")
    expect(petra.locator("[data-seq]:focus")).to_contain_text("Voor: Aanmeldformulier")


def test_files_for_two_documents_stand_apart_and_each_goes_for_its_own(signed_in: SignedIn) -> None:
    petra, anna = in_planning(signed_in)
    ask(petra, "Diploma", "Paspoort")
    expect(anna.get_by_role("link", name="Planbureau").get_by_text("Vraagt om 2 documenten")).to_be_visible()
    choose(anna, "Diploma", "blad-1.txt", "blad-2.txt")
    choose(anna, "Paspoort", "paspoort.txt")
    expect(anna.get_by_role("list", name="Bestanden voor Diploma").get_by_role("listitem")).to_have_count(2)
    expect(anna.get_by_role("list", name="Bestanden voor Paspoort").get_by_role("listitem")).to_have_count(1)
    anna.get_by_role("textbox", name="Bericht").fill("Alstublieft.")
    anna.get_by_role("textbox", name="Bericht").press("Enter")
    expect(request(petra).get_by_text("2 van 2 ontvangen")).to_be_visible()
    brought = petra.locator(".message").filter(has_text="Voor: Diploma")
    expect(brought).to_contain_text("blad-2.txt")
    expect(brought).to_contain_text("Alstublieft.")
    expect(petra.locator(".message").filter(has_text="Voor: Paspoort")).to_contain_text("paspoort.txt")


def test_a_request_waits_for_a_line_and_what_is_undone_can_be_asked_anew(signed_in: SignedIn) -> None:
    petra, anna = in_planning(signed_in)
    petra.context.set_offline(offline=True)
    ask(petra, "Rijbewijs", "Foto", text="Graag deze week.")
    expect(request(petra).get_by_text("0 van 2 ontvangen")).to_be_visible()
    expect(request(petra).get_by_role("button")).to_have_count(0)
    petra.context.set_offline(offline=False)
    expect(document(anna, "Rijbewijs")).to_be_visible(timeout=30_000)
    petra.get_by_role("button", name="Ongedaan maken").click()
    dialog = petra.get_by_role("dialog")
    expect(dialog.get_by_label("Document 2")).to_have_value("Foto")
    expect(dialog.get_by_label("Tekst erbij")).to_have_value("Graag deze week.")
    expect(anna.get_by_text("Rijbewijs")).to_have_count(0)
    dialog.get_by_role("button", name="Rijbewijs weghalen").click()
    dialog.get_by_role("button", name="Stuur verzoek").click()
    expect(request(anna).get_by_role("listitem")).to_have_count(1)


def test_a_request_names_what_it_asks_for(signed_in: SignedIn, axe: Axe) -> None:
    petra, _ = in_planning(signed_in)
    petra.get_by_role("button", name="Documenten vragen").click()
    petra.get_by_role("button", name="Stuur verzoek").click()
    expect(petra.get_by_text("Vul in welk document u nodig heeft.")).to_be_visible()
    expect(petra.get_by_label("Document 1")).to_be_focused()
    assert axe(petra) == []
    for number in range(1, 21):
        petra.keyboard.type(f"Brief {number}")
        petra.keyboard.press("Enter")
    expect(petra.get_by_text("hooguit 20 documenten")).to_be_visible()
    expect(petra.get_by_label("Document 21")).to_have_count(0)
    petra.keyboard.press("Escape")
    petra.get_by_role("button", name="Documenten vragen").click()
    expect(petra.get_by_label("Document 20")).to_have_value("Brief 20")


def test_what_is_still_needed_is_listed_and_leads_to_the_request(signed_in: SignedIn, axe: Axe, each_look: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    ask(bram, "Dagboek van deze week")
    expect(request(bram).get_by_role("button", name="Is ontvangen")).to_be_visible()
    anna = signed_in("anna", at="about:blank", **TOUCH)
    for page, under, check in ((anna, "Bram de Vries", each_look), (bram, "Anna Visser", axe)):
        page.goto("/bestanden")
        page.get_by_role("link", name="Nog nodig").click()
        part = page.get_by_role("region", name=under)
        expect(part.get_by_role("listitem").filter(has_text="Dagboek van deze week").last).to_contain_text("Gevraagd:")
        assert check(page) == []
    part = anna.get_by_role("region", name="Bram de Vries")
    part.get_by_role("button", name="Naar het bericht: Dagboek van deze week").last.click()
    expect(anna.locator("[data-seq]:focus")).to_contain_text("Dagboek van deze week")


def test_a_planner_finds_what_is_needed_from_the_inbox(signed_in: SignedIn) -> None:
    petra, _ = in_planning(signed_in)
    ask(petra, "Kopie van de pas")
    expect(document(petra, "Kopie van de pas").get_by_role("button")).to_be_visible()
    petra.get_by_role("link", name="Documenten die nog nodig zijn").click()
    expect(petra.get_by_role("region", name="Anna Visser").get_by_text("Kopie van de pas")).to_be_visible()


@pytest.mark.parametrize("name", ["mei", "sem"])
def test_who_misses_nothing_is_told_so(signed_in: SignedIn, axe: Axe, name: str) -> None:
    page = signed_in(name, at="/bestanden/nog-nodig", viewport=PHONE)
    expect(page.get_by_text("Er is niets meer nodig")).to_be_visible()
    assert axe(page) == []


def test_a_client_and_colleagues_among_themselves_ask_for_nothing(signed_in: SignedIn) -> None:
    anna, bram = signed_in("anna"), signed_in("bram")
    open_conversation(anna, "Bram de Vries")
    open_conversation(bram, "Fatima El Amrani")
    for page in (anna, bram):
        expect(page.get_by_role("button", name="Bestand toevoegen")).to_be_visible()
        expect(page.get_by_role("button", name="Documenten vragen")).to_have_count(0)


def test_a_request_that_is_edited_keeps_its_list(signed_in: SignedIn) -> None:
    petra, anna = in_planning(signed_in)
    ask(petra, "Loonstrook", text="Voor vrijdag graag.")
    expect(document(petra, "Loonstrook").get_by_role("button")).to_be_visible()
    line = petra.locator(".message").filter(has_text="Loonstrook").last
    line.get_by_role("button", name="Acties").press("Enter")
    petra.get_by_role("menuitem", name="Bewerken").click()
    petra.get_by_role("textbox", name="Bericht").fill("Voor zaterdag graag.")
    petra.get_by_role("button", name="Opslaan").click()
    theirs = anna.locator(".message").filter(has_text="Voor zaterdag graag.")
    expect(theirs.locator(".request")).to_contain_text("Loonstrook")
    expect(line.locator(".request")).to_contain_text("Loonstrook")
