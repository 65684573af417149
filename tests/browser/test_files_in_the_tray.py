"""What is chosen to be sent: how much fits, what it waits for, and that nothing of it is lost or sent twice."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_files import choose, chosen
from tests.browser.test_messenger import open_conversation, send


def note(name: str, words: str = "") -> dict[str, object]:
    return chosen(name, "text/plain", (words or name).encode())


def tray(page: Page) -> Locator:
    return page.get_by_role("list", name="Bestanden bij dit bericht").get_by_role("listitem")


def log(page: Page) -> Locator:
    return page.get_by_role("region", name="Berichten")


def said(page: Page, words: str) -> Locator:
    """What is read out politely, and is just this."""
    return page.get_by_role("status").filter(has_text=re.compile(f"^{re.escape(words)}$"))


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Stuur").click()


def test_more_than_a_message_takes_goes_with_the_next(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    choose(anna, *(note(f"blad {i}.txt") for i in range(22)))
    ready = tray(anna).filter(has_text="Klaar om te versturen")
    for count in range(1, 21):
        expect(ready.nth(count - 1)).to_be_visible()
    expect(ready).to_have_count(20)
    expect(tray(anna).filter(has_text="Bij één bericht passen hooguit 20 bestanden.")).to_have_count(2)
    press_send(anna)
    expect(ready).to_have_count(2)
    expect(tray(anna)).to_have_count(2)
    press_send(anna)
    expect(tray(anna)).to_have_count(0)
    expect(log(anna).get_by_text("blad 21.txt", exact=True)).to_be_visible()


def test_a_file_that_is_chosen_twice_is_sent_once(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    script = """() => {
        for (let time = 0; time < 2; time++) {
            const data = new DataTransfer();
            data.items.add(new File(["tweemaal"], "tweemaal.txt", {type: "text/plain", lastModified: 1}));
            const target = document.querySelector(".composer textarea");
            target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }
    }"""
    anna.evaluate(script)
    expect(tray(anna)).to_have_count(1)
    expect(tray(anna)).to_contain_text("Klaar om te versturen")
    send(anna, "een keer")
    expect(log(anna).get_by_text("tweemaal.txt", exact=True)).to_have_count(1)
    expect(anna.get_by_text("Niet verstuurd")).to_have_count(0)
    anna.evaluate(script)
    expect(tray(anna)).to_contain_text("Klaar om te versturen")
    send(anna, "nog een keer")
    expect(log(anna).get_by_text("tweemaal.txt", exact=True)).to_have_count(2)


def test_what_the_server_has_no_room_for_now_is_not_called_a_line_that_went(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    words = "Er is nu geen ruimte voor bestanden."
    full = {"code": "storage_full", "text": words, "retry": True}
    anna.route("**/parts/*", lambda route: route.fulfill(status=429, json=full))
    choose(anna, note("vol.txt"))
    expect(tray(anna)).to_contain_text(words)
    expect(said(anna, words)).to_have_count(1)
    anna.unroute("**/parts/*")
    expect(tray(anna)).to_contain_text("Klaar om te versturen", timeout=15_000)
    anna.get_by_role("button", name="vol.txt verwijderen").click()


def test_what_is_taken_back_comes_with_what_it_answers(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    send(bram, "Hoe ging het vandaag?")
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    message = anna.locator(".message").filter(has_text="Hoe ging het vandaag?").last
    message.get_by_role("button", name="Acties").click()
    anna.get_by_role("menuitem", name="Reageren").click()
    anna.route("**/parts/*", lambda route: route.abort("internetdisconnected"))
    choose(anna, note("antwoord.txt"))
    expect(tray(anna)).to_contain_text("Wacht op verbinding")
    send(anna, "Beter dan gisteren")
    anna.get_by_role("button", name="Terughalen").click()
    expect(anna.get_by_role("textbox", name="Bericht")).to_have_value("Beter dan gisteren")
    expect(anna.locator(".task-bar")).to_contain_text("Hoe ging het vandaag?")
    expect(tray(anna)).to_have_count(1)
    anna.get_by_role("button", name="antwoord.txt verwijderen").click()
    anna.get_by_role("textbox", name="Bericht").fill("")


def test_a_message_that_is_undone_gives_its_files_back(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    choose(anna, note("verkeerd.txt"), note("goed.txt"))
    expect(tray(anna).filter(has_text="Klaar om te versturen")).to_have_count(2)
    send(anna, "Hierbij")
    anna.get_by_role("button", name="Ongedaan maken").click()
    expect(tray(anna).filter(has_text="Klaar om te versturen")).to_have_count(2)
    expect(anna.get_by_role("textbox", name="Bericht")).to_have_value("Hierbij")
    anna.get_by_role("button", name="verkeerd.txt verwijderen").click()
    press_send(anna)
    expect(tray(anna)).to_have_count(0)
    expect(log(anna).get_by_text("goed.txt", exact=True)).to_be_visible()
    expect(log(anna).get_by_text("verkeerd.txt", exact=True)).to_have_count(0)


def test_who_works_by_keyboard_and_ear_stays_where_they_are_and_hears_it_once(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    choose(anna, note("een.txt"), note("twee.txt"), note("leeg.txt", " "))
    expect(said(anna, "3 bestanden zijn klaar; u kunt ze versturen.")).to_have_count(1)
    anna.get_by_role("button", name="twee.txt verwijderen").press("Enter")
    expect(anna.get_by_role("button", name="leeg.txt verwijderen")).to_be_focused()
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("button", name="een.txt verwijderen")).to_be_focused()
    expect(said(anna, "Het bestand is klaar; u kunt het versturen.")).to_have_count(1)
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("button", name="Bestand toevoegen")).to_be_focused()
    choose(anna, chosen("raar.exe", "application/octet-stream", b"MZ" + bytes(2_000)))
    expect(said(anna, "raar.exe: Dit soort bestand kunt u hier niet versturen.")).to_have_count(1)
    assert anna.locator(".composer [role=alert]").count() == 0
    anna.get_by_role("button", name="raar.exe verwijderen").click()


def test_the_paperclip_says_what_is_allowed(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    clip = anna.get_by_role("button", name="Bestand toevoegen")
    expect(clip).to_have_accessible_name("Bestand toevoegen")
    for words in ("MB per bestand", "20 bij één bericht", "PDF"):
        assert words in (clip.get_attribute("title") or "")


def test_on_a_phone_a_long_name_leaves_its_save_button_in_sight(signed_in: SignedIn) -> None:
    anna = signed_in("anna", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_conversation(anna, "Bram de Vries")
    name = "Verslag van het intakegesprek van 25 november.txt"
    choose(anna, note(name))
    expect(tray(anna)).to_contain_text("Klaar om te versturen")
    press_send(anna)
    save = anna.get_by_role("link", name=f"{name} opslaan")
    expect(save).to_be_in_viewport(ratio=1)
    name = "Verslag_van_het_intakegesprek_van_25_november_" * 2 + ".txt"
    choose(anna, note(name))
    expect(tray(anna)).to_contain_text("Klaar om te versturen")
    press_send(anna)
    expect(anna.get_by_role("link", name=f"{name} opslaan")).to_be_in_viewport(ratio=1)
