"""Two people, one after the other, in the same tab of the same browser: the second finds nothing of the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD

SignedIn = Callable[..., Page]
SECRET = "dit mag niemand anders lezen"


def write_a_draft(page: Page, name: str) -> None:
    """Opens the conversation with somebody and writes without sending."""
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("textbox", name="Bericht").fill(SECRET)


def sign_in(page: Page, name: str) -> None:
    """Signs in on the page that asks for it."""
    page.locator("input[name=email]").fill(f"{name}@delinde.example")
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda url: "/inloggen" not in url)


def finds_nothing_in_the_conversation_both_are_in(page: Page) -> None:
    """Bram opens the conversation with Anna, in which she left her draft."""
    page.get_by_role("link", name="Anna Visser").first.click()
    expect(page.get_by_role("heading", name="Anna Visser")).to_be_visible()
    expect(page.get_by_role("textbox", name="Bericht")).to_have_value("")
    assert SECRET not in page.content()


def sign_out_elsewhere(context: BrowserContext, then: str = "") -> None:
    """Another tab of the same browser signs out, and perhaps somebody else in."""
    other = context.new_page()
    other.goto("/instellingen")
    other.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(other.get_by_role("button", name="Inloggen")).to_be_visible()
    if then:
        sign_in(other, then)
        expect(other.get_by_role("link", name="Anna Visser").first).to_be_visible()
    other.close()


def test_the_next_person_does_not_read_what_the_one_before_was_writing(signed_in: SignedIn) -> None:
    """The session ends while the page is open: by another tab, a new password, its age."""
    page = signed_in("anna")
    write_a_draft(page, "Bram de Vries")
    sign_out_elsewhere(page.context)
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    sign_in(page, "bram")
    finds_nothing_in_the_conversation_both_are_in(page)


def test_nor_does_who_goes_back_with_the_browsers_button_after_signing_out(signed_in: SignedIn) -> None:
    page = signed_in("anna")
    write_a_draft(page, "Bram de Vries")
    page.get_by_role("link", name="Instellingen").click()
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    assert "Bram de Vries" not in page.content()


@pytest.mark.parametrize("pending", [False, True])
def test_a_line_that_comes_back_as_somebody_else_begins_from_nothing(signed_in: SignedIn, *, pending: bool) -> None:
    """The browser was signed in anew as another person while this tab had no line."""
    page = signed_in("anna")
    write_a_draft(page, "Bram de Vries")
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => window.line === true, configurable: true})")
    page.context.set_offline(offline=True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.get_by_text("Geen verbinding.")).to_be_visible(timeout=60_000)
    if pending:
        page.get_by_role("textbox", name="Bericht").press("Enter")
        expect(page.get_by_role("region", name="Berichten").get_by_text(SECRET)).to_be_visible()
    page.context.set_offline(offline=False)
    sign_out_elsewhere(page.context, then="bram")
    page.evaluate("window.line = true; dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Geen verbinding.")).to_have_count(0)
    finds_nothing_in_the_conversation_both_are_in(page)
