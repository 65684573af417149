"""The app as one on a device: installable, opening without a line, renewed without losing what is being written."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

import zorgmessenger
from tests.browser.conftest import ARGUMENTS, CHROMIUM, Axe, Demonstration, SignedIn
from tests.browser.looks import ON_A_PHONE
from tests.browser.test_life_of_a_message import act

KEPT = """
async () => (await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()))).flat()
  .map(request => request.url)
"""


@pytest.fixture(scope="session")
def browser(whole_browser: Browser) -> Browser:
    """The one in which an app is installed."""
    return whole_browser


def controlled(page: Page) -> None:
    """Waits until the service worker serves the page, with everything in its cache."""
    page.evaluate(
        "navigator.serviceWorker.controller ?? new Promise(done =>"
        " navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })).then(() => 0)"
    )


@pytest.fixture
def profile(browser: Browser, server: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with a profile on disk: in another one nothing is installed."""
    kept = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=ARGUMENTS, base_url=server, locale="nl-NL"
    )
    yield kept
    kept.close()


def installability_errors(page: Page) -> list[str]:
    """What Chromium says keeps the page from being installed."""
    page.goto("/inloggen")
    controlled(page)
    tools = page.context.new_cdp_session(page)
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    return [error["errorId"] for error in tools.send("Page.getInstallabilityErrors")["installabilityErrors"]]


def test_nothing_keeps_the_app_from_being_installed_in_either_look(profile: BrowserContext) -> None:
    page = profile.new_page()
    page.goto("/inloggen")
    for look in ("app", "neutral"):
        page.evaluate("look => localStorage.setItem('look', look)", look)
        assert installability_errors(page) == [], look
        assert page.locator("link[rel=manifest]").get_attribute("href") == f"/{look}.webmanifest"


def test_a_manifest_that_lacks_something_would_be_found_out(profile: BrowserContext) -> None:
    def without_icons(route: Route) -> None:
        manifest = route.fetch().json()
        del manifest["icons"]
        route.fulfill(json=manifest)

    profile.route("**/app.webmanifest", without_icons)
    assert "no-acceptable-icon" in installability_errors(profile.new_page())


