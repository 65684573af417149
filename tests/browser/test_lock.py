"""The PIN as people meet it: set, asked before anything is drawn, after being away, wrong five times, removed."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import PASSWORD, Axe, SignedIn
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_invitation import invite, link_to

PIN = "4071"
CODE = "Toegangscode"
HIDE = """hidden => {
  const get = () => (hidden ? "hidden" : "visible");
  Object.defineProperty(document, "visibilityState", { configurable: true, get });
  document.hasFocus = () => !hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""The person looks away, or comes back: a browser without a window always says that it is looked at."""


def locked(page: Page) -> None:
    """Nothing of the app is drawn but the question for the PIN, which has the focus or can be given it."""
    expect(page.get_by_role("heading", name="De app is vergrendeld")).to_be_visible()
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_have_count(0)


def opened(page: Page) -> None:
    expect(page.get_by_role("link", name="Gesprekken", exact=True)).to_be_visible()


def give(page: Page, pin: str = PIN) -> None:
    page.get_by_label(CODE, exact=True).fill(pin)


def with_pin(signed_in: SignedIn, name: str, **options: Any) -> Page:
    """Somebody's page, open, with a PIN set."""
    page = signed_in(name, at="about:blank", **options)
    set_pin(page)
    return page


def set_pin(page: Page) -> None:
    page.goto("/instellingen/apparaten")
    page.get_by_role("button", name="PIN gebruiken").click()
    choose(page, PIN)
    expect(page.get_by_text("De app vraagt op dit apparaat om uw toegangscode.")).to_be_visible()


def choose(page: Page, pin: str) -> None:
    """A new PIN, in the dialog that asks for one."""
    page.get_by_label("Nieuwe toegangscode", exact=True).fill(pin)
    page.get_by_label("Nieuwe toegangscode, nog een keer").fill(pin)
    page.get_by_role("dialog").get_by_role("button", name="Opslaan").click()


def lose_the_answer(route: Route) -> None:
    """The server does what was asked, and the line goes before it can say so."""
    route.fetch()
    route.abort("internetdisconnected")


def test_a_pin_is_entered_twice_and_weak_ones_are_warned_of(signed_in: SignedIn, each_look: Axe) -> None:
    page = signed_in("joris", at="/instellingen/apparaten", **ON_A_PHONE)
    page.get_by_role("button", name="PIN gebruiken").click()
    first = page.get_by_label("Nieuwe toegangscode", exact=True)
    again = page.get_by_label("Nieuwe toegangscode, nog een keer")
    save = page.get_by_role("dialog").get_by_role("button", name="Opslaan")
    expect(first).to_be_focused()
    save.click()
    expect(page.get_by_text("Vul 4 cijfers in.")).to_be_visible()
    first.fill("1984")
    again.fill("1985")
    save.click()
    expect(page.get_by_text("De twee codes zijn niet hetzelfde.")).to_be_visible()
    again.fill("1984")
    save.click()
    expect(page.get_by_text("Deze code raden anderen snel")).to_be_visible()
    assert each_look(page) == []
    page.get_by_role("button", name="Toch gebruiken").click()
    expect(page.get_by_text("De app vraagt op dit apparaat om uw toegangscode.")).to_be_visible()
    assert each_look(page) == []


def test_the_second_press_of_a_double_click_closes_no_dialog(signed_in: SignedIn) -> None:
    page = signed_in("anna", at="/instellingen/apparaten")
    page.get_by_role("button", name="PIN gebruiken").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.move(3, 3)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.click(3, 3)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_it_is_asked_each_time_the_app_is_opened_before_anything_is_drawn(signed_in: SignedIn, each_look: Axe) -> None:
    page = with_pin(signed_in, "joris", **ON_A_PHONE)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto("/")
    locked(page)
    assert each_look(page) == []
    assert sockets == [], "no line before the PIN"
    give(page, "40")
    page.get_by_role("button", name="Openen").click()
    expect(page.get_by_text("Vul 4 cijfers in.")).to_be_visible()
    give(page, "0000")
    expect(page.get_by_text("U kunt het nog 4 keer proberen.")).to_be_visible()
    assert each_look(page) == []
    expect(page.get_by_label(CODE, exact=True)).to_have_value("")
    with page.expect_websocket():
        give(page)
    opened(page)
    assert len(sockets) == 1


def test_while_it_is_locked_the_browser_is_given_nothing_by_any_way_around(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "fatima")
    with page.expect_response("**/api/v1/me/lock/close"):
        page.goto("/")
    locked(page)
    ask = "path => fetch(path).then(async answer => [answer.status, (await answer.json()).code])"
    assert page.evaluate(ask, "/api/v1/files") == [403, "locked"]
    page.evaluate("() => new Promise(done => { indexedDB.deleteDatabase('zorgmessenger').onsuccess = () => done(0); })")
    page.goto("/")
    expect(page.get_by_text("vergrendeld met een code die niet meer op dit apparaat staat")).to_be_visible()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_five_wrong_ones_sign_out_and_leave_nothing(signed_in: SignedIn, axe: Axe) -> None:
    page = with_pin(signed_in, "mei")
    page.goto("/")
    for left in (4, 3, 2, 1):
        give(page, "0000")
        expect(page.get_by_text(f"U kunt het nog {left} keer proberen.")).to_be_visible()
    give(page, "0000")
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
    expect(page.get_by_text("U heeft vijf keer een verkeerde toegangscode ingevuld.")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate(KEPT) == 0
    page.get_by_label("E-mailadres").fill("mei@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    opened(page)


KEPT = """() => new Promise(done => {
  const request = indexedDB.open("zorgmessenger");
  request.onsuccess = () => {
    const stores = [...request.result.objectStoreNames];
    const transaction = request.result.transaction(stores);
    const counts = stores.map(store => transaction.objectStore(store).count());
    transaction.oncomplete = () => { request.result.close(); done(counts.reduce((sum, one) => sum + one.result, 0)); };
  };
})"""


def test_it_is_asked_after_being_away_as_long_as_was_set(signed_in: SignedIn) -> None:
    page = signed_in("bram", at="about:blank")
    page.clock.install()
    set_pin(page)
    page.get_by_label("Na 5 minuten").check()
    expect(page.get_by_label("Na 5 minuten")).to_be_checked()
    page.evaluate(HIDE, arg=True)
    expect(page.locator("html")).to_have_attribute("data-hidden", "")
    page.clock.run_for(4 * 60_000)
    page.evaluate(HIDE, arg=False)
    expect(page.get_by_role("heading", name="Toegangscode vergrendeling")).to_be_visible()
    page.evaluate(HIDE, arg=True)
    page.clock.run_for(6 * 60_000)
    page.evaluate(HIDE, arg=False)
    locked(page)
    give(page)
    opened(page)
    page.get_by_label("Meteen als de app niet meer in beeld is").check()
    expect(page.get_by_label("Meteen als de app niet meer in beeld is")).to_be_checked()
    page.evaluate(HIDE, arg=True)
    page.evaluate(HIDE, arg=False)
    locked(page)


def test_it_is_changed_with_the_pin_and_switched_off_with_the_password(signed_in: SignedIn, axe: Axe) -> None:
    page = with_pin(signed_in, "petra")
    page.get_by_role("button", name="PIN wijzigen").click()
    page.get_by_label("Uw toegangscode van nu").fill("9999")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("U kunt het nog 4 keer proberen.")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Uw toegangscode van nu").fill(PIN)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Nieuwe toegangscode", exact=True).fill("8352")
    page.get_by_label("Nieuwe toegangscode, nog een keer").fill("8352")
    page.get_by_role("dialog").get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Nu vergrendelen").click()
    locked(page)
    give(page, PIN)
    expect(page.get_by_text("U kunt het nog 4 keer proberen.")).to_be_visible()
    give(page, "8352")
    opened(page)
    page.get_by_role("button", name="PIN uitzetten").click()
    page.get_by_role("button", name="Gebruik mijn wachtwoord").click()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="PIN uitzetten").click()
    expect(page.get_by_text("Er staat geen toegangscode op dit apparaat.")).to_be_visible()
    page.goto("/")
    opened(page)


def test_who_stops_changing_it_halfway_keeps_the_one_before(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "petra")
    page.get_by_role("button", name="PIN wijzigen").click()
    page.get_by_label("Uw toegangscode van nu").fill(PIN)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_label("Nieuwe toegangscode", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("De app vraagt op dit apparaat om uw toegangscode.")).to_be_visible()
    assert page.evaluate(KEPT) > 1, "and what it keeps"
    page.reload()
    locked(page)
    give(page)
    opened(page)
    page.get_by_role("button", name="PIN wijzigen").click()
    page.get_by_role("button", name="Gebruik mijn wachtwoord").click()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Nieuwe toegangscode", exact=True).fill("8352")
    page.get_by_label("Nieuwe toegangscode, nog een keer").fill("8352")
    page.get_by_role("dialog").get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    locked(page)
    give(page, "8352")
    opened(page)


def test_where_the_answer_to_another_pin_is_lost_it_is_saved_again_and_changed_after(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "fatima")
    dialog = page.get_by_role("dialog")

    def change(before: str, after: str) -> None:
        page.get_by_role("button", name="PIN wijzigen").click()
        dialog.get_by_label("Uw toegangscode van nu").fill(before)
        dialog.get_by_role("button", name="Verder").click()
        choose(page, after)

    page.route("**/api/v1/me/lock/change", lose_the_answer, times=1)
    change(PIN, "8352")
    expect(dialog.get_by_text("Er is geen verbinding.")).to_be_visible()
    dialog.get_by_role("button", name="Opslaan").click()
    expect(dialog).to_have_count(0)
    page.route("**/api/v1/me/lock/change", lose_the_answer, times=1)
    change("8352", "7283")
    expect(dialog.get_by_text("Er is geen verbinding.")).to_be_visible()
    page.reload()
    locked(page)
    give(page, "7283")
    expect(page.get_by_role("heading", name="De app is vergrendeld")).to_have_count(0)
    change("7283", PIN)
    expect(dialog).to_have_count(0)
    page.reload()
    locked(page)
    give(page)
    opened(page)


def test_where_the_answer_to_the_first_pin_is_lost_the_password_sets_another(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("bram", at="/instellingen/apparaten")
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="PIN gebruiken").click()
    page.route("**/api/v1/me/lock", lose_the_answer, times=1)
    choose(page, PIN)
    expect(dialog.get_by_text("Er is geen verbinding.")).to_be_visible()
    dialog.get_by_role("button", name="Opslaan").click()
    expect(dialog.get_by_text("De verbinding viel weg toen uw toegangscode werd opgeslagen.")).to_be_visible()
    assert axe(page) == []
    dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Verder").click()
    choose(page, PIN)
    expect(page.get_by_text("De app vraagt op dit apparaat om uw toegangscode.")).to_be_visible()
    page.reload()
    locked(page)
    give(page)
    opened(page)


def test_where_the_answer_to_switching_it_off_is_lost_it_is_off_the_next_time(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "petra")
    dialog = page.get_by_role("dialog")
    for by_password in (False, True):
        path = "me/lock/remove-by-password" if by_password else "me/lock/remove"
        page.route(f"**/api/v1/{path}", lose_the_answer, times=1)
        page.get_by_role("button", name="PIN uitzetten").click()
        if by_password:
            dialog.get_by_role("button", name="Gebruik mijn wachtwoord").click()
            dialog.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        else:
            dialog.get_by_label("Uw toegangscode van nu").fill(PIN)
        dialog.get_by_role("button", name="PIN uitzetten").click()
        expect(dialog.get_by_text("Er is geen verbinding.")).to_be_visible()
        dialog.get_by_role("button", name="PIN uitzetten").click()
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("Er staat geen toegangscode op dit apparaat.")).to_be_visible()
        set_pin(page)


