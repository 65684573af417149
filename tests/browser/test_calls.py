"""Video calls in the browser: pictures really come, in Chromium with its fake camera and microphone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import (
    DECODED,
    FRAMES_GO_ON,
    PHONE,
    admit,
    frames_come,
    in_call,
    join,
    open_conversation,
    start,
    watched,
)

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

NO_SIGNALS = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (!String(data).includes('"type":"signal"')) send.call(this, data);
};
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
    for page in (bram, anna):
        page.get_by_role("button", name="Berichten").click()
    anna.get_by_role("textbox", name="Bericht").fill("Mijn geluid valt weg")
    anna.get_by_role("textbox", name="Bericht").press("Enter")
    expect(bram.get_by_role("region", name="Berichten").get_by_text("Mijn geluid valt weg")).to_be_visible()
    assert axe(bram) == []
    assert axe(anna) == []


def test_the_call_goes_on_while_one_looks_at_something_else(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    bram.get_by_role("button", name="Verkleinen").click()
    bram.get_by_role("link", name="Contacten").click()
    expect(bram.get_by_role("heading", name="Contacten")).to_be_visible()
    bram.wait_for_function(FRAMES_GO_ON)
    anna.wait_for_function(FRAMES_GO_ON)
    assert axe(bram) == []
    bram.get_by_role("button", name="Terug naar het videogesprek").click()
    frames_come(bram)
    bram.go_back()
    expect(bram.get_by_role("button", name="Terug naar het videogesprek")).to_be_visible()


def test_a_page_that_is_loaded_anew_is_in_the_call_again(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    anna.keyboard.press("Alt+m")
    anna.reload()
    expect(anna.get_by_role("button", name="Ophangen")).to_be_visible()
    expect(anna.get_by_role("button", name="Microfoon uit")).to_be_visible()
    frames_come(anna)
    bram.wait_for_function(FRAMES_GO_ON, timeout=30_000)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("microfoon uit")


def test_a_line_that_breaks_leaves_pictures_as_they_are(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in, first=SOCKETS)
    frames_come(bram)
    frames_come(anna)
    before = anna.evaluate("window.connections.length")
    anna.evaluate("window.sockets.at(-1).close()")
    anna.wait_for_function("() => window.sockets.length > 1 && window.sockets.at(-1).readyState === 1")
    anna.keyboard.press("Alt+m")
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("microfoon uit")
    for page in (bram, anna):
        page.wait_for_function(FRAMES_GO_ON)
    assert anna.evaluate("window.connections.length") == before


def test_joining_on_another_device_takes_the_call_along(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    other = watched(signed_in("anna"))
    open_conversation(other, "Bram de Vries")
    join(other, "U doet al mee op een ander apparaat.")
    frames_come(other)
    expect(anna.get_by_text("U doet nu mee op een ander apparaat.")).to_be_visible()
    frames_come(bram)
    expect(bram.locator(".tile", has_text="Anna Visser")).to_have_count(1)


def test_signing_out_hangs_up(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    bram.get_by_role("button", name="Verkleinen").click()
    bram.goto("/instellingen")
    expect(bram.get_by_role("button", name="Terug naar het videogesprek")).to_be_visible()
    bram.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(bram.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(anna.get_by_text("Het videogesprek is voorbij.")).to_be_visible(timeout=5_000)


def test_staff_end_a_call_for_everybody_asked_once(signed_in: SignedIn, axe: Axe) -> None:
    bram, anna = in_call(signed_in)
    anna.get_by_role("button", name="Meer").click()
    expect(anna.get_by_role("menuitem", name="Beëindig voor iedereen")).to_have_count(0)
    bram.get_by_role("button", name="Meer").click()
    bram.get_by_role("menuitem", name="Beëindig voor iedereen").click()
    assert axe(bram) == []
    bram.get_by_role("dialog").get_by_role("button", name="Beëindig voor iedereen").click()
    for page in (bram, anna):
        expect(page.get_by_text("Het videogesprek is voorbij.").first).to_be_visible()


def test_three_in_a_group_see_each_other_from_device_to_device(signed_in: SignedIn) -> None:
    pages = [watched(signed_in(name)) for name in ("bram", "anna", "joris")]
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


def test_on_a_telephone_everything_fits_and_can_be_touched(signed_in: SignedIn) -> None:
    _, anna = in_call(signed_in, viewport=PHONE)
    frames_come(anna)
    assert anna.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for button in anna.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["width"] >= 44, button.inner_text()
        assert box["height"] >= 44, button.inner_text()
