"""What several pages of the app keep on one device: each what it has not sent, and none what is not its to keep."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_app import controlled
from tests.browser.test_keeps import beside_bram, reopened
from tests.browser.test_lock_keeps import DUMP, kept
from tests.browser.test_shared_tab import sign_in


def field(page: Page) -> Locator:
    return page.get_by_label("Bericht", exact=True)


def messages(page: Page, text: str) -> Locator:
    return page.get_by_role("region", name="Berichten").get_by_text(text)


def another(page: Page) -> Page:
    """The same conversation in another page of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(field(other)).to_be_visible()
    return other


def questions(page: Page) -> list[str]:
    """What the browser asks when the page is left; everything is agreed to."""
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    return asked


def without_line(page: Page) -> None:
    """Takes the line away, and waits until the page knows that it is gone."""
    page.context.set_offline(offline=True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.get_by_text("Geen verbinding").first).to_be_visible(timeout=30_000)


def load_anew(page: Page) -> None:
    """Loads the page anew, so soon that no other takes over what it has: for none of them a moment passes meanwhile."""
    page.clock.pause_at(time.time() + 1)
    page.reload()
    page.clock.resume()


def take_back(page: Page, text: str) -> None:
    """Discards what waits for a line."""
    row = page.get_by_role("region", name="Berichten").get_by_role("listitem").filter(has_text=text)
    row.get_by_role("button", name="Verwijderen").click()


def test_what_was_sent_does_not_come_back_as_a_draft(signed_in: SignedIn) -> None:
    page = signed_in("anna")
    beside_bram(page, "Al verzonden")
    kept(page, "draft/")
    field(page).press("Enter")
    expect(messages(page, "Al verzonden")).to_have_count(1)
    page.reload()
    expect(messages(page, "Al verzonden")).to_have_count(1)
    kept(page, "draft/", 0)
    expect(field(page)).to_have_value("")


def test_what_is_taken_back_is_sent_by_no_page_also_when_the_app_is_closed_at_once(signed_in: SignedIn) -> None:
    page = signed_in("anna", service_workers="allow")
    controlled(page)
    beside_bram(page)
    questions(page)
    without_line(page)
    for text in ("Dit trek ik in", "Dit ook"):
        field(page).fill(text)
        field(page).press("Enter")
    kept(page, "unsent/", 2)
    other = another(page)
    expect(messages(other, "Dit trek ik in")).to_have_count(0)
    take_back(page, "Dit trek ik in")
    kept(page, "unsent/", 1)
    take_back(page, "Dit ook")
    page.context.set_offline(offline=False)
    page = reopened(page)
    field(other).fill("Dit wel")
    field(other).press("Enter")
    for one in (page, other):
        expect(messages(one, "Dit wel")).to_have_count(1)
        expect(messages(one, "Dit trek ik in")).to_have_count(0)
        expect(messages(one, "Dit ook")).to_have_count(0)


def test_a_page_that_is_loaded_anew_has_what_it_had_beside_another(signed_in: SignedIn) -> None:
    page = signed_in("mei", at="about:blank")
    page.clock.install()
    page.goto("/")
    page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("Bram|Fatima"))).first.click()
    field(page).fill("Van de eerste")
    kept(page, "draft/")
    other = another(page)
    expect(field(other)).to_have_value("")
    field(other).fill("Van de tweede")
    kept(page, "draft/", 2)
    load_anew(page)
    expect(field(page)).to_have_value("Van de eerste")
    load_anew(other)
    expect(field(other)).to_have_value("Van de tweede")
    kept(page, "draft/", 2)


def test_a_page_that_closes_leaves_what_it_had_to_the_one_that_is_open(signed_in: SignedIn) -> None:
    page = signed_in("joris")
    beside_bram(page)
    kept(page, "person")
    other = another(page)
    asked = questions(page)
    field(page).fill("Een lang stuk tekst")
    kept(page, "draft/")
    field(other).fill("k")
    kept(page, "draft/", 2)
    field(other).fill("")
    kept(page, "draft/", 1)
    page = reopened(page)
    expect(field(page)).to_have_value("Een lang stuk tekst")
    assert asked == []
    kept(page, "draft/", 1)


def test_a_page_that_hears_late_wipes_nothing_of_who_came_after(signed_in: SignedIn) -> None:
    page = signed_in("anna")
    kept(page, "person")
    page.evaluate("Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => window.line === true })")
    without_line(page)
    page.context.set_offline(offline=False)
    other = page.context.new_page()
    other.goto("/instellingen")
    other.get_by_role("button", name="Uitloggen", exact=True).click()
    other.wait_for_url("**/inloggen")
    other.wait_for_function("() => performance.getEntriesByType('navigation')[0].name.endsWith('/inloggen')")
    sign_in(other, "bram")
    other.get_by_role("link", name="Anna Visser").first.click()
    field(other).fill("Concept van Bram")
    kept(other, "draft/")
    with page.expect_navigation():
        page.evaluate("window.line = true; dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    kept(other, "draft/")
    other.close()
    page.get_by_role("link", name="Anna Visser").first.click()
    expect(field(page)).to_have_value("Concept van Bram")


def test_a_page_with_a_message_that_is_being_altered_is_not_left_unasked(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    asked = questions(bram)
    bram.get_by_role("link", name="Anna Visser").first.click()
    field(bram).fill("Tot dinsdag")
    field(bram).press("Enter")
    sent = bram.locator(".message", has_text="Tot dinsdag")
    expect(sent.locator(".reach")).not_to_contain_text("Wordt verzonden")

    def alter() -> None:
        sent.hover()
        sent.get_by_role("button", name="Acties").click()
        bram.get_by_role("menuitem", name="Bewerken").click()
        field(bram).fill("Tot woensdag")

    alter()
    bram.reload()
    assert asked == ["beforeunload"], "what a message becomes is in this page alone"
    bram.reload()
    alter()
    other = bram.context.new_page()
    other.goto("/instellingen")
    other.get_by_role("button", name="Uitloggen", exact=True).click()
    bram.wait_for_url("**/inloggen")
    assert len(asked) == 1, "whose session is over is asked nothing"


def test_who_finds_the_session_over_leaves_nothing_for_who_signs_in_next(signed_in: SignedIn) -> None:
    page = signed_in("fatima")
    kept(page, "person")
    page.context.clear_cookies()
    page.goto("/inloggen")
    kept(page, "", 0)
    assert page.evaluate(DUMP) == {"lock": [[], []], "sealed": [[], []]}


def test_the_app_works_where_the_browser_keeps_nothing(signed_in: SignedIn) -> None:
    page = signed_in("anna")
    page.add_init_script("IDBFactory.prototype.open = () => ({});")
    asked = questions(page)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Bram")).first.click()
    field(page).fill("Zonder bewaren")
    field(page).press("Enter")
    expect(messages(page, "Zonder bewaren")).to_have_count(1)
    field(page).fill("Nog niet af")
    page.reload()
    assert asked == ["beforeunload"], "what is written is in this page alone"
    page.goto("/instellingen")
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    page.wait_for_url("**/inloggen")
