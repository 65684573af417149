"""What a device without a PIN keeps.

Nothing written is lost with the app, a day can be read without a line, no word of it stands readable on the disk, and
all of it goes when the session does.
"""

from __future__ import annotations

import re
import time

from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_app import controlled
from tests.browser.test_lock import give, locked, with_pin
from tests.browser.test_lock_keeps import DUMP, kept

DAY = 24 * 60 * 60


def beside_bram(page: Page, text: str = "") -> None:
    """The conversation with Bram, and a text in its field."""
    page.get_by_role("link", name=re.compile("Bram")).first.click()
    field = page.get_by_label("Bericht", exact=True)
    expect(field).to_be_visible()
    if text:
        field.fill(text)


def reopened(page: Page) -> Page:
    """The app, closed and opened again at the same address."""
    context, address = page.context, page.url
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    page = context.new_page()
    page.goto(address)
    return page


def test_what_is_written_without_a_line_outlives_closing_the_app_and_is_sent_once(signed_in: SignedIn) -> None:
    page = signed_in("anna", service_workers="allow")
    page.on("dialog", lambda dialog: dialog.accept())
    controlled(page)
    beside_bram(page)
    page.context.set_offline(offline=True)
    page.get_by_label("Bericht", exact=True).fill("Vanaf de heide")
    page.get_by_label("Bericht", exact=True).press("Enter")
    kept(page, "unsent/")
    page = reopened(page)
    messages = page.get_by_role("region", name="Berichten")
    expect(messages.get_by_text("Vanaf de heide")).to_have_count(1)
    expect(page.get_by_text("Geen verbinding").first).to_be_visible()
    assert messages.locator("[data-seq]").count() > 1, "what was read before can be read again"
    page.context.set_offline(offline=False)
    kept(page, "unsent/", 0)
    page = reopened(page)
    expect(page.get_by_role("region", name="Berichten").get_by_text("Vanaf de heide")).to_have_count(1)


def test_a_draft_is_there_again_and_closing_asks_nothing(signed_in: SignedIn) -> None:
    page = signed_in("joris")
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    beside_bram(page, "Half geschreven")
    kept(page, "draft/")
    page = reopened(page)
    expect(page.get_by_label("Bericht", exact=True)).to_have_value("Half geschreven")
    assert asked == []


def test_after_a_day_without_a_line_nothing_is_read_and_nothing_is_lost(signed_in: SignedIn) -> None:
    page = signed_in("mei", service_workers="allow")
    controlled(page)
    page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("Bram|Fatima"))).first.click()
    page.context.set_offline(offline=True)
    field = page.get_by_label("Bericht", exact=True)
    field.fill("Nog te sturen")
    field.press("Enter")
    kept(page, "unsent/")
    field.fill("Nog af te maken")
    kept(page, "draft/")
    address = page.url
    page.close()
    page = page.context.new_page()
    page.clock.set_system_time(time.time() + DAY + 60)
    page.goto(address)
    expect(page.get_by_text("Geen verbinding").first).to_be_visible()
    expect(page.get_by_text("Nog te sturen")).to_have_count(0)
    page.context.set_offline(offline=False)
    expect(page.get_by_role("region", name="Berichten").get_by_text("Nog te sturen")).to_have_count(1)
    expect(page.get_by_label("Bericht", exact=True)).to_have_value("Nog af te maken")
    kept(page, "unsent/", 0)


def test_no_word_of_it_can_be_read_on_the_disk(signed_in: SignedIn) -> None:
    page = signed_in("anna")
    beside_bram(page, "Zonnebloemolie")
    kept(page, "draft/")
    dump = page.evaluate(DUMP)
    assert dump["lock"][0] == ["own"]
    assert "key:secret:false" in dump["lock"][1][0], "the browser does not give the key out"
    assert len(dump["sealed"][0]) > 3
    for word in ("Zonnebloemolie", "Visser", "Linde", "firstName", "messages", "practitioner", "minuten"):
        assert word.lower() not in str(dump).lower(), word


def test_signing_out_here_or_elsewhere_leaves_nothing(signed_in: SignedIn) -> None:
    page, elsewhere = signed_in("bram"), signed_in("bram")
    for one in (page, elsewhere):
        kept(one, "person")
    page.goto("/instellingen/apparaten")
    page.get_by_role("button", name="Overal elders uitloggen").click()
    page.get_by_role("dialog").get_by_role("button", name="uitloggen").click()
    elsewhere.wait_for_url("**/inloggen")
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    page.wait_for_url("**/inloggen")
    for one in (page, elsewhere):
        one.wait_for_function("() => performance.getEntriesByType('navigation')[0].name.endsWith('/inloggen')")
        expect(one.get_by_role("heading", name="Inloggen")).to_be_visible()
        assert one.evaluate(DUMP) == {"lock": [[], []], "sealed": [[], []]}


def test_who_was_signed_out_while_the_app_was_closed_is_wiped_when_it_opens(signed_in: SignedIn) -> None:
    page = signed_in("petra")
    kept(page, "person")
    context, address = page.context, page.url
    page.close()
    context.clear_cookies()
    page = context.new_page()
    page.goto(address)
    page.wait_for_url("**/inloggen")
    kept(page, "", 0)
    assert page.evaluate(DUMP) == {"lock": [[], []], "sealed": [[], []]}


def test_the_next_person_gets_nothing_of_the_one_before(signed_in: SignedIn) -> None:
    page, other = signed_in("fatima"), signed_in("ingrid")
    page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("Bram|Mei"))).first.click()
    page.get_by_label("Bericht", exact=True).fill("Van Fatima")
    kept(page, "draft/")
    context = page.context
    page.close()
    context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "domain": one["domain"], "path": "/"}
            for one in other.context.cookies()
        ]
    )
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Ingrid").first).to_be_visible()
    kept(page, "draft/", 0)
    kept(page, "person")


def test_a_pin_takes_it_over_and_gives_it_back(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "vera")
    kept(page, "person")
    assert page.evaluate(DUMP)["lock"][0] == ["lock"]
    page.goto("/instellingen/apparaten")
    locked(page)
    give(page)
    page.get_by_role("button", name="PIN uitzetten").click()
    page.get_by_role("dialog").get_by_label("Toegangscode").fill("4071")
    page.get_by_role("dialog").get_by_role("button", name="Uitzetten").click()
    expect(page.get_by_role("button", name="PIN gebruiken")).to_be_visible()
    kept(page, "person")
    assert page.evaluate(DUMP)["lock"][0] == ["own"]
