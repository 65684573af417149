"""Before a video call: what rings, the test of devices, and the waiting room."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import PHONE, admit, join, open_conversation, start, watched

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

REFUSES = """
(name) => {
  MediaDevices.prototype.getUserMedia = async () => {
    throw new DOMException("the browser's own words", name);
  };
}
"""
REFUSALS = [
    ("NotAllowedError", "Uw browser mag deze niet gebruiken."),
    ("NotFoundError", "Er is er geen gevonden."),
    ("NotReadableError", "Een ander programma gebruikt deze al."),
    ("SecurityError", "staan het hier niet toe"),
    ("TypeError", "Dat lukte niet."),
]
SOUNDS = """
window.sounds = 0;
const begin = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) {
  window.sounds += 1;
  begin.apply(this, given);
};
"""


def calling(signed_in: SignedIn) -> Page:
    """Bram, who calls Anna."""
    bram = watched(signed_in, "bram")
    open_conversation(bram, "Anna Visser")
    start(bram)
    return bram


def test_a_call_rings_on_all_devices_until_one_of_them_joins(signed_in: SignedIn, axe: Axe) -> None:
    one, other = signed_in("anna", first=SOUNDS), signed_in("anna", first=SOUNDS, viewport=PHONE)
    for page in (one, other):
        expect(page.get_by_role("link", name="Bram de Vries").first).to_be_visible()
    bram = calling(signed_in)
    for page in (one, other):
        expect(page.get_by_role("alert").get_by_text("nodigt u uit voor een videogesprek.")).to_be_visible()
        expect(page.get_by_role("link", name="Bram de Vries").first).to_contain_text("Videogesprek bezig")
        page.wait_for_function("() => window.sounds > 0 && document.title.startsWith('Videogesprek')")
        assert axe(page) == []
    one.get_by_role("alert").get_by_role("button", name="Deelnemen").click()
    one.get_by_role("main").get_by_role("button", name="Deelnemen").click()
    expect(one.get_by_role("heading", name="Wachtkamer")).to_be_visible()
    for page in (one, other):
        expect(page.get_by_text("nodigt u uit")).to_have_count(0)
    bram.get_by_role("button", name="Ophangen").click()
    expect(other.get_by_text("Videogesprek bezig")).to_have_count(0)


def test_not_now_is_silent_and_the_way_in_stays(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    open_conversation(anna, "Bram de Vries")
    bram = calling(signed_in)
    anna.get_by_role("button", name="Niet nu").click()
    expect(anna.get_by_text("nodigt u uit")).to_have_count(0)
    expect(anna.get_by_role("button", name="Deelnemen")).to_have_count(2)
    bram.get_by_role("button", name="Ophangen").click()
    expect(anna.get_by_role("button", name="Deelnemen")).to_have_count(0)
    expect(anna.get_by_text("Gemist videogesprek").last).to_be_visible()


def test_a_call_rings_for_who_comes_a_moment_later_and_not_now_holds_in_the_whole_browser(
    signed_in: SignedIn,
) -> None:
    bram = calling(signed_in)
    anna = signed_in("anna")
    second = anna.context.new_page()
    second.goto(anna.url)
    for page in (anna, second):
        expect(page.get_by_role("alert").get_by_text("nodigt u uit voor een videogesprek.")).to_be_visible()
    second.get_by_role("button", name="Niet nu").click()
    expect(anna.get_by_text("nodigt u uit")).to_have_count(0)
    anna.reload()
    expect(anna.get_by_role("link", name="Bram de Vries").first).to_contain_text("Videogesprek bezig")
    expect(anna.get_by_text("nodigt u uit")).to_have_count(0)
    bram.get_by_role("button", name="Ophangen").click()


def test_a_client_waits_for_who_is_there_answers_is_told_kindly_when_not_let_in_and_then_is(
    signed_in: SignedIn, axe: Axe
) -> None:
    bram = calling(signed_in)
    anna = watched(signed_in, "anna", viewport=PHONE)
    join(anna)
    expect(anna.get_by_text("U wacht op Bram de Vries.")).to_be_visible()
    expect(bram.get_by_text("Heeft de vraag nog niet beantwoord.")).to_be_visible()
    assert axe(anna) == []
    anna.get_by_role("group", name="Bent u alleen en kunt u vrij spreken?").get_by_role("button", name="Ja").click()
    expect(bram.get_by_text("Is alleen en kan vrij spreken.")).to_be_visible()
    assert axe(bram) == []
    anna.get_by_role("button", name="Nee").click()
    expect(bram.get_by_text("Is niet alleen, of kan niet vrij spreken.")).to_be_visible()
    anna.reload()
    expect(anna.get_by_role("heading", name="Wachtkamer")).to_be_visible()
    expect(anna.get_by_role("button", name="Nee")).to_have_attribute("aria-pressed", "true")
    expect(bram.get_by_text("Is niet alleen, of kan niet vrij spreken.")).to_be_visible()
    bram.get_by_role("button", name="Niet toelaten Anna Visser").click()
    expect(anna.get_by_text("U bent nu niet toegelaten tot het videogesprek.")).to_be_visible()
    expect(bram.get_by_text("Anna Visser wacht.")).to_have_count(0)
    join(anna)
    admit(bram, "Anna Visser")
    expect(anna.get_by_role("button", name="Ophangen")).to_be_visible()


def test_an_answer_given_while_the_line_is_gone_comes_when_it_is_back(signed_in: SignedIn, axe: Axe) -> None:
    bram = calling(signed_in)
    anna = watched(signed_in, "anna")
    join(anna)
    expect(anna.get_by_role("heading", name="Wachtkamer")).to_be_visible()
    anna.context.set_offline(offline=True)
    expect(anna.get_by_text("De verbinding met de server is weg en wordt hersteld.")).to_be_visible(timeout=30_000)
    assert axe(anna) == []
    anna.get_by_role("button", name="Ja").click()
    anna.context.set_offline(offline=False)
    expect(bram.get_by_text("Is alleen en kan vrij spreken.")).to_be_visible(timeout=30_000)
    bram.get_by_role("button", name="Ophangen").click()


def test_what_is_wrong_with_camera_and_microphone_is_told_and_one_joins_without(signed_in: SignedIn, axe: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    for name, words in REFUSALS:
        bram.evaluate(REFUSES, name)
        bram.get_by_role("button", name="Videogesprek starten").click()
        for what in ("Uw camera werkt hier niet.", "Uw microfoon werkt hier niet."):
            expect(bram.get_by_role("alert").locator("p", has_text=what)).to_contain_text(words)
        expect(bram.get_by_text("the browser's own words")).to_have_count(0)
        assert axe(bram) == [], name
        bram.get_by_role("button", name="Start videogesprek", exact=True).click()
        bram.get_by_role("button", name="Ophangen").click()


def test_the_devices_are_tested_chosen_and_remembered_by_their_ids_alone(signed_in: SignedIn) -> None:
    bram = signed_in("bram", first=SOUNDS)
    open_conversation(bram, "Anna Visser")
    bram.get_by_role("button", name="Videogesprek starten").click()
    expect(bram.get_by_label("Uw eigen beeld")).to_be_visible()
    bram.wait_for_function("() => document.querySelector('meter').value > 0")
    field = bram.get_by_label("Microfoon", exact=True).and_(bram.locator("select"))
    field.select_option(index=1)
    chosen = field.input_value()
    bram.get_by_role("button", name="Testgeluid afspelen").click()
    assert bram.evaluate("window.sounds") == 3
    assert bram.evaluate("localStorage.getItem('zorg.microphone')") == chosen
    bram.get_by_role("button", name="Annuleren").click()
    expect(bram.get_by_role("button", name="Videogesprek starten")).to_be_visible()
    bram.get_by_role("button", name="Videogesprek starten").click()
    expect(field).to_have_value(chosen)


def test_the_test_of_devices_and_the_call_in_every_theme(signed_in: SignedIn, each_theme: Axe) -> None:
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    bram.get_by_role("button", name="Videogesprek starten").click()
    expect(bram.get_by_label("Uw eigen beeld")).to_be_visible()
    assert each_theme(bram) == []
    bram.get_by_role("button", name="Start videogesprek", exact=True).click()
    bram.get_by_role("button", name="Meer").click()
    assert each_theme(bram) == []
    bram.get_by_role("menuitem", name="Apparaten en verbinding").click()
    expect(bram.get_by_text("Dit videogesprek wordt niet opgenomen.")).to_be_visible()
    assert each_theme(bram) == []
    bram.get_by_role("dialog").get_by_role("button", name="Sluiten").click()
    bram.get_by_role("button", name="Ophangen").click()


def test_in_english_as_well(signed_in: SignedIn) -> None:
    bram = signed_in("bram", at="/instellingen/weergave")
    bram.get_by_role("radio", name="English").check()
    bram.get_by_role("link", name="Conversations", exact=True).click()
    bram.get_by_role("link", name="Anna Visser").first.click()
    bram.get_by_role("button", name="Start a video call").click()
    bram.get_by_role("button", name="Start video call", exact=True).click()
    expect(bram.get_by_text("You are still alone in this video call.")).to_be_visible()
    bram.get_by_role("button", name="Hang up").click()
    bram.goto("/instellingen/weergave")
    expect(bram.get_by_role("link", name="Conversations", exact=True)).to_be_visible()
    with bram.expect_response(lambda answer: answer.request.method == "PATCH"):
        bram.get_by_role("radio", name="Nederlands").check()
    expect(bram.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()


def test_in_quiet_hours_a_call_is_seen_and_not_heard(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", at="/instellingen/meldingen", first=SOUNDS)
    anna.get_by_role("checkbox", name="In deze uren gaat een videogesprek bij u niet over.").check()
    anna.get_by_label("van", exact=True).fill("00:00")
    anna.get_by_label("tot", exact=True).fill("23:59")
    assert axe(anna) == []
    anna.get_by_role("button", name="Stille uren opslaan").click()
    expect(anna.get_by_text("Opgeslagen.")).to_be_visible()
    anna.goto("/")
    expect(anna.get_by_role("link", name="Bram de Vries").first).to_be_visible()
    bram = calling(signed_in)
    expect(anna.get_by_text("nodigt u uit voor een videogesprek.")).to_be_visible()
    assert anna.evaluate("window.sounds") == 0
    bram.get_by_role("button", name="Ophangen").click()
    anna.goto("/instellingen/meldingen")
    anna.get_by_role("checkbox", name="In deze uren gaat een videogesprek bij u niet over.").uncheck()
    anna.get_by_role("button", name="Stille uren opslaan").click()
    expect(anna.get_by_text("Opgeslagen.")).to_be_visible()
