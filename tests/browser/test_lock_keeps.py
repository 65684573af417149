"""What a device with a PIN keeps: read before the line is there, sent once when it is, and readable by nobody."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.test_lock import give, locked, opened, with_pin

DUMP = """async () => {
  const db = await new Promise(done => {
    const request = indexedDB.open("zorgmessenger");
    request.onsuccess = () => done(request.result);
  });
  const all = store => new Promise(done => {
    const objects = db.transaction(store).objectStore(store);
    const [keys, values] = [objects.getAllKeys(), objects.getAll()];
    values.onsuccess = () => done([keys.result, values.result]);
  });
  const text = value => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder("latin1").decode(value)
    : value instanceof CryptoKey ? `key:${value.type}:${value.extractable}`
    : typeof value === "object" && value ? Object.entries(value).map(([name, one]) => `${name}=${text(one)}`).join(";")
    : String(value);
  const dump = {};
  for (const store of db.objectStoreNames) dump[store] = (await all(store)).map(part => part.map(text));
  db.close();
  return dump;
}"""
"""Everything in the device's database, bytes as letters."""


def kept(page: Page, prefix: str, count: int = 1) -> None:
    """Waits until so many records of a kind are kept."""
    for _ in range(100):
        keys = page.evaluate(DUMP)["sealed"][0]
        if sum(key.startswith(prefix) for key in keys) == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no {prefix} was kept: {keys}")


def test_no_word_of_what_is_kept_can_be_read_on_the_device(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "anna")
    page.goto("/")
    give(page)
    page.get_by_role("link", name=re.compile("Bram")).first.click()
    page.get_by_label("Bericht", exact=True).fill("Zonnebloemolie")
    kept(page, "draft/")
    kept(page, "person")
    dump = page.evaluate(DUMP)
    assert len(dump["sealed"][0]) > 3
    assert dump["lock"][0] == ["lock"]
    assert "key:private:false" in dump["lock"][1][0], "the device's key is not given out"
    everything = str(dump)
    for word in ("Zonnebloemolie", "Visser", "Linde", "firstName", "messages", "practitioner", "minuten"):
        assert word.lower() not in everything.lower(), word


def test_what_is_kept_is_read_after_the_pin_before_the_line_is_there(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "joris")
    page.goto("/")
    give(page)
    page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("Bram"))).first.click()
    page.get_by_label("Bericht", exact=True).fill("Half geschreven")
    kept(page, "draft/")
    page.route_web_socket("**/socket", lambda _: None)
    page.reload()
    locked(page)
    give(page)
    expect(page.get_by_label("Bericht", exact=True)).to_have_value("Half geschreven")
    opened(page)


def test_what_is_written_without_a_line_outlives_a_reload_and_is_sent_once(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "mei", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.goto("/")
    give(page)
    page.get_by_role("link", name=re.compile("Bram|Fatima")).first.click()
    field = page.get_by_label("Bericht", exact=True)
    expect(field).to_be_visible()
    page.context.set_offline(offline=True)
    field.fill("Zonder internet geschreven")
    field.press("Enter")
    kept(page, "unsent/")
    page.reload()
    locked(page)
    give(page)
    expect(page.get_by_text("Om de app te openen is internet nodig.")).to_be_visible()
    page.context.set_offline(offline=False)
    give(page)
    sent = page.get_by_role("region", name="Berichten").get_by_text("Zonder internet geschreven")
    expect(sent).to_have_count(1)
    kept(page, "unsent/", 0)
    page.reload()
    give(page)
    expect(sent).to_have_count(1)


def test_what_is_locked_is_forgotten_and_comes_back(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "petra")
    page.get_by_role("button", name="Nu vergrendelen").click()
    locked(page)
    give(page)
    opened(page)
    expect(page.get_by_text("Petra").first).to_be_visible()


def test_signing_out_leaves_nothing(signed_in: SignedIn) -> None:
    page = with_pin(signed_in, "bram")
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/inloggen")
    page.wait_for_function("() => performance.getEntriesByType('navigation')[0].name.endsWith('/inloggen')")
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
    page.goto("/voorwaarden")
    dump = page.evaluate(DUMP)
    assert dump == {"lock": [[], []], "sealed": [[], []]}
