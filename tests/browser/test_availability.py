"""What a client sees of hours, absences and the automatic reply, and how staff and the administrator set them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import hours
from tests.browser.looks import ON_A_PHONE, PHONE
from zorgmessenger.organisations.hours import feasts

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


def settings(page: Page, name: str, path: str = "/instellingen/werktijden") -> Locator:
    """A section of the settings."""
    page.goto(path)
    section = page.locator("section", has=page.get_by_role("heading", name=name, exact=True)).last
    section.wait_for()
    return section


def of_the_organisation(page: Page) -> Locator:
    """What an administrator sets for all."""
    return settings(page, "Openingstijden van de organisatie", "/beheer/openingstijden")


def open_only_on(section: Locator, day: str) -> None:
    """Leaves one day with hours in the form of the week."""
    for other in DAYS:
        remove = section.get_by_role("button", name=f"Verwijder deze tijd van {other}")
        if other == day and remove.count() == 0:
            section.get_by_role("group", name=day).get_by_role("button", name="Tijd toevoegen").click()
        if other != day and remove.count():
            remove.click()


@pytest.fixture
def fatima(signed_in: SignedIn) -> Iterator[Page]:
    """Fatima is open on the day after tomorrow only; afterwards she follows the organisation again."""
    page = signed_in("fatima", at="about:blank")
    section = settings(page, "Werktijden en afwezigheid")
    section.get_by_role("button", name="Eigen werktijden instellen").click()
    open_only_on(section, DAYS[(hours.today().weekday() + 2) % 7])
    section.get_by_role("button", name="Opslaan").click()
    expect(section.get_by_text("Opgeslagen.")).to_be_visible()
    yield page
    section = settings(page, "Werktijden en afwezigheid")
    section.get_by_role("button", name="Openingstijden van de organisatie volgen").click()
    section.get_by_role("button", name="Eigen werktijden instellen").wait_for()


@pytest.fixture
def replying(signed_in: SignedIn) -> Iterator[Page]:
    """The organisation sends automatic replies, with a number of its own."""
    page = signed_in("ingrid", at="about:blank")
    section = of_the_organisation(page)
    box = section.get_by_role("checkbox", name=re.compile("automatisch antwoord"))
    box.check()
    section.get_by_role("button", name="Nummer toevoegen").click()
    section.get_by_label("Naam").fill("Crisisdienst")
    section.get_by_label("Nummer", exact=True).fill("030 123 45 67")
    section.get_by_role("button", name="Opslaan").last.click()
    expect(section.get_by_text("Opgeslagen.")).to_be_visible()
    yield page
    section = of_the_organisation(page)
    section.get_by_role("checkbox", name=re.compile("automatisch antwoord")).uncheck()
    section.get_by_role("button", name="Nummer verwijderen").click()
    section.get_by_role("button", name="Opslaan").last.click()
    expect(section.get_by_text("Opgeslagen.")).to_be_visible()


def test_a_client_sees_before_and_after_sending_when_an_answer_comes(
    fatima: Page, replying: Page, signed_in: SignedIn, each_look: Axe
) -> None:
    mei = signed_in("mei", **ON_A_PHONE)
    mei.get_by_role("link", name="Fatima El Amrani").click()
    expect(mei.locator(".closed")).to_contain_text("Nu gesloten.")
    closed = mei.locator(".closed")
    expect(closed).to_contain_text(re.compile(r"U kunt een antwoord verwachten vanaf .+ 9:00 uur\."))
    expect(closed).to_contain_text("huisartsenpost")
    assert closed.get_by_role("link", name="112").get_attribute("href") == "tel:112"
    assert closed.get_by_role("link", name="030 123 45 67").get_attribute("href") == "tel:0301234567"
    assert each_look(mei) == []
    mei.get_by_role("textbox", name="Bericht").fill("Kan de afspraak van vrijdag verzet worden?")
    mei.get_by_role("button", name="Stuur").click()
    expect(closed).to_contain_text("Uw bericht is verstuurd.")
    expect(mei.locator(".group.auto").last).to_contain_text("Automatisch antwoord")
    expect(mei.locator(".group.auto").last).to_contain_text("Crisisdienst: 030 123 45 67")
    assert each_look(mei) == []
    del fatima, replying


def test_hours_that_change_show_at_once_on_an_open_page(signed_in: SignedIn, fatima: Page) -> None:
    mei = signed_in("mei")
    mei.get_by_role("link", name="Fatima El Amrani").click()
    expect(mei.locator(".closed")).to_contain_text("Nu gesloten.")
    section = settings(fatima, "Werktijden en afwezigheid")
    for day in DAYS:
        section.get_by_role("group", name=day).get_by_role("button", name="Tijd toevoegen").click()
        remove = section.get_by_role("button", name=f"Verwijder deze tijd van {day}")
        if remove.count() > 1:
            remove.first.click()
        block = section.get_by_role("group", name=day)
        block.get_by_label("van", exact=True).fill("00:00")
        block.get_by_label("tot", exact=True).fill("00:00")
    section.get_by_role("button", name="Opslaan").click()
    expect(section.get_by_text("Opgeslagen.")).to_be_visible()
    expect(mei.locator(".answers")).to_contain_text("elke dag, dag en nacht")
    expect(mei.locator(".closed")).to_have_count(holidays_today())


def holidays_today() -> int:
    """Whether De Linde is closed today whatever the hours: then the notice stays."""
    today = hours.today()
    return int(not feasts.OFFICIAL.isdisjoint(feasts.of(today.year).get(today, frozenset())))


def test_who_is_away_has_a_stand_in_and_the_client_sees_both(signed_in: SignedIn, axe: Axe) -> None:
    fatima, mei, bram = signed_in("fatima", at="about:blank"), signed_in("mei", viewport=PHONE), signed_in("bram")
    mei.get_by_role("link", name="Fatima El Amrani").click()
    expect(bram.get_by_role("link", name="Mei Chen")).to_have_count(0)
    section = settings(fatima, "Werktijden en afwezigheid")
    section.get_by_role("button", name="Afwezigheid plannen").click()
    today = hours.today()
    section.get_by_label("Eerste dag").fill(f"{today - timedelta(1)}")
    section.get_by_label("Laatste dag").fill(f"{today - timedelta(2)}")
    section.get_by_role("button", name="Opslaan").click()
    expect(section.get_by_text("De laatste dag ligt voor de eerste dag.")).to_be_visible()
    expect(section.get_by_label("Laatste dag")).to_be_focused()
    assert axe(fatima) == []
    section.get_by_label("Laatste dag").fill(f"{today + timedelta(3)}")
    section.get_by_label("Wie neemt waar?").select_option(label="Bram de Vries (Behandelaar)")
    section.get_by_role("button", name="Opslaan").click()
    expect(section.get_by_text("Bram de Vries neemt waar.")).to_be_visible()

    expect(mei.locator(".answers.away")).to_contain_text("Fatima El Amrani is afwezig tot en met")
    expect(mei.locator(".answers.away")).to_contain_text("Bram de Vries neemt waar.")
    expect(mei.locator(".happened").last).to_contain_text("doet mee aan dit gesprek")
    assert axe(mei) == []
    bram.get_by_role("link", name=re.compile("Mei Chen")).click()
    expect(bram.get_by_text("We nemen er vrijdag rustig de tijd voor.").last).to_be_visible()

    section.get_by_role("button", name="Verwijderen").click()
    expect(section.get_by_text("Er is geen afwezigheid gepland.")).to_be_visible()
    expect(bram.get_by_role("heading", name="Dit gesprek is er niet")).to_be_visible()
    expect(mei.locator(".answers.away")).to_have_count(0)
    expect(mei.locator(".happened").last).to_contain_text("doet niet meer mee aan dit gesprek")


def test_the_administrators_settings_are_usable_by_all(signed_in: SignedIn, each_look: Axe) -> None:
    page = signed_in("ingrid", at="about:blank", **ON_A_PHONE)
    section = of_the_organisation(page)
    section.get_by_role("button", name="Dag toevoegen").click()
    section.get_by_role("button", name="Nummer toevoegen").click()
    expect(section.get_by_role("checkbox", name=re.compile("Goede Vrijdag"))).not_to_be_checked()
    expect(section.get_by_role("checkbox", name=re.compile("Koningsdag"))).to_be_checked()
    assert each_look(page) == []


def test_times_that_overlap_are_told_at_their_day(signed_in: SignedIn) -> None:
    section = of_the_organisation(signed_in("ingrid", at="about:blank"))
    monday = section.get_by_role("group", name="maandag")
    monday.get_by_role("button", name="Tijd toevoegen").click()
    monday.get_by_label("van", exact=True).last.fill("10:00")
    section.get_by_role("button", name="Opslaan").first.click()
    expect(monday.get_by_text("De tijden van deze dag overlappen elkaar of staan niet op volgorde.")).to_be_visible()
    expect(monday.get_by_label("van", exact=True).first).to_be_focused()
