"""Passkeys as people meet them, with Chromium's own virtual authenticator.

They are added, used alone and after the password, offered among what the browser fills in, and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.authenticator import Phone
from tests.browser.conftest import PASSWORD, Axe, SignedIn, demonstration, seen_elsewhere
from tests.browser.looks import ON_A_PHONE


@pytest.fixture(scope="module")
def server(folder: str) -> Iterator[str]:
    """At an address with a name: browsers make no passkeys for numbers."""
    with demonstration(folder, ZORG_PUBLIC_URL="http://localhost:{port}") as address:
        yield address


def with_authenticator(page: Page, *, offering: bool = False) -> CDPSession:
    """Gives the browser of a page an authenticator that verifies its person and says yes, to an offer as well."""
    if not offering:
        page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = undefined")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def add(page: Page, axe: Axe = seen_elsewhere) -> list[str]:
    """Adds a passkey by the settings; gives the recovery codes."""
    page.goto("/instellingen")
    page.get_by_role("button", name="Passkey toevoegen").click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label("Naam van de passkey")
    name.fill("")
    name.press_sequentially("x" * 61)
    expect(name).to_have_value("x" * 60)
    name.fill("Mijn telefoon")
    assert axe(page) == []
    dialog.get_by_role("button", name="Passkey maken").click()
    codes = dialog.get_by_role("list", name="Herstelcodes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Bewaar eerst deze codes.")).to_be_visible()
    found = codes.all_inner_texts()
    dialog.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(dialog).to_have_count(0)
    return found


def leave(page: Page) -> None:
    page.goto("/instellingen")
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(page).to_have_url(re.compile("/inloggen$"))


def test_a_passkey_is_added_signs_in_both_ways_and_is_removed(signed_in: SignedIn, each_look: Axe) -> None:
    page = signed_in("joris", at="about:blank", **ON_A_PHONE)
    with_authenticator(page)
    codes = add(page, each_look)
    part = page.locator("#passkeys")
    expect(part.get_by_text("Mijn telefoon").first).to_be_visible()
    expect(page.get_by_text("Bij het inloggen na uw wachtwoord gebruikt u een passkey.")).to_be_visible()
    expect(page.get_by_text("U heeft nog 10 herstelcodes.")).to_be_visible()
    assert each_look(page) == []
    page.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Gebruik een passkey").click()
    renewed = dialog.get_by_role("list", name="Herstelcodes").get_by_role("listitem")
    expect(renewed).to_have_count(10)
    assert not {*renewed.all_inner_texts()} & {*codes}
    assert each_look(page) == []
    dialog.get_by_role("button", name="Ik heb de codes bewaard").click()

    leave(page)
    assert each_look(page) == []
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    leave(page)
    page.get_by_label("E-mailadres").fill("joris@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_label("Herstelcode")).to_be_visible()
    assert each_look(page) == []
    page.get_by_role("button", name="Gebruik een passkey").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    page.goto("/instellingen")
    part.get_by_role("button", name="Verwijderen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("U kunt daarna niet meer inloggen met de passkey Mijn telefoon.")).to_be_visible()
    assert each_look(page) == []
    dialog.get_by_role("button", name="Verwijderen").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()
    assert len(codes) == 10


def test_a_passkey_that_is_chosen_among_what_is_filled_in_signs_in(signed_in: SignedIn) -> None:
    page = signed_in("petra", at="about:blank")
    with_authenticator(page, offering=True)
    add(page)
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(page).to_have_url(re.compile("/gesprekken|/$"))
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()


def test_a_recovery_code_lets_in_who_lost_the_passkey(signed_in: SignedIn) -> None:
    page = signed_in("mei", at="about:blank")
    session = with_authenticator(page)
    codes = add(page)
    session.send("WebAuthn.disable")
    leave(page)
    page.get_by_label("E-mailadres").fill("mei@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Herstelcode").fill(codes[0])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()


def test_who_has_a_passkey_alone_is_asked_for_no_code_of_an_app_and_who_has_both_keeps_the_passkey(
    signed_in: SignedIn,
) -> None:
    page = signed_in("fatima", at="about:blank")
    with_authenticator(page)
    codes = add(page)
    dialog = page.get_by_role("dialog")
    refusal = {"code": "reauthenticate_code", "text": "", "fields": []}
    page.route("**/api/v1/me/password", lambda route: route.fulfill(status=403, json=refusal), times=1)
    page.get_by_role("button", name="Nieuw wachtwoord kiezen").click()
    dialog.get_by_label("Huidig wachtwoord").fill(PASSWORD)
    dialog.get_by_label("Nieuw wachtwoord", exact=True).fill("Kuiltjes-op-12")
    dialog.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(dialog.get_by_label("Herstelcode", exact=True)).to_be_visible()
    expect(dialog.get_by_text("Open de app op uw telefoon")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Gebruik een passkey")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.get_by_role("button", name="Activeer tweefactorauthenticatie").click()
    dialog.get_by_role("button", name="Ja", exact=True).click()
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Verder").click()
    phone = Phone(dialog.locator(".secret").inner_text().replace(" ", ""))
    dialog.get_by_label("Code", exact=True).fill(phone.code())
    dialog.get_by_role("button", name="Activeren").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Uitzetten", exact=True).click()
    expect(dialog.get_by_text("gebruikt u daarna alleen nog uw passkey of een herstelcode")).to_be_visible()
    expect(dialog.get_by_text("weer met alleen uw wachtwoord")).to_have_count(0)
    dialog.get_by_label("Code", exact=True).fill("123456")
    dialog.get_by_role("button", name="Gebruik een herstelcode").click()
    expect(dialog.get_by_label("Herstelcode", exact=True)).to_have_value("")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Herstelcode", exact=True).fill(codes[0])
    dialog.get_by_role("button", name="Uitzetten", exact=True).click()
    expect(page.get_by_text("Bij het inloggen na uw wachtwoord gebruikt u een passkey.")).to_be_visible()


def test_a_passkey_that_is_not_known_here_is_told_of(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("bram", at="about:blank")
    session = with_authenticator(page)
    add(page)
    part = page.locator("#passkeys")
    part.get_by_role("button", name="Verwijderen").click()
    page.get_by_role("dialog").get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()
    leave(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Deze passkey werkt hier niet.")).to_be_visible()
    assert axe(page) == []
    session.detach()
