"""Files while they are listed or looked at: what went is gone, what came is there, what fails is tried again."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_files_at_hand import PHOTO, TOUCH, attach, attach_both, viewer
from tests.browser.test_messenger import open_conversation


def group(page: Page, name: str, person: str) -> None:
    """Makes a group with one other person."""
    page.get_by_role("link", name="Groepsgesprekken").click()
    page.get_by_role("button", name="Nieuwe groep").click()
    page.get_by_label("Naam van de groep").fill(name)
    page.get_by_label(person).check()
    page.get_by_role("button", name="Groep maken").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_what_is_taken_back_leaves_the_list_and_the_viewer_and_what_comes_is_listed(signed_in: SignedIn) -> None:
    bram, anna = signed_in("bram"), signed_in("anna")
    anna.get_by_role("link", name="Bestanden", exact=True).click()
    rows = anna.locator(".file-row")
    expect(anna.get_by_label("Soort")).to_be_visible()
    open_conversation(bram, "Anna Visser")
    attach(bram, ("vergissing.jpg", "image/jpeg", PHOTO))
    expect(rows.filter(has_text="vergissing.jpg")).to_have_count(1)
    rows.filter(has_text="vergissing.jpg").get_by_role("button").first.click()
    expect(viewer(anna).get_by_role("img", name="Foto vergissing.jpg")).to_be_visible()
    bram.locator(".message").last.get_by_role("button", name="Acties").press("Enter")
    bram.get_by_role("menuitem", name="Intrekken").click()
    bram.get_by_role("dialog").get_by_role("button", name="Bericht intrekken").click()
    expect(viewer(anna).get_by_text("Dit bestand is er niet meer.")).to_be_visible()
    expect(viewer(anna).get_by_role("img")).to_have_count(0)
    anna.keyboard.press("Escape")
    expect(rows.filter(has_text="vergissing.jpg")).to_have_count(0)
    expect(anna.locator(":focus"), "the focus is not lost").to_have_count(1)


def test_who_is_taken_out_of_a_conversation_sees_nothing_of_it_from_then_on(signed_in: SignedIn) -> None:
    bram, joris = signed_in("bram"), signed_in("joris")
    group(bram, "Casus", "Joris van Dijk")
    attach(bram, ("casus.jpg", "image/jpeg", PHOTO))
    joris.get_by_role("link", name="Bestanden", exact=True).click()
    row = joris.locator(".file-row").filter(has_text="casus.jpg")
    row.get_by_role("button").first.click()
    expect(viewer(joris).get_by_role("img", name="Foto casus.jpg")).to_be_visible()
    bram.get_by_role("button", name=re.compile("deelnemers")).click()
    bram.get_by_role("button", name="Verwijderen: Joris van Dijk").click()
    bram.get_by_role("button", name="Verwijderen", exact=True).click()
    expect(viewer(joris).get_by_role("img")).to_have_count(0)
    joris.keyboard.press("Escape")
    expect(row).to_have_count(0)


def test_a_page_that_the_server_has_no_time_for_now_is_asked_again(signed_in: SignedIn) -> None:
    bram = signed_in("bram", **TOUCH)
    open_conversation(bram, "Anna Visser")
    attach_both(bram)
    asked: list[str] = []

    def busy_twice(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=429) if len(asked) <= 2 else route.continue_()

    bram.route("**/pages/1", busy_twice)
    bram.get_by_role("button", name="Stappenplan.pdf, eerste pagina").last.click()
    expect(viewer(bram).get_by_text("Pagina 1 wordt geladen…")).to_be_visible()
    expect(viewer(bram).get_by_text("Pagina 1 wordt geladen…")).to_have_count(0, timeout=15_000)
    expect(viewer(bram).get_by_role("alert")).to_have_count(0)
    assert len(asked) >= 3
