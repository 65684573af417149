"""Being told: chosen in the settings, muted in a conversation, shown by the service worker, on desktop and phone.

A push subscription needs a browser maker's push service, which is not reached from here: what the browser is given is
delivered to the service worker through the DevTools protocol instead, and the way there is tested in `tests/api`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.conftest import PASSWORD, Axe, SignedIn
from tests.browser.looks import ON_A_PHONE

TOUCH = {**ON_A_PHONE, "has_touch": True}


@pytest.fixture(scope="session")
def browser(whole_browser: Browser) -> Browser:
    """The one that shows notifications."""
    return whole_browser


def test_one_chooses_how_one_is_told(signed_in: SignedIn, each_look: Axe) -> None:
    page = signed_in("anna", at="/instellingen/meldingen", **TOUCH)
    part = page.get_by_role("region", name="Meldingen")
    part.get_by_label("Na 1 uur").check()
    expect(part.get_by_text("Opgeslagen.")).to_be_visible()
    quiet = page.get_by_role("checkbox", name="In deze uren")
    quiet.check()
    page.get_by_label("van", exact=True).fill("21:30")
    page.get_by_label("tot", exact=True).fill("21:30")
    page.get_by_role("button", name="Stille uren opslaan").click()
    expect(page.get_by_text("Kies twee verschillende tijden.")).to_be_visible()
    page.get_by_label("tot", exact=True).fill("07:00")
    page.get_by_role("button", name="Stille uren opslaan").click()
    expect(page.get_by_text("Opgeslagen.")).to_have_count(2)
    part.get_by_role("button", name="Stuur mij een proefmelding").click()
    expect(part.get_by_text("De proefmelding komt per mail.")).to_be_visible()
    assert each_look(page) == []
    expect(page.get_by_text("Opgeslagen.")).to_have_count(2)
    page.reload()
    expect(part.get_by_label("Na 1 uur")).to_be_checked()
    expect(page.get_by_label("van", exact=True)).to_have_value("21:30")
    quiet.uncheck()
    page.get_by_role("button", name="Stille uren opslaan").click()
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    part.get_by_label("Na 15 minuten").check()
    expect(page.get_by_text("Opgeslagen.")).to_have_count(2)
    page.reload()
    expect(part.get_by_label("Na 15 minuten")).to_be_checked()
    expect(quiet).not_to_be_checked()


def test_what_was_opened_without_a_line_is_there_once_there_is_one(signed_in: SignedIn) -> None:
    page = signed_in("anna", at="/instellingen")
    expect(page.get_by_role("link", name="Meldingen")).to_be_visible()
    page.context.set_offline(offline=True)
    page.get_by_role("link", name="Meldingen").click()
    part = page.get_by_role("region", name="Meldingen")
    expect(part.get_by_text("Er is geen verbinding.")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('offline'))")  # the socket is found dead some seconds after
    expect(page.get_by_text("Geen verbinding. Wij proberen het opnieuw.")).to_be_visible(timeout=30_000)
    page.context.set_offline(offline=False)
    expect(part.get_by_label("Na 15 minuten")).to_be_checked(timeout=20_000)
    expect(part.get_by_text("Er is geen verbinding.")).to_have_count(0)


def test_who_held_notifications_back_reads_how_to_allow_them(signed_in: SignedIn, axe: Axe) -> None:
    denied = "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    page = signed_in("anna", at="/instellingen/meldingen", first=denied)
    part = page.get_by_role("region", name="Meldingen")
    expect(part.get_by_text("Uw browser houdt meldingen van deze site tegen.")).to_be_visible()
    expect(part.get_by_role("button", name="Zet meldingen hier aan")).to_have_count(0)
    assert axe(page) == []


def test_the_browser_is_asked_after_a_click_alone_and_what_it_answers_is_told_to_the_server(
    signed_in: SignedIn,
) -> None:
    """With a browser that has a push service: what it gives goes to the server, and is switched off again."""
    page = signed_in(
        "joris",
        at="/instellingen/meldingen",
        first=_WITH_A_PUSH_SERVICE,
        service_workers="allow",
        permissions=["notifications"],
    )
    part = page.get_by_role("region", name="Meldingen")
    expect(part.get_by_text("Op dit apparaat staan meldingen uit.")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    assert page.evaluate(_IS_PUSHED_TO) is False
    part.get_by_role("button", name="Zet meldingen hier aan").click()
    expect(part.get_by_text("Op dit apparaat staan meldingen aan.")).to_be_visible()
    expect(part.get_by_text("U krijgt meldingen op 1 apparaat.")).to_be_visible()
    assert page.evaluate("window.asked") == 1
    part.get_by_role("button", name="Stuur mij een proefmelding").click()
    expect(part.get_by_text("De proefmelding komt op dit apparaat en per mail.")).to_be_visible()
    part.get_by_role("button", name="Zet meldingen hier uit").click()
    expect(part.get_by_text("U krijgt nog op geen enkel apparaat meldingen.")).to_be_visible()
    assert page.evaluate(_IS_PUSHED_TO) is False


def test_what_is_on_is_told_to_the_server_at_each_start_and_off_for_whoever_signs_in_after(
    signed_in: SignedIn,
) -> None:
    page = signed_in(
        "petra",
        at="/instellingen/meldingen",
        first=_WITH_A_PUSH_SERVICE,
        service_workers="allow",
        permissions=["notifications"],
    )
    page.get_by_role("button", name="Zet meldingen hier aan").click()
    expect(page.get_by_text("Op dit apparaat staan meldingen aan.")).to_be_visible()
    with page.expect_request("**/api/v1/me/push") as told:
        page.reload()
    assert told.value.method == "PUT"
    expect(page.get_by_text("Op dit apparaat staan meldingen aan.")).to_be_visible()
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("button", name="Uitloggen", exact=True).click()
    page.get_by_label("E-mailadres").fill("fatima@delinde.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("link", name="Instellingen").click()
    page.get_by_role("link", name="Meldingen", exact=True).click()
    expect(page.get_by_text("Op dit apparaat staan meldingen uit.")).to_be_visible()
    expect(page.get_by_text("U krijgt nog op geen enkel apparaat meldingen.")).to_be_visible()
    for _ in range(100):
        if not page.evaluate(_IS_PUSHED_TO):
            break
        page.wait_for_timeout(50)
    else:
        raise AssertionError("who left is still pushed to")


def test_a_browser_that_cannot_subscribe_says_so(signed_in: SignedIn) -> None:
    page = signed_in("mei", at="/instellingen/meldingen", service_workers="allow", permissions=["notifications"])
    part = page.get_by_role("region", name="Meldingen")
    page.evaluate("() => { PushManager.prototype.subscribe = () => Promise.reject(new Error('no push service')); }")
    part.get_by_role("button", name="Zet meldingen hier aan").click()
    expect(part.get_by_text("Het is niet gelukt om meldingen aan te zetten.")).to_be_visible()
    expect(part.get_by_role("button", name="Zet meldingen hier aan")).to_be_visible()


def test_a_conversation_is_muted_on_all_devices_at_once(signed_in: SignedIn, axe: Axe, each_look: Axe) -> None:
    page, other = signed_in("anna", **TOUCH), signed_in("anna")
    other.get_by_role("link", name="Bram de Vries").wait_for()
    page.get_by_role("link", name="Bram de Vries").click()
    menu = page.get_by_role("button", name="Meldingen van dit gesprek")
    menu.click()
    assert each_look(page) == []
    page.get_by_role("menuitem", name="1 uur dempen").click()
    page.get_by_role("button", name="Terug").click()
    for one in (page, other):
        expect(one.get_by_role("link", name="Bram de Vries").get_by_text("Meldingen staan uit")).to_have_count(1)
        assert axe(one) == []
    other.get_by_role("link", name="Bram de Vries").click()
    other.get_by_role("button", name="Meldingen van dit gesprek").click()
    expect(other.get_by_role("menu").get_by_text("Meldingen staan uit tot")).to_be_visible()
    other.get_by_role("menuitem", name="Meldingen weer aan").press("Enter")
    expect(other.get_by_role("button", name="Meldingen van dit gesprek")).to_be_focused()
    for one in (page, other):
        expect(one.get_by_role("link", name="Bram de Vries").get_by_text("Meldingen staan uit")).to_have_count(0)


def test_that_muting_did_not_succeed_is_told_below_the_head(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("anna", **ON_A_PHONE)
    page.get_by_role("link", name="Bram").first.click()
    name = page.get_by_role("heading", name="Bram de Vries")
    head = page.locator(".conversation-head")
    expect(name).to_be_visible()
    before = head.bounding_box()
    page.context.set_offline(offline=True)
    page.get_by_role("button", name="Meldingen van dit gesprek").click()
    page.get_by_role("menuitem", name="Altijd dempen").click()
    error = page.get_by_role("alert").filter(has_text="Er is geen verbinding.")
    expect(error).to_be_visible()
    expect(name).to_be_visible()
    assert head.bounding_box() == before
    assert axe(page) == []
    page.get_by_role("button", name="Sluiten", exact=True).click()
    expect(error).to_have_count(0)


def test_a_push_is_shown_in_neutral_words_of_ones_language(new_context: Callable[..., BrowserContext]) -> None:
    page = _worker(new_context(service_workers="allow"))
    for number, (language, pushed, said) in enumerate(
        [
            ("nl", {"kind": "new", "count": 1}, ["new", "Er is een nieuw bericht voor u"]),
            ("nl", {"kind": "new", "count": 3}, ["new", "Er zijn 3 nieuwe berichten voor u"]),
            ("en", {"kind": "call", "count": 0}, ["call", "You are being called"]),
            ("nl", {"kind": "test", "count": 0}, ["test", "Dit is een proefmelding"]),
        ]
    ):
        _speak(page, language)
        _deliver(page, pushed)
        assert _shown(page, number + 1)[number:] == [[*said, ""]]


def test_a_press_on_a_notification_opens_the_app(new_context: Callable[..., BrowserContext]) -> None:
    page = _worker(new_context(service_workers="allow"))
    [worker] = page.context.service_workers
    opened = worker.evaluate(
        """async () => {
            const opened = [];
            self.clients.matchAll = async () => [];
            self.clients.openWindow = async url => opened.push(url);
            let notification;
            while (!notification) {
                await self.registration.showNotification("Er is een nieuw bericht voor u", { tag: "new" });
                await new Promise(resolve => setTimeout(resolve, 200));
                [notification] = await self.registration.getNotifications();
            }
            self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
            await new Promise(resolve => setTimeout(resolve));
            const focused = { focus: async () => opened.push("focused") };
            self.clients.matchAll = async () => [focused];
            self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
            await new Promise(resolve => setTimeout(resolve));
            return [opened, (await self.registration.getNotifications()).length];
        }"""
    )
    assert opened == [["/", "focused"], 0]


def test_what_was_shown_goes_when_the_app_is_opened(new_context: Callable[..., BrowserContext]) -> None:
    page = _worker(new_context(service_workers="allow"))
    [worker] = page.context.service_workers
    worker.evaluate(
        """async () => {
            const tags = ["new", "call", "test"];
            while ((await self.registration.getNotifications()).length < tags.length) {
                for (const tag of tags) await self.registration.showNotification("Er is iets voor u", { tag });
                await new Promise(resolve => setTimeout(resolve, 200));
            }
        }"""
    )
    page.context.new_page().goto("/")
    left = worker.evaluate(
        """async () => {
            let left;
            for (let tries = 0; tries < 50 && left?.length !== 1; tries++) {
                left = (await self.registration.getNotifications()).map(({ tag }) => tag);
                await new Promise(resolve => setTimeout(resolve, 100));
            }
            return left;
        }"""
    )
    assert left == ["test"]


def test_who_has_the_app_before_them_is_shown_nothing_but_a_try(new_context: Callable[..., BrowserContext]) -> None:
    page = _worker(new_context(service_workers="allow"))
    [worker] = page.context.service_workers
    worker.evaluate("() => { self.clients.matchAll = async () => [{ focused: true }]; }")
    _deliver(page, {"kind": "new", "count": 1}, {"kind": "test", "count": 0})
    assert [tag for tag, *_ in _shown(page)] == ["test"]


def test_the_service_worker_comes_from_the_root_under_the_policy_of_everything(
    new_context: Callable[..., BrowserContext],
) -> None:
    answer = new_context().request.get("/worker.js")
    headers = answer.headers
    assert answer.ok
    assert headers["content-type"].startswith("text/javascript")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "immutable" not in headers["cache-control"]


def test_a_browser_that_renews_its_pushes_while_the_app_is_closed_tells_the_server_where_they_are_on(
    signed_in: SignedIn,
) -> None:
    page = signed_in("mei", service_workers="allow")
    page.context.grant_permissions(["notifications"])
    page.add_init_script(_WITH_A_PUSH_SERVICE)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    [worker] = page.context.service_workers or [page.context.wait_for_event("serviceworker")]
    assert worker.evaluate(_CHANGE, "https://push.invalid/unasked") is None
    page.goto("/instellingen/meldingen")
    page.get_by_role("button", name="Zet meldingen hier aan").click()
    expect(page.get_by_text("U krijgt meldingen op 1 apparaat.")).to_be_visible()
    page.goto("about:blank")
    told = worker.evaluate(_CHANGE, "https://push.invalid/next")
    assert told == ["/api/v1/me/push", "https://push.invalid/next", 200]


def test_what_the_browser_dropped_by_itself_is_made_anew_at_the_next_start(signed_in: SignedIn) -> None:
    page = signed_in(
        "bram",
        at="/instellingen/meldingen",
        first=_WITH_A_PUSH_SERVICE,
        service_workers="allow",
        permissions=["notifications"],
    )
    page.get_by_role("button", name="Zet meldingen hier aan").click()
    expect(page.get_by_text("Op dit apparaat staan meldingen aan.")).to_be_visible()
    page.evaluate('localStorage.removeItem("the push service\'s")')
    with page.expect_request("**/api/v1/me/push") as told:
        page.reload()
    assert told.value.method == "PUT"
    assert page.evaluate(_IS_PUSHED_TO) is True


_IS_PUSHED_TO = "navigator.serviceWorker.ready.then((there) => there.pushManager.getSubscription()).then(Boolean)"
_WITH_A_PUSH_SERVICE = """
    window.asked = 0;
    const ask = Notification.requestPermission.bind(Notification);
    Notification.requestPermission = () => { window.asked += 1; return ask(); };
    const KEPT = "the push service's";
    const point = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    const keys = { p256dh: point, auth: "BTBZMqHH6r4Tts7J_aSIgg" };
    const made = {
        toJSON: () => ({ endpoint: "https://push.invalid/joris", keys }),
        unsubscribe: async () => { localStorage.removeItem(KEPT); return true; },
    };
    PushManager.prototype.getSubscription = async () => localStorage.getItem(KEPT) ? made : null;
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
        if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("wrong");
        localStorage.setItem(KEPT, "1");
        return made;
    };
