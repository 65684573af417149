"""A client and a team, and groups, as people see them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.test_messenger import PHONE, open_conversation, send


def test_a_client_asks_client_support_and_the_team_answers_as_one(signed_in: SignedIn, axe: Axe) -> None:
    mei, sem = signed_in("mei", viewport=PHONE), signed_in("sem")
    mei.get_by_role("link", name="Contacten").click()
    expect(mei.get_by_text("Voor aanmeldformulieren en vragen over afspraken.")).to_be_visible()
    assert axe(mei) == []
    mei.get_by_role("button", name="Cliëntensupport").click()
    expect(mei.get_by_text("Voor vragen over de Zorg Messenger")).to_be_visible()
    send(mei, "Hoe kom ik in het portaal?")
    sem.get_by_role("link", name="Cliëntensupport").click()
    theirs = sem.locator(".item", has_text="Mei Chen")
    expect(theirs).to_contain_text("Wacht sinds")
    open_conversation(sem, "Mei Chen")
    assert axe(sem) == []
    send(sem, "Via de link in de brief.")
    expect(theirs).not_to_contain_text("Wacht sinds")
    expect(sem.get_by_label("Voor")).to_have_value(re.compile("-"))
    _chosen_twice_over_a_slow_line(sem)
    expect(mei.get_by_role("region", name="Berichten").get_by_text("Via de link in de brief.")).to_be_visible()
    expect(mei.get_by_role("region", name="Berichten").get_by_text("Sem Bakker")).to_be_visible()
    sem.get_by_role("button", name="Afgehandeld").click()
    expect(sem.get_by_role("button", name="Heropenen")).to_be_visible()
    send(mei, "Dank u, gelukt!")
    expect(sem.get_by_role("button", name="Afgehandeld")).to_be_visible()


def _chosen_twice_over_a_slow_line(sem: Page) -> None:
    """Who has the conversation is who was chosen last, also while the choice before it is being saved."""
    who = sem.get_by_label("Voor")
    expect(who.locator("option:checked")).to_have_text("U")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    sem.route("**/assignee", hold, times=1)
    with sem.expect_request("**/assignee"):
        who.select_option(label="Van niemand")
    who.select_option(label="U")
    with sem.expect_response(lambda answer: '"person":"' in (answer.request.post_data or "")):
        held[0].continue_()
    expect(sem.get_by_role("button", name="Neem over")).to_have_count(0)
    expect(who.locator("option:checked")).to_have_text("U")


def test_a_clients_contacts_are_those_they_have_a_conversation_with_and_nobody_of_a_group(signed_in: SignedIn) -> None:
    anna = signed_in("anna", at="/contacten")
    names = anna.locator(".list .item-name")
    expect(names).to_have_text([re.compile(name) for name in ("^Cliëntensupport", "^Planbureau", "^Bram de Vries")])
    search = anna.get_by_label("Zoek een contact")
    search.fill("planbu")
    expect(names).to_have_text([re.compile("^Planbureau")])
    expect(anna.get_by_text("Niets gevonden")).to_have_count(0)
    search.fill("xyz")
    expect(anna.get_by_text("Niets gevonden voor")).to_be_visible()
    search.fill("")
    anna.get_by_role("button", name="Bram de Vries").click()
    expect(anna.get_by_role("heading", name="Bram de Vries")).to_be_visible()


def test_a_note_stays_with_the_team(signed_in: SignedIn, axe: Axe) -> None:
    petra, anna = signed_in("petra"), signed_in("anna")
    open_conversation(anna, "Planbureau")
    petra.get_by_role("link", name="Planbureau").click()
    open_conversation(petra, "Anna Visser")
    petra.get_by_role("button", name="Notities").click()
    expect(petra.get_by_text("Alleen uw team leest deze notities.")).to_be_visible()
    send(petra, "Belt liever in de ochtend.")
    assert axe(petra) == []
    expect(petra.get_by_text("Belt liever in de ochtend.")).to_be_visible()
    petra.get_by_role("link", name="Gesprek", exact=True).click()
    send(petra, "Past donderdag u ook?")
    expect(anna.get_by_text("Past donderdag u ook?").first).to_be_visible()
    expect(anna.get_by_text("Belt liever")).to_have_count(0)
    anna.reload()
    expect(anna.get_by_text("Past donderdag u ook?").first).to_be_visible()
    expect(anna.get_by_text("Belt liever")).to_have_count(0)


def test_a_saved_reply_speaks_to_the_client_by_name(signed_in: SignedIn, axe: Axe) -> None:
    petra = signed_in("petra", viewport=PHONE)
    petra.get_by_role("link", name="Planbureau").click()
    open_conversation(petra, "Anna Visser")
    petra.get_by_role("button", name="Standaardantwoorden").click()
    expect(petra.get_by_role("button", name=re.compile("^Formulier ontvangen"))).to_be_visible()
    assert axe(petra) == []
    petra.get_by_role("button", name=re.compile("^Formulier ontvangen")).click()
    expect(petra.get_by_label("Bericht", exact=True)).to_have_value(re.compile("^Dag Anna, wij hebben"))


def test_staff_make_a_group_and_take_somebody_out_of_it(signed_in: SignedIn, axe: Axe) -> None:
    bram, joris = signed_in("bram"), signed_in("joris", viewport=PHONE)
    bram.get_by_role("link", name="Groepsgesprekken").click()
    bram.get_by_role("button", name="Nieuwe groep").click()
    bram.get_by_label("Naam van de groep").fill("Leesclub")
    bram.get_by_role("button", name="Groep maken").click()
    expect(bram.get_by_text("Kies minstens één persoon.")).to_be_visible()
    bram.get_by_label("Joris van Dijk").check()
    bram.get_by_label("Anna Visser").check()
    assert axe(bram) == []
    bram.get_by_role("button", name="Groep maken").click()
    expect(bram.get_by_role("heading", name="Leesclub")).to_be_visible()
    send(bram, "Welkom bij de leesclub")
    joris.get_by_role("link", name="Groepsgesprekken").click()
    open_conversation(joris, "Leesclub")
    expect(joris.get_by_role("region", name="Berichten").get_by_text("Welkom bij de leesclub")).to_be_visible()
    _both_are_listed_with_how_far_it_came(bram, axe)
    joris.get_by_role("button", name="3 deelnemers").click()
    expect(joris.get_by_role("dialog").get_by_text("Anna", exact=False).first).to_be_visible()
    expect(joris.get_by_text("Visser")).to_have_count(0)
    expect(joris.get_by_role("button", name="Mensen toevoegen")).to_have_count(0)
    assert axe(joris) == []
    joris.keyboard.press("Escape")
    bram.get_by_role("button", name="3 deelnemers").click()
    bram.get_by_role("button", name="Verwijderen: Joris van Dijk").click()
    expect(bram.get_by_text("Joris van Dijk ziet daarna niets meer van deze groep")).to_be_visible()
    assert axe(bram) == []
    bram.get_by_role("button", name="Verwijderen", exact=True).click()
    expect(joris.get_by_text("Dit gesprek is er niet").first).to_be_visible()


def _both_are_listed_with_how_far_it_came(bram: Page, axe: Axe) -> None:
    bram.get_by_role("region", name="Berichten").get_by_text("Welkom bij de leesclub").hover()
    bram.get_by_role("button", name="Acties").last.click()
    bram.get_by_role("menuitem", name="Wie heeft dit gelezen?").click()
    people = bram.get_by_role("dialog").get_by_role("listitem")
    expect(people).to_have_text([re.compile("Joris van Dijk.*Gelezen"), re.compile("Anna Visser.*Verzonden")])
    assert axe(bram) == []
    bram.get_by_role("button", name="Sluiten").click()


def test_a_client_chooses_what_other_clients_in_groups_call_them(signed_in: SignedIn, axe: Axe) -> None:
    joris, anna = signed_in("joris", at="/groepsgesprekken"), signed_in("anna", at="/instellingen")
    joris.get_by_role("link", name="Wandelgroep donderdag").click()
    messages = joris.get_by_role("region", name="Berichten")
    expect(messages.get_by_text("Anna").first).to_be_visible()
    name = anna.get_by_label("Uw naam voor andere cliënten")
    name.fill("Zon 4")
    save = anna.get_by_role("button", name="Naam opslaan")
    save.click()
    expect(anna.get_by_text("Gebruik alleen letters, spaties, punten en streepjes.")).to_be_visible()
    expect(name).to_be_focused()
    assert axe(anna) == []
    name.fill("  Zonnetje ")
    save.click()
    expect(anna.get_by_text("Opgeslagen.")).to_be_visible()
    expect(name).to_have_value("Zonnetje")
    expect(messages.get_by_text("Zonnetje").first).to_be_visible()
    expect(messages.get_by_text("Anna")).to_have_count(0)
    anna.reload()
    expect(name).to_have_value("Zonnetje")


def test_what_was_written_is_found_by_its_words(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", viewport=PHONE)
    anna.get_by_label("Zoek gesprek of bericht").fill("DAGBOEK dag")
    hit = anna.get_by_role("button", name=re.compile("Moet ik het dagboek elke dag invullen"))
    expect(hit).to_be_visible()
    assert axe(anna) == []
    hit.click()
    expect(anna.get_by_role("heading", name="Bram de Vries")).to_be_visible()
    petra = signed_in("petra")
    petra.get_by_label("Zoek gesprek of bericht").fill("dagboek")
    expect(petra.get_by_text("Geen berichten gevonden.")).to_be_visible()


def test_who_reaches_a_client_by_break_glass_is_seen_by_the_privacy_officer(signed_in: SignedIn, axe: Axe) -> None:
    sem, vera = signed_in("sem"), signed_in("vera")
    sem.get_by_role("link", name="Contacten").click()
    sem.get_by_role("button", name="Noodtoegang").click()
    dialog = sem.get_by_role("dialog")
    dialog.get_by_label("E-mailadres van de cliënt").fill("anna@delinde.example")
    dialog.get_by_label("Reden").fill("ziek")
    dialog.get_by_role("button", name="Noodtoegang gebruiken").click()
    expect(dialog.get_by_text("Schrijf in minstens 10 tekens")).to_be_visible()
    assert axe(sem) == []
    dialog.get_by_label("Reden").fill("Bram is ziek en Anna belde de praktijk")
    dialog.get_by_role("button", name="Noodtoegang gebruiken").click()
    dialog.get_by_role("button", name="Gesprek beginnen").click()
    expect(sem.get_by_role("heading", name="Anna Visser")).to_be_visible()
    vera.get_by_role("link", name="Noodtoegang").click()
    expect(vera.get_by_text("Sem Bakker bereikte Anna Visser")).to_be_visible()
    assert axe(vera) == []
    vera.get_by_role("button", name="Beoordeeld").click()
    expect(vera.get_by_role("button", name="Beoordeeld")).to_have_count(0)


def test_a_client_sees_that_their_practitioner_is_there(signed_in: SignedIn) -> None:
    mei, fatima = signed_in("mei"), signed_in("fatima")
    open_conversation(mei, "Fatima El Amrani")
    expect(mei.locator(".conversation-head").get_by_text("aanwezig")).to_be_visible()
    fatima.context.close()
