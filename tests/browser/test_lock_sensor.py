"""Opening with a fingerprint or a face, and hiding the app in haste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Axe, Demonstration, SignedIn, seen_elsewhere
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_lock import PIN, give, locked, opened, set_pin, with_pin

OPEN = "Openen met vingerafdruk of gezicht"
USE = "Vingerafdruk of gezicht gebruiken"
WAITS_FOR_THE_FINGER = """
const asks = navigator.credentials, get = asks.get.bind(asks);
asks.get = async (asked) => {
  document.documentElement.dataset.finger = "";
  await new Promise((go) => (window.giveFinger = go));
  return get(asked);
};
"""
"""The sensor has made a credential; its secret comes when the person shows the finger once more."""


@pytest.fixture(scope="module")
def server(folder: str) -> Iterator[str]:
    """A demonstration under a name: WebAuthn knows no bare addresses."""
    host = Demonstration(folder, {}, name="localhost")
    host.start()
    yield host.address
    host.stop()


class Sensor:
    """A sensor of the device, which knows its owner or does not."""

    def __init__(self, page: Page, *, secrets: bool = True) -> None:
        self._tools: CDPSession = page.context.new_cdp_session(page)
        self._tools.send("WebAuthn.enable", {"enableUI": False})
        options: dict[str, Any] = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "hasPrf": secrets,
            "automaticPresenceSimulation": True,
        }
        self._id = self._tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def knows(self, *, them: bool) -> None:
        """Whether it recognises who is before it."""
        self._tools.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": them})


def add(page: Page, axe: Axe = seen_elsewhere) -> None:
    page.goto("/instellingen/apparaten")
    locked(page)
    give(page)
    page.get_by_role("button", name=USE).click()
    dialog = page.get_by_role("dialog")
    assert axe(page) == []
    dialog.get_by_label("Uw toegangscode van nu").fill(PIN)
    dialog.get_by_role("button", name=USE).click()


def test_a_finger_opens_what_the_pin_opens_and_another_does_not(signed_in: SignedIn, each_look: Axe) -> None:
    page = with_pin(signed_in, "joris", **ON_A_PHONE)
    sensor = Sensor(page)
    add(page, each_look)
    expect(page.get_by_text("De app gaat ook open met uw vingerafdruk of gezicht.")).to_be_visible()
    assert each_look(page) == []
    page.reload()
    locked(page)
    assert each_look(page) == []
    page.get_by_role("button", name=OPEN).click()
    opened(page)
    page.reload()
    locked(page)
    sensor.knows(them=False)
    page.get_by_role("button", name=OPEN).click()
    expect(page.get_by_text("Uw vinger of gezicht werd niet herkend.")).to_be_visible()
    assert each_look(page) == []
    give(page)
    opened(page)
    page.get_by_role("button", name="Vingerafdruk of gezicht uitzetten").click()
    expect(page.get_by_role("button", name=USE)).to_be_visible()
    page.reload()
    locked(page)
    expect(page.get_by_role("button", name=OPEN)).to_have_count(0)
    give(page)
    opened(page)


def test_when_the_session_is_ended_elsewhere_a_finger_opens_nothing(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "bram")
    Sensor(page)
    add(page)
    expect(page.get_by_text("De app gaat ook open met uw vingerafdruk of gezicht.")).to_be_visible()
    page.get_by_role("button", name="Nu vergrendelen").click()
    locked(page)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name=OPEN).click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_a_pin_that_is_changed_in_another_tab_while_a_finger_is_asked_opens_it_afterwards(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "petra")
    Sensor(page)
    page.add_init_script(WAITS_FOR_THE_FINGER)
    add(page)
    expect(page.locator("html[data-finger]")).to_have_count(1)
    other = page.context.new_page()
    other.goto("/instellingen/apparaten")
    give(other)
    other.get_by_role("button", name="PIN wijzigen").click()
    dialog = other.get_by_role("dialog")
    dialog.get_by_label("Uw toegangscode van nu").fill(PIN)
    dialog.get_by_role("button", name="Verder").click()
    dialog.get_by_label("Nieuwe toegangscode", exact=True).fill("7283")
    dialog.get_by_label("Nieuwe toegangscode, nog een keer").fill("7283")
    dialog.get_by_role("button", name="Opslaan").click()
    expect(dialog).to_have_count(0)
    other.close()
    page.evaluate("window.giveFinger()")
    expect(page.get_by_text("De app gaat ook open met uw vingerafdruk of gezicht.")).to_be_visible()
    page.reload()
    locked(page)
    give(page, "7283")
    opened(page)


def test_a_sensor_that_keeps_no_secrets_is_not_taken(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "mei")
    Sensor(page, secrets=False)
    add(page)
    expect(page.get_by_text("Met deze sensor kan de app niet veilig open.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=OPEN)).to_have_count(0)


def test_without_a_sensor_the_page_says_where_to_set_one_up(signed_in: SignedIn, axe: Axe) -> None:
    page = with_pin(signed_in, "petra")
    expect(page.get_by_text("Dat doet u in de instellingen van uw telefoon of computer:")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="iPhone: Instellingen, Face ID of Touch ID")).to_be_visible()
    assert axe(page) == []


def escape_twice(page: Page) -> None:
    """In haste, however busy this machine is: both in one go."""
    page.evaluate(
        "() => { for (const _ of [1, 2])"
        " document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })); }"
    )


def test_escape_twice_hides_the_app_at_once(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("fatima")
    opened(page)
    escape_twice(page)
    expect(page.get_by_role("button", name="Verder")).to_be_focused()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_have_count(0)
    expect(page).to_have_title("Even geduld")
    assert axe(page) == []
    page.get_by_role("button", name="Verder").click()
    opened(page)
    set_pin(page)
    escape_twice(page)
    locked(page)
