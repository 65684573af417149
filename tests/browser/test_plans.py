"""Help in need, one step from every screen, and the safety plan that a client keeps with their practitioner."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.test_messenger import open_conversation

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
SIDEWAYS: dict[str, Any] = {"viewport": {"width": 780, "height": 360}, "has_touch": True, "is_mobile": True}
NOWHERE = "/gesprekken/00000000-0000-7000-8000-000000000000"
SCREENS = ["/", "/contacten", "/groepsgesprekken", "/bestanden", "/instellingen", "/bestaat-niet", NOWHERE]

on_every_screen_size = pytest.mark.parametrize(
    ("options", "sizes"),
    [(DESKTOP, [DESKTOP, TABLET]), (PHONE, [PHONE, SMALL, SIDEWAYS])],
    ids=["desktop and tablet", "phones"],
)


def way_to_help(page: Page) -> Locator:
    """The one entry that is in sight."""
    entry = page.get_by_role("link", name="Hulp bij nood").locator("visible=true")
    expect(entry).to_have_count(1)
    return entry


def change_welcome(page: Page, change: Callable[[dict[str, Any]], object]) -> None:
    """Has this page hear another welcome than the server said."""

    def told(text: str) -> str:
        frame = json.loads(text)
        if frame["type"] == "welcome":
            change(frame)
        return json.dumps(frame)

    def listen(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda text: socket.send(told(str(text))))

    page.route_web_socket("**/socket", listen)


def check_within_reach(page: Page, sizes: list[dict[str, Any]]) -> None:
    """On screens of all these sizes it is one press away; the page is left at the last."""
    for size in sizes:
        page.set_viewport_size(size["viewport"])
        check_one_press_away(page)


ENTRIES = """
() => [...document.querySelectorAll('a[href="/hulp-bij-nood"]')].filter(
  link => link.checkVisibility({ visibilityProperty: true })
).map(link => {
  const { x, y, width, height } = link.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return {
    large: Math.min(width, height) >= 44,
    whole: x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight,
    free: link === top || link.contains(top),
    fits: document.documentElement.scrollWidth <= innerWidth,
  };
})
"""
"""Seen in one moment: while a page comes another entry takes the place of the first."""


def check_one_press_away(page: Page) -> None:
    """One, whole in sight, nothing above it, large enough for a thumb, and nothing makes the page wider."""
    way_to_help(page)
    assert page.evaluate(ENTRIES) == [{"large": True, "whole": True, "free": True, "fits": True}]


@on_every_screen_size
def test_it_is_one_step_away_on_every_screen(
    signed_in: SignedIn, options: dict[str, Any], sizes: list[dict[str, Any]]
) -> None:
    anna = signed_in("anna", at="about:blank", **options)
    for path in SCREENS:
        anna.goto(path)
        anna.get_by_role("navigation").or_(anna.get_by_text("Dit gesprek is er niet")).first.wait_for()
        check_within_reach(anna, sizes)
        way_to_help(anna).click()
        expect(anna.get_by_role("heading", name="Hulp bij nood")).to_be_visible()
        expect(anna.get_by_role("link", name="Levensgevaar 112")).to_have_attribute("href", "tel:112")
    anna.goto("/")
    open_conversation(anna, "Bram de Vries")
    anna.get_by_role("textbox", name="Bericht").fill("dit schreef ik al")
    check_within_reach(anna, sizes)
    way_to_help(anna).click()
    expect(anna.get_by_role("heading", name="Mijn signaleringsplan")).to_be_visible()
    anna.go_back()
    expect(anna.get_by_role("textbox", name="Bericht")).to_have_value("dit schreef ik al")
    anna.get_by_role("textbox", name="Bericht").fill("")


@on_every_screen_size
def test_it_is_there_before_anything_else_has_come(
    signed_in: SignedIn, options: dict[str, Any], sizes: list[dict[str, Any]], axe: Axe
) -> None:
    anna = signed_in("anna", at="about:blank", **options)
    anna.route_web_socket("**/socket", lambda _: None)
    for path in ("/", "/gesprekken/00000000-0000-7000-8000-000000000000", "/hulp-bij-nood"):
        anna.goto(path)
        check_within_reach(anna, sizes)
        way_to_help(anna).click()
        expect(anna.get_by_role("link", name="Levensgevaar 112")).to_be_visible()
        expect(anna.get_by_text("het nummer van de huisartsenpost")).to_be_visible()
    expect(anna.get_by_text("Het plan kan nu niet worden getoond.")).to_be_visible(timeout=10_000)
    for size in sizes:
        anna.set_viewport_size(size["viewport"])
        assert axe(anna) == [], size


def test_the_plan_comes_with_one_exchange(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    asked: list[str] = []
    anna.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    way_to_help(anna).click()
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()
    assert [re.sub(r"[0-9a-f-]{36}", "…", url.partition("/api/")[2]) for url in asked] == [
        "v1/clients/…/plan?organisation=…"
    ]
    expect(anna.get_by_role("link", name="Lotte, mijn zus 06 00 00 00 01")).to_have_attribute("href", "tel:0600000001")
    expect(anna.get_by_text("Laatst gewijzigd op").filter(has_text="Bram de Vries")).to_be_visible()


def test_the_organisations_own_numbers_stand_beside_112(signed_in: SignedIn) -> None:
    anna = signed_in("anna", at="about:blank", **PHONE)

    phones = [{"name": "Crisisdienst, dag en nacht", "number": "030 123 45 67"}]

    def with_numbers(welcome: dict[str, Any]) -> None:
        organisation = welcome["organisations"][0]["id"]
        welcome["notices"] = [{"organisation": organisation, "nl": "Bel bij twijfel altijd.", "phones": phones}]

    change_welcome(anna, with_numbers)
    anna.goto("/hulp-bij-nood")
    link = anna.get_by_role("link", name="Crisisdienst, dag en nacht 030 123 45 67")
    expect(link).to_have_attribute("href", "tel:0301234567")
    expect(anna.get_by_text("Bel bij twijfel altijd.")).to_be_visible()
    expect(anna.get_by_role("link", name="Levensgevaar 112")).to_be_visible()


def test_who_is_a_client_of_two_organisations_finds_both_at_once(signed_in: SignedIn) -> None:
    anna = signed_in("anna", at="about:blank", **PHONE)

    def with_another(welcome: dict[str, Any]) -> None:
        other = {**welcome["organisations"][0], "id": "00000000-0000-7000-8000-000000000001", "name": "Elders"}
        welcome["organisations"].append(other)
        welcome["notices"] = [
            {
                "organisation": one["id"],
                "phones": [{"name": f"Crisisdienst {one['name']}", "number": f"030 123 45 6{n}"}],
            }
            for n, one in enumerate(welcome["organisations"])
        ]

    change_welcome(anna, with_another)
    anna.goto("/hulp-bij-nood")
    for name in ("Praktijk De Linde", "Elders"):
        expect(anna.get_by_role("link", name=f"Crisisdienst {name}")).to_be_visible()
    expect(anna.get_by_role("heading", name="Mijn signaleringsplan bij Praktijk De Linde")).to_be_visible()
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()
    expect(anna.get_by_text("Dit plan is er niet")).to_be_visible()


def test_when_the_plan_cannot_be_read_the_numbers_stay(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", **PHONE)
    way_to_help(anna).wait_for()
    anna.evaluate("() => { window.line = fetch; window.fetch = () => Promise.reject(new TypeError('no network')); }")
    expected = anna.get_by_text("Het plan kan nu niet worden getoond. De nummers op deze pagina kunt u wel bellen.")
    way_to_help(anna).click()
    expect(expected).to_be_visible()
    expect(anna.get_by_role("link", name="Levensgevaar 112")).to_be_visible()
    assert axe(anna) == []
    anna.evaluate("() => { window.fetch = window.line; }")
    anna.get_by_role("button", name="Opnieuw proberen").click()
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()
    expect(expected).to_have_count(0)


def test_a_practitioner_finds_it_at_the_conversation_and_in_the_contacts_and_others_do_not(
    signed_in: SignedIn, axe: Axe
) -> None:
    bram = signed_in("bram", **PHONE)
    expect(bram.get_by_role("link", name="Joris van Dijk").first).to_be_visible()
    expect(bram.get_by_role("link", name="Hulp bij nood")).to_have_count(0)
    open_conversation(bram, "Anna Visser")
    bram.get_by_role("link", name="Signaleringsplan").click()
    expect(bram.get_by_role("heading", name="Anna Visser")).to_be_visible()
    expect(bram.get_by_text("Rustig praten. Thee.")).to_be_visible()
    bram.get_by_role("link", name="Naar het gesprek").click()
    expect(bram.get_by_role("textbox", name="Bericht")).to_be_visible()
    bram.goto("/contacten")
    expect(bram.get_by_role("link", name="Plan Anna Visser")).to_be_visible()
    expect(bram.get_by_role("link", name=re.compile("^Plan "))).to_have_count(2)
    assert axe(bram) == []
    bram.get_by_role("link", name="Plan Anna Visser").click()
    expect(bram.get_by_text("Rustig praten. Thee.")).to_be_visible()
    address = bram.url
    for name in ("petra", "fatima"):
        other = signed_in(name)
        other.goto("/contacten")
        expect(other.get_by_role("button", name="Ingrid Mulder")).to_be_visible()
        expect(other.get_by_role("link", name="Plan Anna Visser")).to_have_count(0)
        other.goto(address)
        expect(other.get_by_text("Dit plan is er niet, of het is niet voor u bestemd.")).to_be_visible()


def test_made_by_the_client_it_stands_at_once_on_the_practitioners_screen(signed_in: SignedIn, axe: Axe) -> None:
    mei, fatima = signed_in("mei", **PHONE), signed_in("fatima")
    open_conversation(fatima, "Mei Chen")
    fatima.get_by_role("link", name="Signaleringsplan").click()
    expect(fatima.get_by_text("Er is nog geen signaleringsplan.")).to_be_visible()
    way_to_help(mei).click()
    mei.get_by_role("button", name="Plan maken").click()
    expect(mei.get_by_role("heading", name="Plan wijzigen")).to_be_focused()
    crisis = mei.get_by_role("group", name="Crisis")
    crisis.get_by_label("Wat doe ik zelf?").fill("Mijn broer bellen")
    mei.get_by_role("button", name="Iemand toevoegen").click()
    mei.get_by_label("Naam").fill("Wei, mijn broer")
    mei.get_by_label("Telefoonnummer").fill("geen nummer")
    mei.get_by_role("button", name="Opslaan").click()
    expect(mei.get_by_text("Vul een telefoonnummer in, zoals 030 123 45 67.")).to_be_visible()
    expect(mei.get_by_label("Telefoonnummer")).to_be_focused()
    assert axe(mei) == []
    mei.get_by_label("Telefoonnummer").fill("06 00 00 00 03")
    mei.get_by_role("button", name="Opslaan").click()
    expect(mei.get_by_text("Opgeslagen.")).to_be_visible()
    expect(mei.get_by_role("heading", name="Mijn signaleringsplan")).to_be_focused()
    for page in (mei, fatima):
        expect(page.get_by_text("Mijn broer bellen")).to_be_visible()
        expect(page.get_by_role("link", name="Wei, mijn broer 06 00 00 00 03")).to_be_visible()
        expect(page.get_by_role("heading", name="Het gaat goed")).to_have_count(0)
    assert fatima.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_changed_is_not_thrown_away_without_asking(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna")
    anna.get_by_role("link", name="Contacten").click()
    way_to_help(anna).click()
    anna.get_by_role("button", name="Plan wijzigen").click()
    anna.get_by_role("button", name="Annuleren").click()
    anna.get_by_role("button", name="Plan wijzigen").click()
    field = anna.get_by_label("Wat helpt mij?")
    field.fill("Rustig praten. Alleen dat.")
    asking = anna.get_by_role("dialog", name="Stoppen met wijzigen?")
    for leave in (
        lambda: anna.get_by_role("link", name="Instellingen").click(),
        anna.go_back,
        lambda: anna.get_by_role("button", name="Annuleren").click(),
    ):
        leave()
        expect(asking).to_be_visible()
        expect(asking.get_by_role("button", name="Verder schrijven")).to_be_focused()
        assert axe(anna) == []
        asking.get_by_role("button", name="Verder schrijven").click()
        expect(asking).to_have_count(0)
        expect(field).to_have_value("Rustig praten. Alleen dat.")
    anna.get_by_role("link", name="Instellingen").click()
    asking.get_by_role("button", name="Niet opslaan").click()
    expect(anna.get_by_role("heading", name="Instellingen")).to_be_visible()
    way_to_help(anna).click()
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()


def test_of_two_who_change_it_at_once_nobody_loses_a_word(signed_in: SignedIn, axe: Axe) -> None:
    joris, bram = signed_in("joris", **PHONE), signed_in("bram")
    open_conversation(bram, "Joris van Dijk")
    bram.get_by_role("link", name="Signaleringsplan").click()
    way_to_help(joris).click()
    for page in (joris, bram):
        page.get_by_role("button", name="Plan maken").click()
    joris.get_by_label("Wat helpt mij?").fill("Tekst van Joris")
    joris.get_by_label("Wat helpt mij niet?").fill("Alleen Joris schreef dit")
    bram.get_by_label("Wat helpt mij?").fill("Tekst van Bram")
    bram.get_by_label("Afspraken met mijn behandelaar").fill("Alleen Bram schreef dit")
    bram.get_by_role("button", name="Opslaan").click()
    expect(bram.get_by_text("Opgeslagen.")).to_be_visible()
    expect(joris.get_by_text("Iemand anders heeft dit plan net opgeslagen.")).to_be_visible()
    joris.get_by_role("button", name="Opslaan").click()
    expect(joris.get_by_role("heading", name="Kies welke tekst blijft")).to_be_focused()
    both = joris.get_by_role("group", name="Wat helpt mij?", exact=True)
    expect(both.get_by_role("radio", name="Tekst van Joris")).to_be_checked()
    expect(joris.get_by_role("radio", name="Alleen Joris schreef dit")).to_be_checked()
    expect(joris.get_by_role("radio", name="Alleen Bram schreef dit")).to_be_checked()
    assert axe(joris) == []
    both.get_by_role("radio", name="Tekst van Bram").check()
    joris.get_by_role("button", name="Verder met deze keuze").click()
    expect(joris.get_by_role("heading", name="Plan wijzigen")).to_be_focused()
    joris.get_by_label("Wat helpt mij?").fill("Tekst van Bram en van Joris")
    joris.get_by_role("button", name="Opslaan").click()
    for page in (joris, bram):
        for words in ("Tekst van Bram en van Joris", "Alleen Joris schreef dit", "Alleen Bram schreef dit"):
            expect(page.get_by_text(words, exact=True)).to_be_visible()


def test_a_save_whose_answer_was_lost_is_no_quarrel_with_oneself(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    way_to_help(anna).click()
    anna.get_by_role("button", name="Plan wijzigen").click()
    anna.get_by_label("Wat helpt mij niet?").fill("Veel mensen tegelijk.")
    anna.evaluate(
        """() => {
          const line = window.fetch;
          window.fetch = async (url, options) => {
            const answer = await line(url, options);
            if (options.method !== "PUT") return answer;
            window.fetch = line;
            throw new TypeError("lost on the way back");
          };
        }"""
    )
    anna.get_by_role("button", name="Opslaan").click()
    expect(anna.get_by_text("Er is geen verbinding.")).to_be_visible()
    expect(anna.get_by_label("Wat helpt mij niet?")).to_have_value("Veel mensen tegelijk.")
    anna.get_by_role("button", name="Opslaan").click()
    expect(anna.get_by_text("Opgeslagen.")).to_be_visible()
    expect(anna.get_by_text("Veel mensen tegelijk.", exact=True)).to_be_visible()


def test_every_theme_is_clean(signed_in: SignedIn, each_theme: Axe) -> None:
    anna = signed_in("anna", at="/hulp-bij-nood")
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()
    assert each_theme(anna) == []
    anna.get_by_role("button", name="Plan wijzigen").click()
    assert each_theme(anna) == []
    anna.set_viewport_size(PHONE["viewport"])
    assert each_theme(anna) == []
    anna.goto("/")
    open_conversation(anna, "Bram de Vries")
    assert each_theme(anna) == []
    bram = signed_in("bram")
    open_conversation(bram, "Anna Visser")
    bram.get_by_role("link", name="Signaleringsplan").click()
    expect(bram.get_by_text("Rustig praten. Thee.")).to_be_visible()
    assert each_theme(bram) == []


def test_by_the_keyboard_alone(signed_in: SignedIn) -> None:
    anna = signed_in("anna")
    expect(anna.get_by_role("link", name="Bram de Vries").first).to_be_visible()
    for _ in range(12):
        anna.keyboard.press("Tab")
        if anna.evaluate("document.activeElement.pathname") == "/hulp-bij-nood":
            break
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("heading", name="Hulp bij nood")).to_be_visible()


def test_on_paper_it_is_two_pages_at_most_with_the_numbers_and_nothing_to_press(signed_in: SignedIn) -> None:
    anna = signed_in("anna", at="/hulp-bij-nood", color_scheme="dark")
    expect(anna.get_by_text("Rustig praten. Thee.")).to_be_visible()
    pages = len(re.findall(rb"/Type /Page\b", anna.pdf(prefer_css_page_size=True)))
    assert 1 <= pages <= 2
    anna.emulate_media(media="print")
    for gone in ("Plan wijzigen", "Afdrukken"):
        expect(anna.get_by_role("button", name=gone)).to_be_hidden()
    expect(anna.get_by_role("navigation")).to_be_hidden()
    for stays in ("112", "06 00 00 00 01", "Anna Visser", "Rustig praten. Thee."):
        expect(anna.get_by_text(stays).locator("visible=true").first).to_be_visible()
    black = anna.get_by_text("Rustig praten. Thee.").evaluate("text => getComputedStyle(text).color")
    assert black == "rgb(0, 0, 0)"


def test_in_english(signed_in: SignedIn, axe: Axe) -> None:
    anna = signed_in("anna", at="about:blank", **PHONE)
    change_welcome(anna, lambda welcome: welcome["me"].update(language="en"))
    anna.goto("/hulp-bij-nood")
    expect(anna.get_by_role("heading", name="Urgent help")).to_be_visible()
    expect(anna.get_by_role("link", name="Life in danger 112")).to_be_visible()
    expect(anna.get_by_role("heading", name="My safety plan")).to_be_visible()
    expect(anna.get_by_role("heading", name="I am doing less well")).to_be_visible()
    assert axe(anna) == []
