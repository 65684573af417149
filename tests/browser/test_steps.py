"""Going to and fro: steps in the history, what is half filled in, and links that lead nowhere or were cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_invitation import invite, link_to

NewContext = Callable[..., BrowserContext]
SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
WRONG = [
    "",
    "#",
    "#%",
    "#%zz",
    "#%C3",
    "#abc",
    "#" + "x" * 42,
    "#" + "x" * 43,
    "#" + "x" * 300,
    "#é",
    "#a b",
    "#🙂",
    "#%00",
]
"""What a link ends with that was cut off, grown, or typed over."""


def test_back_goes_one_step_of_an_invitation_and_a_reload_keeps_it(
    new_context: NewContext, signed_in: SignedIn, axe: Axe
) -> None:
    page = new_context().new_page()
    page.goto(link_to(page, invite(signed_in("bram"), "Teun")))
    page.get_by_role("button", name="Maak uw account aan").click()
    page.reload()
    expect(page.get_by_role("heading", name="Uw account")).to_be_visible()
    assert axe(page) == []
    page.go_back()
    expect(page.get_by_role("button", name="Ik heb al een account")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Uw account")).to_be_visible()


def test_who_is_signed_in_is_offered_to_link_at_once_in_the_language_just_chosen(signed_in: SignedIn, axe: Axe) -> None:
    address = invite(signed_in("fatima"), "Mei")
    joris = signed_in("joris")
    link = link_to(joris, address)
    joris.goto(link)
    expect(joris.get_by_text("U bent ingelogd als Joris van Dijk")).to_be_visible()
    assert axe(joris) == []
    joris.get_by_role("button", name="English").click()
    joris.get_by_role("button", name="Link to this account").click()
    expect(joris.get_by_role("textbox", name="Message")).to_be_visible()
    joris.goto("/instellingen/weergave")
    with joris.expect_response(lambda answer: answer.request.method == "PATCH"):
        joris.get_by_role("radio", name="Nederlands").check()
    expect(joris.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    joris.goto(link)
    joris.get_by_role("link", name="Naar uw gesprekken").click()
    expect(joris.get_by_role("link", name="Fatima El Amrani")).to_be_visible()


def test_what_is_half_filled_in_asks_before_it_goes(signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram")
    bram.get_by_role("link", name="Uitnodigingen").click()
    bram.get_by_role("button", name="Nodig cliënt uit").click()
    dialog = bram.get_by_role("dialog")
    dialog.get_by_label("Voornaam").fill("Noor")

    def press_escape_twice() -> None:
        bram.keyboard.press("Escape")
        bram.keyboard.press("Escape")

    for leave in (press_escape_twice, lambda: bram.mouse.click(5, 5), bram.go_back):
        leave()
        expect(dialog.get_by_text("Wilt u stoppen?")).to_be_visible()
        assert axe(bram) == []
        dialog.get_by_role("button", name="Verder invullen").click()
        expect(dialog.get_by_label("Voornaam")).to_have_value("Noor")
        expect(dialog.get_by_label("Voornaam")).to_be_focused()
    dialog.get_by_role("button", name="Annuleren").click()
    dialog.get_by_role("button", name="Stoppen").click()
    expect(dialog).to_have_count(0)
    bram.go_back()
    expect(bram.get_by_role("heading", name="Gesprekken", exact=True)).to_be_visible()


def test_inviting_twice_offers_to_send_again_and_a_colleague_is_refused(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    address = invite(bram, "Pleun")
    bram.get_by_role("button", name="Nodig cliënt uit").click()
    dialog = bram.get_by_role("dialog")
    dialog.get_by_label("Voornaam").fill("Pleun")
    dialog.get_by_label("Achternaam").fill("de Boer")
    dialog.get_by_label("E-mailadres").fill("fatima@delinde.example")
    dialog.get_by_role("button", name="Uitnodiging versturen").click()
    expect(dialog.get_by_text("van een collega. U kunt alleen cliënten uitnodigen.")).to_be_visible()
    dialog.get_by_label("E-mailadres").fill(address)
    dialog.get_by_role("button", name="Uitnodiging versturen").click()
    dialog.get_by_role("button", name="Opnieuw versturen").click()
    expect(dialog.get_by_text(f"De uitnodiging is verstuurd naar {address}.")).to_be_visible()


def test_an_expired_invitation_is_taken_off_the_list(signed_in: SignedIn) -> None:
    petra = signed_in("petra", at="/uitnodigingen")
    row = petra.get_by_role("listitem").filter(has_text="Daan Vermeer")
    row.get_by_role("button", name="Verwijderen").click()
    petra.get_by_role("dialog").get_by_role("button", name="Uitnodiging verwijderen").click()
    expect(row).to_have_count(0)


def test_an_address_that_is_none_says_so(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", at="about:blank")
    for address in ("/gesprekken/%E0%A4%A", "/zomaar", "/gesprekken/"):
        anna.goto(address)
        expect(anna.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
        anna.get_by_role("link", name="Naar uw gesprekken").click()
        expect(anna.get_by_role("link", name="Bram de Vries")).to_be_visible()
        anna.go_back()
        expect(anna.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
    assert axe(anna) == []


def test_a_conversation_that_is_none_has_a_way_back_at_once(signed_in: SignedIn, axe: Axe) -> None:
    nowhere = "/gesprekken/01890000-0000-7000-8000-000000000000"
    anna = signed_in("anna", at=nowhere, viewport={"width": 390, "height": 844})
    expect(anna.get_by_role("button", name="Terug")).to_be_visible()
    expect(anna.get_by_role("heading", name="Dit gesprek is er niet")).to_be_visible()
    assert axe(anna) == []
    anna.get_by_role("button", name="Terug").click()
    expect(anna.get_by_role("link", name="Bram de Vries")).to_be_visible()


def test_every_entry_of_the_menu_can_be_reached_on_a_phone_on_its_side(signed_in: SignedIn) -> None:
    bram = signed_in("bram", viewport={"width": 844, "height": 390})
    expect(bram.get_by_role("link", name="Anna Visser").first).to_be_visible()
    for link in bram.get_by_role("navigation").get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 390


def loaded_with_each(page: Page, path: str) -> Iterator[str]:
    """Loads the page at this path anew with each wrong end of its address."""
    for fragment in WRONG:
        page.goto("about:blank")
        page.goto(f"{path}{fragment}")
        yield ascii(fragment)


def test_a_wrong_invitation_says_so_and_leads_on(page: Page) -> None:
    for wrong in loaded_with_each(page, "/uitnodiging"):
        expect(page.get_by_role("heading", name="Deze uitnodiging werkt niet"), wrong).to_be_visible()
        expect(page.get_by_role("link", name="Inloggen"), wrong).to_be_visible()


def test_a_wrong_link_for_a_new_password_says_so_and_leads_on(page: Page) -> None:
    for wrong in loaded_with_each(page, "/wachtwoord-herstellen"):
        expect(page.get_by_text("Deze link werkt niet meer"), wrong).to_be_visible()
        expect(page.get_by_role("link", name="Vraag een nieuwe e-mail aan"), wrong).to_be_visible()


def test_both_pages_are_accessible(page: Page, axe: Axe) -> None:
    for path in ("/uitnodiging#%", "/wachtwoord-herstellen#%"):
        page.goto(path, wait_until="networkidle")
        assert axe(page) == [], path


def test_a_wrong_address_of_a_conversation_says_that_there_is_none(signed_in: SignedIn) -> None:
    page = signed_in("anna", at="about:blank")
    for path, said in (
        ("/gesprekken/%", "Deze pagina is er niet"),
        ("/gesprekken/%C3", "Deze pagina is er niet"),
        ("/gesprekken/x", "Dit gesprek is er niet"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", name=said)).to_be_visible()
