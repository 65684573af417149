"""The messenger itself: what people see of sending, receiving, losing the line, and of each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}


def open_conversation(page: Page, name: str) -> None:
    """Chooses somebody in the list."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()


def send(page: Page, words: str) -> None:
    """Writes a message and sends it with Enter."""
    page.get_by_role("textbox", name="Bericht").fill(words)
    page.get_by_role("textbox", name="Bericht").press("Enter")


def test_what_anna_writes_bram_reads_at_once_and_finds_again_after_a_reload(signed_in: SignedIn) -> None:
    words = "Tot morgen om tien uur, ik neem de oefeningen mee."
    bram, anna = signed_in("bram"), signed_in("anna")
    bram.get_by_role("link", name="Anna Visser").click()
    anna.get_by_role("link", name="Bram de Vries").click()
    anna.get_by_role("textbox", name="Bericht").fill(words)
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_role("region", name="Berichten").get_by_text(words)).to_have_count(1)
    expect(bram.get_by_role("region", name="Berichten").get_by_text(words)).to_have_count(1)
    bram.reload()
    expect(bram.get_by_role("region", name="Berichten").get_by_text(words)).to_have_count(1)


def test_a_client_has_no_control_to_start_a_conversation_or_invite(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    expect(anna.get_by_role("link", name="Bram de Vries").first).to_be_visible()
    for name in ("Nieuw gesprek", "Nodig cliënt uit"):
        expect(anna.get_by_role("button", name=name)).to_have_count(0)
    expect(anna.get_by_role("link", name="Uitnodigingen")).to_have_count(0)


@pytest.mark.parametrize("name", ["anna", "sem"])
def test_who_may_not_invite_finds_no_control_for_it_at_its_address_either(signed_in: SignedIn, name: str) -> None:
    page = signed_in(name, at="/uitnodigingen")
    expect(page.get_by_role("link", name="Cliëntensupport" if name == "sem" else "Bram de Vries").first).to_be_visible()
    expect(page.get_by_role("button", name="Nodig cliënt uit")).to_have_count(0)
    expect(page.get_by_role("link", name="Uitnodigingen")).to_have_count(0)


def test_staff_start_an_internal_conversation_with_a_colleague(signed_in: SignedIn, axe: Axe) -> None:
    sem, ingrid = signed_in("sem"), signed_in("ingrid")
    sem.get_by_role("button", name="Nieuw gesprek").first.click()
    assert axe(sem) == []
    sem.get_by_role("dialog").get_by_text("Ingrid Mulder").click()
    expect(sem.get_by_role("heading", name="Ingrid Mulder")).to_be_visible()
    send(sem, "Kun je mij helpen met een account?")
    open_conversation(ingrid, "Sem Bakker")
    expect(ingrid.get_by_role("region", name="Berichten").get_by_text("Kun je mij helpen")).to_be_visible()


def test_text_is_text_and_links_lead_out_safely(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Fatima El Amrani")
    send(bram, "<img src=x onerror=alert(1)> <b>vet</b> javascript:alert(1) https://voorbeeld.nl/pad?a=1")
    messages = bram.get_by_role("region", name="Berichten")
    expect(messages.get_by_text("<b>vet</b>")).to_be_visible()
    link = messages.get_by_role("link", name="https://voorbeeld.nl/pad?a=1")
    assert "noopener" in str(link.get_attribute("rel"))
    assert messages.locator("img").count() == 0
    assert messages.locator("a[href^=javascript]").count() == 0


def test_shift_enter_breaks_the_line(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Petra Jansen")
    composer = bram.get_by_role("textbox", name="Bericht")
    composer.fill("eerste regel")
    composer.press("Shift+Enter")
    composer.press_sequentially("tweede regel")
    expect(composer).to_have_value("eerste regel\ntweede regel")
    composer.press("Enter")
    expect(composer).to_have_value("")


def test_what_is_typed_and_sent_in_one_stroke_is_sent_whole(signed_in: SignedIn) -> None:
    page = signed_in("joris")
    open_conversation(page, "Bram de Vries")
    page.get_by_label("Bericht", exact=True).evaluate(
        """(field) => {
          for (const text of ["In een adem", "en meteen nog een"]) {
            field.value = text;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
          }
        }"""
    )
    said = page.get_by_role("region", name="Berichten")
    expect(said.get_by_text("In een adem")).to_have_count(1)
    expect(said.get_by_text("en meteen nog een")).to_have_count(1)
    expect(page.get_by_label("Bericht", exact=True)).to_have_value("")


def test_a_draft_is_kept_for_each_conversation(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Petra Jansen")
    bram.get_by_role("textbox", name="Bericht").fill("nog niet klaar")
    open_conversation(bram, "Fatima El Amrani")
    expect(bram.get_by_role("textbox", name="Bericht")).to_have_value("")
    open_conversation(bram, "Petra Jansen")
    expect(bram.get_by_role("textbox", name="Bericht")).to_have_value("nog niet klaar")


def test_what_is_written_without_a_line_is_sent_once_when_it_is_back(signed_in: SignedIn) -> None:
    sem, joris = signed_in("sem"), signed_in("joris", viewport=TABLET)
    sem.get_by_role("link", name="Cliëntensupport").click()
    sem.get_by_role("button", name="Klaar").click()
    open_conversation(sem, "Joris van Dijk")
    open_conversation(joris, "Cliëntensupport")
    joris.context.set_offline(offline=True)
    joris.evaluate("window.dispatchEvent(new Event('offline'))")
    send(joris, "geschreven in de trein")
    expect(joris.get_by_text("Geen verbinding.")).to_be_visible(timeout=60_000)
    expect(sem.get_by_text("geschreven in de trein")).to_have_count(0)
    joris.context.set_offline(offline=False)
    expect(sem.get_by_role("region", name="Berichten").get_by_text("geschreven in de trein")).to_have_count(
        1, timeout=60_000
    )
    expect(joris.get_by_role("region", name="Berichten").get_by_text("geschreven in de trein")).to_have_count(1)


def test_two_tabs_of_one_person_stay_in_step(signed_in: SignedIn) -> None:
    first = signed_in("mei")
    second = first.context.new_page()
    second.goto("/")
    open_conversation(first, "Fatima El Amrani")
    open_conversation(second, "Fatima El Amrani")
    send(first, "uit het eerste tabblad")
    expect(second.get_by_role("region", name="Berichten").get_by_text("uit het eerste tabblad")).to_have_count(1)
    expect(first.get_by_role("region", name="Berichten").get_by_text("uit het eerste tabblad")).to_have_count(1)


def test_signing_out_in_one_tab_signs_out_the_other(signed_in: SignedIn) -> None:
    first = signed_in("fatima")
    second = first.context.new_page()
    second.goto("/")
    expect(second.get_by_role("link", name="Bram de Vries").first).to_be_visible()
    first.goto("/instellingen")
    first.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(first.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(second.get_by_role("button", name="Inloggen")).to_be_visible()


FITTING = """
() => [...document.querySelectorAll(".menu-label")]
  .filter(label => label.scrollWidth > label.parentElement.clientWidth)
  .map(label => label.textContent)
"""


def test_no_name_in_the_menu_runs_over_another_on_a_small_phone(signed_in: SignedIn) -> None:
    small = {"width": 360, "height": 740}
    sem, anna = (signed_in(name, at="/instellingen/weergave", viewport=small) for name in ("sem", "anna"))
    for page in (sem, anna):
        english, dutch = page.get_by_role("radio", name="English"), page.get_by_role("radio", name="Nederlands")
        expect(page.get_by_role("link", name="Contacten")).to_be_visible()
        assert page.evaluate(FITTING) == []
        for language, contacts in ((english, "Contacts"), (dutch, "Contacten")):
            with page.expect_response(lambda answer: answer.request.method == "PATCH"):
                language.check()
            expect(page.get_by_role("link", name=contacts)).to_be_visible()
            assert page.evaluate(FITTING) == []


def test_english_is_complete_enough_to_sign_in_and_chat(signed_in: SignedIn) -> None:
    page = signed_in("mei", locale="en-GB")
    expect(page.get_by_role("link", name="Fatima El Amrani").first).to_be_visible()
    page.goto("/instellingen/weergave")
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("radio", name="English").check()
    expect(page.get_by_role("link", name="Conversations", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("radio", name="Nederlands").check()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
