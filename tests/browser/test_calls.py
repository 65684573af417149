"""Video calls in the browser: pictures really come, in Chromium with its fake camera and microphone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import (
    DECODED,
    PHONE,
    frames_come,
    in_call,
    open_conversation,
)

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

NO_SIGNALS = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (!String(data).includes('"type":"signal"')) send.call(this, data);
};
"""


def test_two_people_see_each_other_and_the_event_tells_of_it(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in)
    for page in (bram, anna):
        frames_come(page)
        expect(page.get_by_text("Goede verbinding")).to_be_visible(timeout=30_000)
        assert axe(page) == []
    bram.get_by_role("button", name="Ophangen").click()
    for page in (bram, anna):
        expect(page.locator(".call-page")).to_have_count(0)
        expect(page.get_by_role("button", name="Deelnemen")).to_have_count(0)
        log = page.get_by_role("region", name="Berichten")
        expect(log.get_by_text("Videogesprek · korter dan een minuut").last).to_be_visible()
    expect(anna.get_by_text("Het videogesprek is voorbij.")).to_be_visible()


def test_a_client_has_no_control_to_start_a_call(signed_in: SignedIn) -> None:
    anna, bram = signed_in("anna"), signed_in("bram")
    for page, name in ((anna, "Bram de Vries"), (bram, "Anna Visser")):
        open_conversation(page, name)
    expect(bram.get_by_role("button", name="Videogesprek starten")).to_be_visible()
    expect(anna.get_by_role("button", name="Videogesprek")).to_have_count(0)


def test_without_a_camera_there_is_no_picture_and_with_it_there_is(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, camera=False)
    frames_come(anna)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("camera uit")
    assert bram.locator(".tile:not(.own) video").count() == 0
    assert bram.evaluate(DECODED) == 0
    anna.get_by_role("button", name="Camera uit").click()
    frames_come(bram)


def test_without_signalling_no_picture_comes(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, first=NO_SIGNALS)
    expect(anna.get_by_text("wordt verbonden…")).to_be_visible()
    expect(anna.get_by_text("Verbinding wordt hersteld…").first).to_be_visible(timeout=30_000)
    assert [page.evaluate(DECODED) for page in (bram, anna)] == [0, 0]


def test_who_wants_the_server_in_between_connects_by_no_other_way(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, first="localStorage.setItem('zorg.relayOnly', '1')")
    expect(anna.get_by_text("Verbinding wordt hersteld…").first).to_be_visible(timeout=30_000)
    assert [page.evaluate(DECODED) for page in (bram, anna)] == [0, 0]


def test_others_see_whose_microphone_and_camera_are_off(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
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


def test_a_screen_is_shown_large_and_the_browsers_own_button_ends_it(signed_in: SignedIn) -> None:
    keep = """
    const ask = MediaDevices.prototype.getDisplayMedia;
    MediaDevices.prototype.getDisplayMedia = async function (...given) {
      window.shown = await ask.apply(this, given);
      return window.shown;
    };
    """
    bram, anna = in_call(signed_in, first=keep)
    frames_come(anna)
    anna.get_by_role("button", name="Scherm delen").click()
    large = bram.locator(".tile.large", has_text="Scherm van Anna Visser")
    expect(large.locator("video")).to_be_visible()
    frames_come(bram, ".tile.large video")
    expect(anna.get_by_role("main").get_by_text("U deelt uw scherm")).to_be_visible()
    anna.evaluate("window.shown.getTracks()[0].dispatchEvent(new Event('ended'))")
    expect(large).to_have_count(0)
    expect(anna.get_by_role("button", name="Scherm delen")).to_be_visible()


def test_what_one_types_is_seen_letter_by_letter_and_enter_begins_a_line(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in)
    anna.keyboard.press("Alt+t")
    anna.keyboard.type("Ik ho")
    typed = bram.get_by_label("Meegetypt")
    expect(typed).to_contain_text("Anna Visser Ik ho")
    anna.keyboard.type("or u niet")
    expect(typed).to_contain_text("Anna Visser Ik hoor u niet")
    anna.keyboard.press("Enter")
    anna.keyboard.type("Wel zien")
    expect(typed.locator("li")).to_have_text(["Anna Visser Ik hoor u niet", "Anna Visser Wel zien"])
    expect(typed.locator("[aria-live]")).to_contain_text("Ik hoor u niet")
    assert axe(bram) == []
    assert axe(anna) == []


def test_the_conversation_stands_beside_the_call(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in, viewport=PHONE)
    anna.get_by_role("button", name="Berichten").click()
    anna.get_by_role("textbox", name="Bericht").fill("Mijn geluid valt weg")
    anna.get_by_role("textbox", name="Bericht").press("Enter")
    expect(bram.get_by_role("status").get_by_text("1 bericht te lezen")).to_be_attached()
    bram.get_by_role("button", name="Berichten").click()
    expect(bram.get_by_role("region", name="Berichten").get_by_text("Mijn geluid valt weg")).to_be_visible()
    assert axe(bram) == []
    assert axe(anna) == []
