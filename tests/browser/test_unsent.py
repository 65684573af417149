"""A message that is not sent: told as it is, taken back or tried again, and never sent twice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.test_messenger import open_conversation, send

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
LATE = "Nog niet verzonden."


class Line:
    """The page's socket, through which the test can stop what the page says from arriving."""

    def __init__(self, page: Page) -> None:
        self.deaf = False
        page.route_web_socket("**/socket", self._open)

    def _open(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda text: None if self.deaf else server.send(text))
        server.on_message(lambda text: None if self.deaf else socket.send(text))


def test_without_a_line_it_can_be_taken_back_before_it_goes(signed_in: SignedIn, axe: Axe) -> None:
    bram, joris = signed_in("bram"), signed_in("joris", at="about:blank")
    line = Line(joris)
    joris.goto("/")
    open_conversation(joris, "Bram de Vries")
    open_conversation(bram, "Joris van Dijk")
    line.deaf = True
    send(joris, "dit neem ik terug")
    send(joris, "dit gaat wel")
    messages = joris.get_by_role("region", name="Berichten")
    taken = messages.get_by_role("listitem").filter(has_text="dit neem ik terug")
    expect(taken.get_by_text(LATE)).to_be_visible(timeout=20_000)
    assert axe(joris) == []
    taken.get_by_role("button", name="Verwijderen").click()
    expect(taken).to_have_count(0)
    expect(joris.get_by_role("textbox", name="Bericht")).to_be_focused()
    line.deaf = False
    seen = bram.get_by_role("region", name="Berichten")
    expect(seen.get_by_text("dit gaat wel")).to_have_count(1, timeout=40_000)
    expect(seen.get_by_text("dit neem ik terug")).to_have_count(0)
    expect(messages.get_by_text("dit gaat wel")).to_have_count(1)
    expect(messages.get_by_text(LATE)).to_have_count(0)


def test_the_list_tells_what_waits_and_what_was_begun(signed_in: SignedIn) -> None:
    mei = signed_in("bram", at="about:blank")
    line = Line(mei)
    mei.goto("/")
    open_conversation(mei, "Petra Jansen")
    mei.get_by_role("textbox", name="Bericht").fill("half geschreven")
    open_conversation(mei, "Joris van Dijk")
    expect(mei.get_by_role("link", name="Petra Jansen")).to_contain_text("Concept: half geschreven")
    line.deaf = True
    send(mei, "wacht op de lijn")
    expect(mei.locator(".item", has_text="Joris van Dijk")).to_contain_text("Wordt verzonden U: wacht op de lijn")
    line.deaf = False
    expect(mei.locator(".item", has_text="Joris van Dijk")).not_to_contain_text("Wordt verzonden", timeout=40_000)


def test_the_notice_of_no_line_moves_nothing(signed_in: SignedIn) -> None:
    fatima = signed_in("fatima")
    open_conversation(fatima, "Mei Chen")
    composer = fatima.get_by_role("textbox", name="Bericht")
    log = fatima.get_by_role("region", name="Berichten")
    before = [composer.bounding_box(), log.bounding_box()]
    fatima.context.set_offline(offline=True)
    fatima.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(fatima.get_by_text("Geen verbinding.")).to_be_visible(timeout=60_000)
    assert [composer.bounding_box(), log.bounding_box()] == before


def test_a_session_that_ends_elsewhere_says_so_and_what_is_lost(signed_in: SignedIn, axe: Axe) -> None:
    first = signed_in("fatima")
    second = first.context.new_page()
    second.goto("/")
    open_conversation(second, "Mei Chen")
    second.get_by_role("textbox", name="Bericht").fill("nog niet af")
    first.goto("/instellingen")
    first.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(second.get_by_text("U bent uitgelogd. Log opnieuw in om verder te gaan.")).to_be_visible()
    expect(second.get_by_text("Niet alles wat u schreef, is verzonden.")).to_be_visible()
    assert axe(second) == []
    expect(first.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(first.get_by_text("U bent uitgelogd.")).to_have_count(0)
