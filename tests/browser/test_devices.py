"""One's own devices in the settings: two browsers of one person, of which one signs the other out."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Axe, SignedIn
from tests.browser.looks import ON_A_PHONE

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"


def test_one_device_signs_the_other_out(signed_in: SignedIn, each_look: Axe) -> None:
    here = signed_in("joris", at="about:blank", **ON_A_PHONE)
    lost = signed_in("joris", user_agent=IPHONE)
    expect(lost.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    here.goto("/instellingen/apparaten")
    part = here.locator("#devices")
    expect(part.get_by_role("listitem")).to_have_count(2)
    expect(part.get_by_role("listitem").first).to_contain_text("Dit apparaat")
    theirs = part.get_by_role("listitem").filter(has_text="Safari op iPhone")
    expect(theirs).to_contain_text("Zelfde netwerk als nu")
    part.scroll_into_view_if_needed()
    assert each_look(here) == []
    theirs.get_by_role("button", name="Uitloggen Safari op iPhone").click()
    expect(part.get_by_text("Safari op iPhone is uitgelogd.")).to_be_visible()
    expect(here.get_by_role("heading", name="Apparaten")).to_be_focused()
    expect(lost).to_have_url(re.compile("/inloggen$"))
    expect(part.get_by_text("U bent alleen op dit apparaat ingelogd.")).to_be_visible()


def test_all_others_are_signed_out_after_a_question(signed_in: SignedIn, axe: Axe) -> None:
    here, first, second = (signed_in("bram") for _ in range(3))
    for page in (first, second):
        expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()
    here.goto("/instellingen/apparaten")
    here.get_by_role("button", name="Overal elders uitloggen").click()
    dialog = here.get_by_role("dialog")
    expect(dialog.get_by_text("U blijft ingelogd op dit apparaat.")).to_be_visible()
    assert axe(here) == []
    dialog.get_by_role("button", name="Overal elders uitloggen").click()
    for page in (first, second):
        expect(page).to_have_url(re.compile("/inloggen$"))
    expect(here.get_by_text("U bent op uw andere apparaten uitgelogd.")).to_be_visible()
    expect(here.locator("#devices").get_by_role("listitem")).to_have_count(1)
    expect(here.get_by_role("heading", name="Apparaten", exact=True)).to_be_focused()
