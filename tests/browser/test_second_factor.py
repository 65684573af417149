"""The second factor as people meet it: switched on, asked at sign-in, switched off, and required by an organisation."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.authenticator import Phone
from tests.browser.conftest import PASSWORD, Axe, SignedIn, seen_elsewhere
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_invitation import NewContext, invite, link_to

WARNING = "Bewaar eerst deze codes. Hierna ziet u ze niet meer."
TITLE = "Tweefactorauthenticatie"


def set_up(page: Page, axe: Axe = seen_elsewhere) -> Phone:
    """Goes through the steps from the password on, with the code of now: after it only those of later steps are taken.

    A code is good until the step after its own is over, however long the page takes to send it.
    """
    page.get_by_label("Wachtwoord", exact=True).fill("Verkeerd-42")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Dit wachtwoord klopt niet.")).to_be_visible()
    expect(page.get_by_role("img", name="QR-code")).to_have_count(0)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    picture = page.get_by_role("img", name="QR-code")
    expect(picture).to_be_visible()
    width = picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width > 100, "it is a picture, and the policy lets it be seen"
    assert axe(page) == []
    phone = Phone(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Activeren").click()
    expect(page.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(phone.code())
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


def turned_on(signed_in: SignedIn, name: str, axe: Axe = seen_elsewhere, **options: Any) -> tuple[Page, Phone]:
    page = signed_in(name, at="/instellingen", **options)
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


def test_switching_on_signing_in_with_a_code_and_a_recovery_code_and_switching_off(
    signed_in: SignedIn, each_look: Axe
) -> None:
    page, phone = turned_on(signed_in, "joris", each_look, **ON_A_PHONE)
    expect(page.get_by_text("U heeft nog 10 herstelcodes.")).to_be_visible()
    assert each_look(page) == []

    sign_in_again(page, "joris")
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
    assert each_look(page) == []
    code.fill("000000")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    expect(code).to_be_focused()
    code.fill(phone.code(1))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    sign_in_again(page, "joris")
    page.get_by_role("button", name="Gebruik een herstelcode").click()
    page.get_by_label("Herstelcode").fill(phone.codes[0].upper())
    assert each_look(page) == []
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()

    page.goto("/instellingen")
    expect(page.get_by_text("U heeft nog 9 herstelcodes.")).to_be_visible()
    page.get_by_role("button", name="Uitzetten").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Gebruik een herstelcode").click()
    dialog.get_by_label("Herstelcode").fill(phone.codes[1])
    assert each_look(page) == []
    dialog.get_by_role("button", name="Uitzetten").click()
    expect(page.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()


def test_new_recovery_codes_are_shown_once_and_can_be_copied(signed_in: SignedIn) -> None:
    page, phone = turned_on(signed_in, "mei", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Gesprekken", exact=True).click()
    page.get_by_role("link", name="Instellingen", exact=True).click()
    page.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Code", exact=True).fill(phone.code(1))
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


def link_other(page: Page, old: Phone, look: Axe = seen_elsewhere) -> Phone:
    """Links another telephone, with a recovery code of the one before."""
    page.get_by_role("button", name="Andere telefoon koppelen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Uw oude telefoon blijft werken tot de nieuwe is gekoppeld.")).to_be_visible()
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Gebruik een herstelcode").click()
    dialog.get_by_label("Herstelcode").fill("aaaaa-aaaaa")
    dialog.get_by_role("button", name="Verder").click()
    expect(dialog.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    assert look(page) == []
    dialog.get_by_label("Herstelcode").fill(old.codes.pop())
    dialog.get_by_role("button", name="Verder").click()
    expect(dialog.get_by_role("img", name="QR-code")).to_be_visible()
    new = Phone(dialog.locator(".secret").inner_text().replace(" ", ""), old.codes)
    assert new.secret != old.secret
    dialog.get_by_label("Code", exact=True).fill("000000")
    dialog.get_by_role("button", name="Koppelen").click()
    expect(dialog.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    assert look(page) == []
    dialog.get_by_label("Code", exact=True).fill(new.code())
    dialog.get_by_role("button", name="Koppelen").click()
    expect(page.get_by_text("Uw andere telefoon is gekoppeld. De codes van de oude werken niet meer.")).to_be_visible()
    expect(dialog).to_have_count(0)
    assert look(page) == []
    return new


def test_another_telephone_takes_the_place_of_the_one_before(signed_in: SignedIn, each_look: Axe) -> None:
    page, old = turned_on(signed_in, "vera", **ON_A_PHONE)
    new = link_other(page, old, each_look)
    expect(page.get_by_text("U heeft nog 9 herstelcodes.")).to_be_visible()
    sign_in_again(page, "vera")
    page.get_by_label("Code", exact=True).fill(old.code(1))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("Deze code klopt niet, of is al gebruikt.")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(new.code(1))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()


def test_accepting_an_invitation_with_an_account_asks_the_code_too(
    signed_in: SignedIn, new_context: NewContext, axe: Axe
) -> None:
    _, phone = turned_on(signed_in, "anna")
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
    code.fill(phone.code(1))
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("button", name="Koppelen aan dit account").click()
    expect(page.get_by_role("heading", name="Fatima El Amrani")).to_be_visible()


def security(signed_in: SignedIn, **options: Any) -> Page:
    page = signed_in("ingrid", at="/beheer/beveiliging", **options)
    expect(page.get_by_label("Medewerkers")).to_be_visible()
    return page


def require(ingrid: Page, days: str) -> None:
    ingrid.get_by_label("Hoeveel dagen krijgen zij om het in te stellen?").fill(days)
    ingrid.get_by_role("button", name="Opslaan").click()


def test_with_grace_there_is_a_banner_and_without_it_nothing_but_setting_it_up(
    signed_in: SignedIn, each_look: Axe
) -> None:
    ingrid, staff = security(signed_in, **ON_A_PHONE), signed_in("bram", **ON_A_PHONE)
    expect(staff.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    ingrid.get_by_label("Medewerkers").check()
    require(ingrid, "61")
    expect(ingrid.get_by_text("Vul een heel getal in van 0 tot en met 60.")).to_be_visible()
    assert each_look(ingrid) == []
    require(ingrid, "14")
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    expect(staff.get_by_text("U kunt die instellen tot en met")).to_be_visible()
    assert each_look(staff) == []
    staff.get_by_role("link", name="Nu instellen").click()
    expect(staff.get_by_role("heading", name=TITLE)).to_be_visible()
    require(ingrid, "0")
    expect(staff.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    expect(staff.get_by_role("link", name="Gesprekken", exact=True)).to_have_count(0)
    expect(ingrid.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    assert each_look(staff) == []
    phone = set_up(staff, each_look)
    staff.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(staff.get_by_text("Uw organisatie vraagt tweefactorauthenticatie. U kunt die daarom niet")).to_be_visible()
    expect(staff.get_by_role("button", name="Uitzetten")).to_have_count(0)
    link_other(staff, phone)
    _give_in(ingrid)


def test_who_is_closed_out_is_led_from_an_invitation_to_setting_it_up(signed_in: SignedIn, axe: Axe) -> None:
    fatima, ingrid = signed_in("fatima"), security(signed_in)
    link = link_to(fatima, invite(fatima, "Noa"))
    ingrid.get_by_label("Medewerkers").check()
    require(ingrid, "0")
    page = signed_in("fatima", at=link, **ON_A_PHONE)
    expect(page.get_by_text("Uw organisatie vraagt tweefactorauthenticatie. Stel die eerst in.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Nu instellen").click()
    expect(page.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    _give_in(ingrid)


def test_who_is_closed_out_can_sign_out(signed_in: SignedIn) -> None:
    ingrid = security(signed_in)
    ingrid.get_by_label("Medewerkers").check()
    require(ingrid, "0")
    expect(ingrid.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    petra = signed_in("petra")
    expect(petra.get_by_role("heading", name="Beveilig uw account")).to_be_visible()
    petra.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(petra).to_have_url(re.compile("/inloggen$"))
    _give_in(ingrid)


def _give_in(ingrid: Page) -> None:
    """The administrator sets hers up, stops requiring it and switches hers off, for the next test."""
    phone = set_up(ingrid)
    ingrid.get_by_role("button", name="Ik heb de codes bewaard").click()
    ingrid.goto("/beheer/beveiliging")
    ingrid.get_by_label("Medewerkers").uncheck()
    require(ingrid, "14")
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    ingrid.goto("/instellingen")
    ingrid.get_by_role("button", name="Uitzetten").click()
    dialog = ingrid.get_by_role("dialog")
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_label("Code", exact=True).fill(phone.code(1))
    dialog.get_by_role("button", name="Uitzetten").click()
    expect(ingrid.get_by_text("Tweefactorauthenticatie staat uit.")).to_be_visible()
