"""A video call goes on: elsewhere in the app, over a reload, a broken line, another device; and how it ends."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import (
    admit,
    decoded,
    frames_come,
    frames_go_on,
    in_call,
    join,
    open_conversation,
    start,
    watched,
)

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

AT_THE_END = """
() => {
  const log = document.querySelector(".log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
}
"""
SOCKETS = """
const Socket = WebSocket;
window.sockets = [];
window.WebSocket = class extends Socket {
  constructor(...given) {
    super(...given);
    window.sockets.push(this);
  }
};
"""


def test_the_call_goes_on_while_one_looks_at_something_else_until_staff_end_it(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    bram.get_by_role("button", name="Verkleinen").click()
    expect(bram.get_by_role("button", name="Terug naar het videogesprek")).to_be_visible()
    bram.wait_for_function(AT_THE_END)
    bram.get_by_role("link", name="Contacten").click()
    expect(bram.get_by_role("heading", name="Contacten", exact=True)).to_be_visible()
    frames_go_on(bram, anna)
    assert axe(bram) == []
    bram.get_by_role("button", name="Terug naar het videogesprek").click()
    frames_come(bram)
    bram.go_back()
    expect(bram.get_by_role("button", name="Terug naar het videogesprek")).to_be_visible()
    bram.get_by_role("button", name="Terug naar het videogesprek").click()
    _staff_end_it_for_everybody_asked_once(bram, anna, axe)


def _staff_end_it_for_everybody_asked_once(bram: Page, anna: Page, axe: Axe) -> None:
    anna.get_by_role("button", name="Meer").click()
    expect(anna.get_by_role("menuitem", name="Beëindig voor iedereen")).to_have_count(0)
    bram.get_by_role("button", name="Meer").click()
    bram.get_by_role("menuitem", name="Beëindig voor iedereen").click()
    assert axe(bram) == []
    bram.get_by_role("dialog").get_by_role("button", name="Beëindig voor iedereen").click()
    for page in (bram, anna):
        expect(page.get_by_text("Het videogesprek is voorbij.").first).to_be_visible()


def test_a_line_that_breaks_leaves_pictures_as_they_are_and_a_page_that_is_loaded_anew_is_in_the_call_again(
    signed_in: SignedIn,
) -> None:
    bram, anna = in_call(signed_in, first=SOCKETS)
    frames_come(bram)
    frames_come(anna)
    before = anna.evaluate("window.connections.length")
    anna.evaluate("window.sockets.at(-1).close()")
    anna.wait_for_function("() => window.sockets.length > 1 && window.sockets.at(-1).readyState === 1")
    anna.keyboard.press("Alt+m")
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("microfoon uit")
    frames_go_on(bram, anna)
    assert anna.evaluate("window.connections.length") == before
    anna.reload()
    expect(anna.get_by_role("button", name="Ophangen")).to_be_visible()
    expect(anna.get_by_role("button", name="Microfoon uit")).to_be_visible()
    frames_come(anna)
    frames_go_on(bram)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("microfoon uit")


def test_joining_on_another_device_takes_the_call_along_and_signing_out_hangs_up(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    other = watched(signed_in, "anna")
    open_conversation(other, "Bram de Vries")
    join(other, "U doet al mee op een ander apparaat.")
    expect(anna.get_by_text("U doet nu mee op een ander apparaat.")).to_be_visible()
    frames_come(other)
    frames_come(bram)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_have_count(1)
    bram.get_by_role("button", name="Verkleinen").click()
    bram.goto("/instellingen")
    expect(bram.get_by_role("button", name="Terug naar het videogesprek")).to_be_visible()
    decoded(bram)
    bram.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(bram.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(other.get_by_text("Het videogesprek is voorbij.")).to_be_visible(timeout=5_000)


def test_three_in_a_group_see_each_other_from_device_to_device(signed_in: SignedIn) -> None:
    pages = [watched(signed_in, name) for name in ("bram", "anna", "joris")]
    for page in pages:
        page.get_by_role("link", name="Groepsgesprekken").click()
        open_conversation(page, "Wandelgroep donderdag")
    start(pages[0])
    for page, name in ((pages[1], "Anna Visser"), (pages[2], "Joris van Dijk")):
        join(page)
        admit(pages[0], name)
    for page in pages:
        expect(page.locator(".tile:not(.own) video")).to_have_count(2, timeout=30_000)
        frames_come(page)
    pages[2].get_by_role("button", name="Ophangen").click()
    expect(pages[0].locator(".tile:not(.own)")).to_have_count(1)


def test_who_only_looks_at_another_call_leaves_none_and_is_asked_once_before_it_ends(
    signed_in: SignedIn, axe: Axe
) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    bram.get_by_role("button", name="Verkleinen").click()
    open_conversation(bram, "Petra Jansen")
    bram.get_by_role("button", name="Videogesprek starten").click()
    asked = bram.get_by_text("U bent nog in een videogesprek met Anna Visser. Als u hier verdergaat, is dat")
    expect(asked).to_be_visible()
    assert axe(bram) == []
    frames_go_on(anna)
    bram.get_by_role("button", name="Annuleren").click()
    bram.get_by_role("button", name="Terug naar het videogesprek").click()
    frames_come(bram)
    frames_go_on(anna)
    bram.get_by_role("button", name="Verkleinen").click()
    bram.get_by_role("button", name="Videogesprek starten").click()
    expect(asked).to_be_visible()
    bram.get_by_role("button", name="Start videogesprek", exact=True).click()
    expect(bram.get_by_text("U bent nog alleen in dit videogesprek.")).to_be_visible()
    expect(anna.get_by_text("Het videogesprek is voorbij.")).to_be_visible()
    bram.get_by_role("button", name="Ophangen").click()
