"""The focus goes where the work is: what was pressed is gone, and nobody is put back at the top of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_invitation import invite, link_to

NewContext = Callable[..., BrowserContext]
SignedIn = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_after_inviting_and_withdrawing_it_stays_on_the_page(signed_in: SignedIn) -> None:
    bram = signed_in("bram", at="/uitnodigingen")
    address = invite(bram, "Hanneke")
    expect(bram.get_by_role("button", name="Nodig cliënt uit")).to_be_focused()
    row = bram.get_by_role("listitem").filter(has_text=address)
    row.get_by_role("button", name="Intrekken").click()
    bram.keyboard.press("Escape")
    expect(row.get_by_role("button", name="Intrekken")).to_be_focused()
    row.get_by_role("button", name="Intrekken").click()
    bram.get_by_role("dialog").get_by_role("button", name="Uitnodiging intrekken").click()
    expect(row).to_have_count(0)
    expect(bram.get_by_role("heading", name="Uitnodigingen", exact=True)).to_be_focused()


def test_each_step_of_an_invitation_begins_at_its_heading(new_context: NewContext, signed_in: SignedIn) -> None:
    page = new_context().new_page()
    page.goto(link_to(page, invite(signed_in("bram"), "Wies")))
    page.get_by_role("button", name="Maak uw account aan").click()
    expect(page.get_by_role("heading", name="Uw account")).to_be_focused()
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_role("heading", name="Uitnodiging")).to_be_focused()
    page.get_by_role("button", name="Ik heb al een account").click()
    expect(page.get_by_role("heading", name="Log in met uw account")).to_be_focused()
    page.get_by_label("E-mailadres").fill("mei@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill("Zonnebloem-42")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Uitnodiging koppelen")).to_be_focused()
    page.get_by_role("button", name="Ander account gebruiken").click()
    expect(page.get_by_role("heading", name="Log in met uw account")).to_be_focused()


def test_a_forgotten_password_and_signing_out_begin_at_the_heading(signed_in: SignedIn) -> None:
    page = signed_in("joris", at="/instellingen")
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_focused()
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    expect(page.get_by_role("heading", name="Wachtwoord vergeten")).to_be_focused()
    page.get_by_label("E-mailadres").fill("niemand@voorbeeld.example")
    page.get_by_role("button", name="Stuur mij een e-mail").click()
    expect(page.get_by_text("naar u onderweg")).to_be_focused()


def test_back_from_a_conversation_on_a_phone_is_at_its_place_in_the_list(signed_in: SignedIn) -> None:
    anna = signed_in("anna", **PHONE)
    anna.get_by_role("link", name="Bram de Vries").click()
    expect(anna.get_by_role("heading", name="Bram de Vries")).to_be_focused()
    anna.get_by_role("button", name="Terug").click()
    expect(anna.get_by_role("link", name="Bram de Vries")).to_be_focused()


@pytest.mark.parametrize(("options", "role", "name"), [({}, "textbox", "Bericht"), (PHONE, "region", "Berichten")])
def test_to_the_newest_message_goes_on_with_the_conversation(
    signed_in: SignedIn, options: dict[str, object], role: str, name: str
) -> None:
    anna = signed_in("anna", **{**options, "viewport": {"width": 600, "height": 500}})
    anna.get_by_role("link", name="Bram de Vries").click()
    anna.get_by_role("region", name="Berichten").evaluate("log => log.scrollTo(0, 0)")
    anna.get_by_role("button", name="Naar het nieuwste bericht").click()
    expect(anna.get_by_role(role, name=name)).to_be_focused()  # type: ignore[arg-type]
