"""The second factor as people meet it: switched on, asked at sign-in, switched off, and required by an organisation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.authenticator import Phone
from tests.browser.conftest import PASSWORD, Axe, SignedIn
from tests.browser.test_invitation import NewContext, invite, link_to
from tests.browser.test_messenger import PHONE

VIEWS = [
    pytest.param({}, "anna", id="wide"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, "joris", id="phone, dark"),
]
WARNING = "Bewaar eerst deze codes. Hierna ziet u ze niet meer."
TITLE = "Tweefactorauthenticatie"


def set_up(page: Page, axe: Axe) -> Phone:
    """Goes through the steps from the password on, with the code of one step ago."""
    page.get_by_label("Wachtwoord", exact=True).fill("Verkeerd-42")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Dit wachtwoord klopt niet.")).to_be_visible()
    expect(page.get_by_role("img", name="QR-code")).to_have_count(0)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    picture = page.get_by_role("img", name="QR-code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 100, "it is a picture, and the policy lets it be seen"
    assert axe(page) == []
    phone = Phone(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Activeren").click()
    expect(page.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(phone.code(-1))
    page.get_by_role("button", name="Activeren").click()
    codes = page.get_by_role("list", name="Herstelcodes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    expect(page.get_by_text("U ziet deze codes alleen nu.")).to_be_visible()
    assert axe(page) == []
    phone.codes = codes.all_inner_texts()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Ik heb de codes bewaard")).to_be_hidden()
    expect(codes.first).to_be_visible()
    page.emulate_media(media="screen")
    return phone


def turned_on(signed_in: SignedIn, name: str, axe: Axe, **options: Any) -> tuple[Page, Phone]:
    page = signed_in(name, **options)
    page.goto("/instellingen")
    page.get_by_role("button", name="Activeer tweefactorauthenticatie").click()
    expect(page.get_by_text("Wilt u tweefactorauthenticatie aanzetten?")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Ja", exact=True).click()
    phone = set_up(page, axe)
    page.keyboard.press("Escape")
    expect(page.get_by_text(WARNING)).to_be_visible()
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(page.get_by_text("Tweefactorauthenticatie staat aan sinds")).to_be_visible()
    return page, phone


def sign_in_again(page: Page, name: str) -> None:
    """Signs out, and in again as far as the password goes."""
    page.goto("/instellingen")
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    page.get_by_label("E-mailadres").fill(f"{name}@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("Open de app op uw telefoon die codes maakt")).to_be_visible()


@pytest.mark.parametrize(("options", "name"), VIEWS)
def test_switching_on_signing_in_with_a_code_and_a_recovery_code_and_switching_off(
    options: dict[str, Any], name: str, signed_in: SignedIn, axe: Axe
) -> None:
    page, phone = turned_on(signed_in, name, axe, **options)
    expect(page.get_by_text("U heeft nog 10 herstelcodes.")).to_be_visible()
    assert axe(page) == []

    sign_in_again(page, name)
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
    assert axe(page) == []
    code.fill("000000")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    expect(code).to_be_focused()
    code.fill(phone.code())
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    sign_in_again(page, name)
    page.get_by_role("button", name="Gebruik een herstelcode").click()
    page.get_by_label("Herstelcode").fill(phone.codes[0].upper())
    assert axe(page) == []
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    page.goto("/instellingen")
    expect(page.get_by_text("U heeft nog 9 herstelcodes.")).to_be_visible()
    page.get_by_role("button", name="Uitzetten").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Gebruik een herstelcode").click()
    dialog.get_by_label("Herstelcode").fill(phone.codes[1])
    assert axe(page) == []
    dialog.get_by_role("button", name="Uitzetten").click()
    expect(page.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()


def test_new_recovery_codes_are_shown_once_and_can_be_copied(signed_in: SignedIn, axe: Axe) -> None:
    page, phone = turned_on(signed_in, "mei", axe, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Gesprekken", exact=True).click()
    page.get_by_role("link", name="Instellingen", exact=True).click()
    page.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Code", exact=True).fill(phone.code())
    dialog.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    codes = dialog.get_by_role("list", name="Herstelcodes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    assert not {*codes.all_inner_texts()} & {*phone.codes}
    dialog.get_by_role("button", name="Kopiëren").click()
    expect(dialog.get_by_text("De codes zijn gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split("\n") == codes.all_inner_texts()
    page.evaluate("history.back()")
    expect(dialog.get_by_text(WARNING)).to_be_visible()
    expect(codes).to_have_count(10)
    dialog.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(dialog).to_have_count(0)


def test_accepting_an_invitation_with_an_account_asks_the_code_too(
    signed_in: SignedIn, new_context: NewContext, axe: Axe
) -> None:
    _, phone = turned_on(signed_in, "anna", axe)
    address = invite(signed_in("fatima"), "Anna")
    page = new_context().new_page()
    page.goto(link_to(page, address))
    page.get_by_role("button", name="Ik heb al een account").click()
    page.get_by_label("E-mailadres").fill("anna@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    expect(page.get_by_role("button", name="Koppelen aan dit account")).to_have_count(0)
    assert axe(page) == []
    code.fill(phone.code())
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("button", name="Koppelen aan dit account").click()
    expect(page.get_by_role("heading", name="Fatima El Amrani")).to_be_visible()


def security(signed_in: SignedIn, **options: Any) -> Page:
    page = signed_in("ingrid", **options)
    page.goto("/beheer/beveiliging")
    expect(page.get_by_label("Medewerkers")).to_be_visible()
    return page


def require(ingrid: Page, days: str) -> None:
    ingrid.get_by_label("Hoeveel dagen krijgen zij om het in te stellen?").fill(days)
    ingrid.get_by_role("button", name="Opslaan").click()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_with_grace_there_is_a_banner_and_without_it_nothing_but_setting_it_up(
    options: dict[str, Any], signed_in: SignedIn, axe: Axe
) -> None:
    ingrid = security(signed_in, **options)
    name = "fatima" if options else "bram"
    staff = signed_in(name, **options)
    expect(staff.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    ingrid.get_by_label("Medewerkers").check()
    require(ingrid, "61")
    expect(ingrid.get_by_text("Vul een heel getal in van 0 tot en met 60.")).to_be_visible()
    assert axe(ingrid) == []
    require(ingrid, "14")
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    expect(staff.get_by_text("U kunt die instellen tot en met")).to_be_visible()
    assert axe(staff) == []
    staff.get_by_role("link", name="Nu instellen").click()
    expect(staff.get_by_role("heading", name=TITLE)).to_be_visible()
    require(ingrid, "0")
    expect(staff.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    expect(staff.get_by_role("link", name="Gesprekken", exact=True)).to_have_count(0)
    expect(ingrid.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    assert axe(staff) == []
    assert staff.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing has to be scrolled sideways"
    set_up(staff, axe)
    staff.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(staff.get_by_text("Uw organisatie vraagt tweefactorauthenticatie. U kunt die daarom niet")).to_be_visible()
    expect(staff.get_by_role("button", name="Uitzetten")).to_have_count(0)
    _give_in(ingrid, axe)


def test_who_is_closed_out_can_sign_out(signed_in: SignedIn, axe: Axe) -> None:
    ingrid = security(signed_in)
    ingrid.get_by_label("Medewerkers").check()
    require(ingrid, "0")
    expect(ingrid.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    petra = signed_in("petra")
    expect(petra.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    petra.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(petra).to_have_url(re.compile("/inloggen$"))
    _give_in(ingrid, axe)


def _give_in(ingrid: Page, axe: Axe) -> None:
    """The administrator sets hers up, stops requiring it and switches hers off, for the next test."""
    phone = set_up(ingrid, axe)
    ingrid.get_by_role("button", name="Ik heb de codes bewaard").click()
    ingrid.goto("/beheer/beveiliging")
    ingrid.get_by_label("Medewerkers").uncheck()
    require(ingrid, "14")
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    ingrid.goto("/instellingen")
    ingrid.get_by_role("button", name="Uitzetten").click()
    dialog = ingrid.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Code", exact=True).fill(phone.code())
    dialog.get_by_role("button", name="Uitzetten").click()
    expect(ingrid.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()
