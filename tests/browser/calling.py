"""How the tests of video calls get people into one, and see that pictures come."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
PHONE = {"width": 390, "height": 844}

WATCH = """
(() => {
  const Real = RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = function (...given) {
    const made = new Real(...given);
    window.connections.push(made);
    return made;
  };
  window.RTCPeerConnection.prototype = Real.prototype;
  const media = navigator.mediaDevices;
  media.getUserMedia = (asked) => {
    const { video } = asked;
    const small = video && { ...(video === true ? {} : video), width: 320, height: 180 };
    return MediaDevices.prototype.getUserMedia.call(media, video ? { ...asked, video: small } : asked);
  };
})()
"""
"""Connections at hand, and small pictures: without a graphics card the processor makes and draws each of them."""
DECODED = """
async () => {
  let most = 0;
  for (const connection of window.connections)
    for (const stat of (await connection.getStats()).values())
      if (stat.type === "inbound-rtp" && stat.kind === "video") most = Math.max(most, stat.framesDecoded ?? 0);
  return most;
}
"""
FRAMES_GO_ON = f"""
async () => {{
  const now = await ({DECODED})();
  window.firstSeen ??= now;
  if (now < window.firstSeen) window.firstSeen = now;
  return now > window.firstSeen + 20;
}}
"""
NOW_AND_THEN = 200
"""Milliseconds between looks: at each picture that is drawn, looking took more of the processor than the call."""
COLOURS = """
(selector) => {
  const video = document.querySelector(selector);
  if (!video || !video.videoWidth) return 0;
  const canvas = new OffscreenCanvas(64, 48);
  const on = canvas.getContext("2d");
  on.drawImage(video, 0, 0, 64, 48);
  const { data } = on.getImageData(0, 0, 64, 48);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4)
    seen.add((data[i] >> 4) * 256 + (data[i + 1] >> 4) * 16 + (data[i + 2] >> 4));
  return seen.size;
}
"""


def watched(signed_in: SignedIn, name: str, *, first: str = "", **options: object) -> Page:
    """Somebody's page, with its connections at hand; `first` ran in it after that and before anything else."""
    return signed_in(name, first=WATCH + ";" + first, **options)


def open_conversation(page: Page, name: str) -> None:
    """Chooses somebody in the list."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()


def start(page: Page) -> None:
    """Staff start a call in the open conversation."""
    page.get_by_role("button", name="Videogesprek starten").click()
    page.get_by_role("button", name="Start videogesprek", exact=True).click()
    expect(page.get_by_role("button", name="Ophangen")).to_be_visible()


def join(page: Page, told: str = "", *, camera: bool = True) -> None:
    """To the call that rings, or of the open conversation, through the test of devices, which tells something."""
    ring = page.get_by_role("alert").get_by_role("button", name="Deelnemen")
    button = page.locator(".call-button.primary")
    ring.or_(button).first.wait_for()
    (ring if ring.is_visible() else button).click()
    if told:
        expect(page.get_by_text(told)).to_be_visible()
    if not camera:
        page.get_by_role("button", name="Camera", exact=True).click()
        expect(page.get_by_text("Uw camera is uit.")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Deelnemen").click()


def admit(staff: Page, name: str) -> None:
    """Lets a client in who waits."""
    staff.get_by_role("button", name=f"Toelaten {name}", exact=True).click()


def frames_come(page: Page, where: str = ".tile:not(.own) video") -> None:
    """More than twenty pictures of another were decoded here, and what is drawn of them is a picture."""
    decoded(page)
    page.wait_for_function(f"(where) => ({COLOURS})(where) > 3", arg=where, timeout=30_000, polling=NOW_AND_THEN)


def decoded(page: Page, timeout: float = 30_000) -> None:
    """More than twenty pictures of another were decoded here, within so many milliseconds."""
    page.wait_for_function(f"async () => await ({DECODED})() > 20", timeout=timeout, polling=NOW_AND_THEN)


def frames_go_on(*pages: Page) -> None:
    """From now on more than twenty pictures more come to each of them."""
    for page in pages:
        page.evaluate("delete window.firstSeen")
        page.evaluate(FRAMES_GO_ON)
    for page in pages:
        page.wait_for_function(FRAMES_GO_ON, timeout=30_000, polling=NOW_AND_THEN)


def in_call(signed_in: SignedIn, *, camera: bool = True, first: str = "", **anna: object) -> tuple[Page, Page]:
    """Anna and Bram in a call with each other. Anna has her camera on, or not; `first` runs in her page."""
    bram, client = watched(signed_in, "bram"), watched(signed_in, "anna", first=first, **anna)
    open_conversation(bram, "Anna Visser")
    open_conversation(client, "Bram de Vries")
    start(bram)
    join(client, camera=camera)
    admit(bram, "Anna Visser")
    expect(client.get_by_role("button", name="Ophangen")).to_be_visible()
    return bram, client
