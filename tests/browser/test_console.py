"""An administrator's pages as they see them, on a demonstration of their own: what they do here is not undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.calling import join, open_conversation, start
from tests.browser.conftest import Axe, SignedIn
from tests.browser.looks import ON_A_PHONE, looks
from tests.browser.test_invitation import link_to

PAGES = {
    "Mensen": "Petra Jansen",
    "Teams": "Cliëntensupport",
    "Uitnodigingen": "Noor Smit",
    "Openingstijden": "Gesloten op feestdagen",
    "Uiterlijk en teksten": "Zo ziet een cliënt het",
    "Bestanden": "Hoe groot mag een bestand zijn",
    "Beveiliging": "Voor wie is tweefactorauthenticatie verplicht?",
    "Videogesprekken": "Cliënten wachten in een wachtkamer",
    "Cijfers": "Week van",
}


def manage(signed_in: SignedIn, page_name: str = "Mensen", **options: Any) -> Page:
    page = signed_in("ingrid", **options)
    page.get_by_role("link", name="Beheer").click()
    page.get_by_role("navigation", name="Onderdelen van het beheer").get_by_role("link", name=page_name).click()
    return page


def test_every_page_can_be_read_by_all(signed_in: SignedIn, axe: Axe) -> None:
    page = manage(signed_in, **ON_A_PHONE)
    for name, holds in PAGES.items():
        page.get_by_role("navigation", name="Onderdelen van het beheer").get_by_role("link", name=name).click()
        expect(page.get_by_text(holds).first).to_be_visible()
        for look in looks(page):
            assert axe(page) == [], f"{name}, {look}"
            sideways = page.evaluate(
                "document.querySelector('.wide-pane').scrollWidth - document.querySelector('.wide-pane').clientWidth"
            )
            assert sideways <= 0, f"{name} has to be scrolled sideways, {look}"


def test_nobody_else_finds_administration(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    expect(bram.get_by_role("link", name="Contacten")).to_be_visible()
    expect(bram.get_by_role("link", name="Beheer")).to_have_count(0)
    bram.goto("/beheer/mensen")
    expect(bram.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
    expect(bram.get_by_role("heading", name="Beheer")).to_have_count(0)


def test_a_colleague_is_invited_accepts_and_works_here(
    signed_in: SignedIn, new_context: Callable[..., BrowserContext], axe: Axe
) -> None:
    ingrid = manage(signed_in)
    ingrid.get_by_role("button", name="Nodig collega uit").click()
    ingrid.get_by_role("button", name="Uitnodiging versturen").click()
    expect(ingrid.get_by_text("Vul dit in.").first).to_be_visible()
    assert axe(ingrid) == []
    ingrid.get_by_label("Voornaam").fill("Kees")
    ingrid.get_by_label("Achternaam").fill("Prins")
    ingrid.get_by_label("E-mailadres").fill("kees@voorbeeld.example")
    ingrid.get_by_label("Rol", exact=True).select_option(label="Cliëntensupport")
    ingrid.get_by_role("button", name="Uitnodiging versturen").click()
    expect(ingrid.get_by_text("De uitnodiging is verstuurd naar kees@voorbeeld.example.")).to_be_visible()
    kees = new_context().new_page()
    kees.goto(link_to(kees, "kees@voorbeeld.example"))
    expect(
        kees.get_by_text("nodigt u uit om met de Zorg Messenger te werken. Uw rol: Cliëntensupport.")
    ).to_be_visible()
    assert axe(kees) == []
    kees.get_by_role("button", name="Maak uw account aan").click()
    kees.get_by_label("Wachtwoord", exact=True).fill("Kuiltjes-op-12")
    for box in kees.get_by_role("checkbox").all():
        box.check()
    kees.get_by_role("button", name="Account aanmaken").click()
    expect(kees.get_by_role("link", name="Cliëntensupport")).to_be_visible()
    ingrid.reload()
    expect(ingrid.get_by_text("Kees Prins")).to_be_visible()


def test_a_file_is_shown_row_by_row_before_anybody_is_invited(signed_in: SignedIn, axe: Axe, tmp_path: Path) -> None:
    file = tmp_path / "mensen.csv"
    rows = ["Eva;Koster;eva@voorbeeld.example;planbureau;", "Tom;Bos;tom@voorbeeld.example;cliënt;bram@delinde.example"]
    file.write_bytes(
        "\r\n".join(["voornaam;achternaam;e-mailadres;rol;behandelaar", *rows, "X;;;koning;"]).encode("cp1252")
    )
    ingrid = manage(signed_in)
    ingrid.get_by_role("button", name="Importeer een bestand").click()
    ingrid.get_by_label("CSV-bestand").set_input_files(file)
    expect(ingrid.get_by_text("2 mensen kunnen worden uitgenodigd. Er is nog niets verstuurd.")).to_be_visible()
    expect(ingrid.get_by_text("De voornaam of achternaam klopt niet")).to_be_visible()
    assert axe(ingrid) == []
    ingrid.get_by_role("button", name="Nodig 2 mensen uit").click()
    expect(ingrid.get_by_text("2 uitnodigingen zijn verstuurd.")).to_be_visible()
    ingrid.get_by_role("button", name="Klaar").click()
    ingrid.get_by_role("button", name="Importeer een bestand").click()
    ingrid.get_by_label("CSV-bestand").set_input_files(file)
    expect(ingrid.get_by_text("Heeft al een uitnodiging.").first).to_be_visible()
    expect(ingrid.get_by_role("dialog").get_by_role("button", name=re.compile("^Nodig"))).to_have_count(0)


def test_a_team_is_made_and_manned(signed_in: SignedIn, axe: Axe) -> None:
    ingrid, petra = manage(signed_in, "Teams"), signed_in("petra")
    ingrid.get_by_role("button", name="Nieuw team").click()
    ingrid.get_by_label("Naam van het team").fill("Planbureau Zuid")
    ingrid.get_by_label("Antwoordt binnen").select_option(label="Antwoordt binnen 2 uur")
    assert axe(ingrid) == []
    ingrid.get_by_role("button", name="Opslaan").click()
    card = ingrid.get_by_role("article").filter(has_text="Planbureau Zuid")
    expect(card.get_by_text("Antwoordt binnen 2 uur")).to_be_visible()
    card.get_by_label("Toevoegen aan het team").select_option(label="Petra Jansen")
    card.get_by_role("button", name="Toevoegen aan Planbureau Zuid").click()
    expect(card.get_by_role("button", name="Verwijderen: Petra Jansen uit Planbureau Zuid")).to_be_visible()
    petra.reload()
    expect(petra.get_by_role("link", name="Planbureau Zuid")).to_be_visible()


def test_looks_are_shown_before_they_are_kept_and_then_everywhere(
    signed_in: SignedIn, axe: Axe, tmp_path: Path
) -> None:
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (200, 100), "#4a6b12").save(tmp_path / "logo.png")
    (tmp_path / "geen.png").write_text("<svg/>")
    ingrid = manage(signed_in, "Uiterlijk en teksten")
    ingrid.locator("input[type=file]").set_input_files(tmp_path / "geen.png")
    expect(ingrid.get_by_text("Kies een afbeelding: PNG, JPEG of WebP.")).to_be_visible()
    ingrid.locator("input[type=file]").set_input_files(tmp_path / "logo.png")
    expect(ingrid.get_by_alt_text("Het logo dat u nu heeft")).to_be_visible()
    words = ingrid.get_by_label("Welkomstwoord in het Nederlands")
    words.fill("Kijk op delinde.nl")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Schrijf gewone tekst van hooguit 600 tekens")).to_be_visible()
    expect(words).to_have_value("Kijk op delinde.nl")
    words.fill("Welkom, fijn dat u er bent.")
    expect(ingrid.get_by_role("region", name="Zo ziet een cliënt het").get_by_text("Welkom, fijn")).to_be_visible()
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    assert axe(ingrid) == []
    ingrid.reload()
    expect(ingrid.locator(".mark img")).to_have_js_property("naturalWidth", 200)


def test_a_colleague_leaves_and_their_clients_go_on_with_another(signed_in: SignedIn, axe: Axe) -> None:
    ingrid, fatima, mei = manage(signed_in), signed_in("fatima"), signed_in("mei")
    open_conversation(mei, "Fatima El Amrani")
    ingrid.get_by_role("button", name="Rol wijzigen: Fatima El Amrani").click()
    ingrid.get_by_label("Beheerder").check()
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Draag die eerst over aan een collega.")).to_be_visible()
    assert axe(ingrid) == []
    ingrid.get_by_role("button", name="Gesprekken overdragen").click()
    dialog = ingrid.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Toegang beëindigen")).to_be_disabled()
    dialog.get_by_label("Gesprek met Mei Chen").select_option(label="Bram de Vries")
    dialog.get_by_label("Ja, Fatima El Amrani verliest nu de toegang").check()
    assert axe(ingrid) == []
    dialog.get_by_role("button", name="Toegang beëindigen").click()
    expect(ingrid.get_by_text("1 collega die niet meer meedoet")).to_be_visible()
    expect(fatima.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(mei.get_by_role("heading", name="Bram de Vries")).to_be_visible()
    expect(mei.locator(".happened").last).to_contain_text("Bram de Vries neemt dit gesprek over van Fatima El Amrani.")
    expect(mei.get_by_text("Hallo Mei, ik heb uw vragenlijst ontvangen.").first).to_be_visible()


def test_without_a_waiting_room_a_client_is_in_the_call_at_once_and_in_it_is_asked_what_the_organisation_asks(
    signed_in: SignedIn,
) -> None:
    ingrid = manage(signed_in, "Videogesprekken")
    ingrid.get_by_label("Vraag in de wachtkamer", exact=True).fill("Zit u ergens waar niemand meeluistert?")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    bram, anna = signed_in("bram"), signed_in("anna")
    open_conversation(bram, "Anna Visser")
    open_conversation(anna, "Bram de Vries")
    start(bram)
    join(anna)
    expect(anna.get_by_text("Zit u ergens waar niemand meeluistert?")).to_be_visible()
    ingrid.get_by_label("Cliënten wachten in een wachtkamer").uncheck()
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("is meteen in het gesprek")).to_be_visible()
    expect(ingrid.get_by_text("Opgeslagen")).to_be_visible()
    anna.reload()
    expect(anna.get_by_role("button", name="Ophangen")).to_be_visible()
