"""Video calls in the browser: pictures really come, in Chromium with its fake camera and microphone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.calling import (
    DECODED,
    PHONE,
    frames_come,
    in_call,
    open_conversation,
    start,
)

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

SMALL: ViewportSize = {"width": 360, "height": 640}
CUTS = "(part) => part.scrollWidth > part.clientWidth || part.getBoundingClientRect().right > innerWidth"
NO_SIGNALS = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (!String(data).includes('"type":"signal"')) send.call(this, data);
};
"""


def test_two_people_see_each_other_and_what_the_other_does_types_and_writes_and_the_event_tells_of_it(
    signed_in: SignedIn, axe: Axe
) -> None:
    bram, anna = in_call(signed_in, viewport=PHONE)
    expect(anna.get_by_role("list", name="Wie wacht")).to_have_count(0)
    for page in (bram, anna):
        frames_come(page)
        expect(page.get_by_text("Goede verbinding")).to_be_visible(timeout=30_000)
        assert axe(page) == []
    _everything_fits_and_can_be_touched(anna)
    _others_see_whose_microphone_and_camera_are_off(bram, anna)
    _the_conversation_stands_beside_the_call(bram, anna)
    for page in (bram, anna):
        assert axe(page) == []
        page.get_by_role("button", name="Berichten sluiten").click()
    _what_one_types_is_seen_letter_by_letter(bram, anna)
    assert axe(bram) == []
    assert axe(anna) == []
    anna.set_viewport_size(SMALL)
    _however_much_is_typed_the_picture_stays_the_largest(bram, anna)
    assert axe(anna) == []
    bram.get_by_role("button", name="Ophangen").click()
    expect(anna.get_by_text("Het videogesprek is voorbij.")).to_be_visible()
    for page in (bram, anna):
        expect(page.locator(".call-page")).to_have_count(0)
        expect(page.get_by_role("button", name="Deelnemen")).to_have_count(0)
        log = page.get_by_role("region", name="Berichten")
        expect(log.get_by_text(re.compile(r"^Videogesprek · (korter dan een|\d+) minu(ut|ten)")).last).to_be_visible()


def _everything_fits_and_can_be_touched(anna: Page) -> None:
    assert anna.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for button in anna.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["width"] >= 44, button.inner_text()
        assert box["height"] >= 44, button.inner_text()


def _others_see_whose_microphone_and_camera_are_off(bram: Page, anna: Page) -> None:
    anna.keyboard.press("m")
    anna.keyboard.press("Alt+m")
    anna.keyboard.press("Alt+c")
    tile = bram.locator(".tile", has_text="Anna Visser")
    expect(tile).to_contain_text("microfoon uit")
    expect(tile).to_contain_text("camera uit")
    expect(tile.locator("video")).to_have_count(0)
    anna.keyboard.press("Alt+m")
    expect(tile).not_to_contain_text("microfoon uit")
    anna.keyboard.press("Alt+k")
    expect(anna.get_by_role("dialog")).to_contain_text("Alt+M")
    anna.keyboard.press("Escape")
    expect(anna.get_by_role("dialog")).to_have_count(0)


def _the_conversation_stands_beside_the_call(bram: Page, anna: Page) -> None:
    anna.get_by_role("button", name="Berichten").click()
    anna.get_by_role("textbox", name="Bericht").fill("Mijn geluid valt weg")
    anna.get_by_role("textbox", name="Bericht").press("Enter")
    expect(bram.get_by_role("status").get_by_text("1 bericht te lezen")).to_be_attached()
    bram.get_by_role("button", name="Berichten").click()
    expect(bram.get_by_role("region", name="Berichten").get_by_text("Mijn geluid valt weg")).to_be_visible()


def _what_one_types_is_seen_letter_by_letter(bram: Page, anna: Page) -> None:
    """And Enter begins a line."""
    anna.get_by_role("button", name="Meer").click()
    anna.get_by_role("menuitem", name="Meetypen").click()
    anna.keyboard.type("Ik ho")
    typed = bram.get_by_role("region", name="Meegetypt")
    expect(typed).to_contain_text("Anna Visser Ik ho")
    anna.keyboard.type("or u niet")
    expect(typed).to_contain_text("Anna Visser Ik hoor u niet")
    anna.keyboard.press("Enter")
    anna.keyboard.type("Wel zien")
    expect(typed.locator("li")).to_have_text(["Anna Visser Ik hoor u niet", "Anna Visser Wel zien"])
    expect(typed.locator("[aria-live]")).to_contain_text("Ik hoor u niet")


