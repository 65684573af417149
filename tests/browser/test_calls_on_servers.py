"""Video calls by way of the host's own servers: a relay (coturn) between two, an SFU (Janus) between three."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import coturn as relay
from tests.browser.calling import (
    admit,
    decoded,
    frames_come,
    frames_go_on,
    in_call,
    join,
    open_conversation,
    start,
    watched,
)
from tests.browser.conftest import Demonstration
from tests.janus import Janus

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]

GROUP = "Wandelgroep donderdag"
WAYS = """
async () => {
  const ways = new Set();
  for (const connection of window.connections) {
    if (connection.connectionState !== "connected") continue;
    const stats = await connection.getStats();
    for (const stat of stats.values())
      if (stat.type === "candidate-pair" && stat.nominated && stat.state === "succeeded")
        ways.add(stats.get(stat.localCandidateId).candidateType);
  }
  return [...ways];
}
"""
TRANSPORTS = WAYS.replace("candidateType", "relayProtocol")
RELAY_BY = """
localStorage.setItem('zorg.relayOnly', '1');
{
  const Watched = RTCPeerConnection;
  window.RTCPeerConnection = function (given) {
    for (const server of given.iceServers)
      server.urls = server.urls.filter((url) => url.startsWith('turn:') && url.endsWith('transport=%s'));
    return new Watched(given);
  };
  window.RTCPeerConnection.prototype = Watched.prototype;
}
"""
LIVE = "() => window.connections.filter((one) => one.connectionState === 'connected').length"


@pytest.fixture(scope="module")
def turn() -> Iterator[relay.Coturn]:
    """A relay for browsers on this machine."""
    try:
        with relay.running(loopback_peers=True) as coturn:
            yield coturn
    except relay.NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def host(folder: str, turn: relay.Coturn, janus: Janus) -> Iterator[Demonstration]:
    """A demonstration with a relay and an SFU."""
    settings = {
        "ZORG_TURN": ",".join(turn.server.urls),
        "ZORG_TURN_SECRET": turn.secret,
        "ZORG_JANUS": janus.server.url,
        "ZORG_JANUS_SECRET": janus.secret,
    }
    host = Demonstration(folder, settings)
    host.start()
    try:
        yield host
    finally:
        host.stop()


@pytest.fixture(scope="module")
def server(host: Demonstration) -> str:
    """Its address."""
    return host.address


def three(signed_in: SignedIn) -> list[Page]:
    """Bram, Anna and Joris in a call of their group."""
    pages = [watched(signed_in, name) for name in ("bram", "anna", "joris")]
    for page in pages:
        page.get_by_role("link", name="Groepsgesprekken").click()
        open_conversation(page, GROUP)
    start(pages[0])
    join(pages[1])
    admit(pages[0], "Anna Visser")
    frames_come(pages[1])
    join(pages[2])
    admit(pages[0], "Joris van Dijk")
    return pages


def see_all(pages: list[Page]) -> None:
    """Each sees both others, and what comes, comes on."""
    for page in pages:
        expect(page.locator(".tile:not(.own) video")).to_have_count(2, timeout=30_000)
        frames_come(page)
    frames_go_on(*pages)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_who_wants_the_server_in_between_is_seen_through_the_relay(signed_in: SignedIn, transport: str) -> None:
    bram, anna = in_call(signed_in, first=RELAY_BY % transport)
    frames_come(bram)
    frames_come(anna)
    assert anna.evaluate(WAYS) == ["relay"]
    assert anna.evaluate(TRANSPORTS) == [transport]
    bram.get_by_role("button", name="Ophangen").click()


def test_a_choice_during_the_call_moves_it_to_the_relay(signed_in: SignedIn) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    assert "relay" not in anna.evaluate(WAYS)
    anna.get_by_role("button", name="Meer").click()
    anna.get_by_role("menuitem", name="Apparaten en verbinding").click()
    anna.get_by_role("checkbox", name="Alleen via de server verbinden").check()
    anna.get_by_role("dialog").get_by_role("button", name="Sluiten").click()
    anna.wait_for_function(f"async () => (await ({WAYS})()).join() === 'relay'", timeout=30_000)
    frames_go_on(bram)


def test_three_go_through_the_sfu_it_is_said_plainly_and_a_page_that_is_loaded_anew_is_seen_again(
    signed_in: SignedIn, axe: Axe
) -> None:
    pages = three(signed_in)
    see_all(pages)
    for page in pages:
        page.wait_for_function(f"() => ({LIVE})() === 2", timeout=30_000)
    pages[1].get_by_role("button", name="Meer").click()
    pages[1].get_by_role("menuitem", name="Apparaten en verbinding").click()
    expect(pages[1].get_by_text("gaan via de server van Praktijk De Linde")).to_be_visible()
    assert axe(pages[1]) == []
    pages[1].get_by_role("dialog").get_by_role("button", name="Sluiten").click()
    pages[2].get_by_role("button", name="Scherm delen").click()
    frames_come(pages[0], ".tile.large video")
    expect(pages[0].get_by_text("Scherm van Joris")).to_be_visible()
    pages[2].get_by_role("button", name="Stop met delen").click()
    expect(pages[0].get_by_text("Scherm van Joris")).to_have_count(0)
    pages[1].reload()
    expect(pages[1].get_by_role("button", name="Ophangen")).to_be_visible()
    see_all(pages)
    pages[2].get_by_role("button", name="Ophangen").click()
    expect(pages[0].locator(".tile:not(.own)")).to_have_count(1)
    frames_go_on(pages[0])


def test_an_sfu_that_fell_over_is_found_again_and_so_are_three_after_a_restart_of_the_server(
    signed_in: SignedIn, host: Demonstration, janus: Janus
) -> None:
    pages = three(signed_in)
    see_all(pages)
    janus.kill()
    janus.start()
    for page in pages:
        page.evaluate("window.connections.length = 0")
        decoded(page, timeout=60_000)
    see_all(pages)
    host.stop()
    for page in pages:
        page.evaluate("window.connections.length = 0")
    host.start()
    for page in pages:
        decoded(page, timeout=60_000)
    see_all(pages)
    pages[0].get_by_role("button", name="Ophangen").click()


def test_a_restart_of_the_server_leaves_pictures_between_devices_as_they_are(
    signed_in: SignedIn, host: Demonstration
) -> None:
    bram, anna = in_call(signed_in)
    frames_come(bram)
    frames_come(anna)
    host.stop()
    frames_go_on(bram, anna)
    host.start()
    anna.get_by_role("button", name="Microfoon", exact=True).click()
    expect(bram.locator(".tile", has_text="Anna Visser")).to_contain_text("microfoon uit", timeout=60_000)
    frames_go_on(bram, anna)
    for page in (bram, anna):
        assert page.evaluate("window.connections.length") == 1
    bram.get_by_role("button", name="Ophangen").click()