"""


_CHANGE = """
async endpoint => {
    const keys = {
        p256dh: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
    };
    PushManager.prototype.getSubscription = async () => ({ toJSON: () => ({ endpoint, keys }) });
    const ask = self.fetch.bind(self);
    const told = new Promise(resolve => {
        self.fetch = async (address, said) => {
            const answer = await ask(address, said);
            if (address.endsWith("/notifications") && !(await answer.clone().json()).here) resolve(null);
            if (said?.method === "PUT") resolve([address, JSON.parse(said.body).endpoint, answer.status]);
            return answer;
        };
    });
    self.dispatchEvent(new ExtendableEvent("pushsubscriptionchange"));
    return told.finally(() => { self.fetch = ask; });
}
"""
"""Has the browser give the device another address for pushes; gives what the service worker tells the server."""


def _speak(page: Page, language: str) -> None:
    """Has the service worker speak this language."""
    kept = "language => caches.open('spoken').then(kept => kept.put('/language', new Response(language)))"
    page.evaluate(kept, language)


def _worker(context: BrowserContext) -> Page:
    """A page with the service worker at work, in Dutch, as in a browser that shows something else now."""
    context.grant_permissions(["notifications"])
    page = context.new_page()
    page.goto("/privacy")
    _speak(page, "nl")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    for worker in context.service_workers or [context.wait_for_event("serviceworker")]:
        worker.evaluate(
            """() => {
                self.clients.matchAll = async () => [];
                self.shown = [];
                const show = self.registration.showNotification.bind(self.registration);
                self.registration.showNotification = async (title, more) => {
                    await show(title, more);
                    self.shown.push([more.tag, title, more.body ?? ""]);
                };
            }"""
        )
    return page


def _deliver(page: Page, *pushed: dict[str, Any]) -> None:
    """Hands pushes to the service worker, as the browser would that got them."""
    line: CDPSession = page.context.new_cdp_session(page)
    found: list[str] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(_registrations(event)))
    line.send("ServiceWorker.enable")
    for _ in range(100):
        if found:
            break
        page.wait_for_timeout(50)
    target = {"origin": page.evaluate("location.origin"), "registrationId": found[0]}
    for one in pushed:
        line.send("ServiceWorker.deliverPushMessage", {**target, "data": json.dumps(one)})
    line.detach()


def _registrations(event: dict[str, Any]) -> list[str]:
    return [one["registrationId"] for one in event["registrations"] if not one["isDeleted"]]


def _shown(page: Page, count: int = 1) -> list[list[str]]:
    """Tag, title and body of what is shown, as soon as so much is.

    The browser is not asked: what it was given to show and has not drawn yet, it drops when it is.
    """
    [worker] = page.context.service_workers
    for _ in range(100):
        found: list[list[str]] = worker.evaluate("() => self.shown")
        if len(found) >= count:
            return found
        page.wait_for_timeout(50)
    raise AssertionError("nothing was shown")