def test_what_is_typed_while_a_wrong_one_is_on_its_way_follows_it(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "joris")
    page.goto("/")
    locked(page)
    tries: list[Route] = []

    def keep_back(route: Route) -> None:
        tries.append(route)

    page.route("**/api/v1/me/lock/open", keep_back, times=1)
    with page.expect_request("**/api/v1/me/lock/open"):
        give(page, "9182")
    give(page)
    tries[0].continue_()
    opened(page)


def test_who_forgot_it_signs_out_and_in_again(signed_in: SignedIn, axe: Axe) -> None:
    page = with_pin(signed_in, "ingrid")
    page.goto("/gesprekken/x")
    page.get_by_role("button", name="Toegangscode vergeten?").click()
    expect(page.get_by_text("Niemand kan uw code opzoeken.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_label("E-mailadres").fill("ingrid@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    opened(page)
    page.reload()
    opened(page)


def test_a_link_from_the_mail_asks_the_pin_first_and_then_goes_on(signed_in: SignedIn) -> None:
    bram = signed_in("bram")
    link = link_to(bram, invite(bram, "Lotte"))
    page = with_pin(signed_in, "vera")
    page.goto(link)
    locked(page)
    give(page)
    expect(page.get_by_text("nodigt u uit om veilig berichten te sturen")).to_be_visible()
    page.goto("/herstel-stoppen#geheim")
    locked(page)
    give(page)
    expect(page.get_by_role("button", name="Herstel stoppen")).to_be_visible()
    page.context.clear_cookies(name="session")
    page.goto(link)
    expect(page.get_by_role("button", name="Maak uw account aan")).to_be_visible()


def test_two_tabs_are_locked_apart_and_neither_locks_the_other_out(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "vera")
    other = page.context.new_page()
    other.goto("/instellingen/apparaten")
    locked(other)
    give(other)
    expect(other.get_by_role("button", name="Nu vergrendelen")).to_be_visible()
    page.get_by_role("button", name="Nu vergrendelen").click()
    locked(page)
    away = other.get_by_role("group", name="Vraag de toegangscode als ik").get_by_label("Na 15 minuten")
    away.check()
    expect(away).to_be_checked()
    other.close()
    expect(page).to_have_title(re.compile("vergrendeld"))
    give(page)
    opened(page)


def test_a_pin_set_in_one_tab_locks_the_others_that_were_open_and_goes_from_all(signed_in: SignedIn) -> None:
    other = signed_in("joris")
    opened(other)
    page = other.context.new_page()
    set_pin(page)
    other.get_by_role("link", name="Instellingen").click()
    other.get_by_role("link", name="App en apparaten").click()
    expect(other.get_by_text("De app vraagt op dit apparaat om uw toegangscode.")).to_be_visible()
    other.get_by_role("button", name="Nu vergrendelen").click()
    locked(other)
    give(other)
    expect(other.get_by_role("button", name="PIN wijzigen")).to_be_visible()
    page.get_by_role("button", name="PIN uitzetten").click()
    page.get_by_label("Uw toegangscode van nu").fill(PIN)
    page.get_by_role("dialog").get_by_role("button", name="PIN uitzetten").click()
    expect(other.get_by_text("Er staat geen toegangscode op dit apparaat.")).to_be_visible()
    other.reload()
    expect(other.get_by_text("Er staat geen toegangscode op dit apparaat.")).to_be_visible()


def test_a_page_that_begins_locked_closes_it_also_when_the_one_before_could_not(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "mei")
    page.evaluate("() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true })")
    other = page.context.new_page()
    other.goto("/instellingen/apparaten")
    locked(other)
    ask = "path => fetch(path).then(answer => answer.status)"
    assert other.evaluate(ask, "/api/v1/files") == 200, "it is open in a tab"
    with other.expect_response("**/api/v1/me/lock/close"):
        page.close()
    assert other.evaluate(ask, "/api/v1/files") == 403
    give(other)
    opened(other)


CLOSE = """async () => {
  const { csrf } = await (await fetch("/api/v1/session")).json();
  await fetch("/api/v1/me/lock/close", { method: "POST", headers: { "X-CSRFToken": csrf } });
}"""


def test_when_the_server_has_closed_it_meanwhile_the_pin_opens_it_again(signed_in: SignedIn) -> None:
    page = signed_in("anna", at="about:blank")
    lines: list[WebSocketRoute] = []

    def through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/socket", through)
    set_pin(page)
    page.evaluate(CLOSE)
    lines[-1].close(code=1012)
    locked(page)
    give(page)
    opened(page)