def _however_much_is_typed_the_picture_stays_the_largest(bram: Page, anna: Page) -> None:
    bram.keyboard.press("Alt+t")
    bram.keyboard.insert_text("w" * 999 + "z")
    expect(anna.get_by_role("region", name="Meegetypt")).to_contain_text("wz")
    picture, typed, lines, words = (
        anna.locator(which).last.bounding_box()
        for which in (".tile.large", ".typed", ".typed-lines", ".typed-lines li")
    )
    assert picture
    assert typed
    assert lines
    assert words
    assert typed["height"] <= SMALL["height"] * 0.3 + 1
    assert picture["height"] > typed["height"]
    assert words["y"] + words["height"] <= lines["y"] + lines["height"] + 1


def test_without_a_camera_there_is_no_picture_with_it_there_is_and_a_screen_is_shown_large(
    signed_in: SignedIn,
) -> None:
    keep = """
    const ask = MediaDevices.prototype.getDisplayMedia;
    MediaDevices.prototype.getDisplayMedia = async function (...given) {
      window.shown = await ask.apply(this, given);
      return window.shown;
    };
    """
    bram, anna = in_call(signed_in, camera=False, first=keep)
    frames_come(anna)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("camera uit")
    assert bram.locator(".tile:not(.own) video").count() == 0
    assert bram.evaluate(DECODED) == 0
    anna.get_by_role("button", name="Camera uit").click()
    frames_come(bram)
    anna.get_by_role("button", name="Scherm delen").click()
    large = bram.locator(".tile.large", has_text="Scherm van Anna Visser")
    expect(large.locator("video")).to_be_visible()
    frames_come(bram, ".tile.large video")
    expect(anna.get_by_role("main").get_by_text("U deelt uw scherm")).to_be_visible()
    anna.evaluate("window.shown.getTracks()[0].dispatchEvent(new Event('ended'))")
    expect(large).to_have_count(0)
    expect(anna.get_by_role("button", name="Scherm delen")).to_be_visible()


def test_a_client_has_no_control_to_start_a_call(signed_in: SignedIn) -> None:
    anna, bram = signed_in("anna"), signed_in("bram")
    for page, name in ((anna, "Bram de Vries"), (bram, "Anna Visser")):
        open_conversation(page, name)
    expect(bram.get_by_role("button", name="Videogesprek starten")).to_be_visible()
    expect(anna.get_by_role("button", name="Videogesprek")).to_have_count(0)


def test_without_signalling_no_picture_comes(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, first=NO_SIGNALS)
    expect(anna.get_by_text("wordt verbonden…")).to_be_visible()
    expect(anna.get_by_text("Verbinding wordt hersteld…").first).to_be_visible(timeout=30_000)
    assert [page.evaluate(DECODED) for page in (bram, anna)] == [0, 0]


def test_who_wants_the_server_in_between_connects_by_no_other_way(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, first="localStorage.setItem('zorg.relayOnly', '1')")
    expect(anna.get_by_text("Verbinding wordt hersteld…").first).to_be_visible(timeout=30_000)
    assert [page.evaluate(DECODED) for page in (bram, anna)] == [0, 0]


def test_no_word_of_the_controls_is_cut_and_hanging_up_is_at_hand(signed_in: SignedIn) -> None:
    bram = signed_in("bram", viewport=PHONE)
    open_conversation(bram, "Anna Visser")
    start(bram)
    for width, height, letters in ((360, 640, 100), (360, 640, 200), (320, 256, 100), (844, 390, 100)):
        _no_word_is_cut(bram, width, height, letters)
    bram.get_by_role("button", name="Ophangen").click()


def _no_word_is_cut(bram: Page, width: int, height: int, letters: int) -> None:
    bram.emulate_media(forced_colors="none")
    bram.set_viewport_size({"width": width, "height": height})
    bram.evaluate("(letters) => { document.documentElement.style.fontSize = `${letters}%`; }", letters)
    bram.wait_for_function(
        f"() => Array.from(document.querySelectorAll('.call-controls > *'), {CUTS}).every((cut) => !cut)"
    )
    box = bram.get_by_role("button", name="Ophangen").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width - 4
    assert box["y"] + box["height"] <= height
    bram.emulate_media(forced_colors="active")
    for button in bram.locator(".call-controls > button:visible").all():
        assert button.evaluate("(button) => parseFloat(getComputedStyle(button).borderTopWidth)") > 0
