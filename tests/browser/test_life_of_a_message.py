"""What can be done with a message after it was sent, each person in a browser of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
PHONE = {"width": 390, "height": 844}
TOGETHER = """
import django
django.setup()
from zorgmessenger import clock
from zorgmessenger.accounts.models import Person
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.organisations.models import Organisation
home = Organisation.objects.get()
group = Conversation.objects.create(organisation=home, kind="internal", created_at=clock.now())
keyring().create_conversation(group.id, home.id)
people = {person.first_name: person for person in Person.objects.all()}
for name in ("Bram", "Petra", "Fatima", "Sem"):
    Participant.objects.create(conversation=group, person=people[name])
"""


@pytest.fixture(scope="module")
def group(server: str, folder: str) -> str:
    """A conversation of Bram, Petra, Fatima and Sem, for the last tests of this file; how its name begins for Bram."""
    del server
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZORG_")}
    environment |= {
        "ZORG_DATA_DIR": f"{folder}/var",
        "ZORG_ENVIRONMENT": "demo",
        "DJANGO_SETTINGS_MODULE": "zorgmessenger.config.django",
    }
    subprocess.run([sys.executable, "-c", TOGETHER], env=environment, check=True)
    return "Petra Jansen, "


def talk(page: Page, name: str) -> Locator:
    """Opens the conversation with somebody; gives its messages."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()
    return page.get_by_role("region", name="Berichten")


def send(page: Page, words: str) -> str:
    """Sends a message that nobody else sends; gives its text."""
    said = f"{words} {uuid4().hex[:6]}"
    page.get_by_role("textbox", name="Bericht").fill(said)
    page.get_by_role("textbox", name="Bericht").press("Enter")
    expect(message(page, said).locator(".reach")).not_to_contain_text("Wordt verzonden")
    return said


def message(page: Page, words: str) -> Locator:
    """The message with this text."""
    return page.get_by_role("region", name="Berichten").locator(".message").filter(has_text=words)


def act(page: Page, words: str, action: str) -> None:
    """Chooses an action from a message's menu."""
    message(page, words).hover()
    message(page, words).get_by_role("button", name="Acties").click()
    page.get_by_role("menu").get_by_role("menuitem", name=action).click()


