"""Files as people find, look at, hear and keep them."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_messenger import open_conversation
from tests.pictures import pdf, photograph, saved, says

TOUCH = {**ON_A_PHONE, "has_touch": True, "is_mobile": True}
PHOTO = saved(photograph((1600, 1000)), "JPEG")
TO_THE_END = """
audio => audio.paused || new Promise(done => audio.addEventListener("pause", done, { once: true })).then(() => true)
"""
"""Until what is played is over: how long it lasts is how long its recording went on."""
PLAN = pdf(says("Eerste stap"), says("Tweede stap"), says("Derde stap"))


def attach(page: Page, *files: tuple[str, str, bytes]) -> None:
    """Sends files, each as its name, type and content, and waits until they can be opened."""
    chosen: Any = [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files]
    page.locator("input[type=file]").first.set_input_files(chosen)
    expect(page.get_by_text("Klaar om te versturen")).to_have_count(len(files))
    page.get_by_role("button", name="Stuur").click()
    expect(page.locator(".chosen-file")).to_have_count(0)


def attach_both(page: Page) -> None:
    """A photo and a PDF are in the open conversation: from another test, or sent now."""
    page.locator("[data-seq]").first.wait_for()
    first_page = page.get_by_role("img", name="Stappenplan.pdf, eerste pagina")
    if not first_page.count():
        attach(page, ("bos.jpg", "image/jpeg", PHOTO), ("Stappenplan.pdf", "application/pdf", PLAN))
    expect(first_page.last).to_be_visible()


def viewer(page: Page) -> Locator:
    return page.get_by_role("dialog")


def see_placed(page: Page, transform: str) -> None:
    """Waits until the picture in the viewer is moved and scaled so."""
    expect(page.locator(".stage-picture")).to_have_attribute("style", re.compile(re.escape(transform)))


def recorded(page: Page, seconds: int) -> None:
    """Waits until at least so many seconds were recorded: each is told of for one second only."""
    expect(page.locator(".record-time")).to_have_text(re.compile(rf"0:(0[{seconds}-9]|[1-5]\d)"))


def test_who_has_no_files_is_told_how_to_send_one(signed_in: SignedIn, each_look: Axe) -> None:
    mei = signed_in("mei", **TOUCH)
    mei.get_by_role("link", name="Bestanden", exact=True).click()
    expect(mei.get_by_text("Er zijn nog geen bestanden")).to_be_visible()
    expect(mei.get_by_text("met de paperclip")).to_be_visible()
    assert each_look(mei) == []


def test_a_file_is_found_and_leads_to_its_message(signed_in: SignedIn, each_look: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    anna = signed_in("anna", **TOUCH)
    anna.get_by_role("link", name="Bestanden", exact=True).click()
    row = anna.get_by_role("listitem").filter(has_text="Stappenplan.pdf").first
    expect(row).to_contain_text("Bram de Vries")
    assert each_look(anna) == []
    anna.get_by_label("Soort").select_option(label="Foto’s")
    expect(anna).to_have_url(re.compile(r"soort=foto"))
    expect(anna.get_by_role("img", name="Foto bos.jpg").first).to_be_visible()
    expect(row).to_have_count(0)
    assert each_look(anna) == []
    anna.get_by_label("Soort").select_option(label="Alles")
    anna.get_by_label("Zoek op naam").fill("stappen")
    expect(anna.get_by_role("listitem").filter(has_text="bos.jpg")).to_have_count(0)
    row.get_by_role("button", name="Naar het bericht").click()
    expect(anna.locator(".message:focus")).to_contain_text("Stappenplan.pdf")


def test_going_back_finds_what_was_chosen_but_no_name_stands_in_the_address(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    bram.get_by_role("link", name="Bestanden van dit gesprek").click()
    expect(bram.get_by_label("Gesprek", exact=True).locator("option:checked")).to_have_text("Anna Visser")
    expect(bram.get_by_role("link", name="Alles opslaan (zip)")).to_be_visible()
    bram.get_by_label("Wanneer").select_option(label="Deze week")
    bram.get_by_label("Zoek op naam").fill("stappen")
    bram.get_by_role("button", name="Naar het bericht van Stappenplan.pdf").first.click()
    expect(bram.get_by_role("textbox", name="Bericht")).to_be_visible()
    bram.go_back()
    expect(bram.get_by_label("Wanneer").locator("option:checked")).to_have_text("Deze week")
    assert "stappen" not in bram.url


def test_nobody_finds_the_files_of_others(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    joris = signed_in("joris")
    joris.get_by_role("link", name="Bestanden", exact=True).click()
    expect(joris.get_by_text("Er zijn nog geen bestanden")).to_be_visible()


def test_a_conversation_is_saved_in_one_file(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    bram.get_by_role("link", name="Bestanden van dit gesprek").click()
    with bram.expect_download() as saving:
        bram.get_by_role("link", name="Alles opslaan (zip)").click()
    assert saving.value.suggested_filename.endswith(".zip")


def test_a_picture_is_looked_at_closely_with_keys_alone(signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    opener = bram.get_by_role("button", name="Foto bos.jpg").last
    opener.focus()
    bram.keyboard.press("Enter")
    expect(viewer(bram).get_by_role("heading", name="bos.jpg")).to_be_visible()
    expect(viewer(bram).get_by_role("img", name="Foto bos.jpg")).to_be_visible()
    assert axe(bram) == []
    bram.keyboard.press("+")
    see_placed(bram, "translate(0px, 0px) scale(1.5)")
    bram.keyboard.press("ArrowLeft")
    see_placed(bram, "translate(80px")
    bram.keyboard.press("0")
    see_placed(bram, "translate(0px, 0px) scale(1)")
    bram.keyboard.press("ArrowRight")
    expect(viewer(bram).get_by_role("heading", name="Stappenplan.pdf")).to_be_visible()
    for _ in range(12):
        bram.keyboard.press("Tab")
        assert bram.evaluate("document.activeElement.closest('main') === null")
    bram.keyboard.press("Escape")
    expect(viewer(bram)).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_picture_is_looked_at_closely_with_a_mouse(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    bram.get_by_role("button", name="Foto bos.jpg").last.click()
    expect(viewer(bram).get_by_role("img", name="Foto bos.jpg")).to_be_visible()
    expect(bram.locator(".stage-small"), "the picture itself is there").to_have_count(0)
    box = bram.locator(".stage").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    bram.mouse.dblclick(x + 100, y)
    see_placed(bram, "translate(-150px, 0px) scale(2.5)")
    bram.mouse.move(x, y)
    bram.mouse.down()
    bram.mouse.move(x + 50, y, steps=3)
    bram.mouse.up()
    see_placed(bram, "translate(-100px, 0px) scale(2.5)")
    bram.mouse.wheel(0, 2000)
    expect(bram.get_by_role("button", name="100%")).to_be_visible()


def test_the_back_button_closes_the_viewer_and_nothing_else(signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram", **TOUCH)
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    at = bram.url
    bram.get_by_role("button", name="Foto bos.jpg").last.tap()
    expect(viewer(bram).get_by_role("img", name="Foto bos.jpg")).to_be_visible()
    assert axe(bram) == []
    bram.go_back()
    expect(viewer(bram)).to_have_count(0)
    assert bram.url == at


def test_a_pdf_is_read_page_by_page_also_by_who_does_not_see_it(signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    bram.get_by_role("button", name="Stappenplan.pdf, eerste pagina").last.click()
    pages = viewer(bram).get_by_role("region", name="Pagina’s van Stappenplan.pdf")
    expect(pages).to_be_focused()
    expect(pages.get_by_role("img", name="Pagina 1 van 3")).to_be_visible()
    expect(pages.get_by_text("Eerste stap")).to_have_count(1)
    expect(viewer(bram).get_by_text("1 van 3", exact=True)).to_be_visible()
    assert axe(bram) == []
    bram.keyboard.press("End")
    expect(pages.get_by_role("img", name="Pagina 3 van 3")).to_be_visible()
    expect(viewer(bram).get_by_text("3 van 3", exact=True)).to_be_visible()
    bram.get_by_role("button", name="Naar het bericht").click()
    expect(viewer(bram)).to_have_count(0)
    expect(bram.locator(".message:focus")).to_contain_text("Stappenplan.pdf")


def test_a_message_that_is_spoken_is_heard(signed_in: SignedIn, axe: Axe) -> None:
    anna, bram = signed_in("anna", **TOUCH), signed_in("bram")
    open_conversation(anna, "Bram de Vries")
    open_conversation(bram, "Anna Visser")
    anna.get_by_role("button", name="Spraakbericht opnemen").tap()
    recorded(anna, 2)
    assert axe(anna) == []
    anna.get_by_role("button", name="Klaar").tap()
    expect(anna.get_by_text("Klaar om te versturen")).to_be_visible()
    anna.get_by_role("button", name="Stuur").tap()
    sound = bram.get_by_role("group", name="Geluid Spraakbericht").last
    sound.get_by_role("button", name="Afspelen").click()
    expect(sound.get_by_role("button", name="Pauze")).to_be_visible()
    sound.get_by_role("button", name="Snelheid").click()
    expect(sound.get_by_role("button", name="Snelheid 1,5×")).to_be_visible()
    sound.locator("audio").evaluate(TO_THE_END)
    expect(sound.get_by_role("button", name="Afspelen")).to_be_visible()
    sound.get_by_role("slider", name="Plaats in het geluid").press("ArrowRight")
    expect(sound.get_by_text(re.compile(r"^0:01 van 0:0\d$"))).to_be_visible()
    assert axe(bram) == []


def test_what_was_said_is_kept_when_one_looks_elsewhere_and_gone_when_one_says_so(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    bram.get_by_role("button", name="Spraakbericht opnemen").click()
    recorded(bram, 1)
    open_conversation(bram, "Petra Jansen")
    open_conversation(bram, "Anna Visser")
    chosen = bram.get_by_role("list", name="Bestanden bij dit bericht").get_by_role("listitem")
    expect(chosen).to_contain_text("Spraakbericht")
    chosen.get_by_role("button", name="verwijderen").click()
    bram.get_by_role("button", name="Spraakbericht opnemen").click()
    bram.get_by_role("button", name="Annuleren").click()
    expect(bram.get_by_role("group", name="Spraakbericht opnemen")).to_have_count(0)
    expect(chosen).to_have_count(0)


def test_without_permission_it_says_what_to_do(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    refuse = "async () => { throw new DOMException('', 'NotAllowedError') }"
    open_conversation(bram, "Anna Visser")
    bram.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = {refuse} }}")
    bram.get_by_role("button", name="Spraakbericht opnemen").click()
    expect(bram.get_by_role("alert").filter(has_text="De microfoon is niet toegestaan.")).to_be_visible()


def test_an_administrator_says_which_files_may_be_sent(signed_in: SignedIn, axe: Axe) -> None:
    ingrid = signed_in("ingrid", at="/beheer/bestanden")
    largest = ingrid.get_by_label("Hoe groot mag een bestand zijn")
    largest.fill("0")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Vul een heel getal in")).to_be_visible()
    expect(largest).to_be_focused()
    assert axe(ingrid) == []
    largest.fill("12")
    ingrid.get_by_role("button", name="Opslaan").click()
    expect(ingrid.get_by_text("Opgeslagen.")).to_be_visible()
    ingrid.reload()
    expect(largest).to_have_value("12")


def test_a_group_has_a_picture_that_everybody_in_it_sees(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = (signed_in(name, at="/groepsgesprekken") for name in ("bram", "anna"))
    for page in (bram, anna):
        page.get_by_role("link", name="Wandelgroep donderdag").click()
    bram.get_by_role("button", name="deelnemers").click()
    bram.get_by_role("button", name="Naam en foto wijzigen").click()
    photo: Any = {"name": "bos.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    viewer(bram).get_by_label("Kies een foto").set_input_files(photo)
    expect(viewer(bram).locator("img.group-picture")).to_be_visible()
    assert axe(bram) == []
    viewer(bram).get_by_role("button", name="Opslaan").click()
    expect(anna.locator("header img.group-picture")).to_be_visible()
    expect(anna.locator(".list img.group-picture")).to_be_visible()
    bram.get_by_role("button", name="Naam en foto wijzigen").click()
    viewer(bram).get_by_role("button", name="Verwijder de foto").click()
    viewer(bram).get_by_role("button", name="Opslaan").click()
    expect(anna.locator("img.group-picture")).to_have_count(0)
