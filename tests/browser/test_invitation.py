"""From the invitation in the mailbox to the open conversation, by a new account and by an old one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

NewContext = Callable[..., BrowserContext]
SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
NEW_PASSWORD = "Boterham-met-kaas-7"
PHONE = {"width": 390, "height": 844}


def invite(page: Page, first_name: str) -> str:
    """Invites somebody through the dialog; gives their address."""
    address = f"{first_name.lower()}.{uuid4().hex[:8]}@voorbeeld.example"
    page.get_by_role("button", name="Nodig cliënt uit").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Voornaam").fill(first_name)
    dialog.get_by_label("Achternaam").fill("de Boer")
    dialog.get_by_label("E-mailadres").fill(address)
    dialog.get_by_role("button", name="Uitnodiging versturen").click()
    expect(dialog.get_by_text(f"De uitnodiging is verstuurd naar {address}.")).to_be_visible()
    dialog.get_by_role("button", name="Klaar").click()
    return address


def link_to(page: Page, address: str, button: str = "Uitnodiging accepteren", *, after: str = "") -> str:
    """Where the green button of the newest mail to `address` leads, from the local mailbox; `after` this one came."""
    for _ in range(50):
        page.goto("/demo/mail")
        links = page.get_by_role("article").filter(has_text=address).get_by_role("link", name=button)
        found = links.first.get_attribute("href") if links.count() else None
        if found and found != after:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}")


def register(page: Page, link: str) -> None:
    """Goes from the link to the open messenger."""
    page.goto(link)
    expect(page.get_by_text("nodigt u uit om veilig berichten te sturen")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("button", name="Maak uw account aan").click()
    page.get_by_label("Wachtwoord", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("checkbox", name="Ik ga akkoord met de algemene voorwaarden").check()
    page.get_by_role("checkbox", name="Ik ga akkoord met de privacyverklaring").check()
    page.get_by_role("button", name="Account aanmaken").click()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()


def test_an_invited_client_makes_an_account_and_both_talk_at_once(
    new_context: NewContext, signed_in: SignedIn, axe: Axe
) -> None:
    bram = signed_in("bram")
    address = invite(bram, "Lotte")
    lotte = new_context(viewport=PHONE).new_page()
    register(lotte, link_to(lotte, address))
    expect(lotte.get_by_role("heading", name="Bram de Vries")).to_be_visible()
    lotte.get_by_role("textbox", name="Bericht").fill("Dag Bram, ik ben er.")
    lotte.get_by_role("button", name="Stuur").click()
    bram.get_by_role("link", name="Lotte de Boer").click()
    expect(bram.get_by_role("region", name="Berichten").get_by_text("Dag Bram, ik ben er.")).to_be_visible()
    bram.get_by_role("textbox", name="Bericht").fill("Welkom, Lotte!")
    bram.get_by_role("textbox", name="Bericht").press("Enter")
    expect(lotte.get_by_role("region", name="Berichten").get_by_text("Welkom, Lotte!")).to_be_visible()
    expect(lotte.get_by_text("Gelezen")).to_be_visible()
    assert axe(lotte) == []
    again = new_context().new_page()
    again.goto(link_to(again, address))
    expect(again.get_by_role("heading", name="Deze uitnodiging werkt niet")).to_be_visible()
    assert axe(again) == []


def test_the_password_rule_is_ticked_off_and_a_common_one_refused(
    new_context: NewContext, signed_in: SignedIn, axe: Axe
) -> None:
    page = new_context().new_page()
    page.goto(link_to(page, invite(signed_in("fatima"), "Koos")))
    page.get_by_role("button", name="Maak uw account aan").click()
    password = page.get_by_label("Wachtwoord", exact=True)
    digit = page.get_by_role("listitem").filter(has_text="Minstens één cijfer")
    expect(digit).to_contain_text("nog niet")
    password.fill("Welkom01!")
    expect(digit).to_contain_text("in orde")
    page.get_by_role("button", name="Account aanmaken").click()
    expect(page.get_by_text("Vink dit aan om een account te maken.").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("checkbox", name="Ik ga akkoord met de algemene voorwaarden").check()
    page.get_by_role("checkbox", name="Ik ga akkoord met de privacyverklaring").check()
    page.get_by_role("button", name="Account aanmaken").click()
    expect(page.get_by_text("Dit wachtwoord is makkelijk te raden.").first).to_be_visible()


def test_who_has_an_account_links_the_invitation_to_it(new_context: NewContext, signed_in: SignedIn, axe: Axe) -> None:
    address = invite(signed_in("petra"), "Meike")
    mei = new_context().new_page()
    mei.goto(link_to(mei, address))
    mei.get_by_role("button", name="Ik heb al een account").click()
    mei.get_by_label("E-mailadres").fill("mei@delinde.example")
    mei.get_by_label("Wachtwoord", exact=True).fill("Zonnebloem-42")
    assert axe(mei) == []
    mei.get_by_role("button", name="Inloggen").click()
    mei.get_by_role("button", name="Koppelen aan dit account").click()
    expect(mei.get_by_role("heading", name="Planbureau")).to_be_visible()
    mei.goto("/instellingen")
    expect(mei.get_by_text(address)).to_be_visible()


def test_open_invitations_are_sent_again_and_withdrawn(new_context: NewContext, signed_in: SignedIn, axe: Axe) -> None:
    bram, stranger = signed_in("bram"), new_context().new_page()
    address = invite(bram, "Sofie")
    first = link_to(stranger, address)
    bram.get_by_role("link", name="Uitnodigingen").click()
    row = bram.get_by_role("listitem").filter(has_text=address)
    row.get_by_role("button", name="Opnieuw versturen").click()
    expect(bram.get_by_text("De uitnodiging is opnieuw verstuurd.")).to_be_visible()
    assert axe(bram) == []
    second = link_to(stranger, address, after=first)
    stranger.goto(first)
    expect(stranger.get_by_role("heading", name="Deze uitnodiging werkt niet")).to_be_visible()
    row.get_by_role("button", name="Intrekken").click()
    bram.get_by_role("dialog").get_by_role("button", name="Uitnodiging intrekken").click()
    expect(row).to_have_count(0)
    stranger.goto("about:blank")
    stranger.goto(second)
    expect(stranger.get_by_role("heading", name="Deze uitnodiging werkt niet")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_mail(new_context: NewContext, signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram")
    address = invite(bram, "Ties")
    ties = new_context().new_page()
    register(ties, link_to(ties, address))
    elsewhere = new_context().new_page()
    elsewhere.goto("/inloggen")
    elsewhere.get_by_role("link", name="Wachtwoord vergeten?").click()
    elsewhere.get_by_label("E-mailadres").fill(address)
    elsewhere.get_by_role("button", name="Stuur mij een e-mail").click()
    expect(elsewhere.get_by_text("naar u onderweg")).to_be_visible()
    elsewhere.goto(link_to(elsewhere, address, "Nieuw wachtwoord kiezen"))
    elsewhere.locator("input[autocomplete=new-password]").fill("Fietsbel-op-zondag-3")
    assert axe(elsewhere) == []
    elsewhere.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(elsewhere.get_by_text("Uw wachtwoord is gewijzigd.")).to_be_visible()
    expect(ties.get_by_role("button", name="Inloggen")).to_be_visible()
    elsewhere.get_by_label("E-mailadres").fill(address)
    elsewhere.get_by_label("Wachtwoord", exact=True).fill("Fietsbel-op-zondag-3")
    elsewhere.get_by_role("button", name="Inloggen").click()
    expect(elsewhere.get_by_role("link", name="Bram de Vries")).to_be_visible()