def test_a_message_is_withdrawn_for_everybody_and_says_who_had_read_it(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = signed_in("bram"), signed_in("anna")
    talk(anna, "Bram de Vries")
    words = send(anna, "Dit hoort in een ander gesprek")
    theirs = talk(bram, "Anna Visser")
    expect(theirs.get_by_text(words)).to_be_visible()
    expect(message(anna, words).locator(".reach")).to_contain_text("Gelezen")
    act(anna, words, "Intrekken")
    dialog = anna.get_by_role("dialog", name="Bericht intrekken?")
    assert axe(anna) == []
    dialog.get_by_role("button", name="Bericht intrekken").click()
    mine = anna.get_by_role("region", name="Berichten")
    expect(mine.get_by_text("U heeft dit bericht ingetrokken. Het was al gelezen door Bram de Vries.")).to_be_visible()
    expect(theirs.get_by_text("Anna Visser heeft dit bericht ingetrokken. Het was al gelezen door u.")).to_be_visible()
    for page in (anna, bram):
        expect(page.get_by_text(words)).to_have_count(0)
        assert axe(page) == []
    bram.reload()
    expect(bram.get_by_text("Het was al gelezen door u.").first).to_be_visible()


def test_for_a_moment_sending_can_be_undone_and_the_text_is_back_in_the_field(signed_in: SignedIn, axe: Axe) -> None:
    mei = signed_in("mei", viewport=PHONE)
    talk(mei, "Fatima El Amrani")
    words = send(mei, "Te snel op Stuur gedrukt")
    mei.get_by_role("button", name="Ongedaan maken").click()
    expect(mei.get_by_text("Het was nog door niemand gelezen.").last).to_be_visible()
    expect(mei.get_by_role("textbox", name="Bericht")).to_have_value(words)
    expect(mei.get_by_role("textbox", name="Bericht")).to_be_focused()
    expect(mei.get_by_role("button", name="Ongedaan maken")).to_have_count(0)
    send(mei, "Nu bedacht")
    assert axe(mei) == []


def test_all_of_it_can_be_done_with_the_keyboard(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    talk(bram, "Fatima El Amrani")
    words = send(bram, "Met het toetsenbord")
    field = bram.get_by_role("textbox", name="Bericht")
    expect(bram.get_by_role("button", name="Ongedaan maken")).to_have_count(0, timeout=15_000)
    field.press("Shift+Tab")
    button = message(bram, words).get_by_role("button", name="Acties")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(bram.get_by_role("menuitemradio", name="Akkoord")).to_be_focused()
    bram.keyboard.press("Escape")
    expect(button).to_be_focused()
    button.press("Enter")
    bram.keyboard.press("End")
    expect(bram.get_by_role("menuitem", name="Intrekken")).to_be_focused()
    bram.keyboard.press("Enter")
    dialog = bram.get_by_role("dialog")
    dialog.get_by_role("button", name="Bericht intrekken").press("Enter")
    expect(bram.get_by_text(words)).to_have_count(0)


def test_a_message_is_edited_in_the_composer_and_marked(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = signed_in("bram"), signed_in("anna", viewport=PHONE)
    theirs = talk(anna, "Bram de Vries")
    talk(bram, "Anna Visser")
    words = send(bram, "Uw afspraak is om 10 uur")
    field = bram.get_by_role("textbox", name="Bericht")
    field.fill("nog een half bericht")
    act(bram, words, "Bewerken")
    expect(field).to_have_value(words)
    expect(field).to_be_focused()
    assert axe(bram) == []
    field.press("Escape")
    expect(field).to_have_value("nog een half bericht")
    act(bram, words, "Bewerken")
    field.fill(words.replace("10", "11"))
    bram.get_by_role("button", name="Opslaan").click()
    expect(field).to_have_value("nog een half bericht")
    changed = words.replace("10", "11")
    for page in (bram, anna):
        expect(message(page, changed).locator(".meta")).to_contain_text("Bewerkt")
        expect(page.get_by_text(words)).to_have_count(0)
    expect(theirs.locator("xpath=..").locator("[aria-live=polite]")).to_contain_text(f"bewerkt: {changed}")


def test_a_reply_quotes_what_it_answers_and_leads_there(signed_in: SignedIn, axe: Axe) -> None:
    fatima, mei = signed_in("fatima"), signed_in("mei", viewport=PHONE)
    talk(mei, "Fatima El Amrani")
    talk(fatima, "Mei")
    question = send(fatima, "Past donderdag?")
    for number in range(14):
        send(fatima, f"Nog iets, nummer {number}")
    expect(message(mei, "nummer 13")).to_be_visible()
    expect(message(mei, question)).not_to_be_in_viewport()
    act(mei, question, "Reageren")
    expect(mei.get_by_text("Reageren op Fatima El Amrani")).to_be_visible()
    assert axe(mei) == []
    answer = send(mei, "Donderdag past")
    expect(mei.get_by_text("Reageren op Fatima El Amrani")).to_have_count(0)
    quote = message(fatima, answer).get_by_role("button", name=question)
    expect(quote).to_be_visible()
    assert axe(fatima) == []
    quote.click()
    expect(message(fatima, question).first).to_be_focused()
    expect(message(fatima, question).first).to_be_in_viewport()


def test_a_reaction_is_given_seen_and_taken_back(signed_in: SignedIn, axe: Axe) -> None:
    bram, joris = signed_in("bram"), signed_in("joris", viewport=PHONE)
    talk(joris, "Bram de Vries")
    talk(bram, "Joris van Dijk")
    words = send(bram, "Uw vraag is opgelost")
    message(joris, words).hover()
    message(joris, words).get_by_role("button", name="Acties").click()
    assert axe(joris) == []
    joris.get_by_role("menuitemradio", name="Bedankt").click()
    given = message(bram, words).get_by_role("button", name="Bedankt: Joris van Dijk")
    expect(given).to_be_visible()
    expect(bram.locator("[aria-live=polite]")).to_contain_text("Joris van Dijk reageert met Bedankt")
    given.click()
    both = message(joris, words).get_by_role("button", name="Bedankt: U, Bram de Vries")
    expect(both).to_have_attribute("aria-pressed", "true")
    for page in (bram, joris):
        assert axe(page) == []
    both.click()
    expect(message(bram, words).get_by_role("button", name="Bedankt: U")).to_be_visible()


def test_in_a_group_an_at_offers_names_and_who_is_mentioned_sees_it(group: str, signed_in: SignedIn, axe: Axe) -> None:
    bram, petra = signed_in("bram"), signed_in("petra", viewport=PHONE)
    talk(bram, group)
    talk(petra, "Bram de Vries, ")
    field = bram.get_by_role("textbox", name="Bericht")
    field.press_sequentially("Kun jij, @pe")
    expect(bram.get_by_role("option")).to_have_count(1)
    expect(bram.get_by_role("option", name="Petra Jansen")).to_have_attribute("aria-selected", "true")
    assert axe(bram) == []
    field.press("Enter")
    expect(field).to_have_value("Kun jij, @Petra Jansen ")
    field.press_sequentially("morgen bellen?")
    field.press("Enter")
    expect(message(bram, "morgen bellen?").locator(".mention")).to_have_text("@Petra Jansen")
    expect(message(petra, "morgen bellen?").locator(".mention.me")).to_contain_text("@Petra Jansen")
    assert axe(petra) == []


def test_a_message_of_a_group_is_forwarded_only_where_all_could_read_it(
    group: str, signed_in: SignedIn, axe: Axe
) -> None:
    bram, fatima = signed_in("bram"), signed_in("fatima")
    fatima.locator(".item").filter(
        has=fatima.locator(".item-name", has_text=re.compile(r"^Bram de Vries(?!,)"))
    ).click()
    talk(bram, group)
    words = send(bram, "De nieuwe werkafspraken")
    act(bram, words, "Doorsturen")
    dialog = bram.get_by_role("dialog", name="Bericht doorsturen")
    expect(dialog.get_by_role("listitem").get_by_role("button")).to_have_text(["FAFatima El Amrani", "PJPetra Jansen"])
    assert axe(bram) == []
    dialog.get_by_role("button", name="Fatima El Amrani").click()
    expect(bram.get_by_role("heading", name="Fatima El Amrani")).to_be_visible()
    for page in (bram, fatima):
        expect(message(page, words)).to_contain_text("Doorgestuurd")
        assert axe(page) == []
