"""A new password in the settings: chosen on one device, signed out on the other, and asked for at the next sign-in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Axe, SignedIn
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_second_factor import turned_on

NEW = "Kuiltjes-op-12"
CHANGED = "Uw wachtwoord is gewijzigd. U bent op uw andere apparaten uitgelogd."


def choose(page: Page, present: str, new: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Huidig wachtwoord", exact=True).fill(present)
    dialog.get_by_label("Nieuw wachtwoord", exact=True).fill(new)
    dialog.get_by_role("button", name="Wachtwoord opslaan").click()


def test_a_new_password_signs_the_other_device_out_and_lets_this_one_go_on(signed_in: SignedIn, each_look: Axe) -> None:
    here = signed_in("joris", at="about:blank", **ON_A_PHONE)
    other = signed_in("joris")
    expect(other.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    here.goto("/instellingen")
    part = here.locator("#password")
    expect(part.get_by_role("heading", name="Wachtwoord")).to_be_visible()
    assert each_look(here) == []
    part.get_by_role("button", name="Nieuw wachtwoord kiezen").click()
    dialog = here.get_by_role("dialog")
    present, new = (dialog.get_by_label(label, exact=True) for label in ("Huidig wachtwoord", "Nieuw wachtwoord"))
    expect(present).to_be_focused()
    expect(present).to_have_attribute("autocomplete", "current-password")
    expect(new).to_have_attribute("autocomplete", "new-password")
    choose(here, PASSWORD, "kort")
    expect(dialog.get_by_text("Kies een wachtwoord dat aan alle punten hieronder voldoet.")).to_be_visible()
    expect(new).to_be_focused()
    choose(here, PASSWORD, "Welkom01!")
    expect(dialog.get_by_text("Dit wachtwoord is makkelijk te raden.")).to_be_visible()
    choose(here, PASSWORD, PASSWORD)
    expect(dialog.get_by_text("Dit is uw huidige wachtwoord.")).to_be_visible()
    choose(here, "Verkeerd-42", NEW)
    expect(dialog.get_by_text("Dit wachtwoord klopt niet.")).to_be_visible()
    expect(present).to_be_focused()
    assert each_look(here) == []
    tab = here.context.new_page()
    with tab.expect_websocket():
        tab.goto("/contacten")
    expect(tab.get_by_role("button", name="Bram de Vries")).to_be_visible()
    with tab.expect_websocket():
        choose(here, PASSWORD, NEW)
    expect(part.get_by_text(CHANGED)).to_be_visible()
    expect(part.get_by_role("button", name="Nieuw wachtwoord kiezen")).to_be_focused()
    assert each_look(here) == []
    expect(other).to_have_url(re.compile("/inloggen$"))

    here.get_by_role("link", name="Gesprekken", exact=True).click()
    expect(here.get_by_role("heading", name="Gesprekken", exact=True)).to_be_visible()
    here.goto("/instellingen")
    expect(here.get_by_text("joris@delinde.example")).to_be_visible()

    other.get_by_label("E-mailadres").fill("joris@delinde.example")
    other.get_by_label("Wachtwoord", exact=True).fill(NEW)
    other.get_by_role("button", name="Inloggen").click()
    expect(other.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    expect(tab).to_have_url(re.compile("/contacten$"))
    tab.get_by_role("link", name="Gesprekken", exact=True).click()
    expect(tab.get_by_role("heading", name="Gesprekken", exact=True)).to_be_visible()
    here.get_by_role("button", name="Nieuw wachtwoord kiezen").click()
    choose(here, NEW, PASSWORD)
    expect(part.get_by_text(CHANGED)).to_be_visible()


def test_who_has_a_second_factor_gives_a_code_in_between(signed_in: SignedIn, each_look: Axe) -> None:
    page, phone = turned_on(signed_in, "mei", **ON_A_PHONE)
    page.get_by_role("button", name="Nieuw wachtwoord kiezen").click()
    choose(page, PASSWORD, NEW)
    dialog = page.get_by_role("dialog")
    code = dialog.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    assert each_look(page) == []
    code.fill("000000")
    dialog.get_by_role("button", name="Verder").click()
    expect(dialog.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    code.fill(phone.code(1))
    dialog.get_by_role("button", name="Verder").click()
    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Nieuw wachtwoord kiezen").click()
    choose(page, NEW, PASSWORD)
    expect(page.get_by_text(CHANGED)).to_be_visible()