def test_the_neutral_name_and_icon_are_chosen_before_installing_and_kept(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("joris", at="/instellingen/apparaten")
    page.get_by_label("Berichten, met een neutraal pictogram").check()
    expect(page).to_have_title(re.compile(r"(\(\d+\) )?Berichten$"))
    assert axe(page) == []
    page.reload()
    expect(page).to_have_title(re.compile(r"(\(\d+\) )?Berichten$"))
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/neutral.webmanifest")
    assert "zorg" not in manifest["data"].lower()


def test_without_a_line_the_app_opens_and_says_so(signed_in: SignedIn, each_look: Axe) -> None:
    page = signed_in("anna", service_workers="allow", **ON_A_PHONE)
    controlled(page)
    kept = page.evaluate(KEPT)
    assert any(url.endswith("/") for url in kept)
    assert not [url for url in kept if "/api/" in url or "_allauth" in url]
    page.context.set_offline(offline=True)
    page.goto("/hulp/install")
    expect(page.get_by_text("Zet op beginscherm")).to_be_visible()
    expect(page.get_by_text("Geen verbinding").first).to_be_visible()
    assert each_look(page) == []


def test_where_the_browser_offers_it_there_is_a_button(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("anna", at="/instellingen/apparaten")
    button = page.get_by_role("button", name="Installeren")
    expect(button).to_have_count(0)
    page.evaluate(
        "() => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }),"
        " { prompt: async () => { document.title = 'asked'; } }))"
    )
    assert axe(page) == []
    button.click()
    expect(page).to_have_title("asked")
    expect(button).to_have_count(0)
    page.get_by_role("link", name="Zo zet u de app op uw apparaat").click()
    expect(page.get_by_text("Zet op beginscherm")).to_be_visible()


SHARE = """() => {
  const form = document.createElement("form");
  Object.assign(form, { method: "POST", action: "/delen", enctype: "multipart/form-data" });
  const field = (name, value) => form.append(Object.assign(document.createElement("input"), { name, value }));
  field("title", "Een artikel");
  field("url", "https://voorbeeld.example/lezen");
  const file = Object.assign(document.createElement("input"), { name: "files", type: "file" });
  const chosen = new DataTransfer();
  chosen.items.add(new File(["een brief"], "brief.txt", { type: "text/plain" }));
  file.files = chosen.files;
  form.append(file);
  document.body.append(form);
  form.submit();
}"""
"""What the system does when another app shares something with this one."""


def test_what_another_app_shares_goes_to_the_conversation_that_is_chosen(signed_in: SignedIn, axe: Axe) -> None:
    page = signed_in("anna", service_workers="allow")
    controlled(page)
    page.evaluate(SHARE)
    expect(page.get_by_text("Een artikel")).to_be_visible()
    expect(page.get_by_text("1 bestand")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Bram").click()
    expect(page.get_by_label("Bericht", exact=True)).to_have_value("Een artikel\nhttps://voorbeeld.example/lezen")
    expect(page.get_by_text("brief.txt").first).to_be_visible()
    page.goto("/delen")
    expect(page.get_by_text("Er is niets om te delen.")).to_be_visible()


def test_who_has_no_conversation_to_share_in_reads_so(signed_in: SignedIn) -> None:
    page = signed_in("ingrid", service_workers="allow")
    controlled(page)
    page.evaluate(SHARE)
    expect(page.get_by_text("Een artikel")).to_be_visible()
    expect(page.get_by_text("U heeft nog geen gesprekken")).to_be_visible()
    expect(page.get_by_text("Kies een gesprek.")).to_have_count(0)


def test_below_a_long_text_that_is_shared_the_conversations_are_in_sight(signed_in: SignedIn) -> None:
    page = signed_in("anna", service_workers="allow", **ON_A_PHONE)
    controlled(page)
    page.evaluate(SHARE.replace("Een artikel", "Een lang artikel. " * 500))
    bram = page.get_by_role("main").get_by_role("button", name="Bram")
    expect(bram).to_be_in_viewport()
    bram.click()
    expect(page.get_by_label("Bericht", exact=True)).to_have_value(re.compile("^(Een lang artikel. ?){500}\n"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, in which a test makes the next version of the app."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(Path(zorgmessenger.__file__).parent, folder / "zorgmessenger")
    return folder


@pytest.fixture(scope="module")
def host(folder: str, package: Path) -> Iterator[Demonstration]:
    host = Demonstration(folder, {"PYTHONPATH": str(package)})
    host.start()
    yield host
    host.stop()


@pytest.fixture(scope="module")
def server(host: Demonstration) -> str:
    return host.address


NEXT_FETCHED = """
async () => {
  const { installing } = await (await navigator.serviceWorker.getRegistration()).update();
  if (installing) await new Promise(done => installing.addEventListener("statechange", done, { once: true }));
}
"""
"""Looks for a next version, and waits until all of it is fetched."""


def renew(host: Demonstration, package: Path, name: str = "next") -> None:
    """Stops the server, and starts it with the next version of the app, by this name."""
    host.stop()
    app = package / "zorgmessenger/webapp"
    page, worker = app / "index.html", app / "worker.js"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text(re.sub("<body[^>]*>", f'<body data-version="{name}">', page.read_text()))
    after = hashlib.sha256(page.read_bytes()).hexdigest()
    script = worker.read_text().replace(before, after)
    worker.write_text(re.sub(r"(version:`)[0-9a-f]{8}", rf"\g<1>{after[:8]}", script))
    for copy in app.glob("worker.js.*"):
        copy.unlink()
    host.start()


def test_a_new_version_takes_over_when_asked_and_not_over_what_is_being_written(
    signed_in: SignedIn, host: Demonstration, package: Path, axe: Axe
) -> None:
    page = signed_in("anna", service_workers="allow")
    controlled(page)
    page.get_by_role("link", name="Bram").first.click()
    field = page.get_by_role("textbox", name="Bericht")
    field.fill("Nog niet klaar")
    renew(host, package)
    page.evaluate(NEXT_FETCHED)
    expect(page.get_by_text("Er is een nieuwe versie van de app.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Nu bijwerken").click()
    expect(page.get_by_text("Verstuur of wis eerst wat u aan het schrijven bent")).to_be_visible()
    expect(field).to_have_value("Nog niet klaar")
    expect(page.locator("[data-version=next]")).to_have_count(0)
    field.fill("")
    page.get_by_role("button", name="Nu bijwerken").click()
    expect(page.locator("[data-version=next]")).to_have_count(1)
    expect(field).to_be_visible()
    expect(page.get_by_text("Er is een nieuwe versie van de app.")).to_have_count(0)


BEGUN_ELSEWHERE = """
const register = ServiceWorkerContainer.prototype.register;
ServiceWorkerContainer.prototype.register = async function (...given) {
  const registration = await register.apply(this, given);
  registration.update();
  while (!registration.installing) await new Promise(done => setTimeout(done, 1));
  return registration;
};
"""
"""As where another page is fetching the next version already when this one is opened."""


def test_a_new_version_that_another_page_is_fetching_is_told_of_too(
    signed_in: SignedIn, host: Demonstration, package: Path
) -> None:
    page = signed_in("anna", service_workers="allow")
    controlled(page)
    renew(host, package, "fetched elsewhere")
    page.add_init_script(BEGUN_ELSEWHERE)
    page.reload()
    expect(page.get_by_text("Er is een nieuwe versie van de app.")).to_be_visible(timeout=15_000)


LOOK_AWAY = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_new_version_does_not_take_over_in_the_middle_of_something_while_one_looks_away(
    signed_in: SignedIn, host: Demonstration, package: Path
) -> None:
    altering = signed_in("joris", service_workers="allow")
    altering.get_by_role("link", name="Bram").first.click()
    field = altering.get_by_role("textbox", name="Bericht")
    field.fill("Tot morgen")
    field.press("Enter")
    act(altering, "Tot morgen", "Bewerken")
    field.fill("Tot overmorgen, om tien uur")
    sharing = signed_in("anna", service_workers="allow")
    controlled(sharing)
    sharing.evaluate(SHARE)
    linking = signed_in("mei", at="/instellingen", service_workers="allow")
    linking.get_by_role("button", name="Activeer tweefactorauthenticatie").click()
    linking.get_by_role("button", name="Ja", exact=True).click()
    idle = signed_in("bram", service_workers="allow")
    everybody = (altering, sharing, linking, idle)
    for one in everybody:
        controlled(one)
    renew(host, package, "after")
    for one in everybody:
        one.evaluate(NEXT_FETCHED)
        expect(one.get_by_text("Er is een nieuwe versie van de app.")).to_be_visible()
    for one in everybody:
        one.evaluate(LOOK_AWAY)
    expect(idle.locator("[data-version=after]")).to_have_count(1)
    expect(field).to_have_value("Tot overmorgen, om tien uur")
    expect(sharing.get_by_text("Een artikel")).to_be_visible()
    expect(linking.get_by_role("dialog")).to_be_visible()
    for one in (altering, sharing, linking):
        expect(one.locator("[data-version=after]")).to_have_count(0)
