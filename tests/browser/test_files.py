"""Files in the browser: chosen, dropped or pasted, on their way over any line, and seen by the other."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

SignedIn = Callable[..., Page]
Axe = Callable[[Page], list[str]]
MIB = 1024 * 1024


def chosen(name: str, kind: str, data: bytes) -> dict[str, object]:
    """A file as the browser's chooser gives it."""
    return {"name": name, "mimeType": kind, "buffer": data}


def photograph() -> bytes:
    """One of a camera."""
    out = io.BytesIO()
    Image.effect_noise((900, 600), 50).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def text(size: int, letter: str = "a") -> dict[str, object]:
    """A plain text of so many bytes."""
    return chosen("dagboek.txt", "text/plain", (letter * size).encode())


def choose(page: Page, *files: dict[str, object]) -> None:
    """Chooses files with the paperclip."""
    page.locator("input[type=file]").first.set_input_files(list(files))  # type: ignore[arg-type]  # playwright's own type


def talking(page: Page, name: str) -> Page:
    """The same page, at the conversation with somebody."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()
    return page


def one(signed_in: SignedIn, **anna: object) -> Page:
    """Anna in her conversation with Bram."""
    return talking(signed_in("anna", **anna), "Bram de Vries")


def both(signed_in: SignedIn) -> tuple[Page, Page]:
    """Anna and Bram, each in their conversation."""
    return one(signed_in), talking(signed_in("bram"), "Anna Visser")


def test_a_photograph_and_a_letter_go_with_a_message_and_the_other_sees_them(signed_in: SignedIn, axe: Axe) -> None:
    anna, bram = both(signed_in)
    choose(anna, chosen("IMG_1.jpg", "image/jpeg", photograph()), chosen("brief.txt", "text/plain", b"Beste huisarts"))
    expect(anna.get_by_text("Klaar om te versturen")).to_have_count(2)
    assert axe(anna) == []
    anna.get_by_role("textbox", name="Bericht").fill("Hierbij de foto en de brief.")
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_text("Klaar om te versturen")).to_have_count(0)
    for page in (anna, bram):
        log = page.get_by_role("region", name="Berichten")
        expect(log.get_by_text("Hierbij de foto en de brief.")).to_be_visible()
        picture = log.get_by_role("img", name="Foto IMG_1.jpg")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert axe(page) == []
    with bram.expect_download() as download:
        bram.get_by_role("link", name="brief.txt opslaan").click()
    assert download.value.suggested_filename == "brief.txt"
    assert download.value.path().read_bytes() == b"Beste huisarts"


def test_files_alone_are_a_message_and_the_list_says_what_it_is(signed_in: SignedIn) -> None:
    anna, bram = both(signed_in)
    choose(anna, text(10, "b"))
    anna.get_by_role("textbox", name="Bericht").press("Enter")
    expect(anna.get_by_text("Klaar om te versturen")).to_have_count(0)
    expect(bram.get_by_role("link", name="Anna Visser").get_by_text("dagboek.txt")).to_be_visible()


def test_a_file_that_is_not_allowed_says_so_and_goes_nowhere(signed_in: SignedIn) -> None:
    anna = one(signed_in)
    choose(
        anna,
        chosen("raar.exe", "application/octet-stream", b"MZ" + bytes(2_000)),
        chosen("leeg.txt", "text/plain", b""),
    )
    tray = anna.get_by_role("list", name="Bestanden bij dit bericht")
    expect(tray.get_by_text("Dit soort bestand kunt u hier niet versturen.")).to_be_visible()
    expect(tray.get_by_text("Dit bestand is leeg.")).to_be_visible()
    anna.get_by_role("textbox", name="Bericht").fill("dit wel")
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_text("Haal eerst het bestand weg dat niet kan worden verstuurd.")).to_be_visible()
    for name in ("raar.exe", "leeg.txt"):
        anna.get_by_role("button", name=f"{name} verwijderen").click()
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_role("region", name="Berichten").get_by_text("dit wel")).to_be_visible()


def test_a_message_waits_for_its_files_over_a_line_that_goes(signed_in: SignedIn) -> None:
    anna, bram = both(signed_in)
    anna.context.set_offline(offline=True)
    choose(anna, text(3 * MIB, "c"))
    expect(anna.get_by_text("Wacht op verbinding")).to_be_visible()
    anna.get_by_role("textbox", name="Bericht").fill("mijn dagboek")
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_text("Uw bericht gaat weg zodra de bestanden zijn geüpload.")).to_be_visible()
    anna.context.set_offline(offline=False)
    expect(bram.get_by_role("region", name="Berichten").get_by_text("mijn dagboek")).to_be_visible(timeout=30_000)
    expect(anna.get_by_text("Uw bericht gaat weg")).to_have_count(0)


def test_an_upload_goes_on_after_the_page_was_closed_when_the_file_is_chosen_again(
    signed_in: SignedIn, tmp_path: Path
) -> None:
    anna = one(signed_in)
    (tmp_path / "dagboek.txt").write_bytes(b"d" * 4 * MIB)
    sent: list[str] = []

    def first_two(route: Route) -> None:
        if len(sent) < 2:
            sent.append(route.request.url.rpartition("/")[2])
            route.continue_()
        else:
            route.abort("internetdisconnected")

    def all_parts(route: Route) -> None:
        sent.append(route.request.url.rpartition("/")[2])
        route.continue_()

    anna.route("**/parts/*", first_two)
    anna.locator("input[type=file]").first.set_input_files(tmp_path / "dagboek.txt")
    expect(anna.get_by_text("Wacht op verbinding")).to_be_visible()
    before = set(sent)
    anna.once("dialog", lambda dialog: dialog.accept())
    anna.reload()
    anna.unroute("**/parts/*")
    anna.route("**/parts/*", all_parts)
    anna.locator("input[type=file]").first.set_input_files(tmp_path / "dagboek.txt")
    expect(anna.get_by_text("Klaar om te versturen")).to_be_visible(timeout=30_000)
    assert sorted(sent) == ["0", "1", "2", "3"], "what had arrived was sent again"
    assert len(before) == 2


def test_a_message_that_waits_can_be_taken_back(signed_in: SignedIn) -> None:
    anna = one(signed_in)
    anna.route("**/parts/*", lambda route: route.abort("internetdisconnected"))
    choose(anna, text(2 * MIB, "e"))
    anna.get_by_role("textbox", name="Bericht").fill("toch niet")
    anna.get_by_role("button", name="Stuur").click()
    anna.get_by_role("button", name="Terughalen").click()
    expect(anna.get_by_role("textbox", name="Bericht")).to_have_value("toch niet")
    anna.get_by_role("button", name="dagboek.txt verwijderen").click()
    expect(anna.get_by_role("list", name="Bestanden bij dit bericht")).to_have_count(0)
    anna.get_by_role("textbox", name="Bericht").fill("")


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_what_is_dropped_or_pasted_is_chosen(signed_in: SignedIn, way: str) -> None:
    anna = one(signed_in)
    script = """([way]) => {
        const data = new DataTransfer();
        data.items.add(new File(["van het bureaublad"], "bureau.txt", {type: "text/plain"}));
        const target = document.querySelector(way === "drop" ? "section.conversation" : ".composer textarea");
        const say = (type) => target.dispatchEvent(way === "drop"
            ? new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true})
            : new ClipboardEvent(type, {clipboardData: data, bubbles: true, cancelable: true}));
        if (way === "drop") say("dragenter");
        say(way);
    }"""
    anna.evaluate(script, [way])
    expect(anna.get_by_text("bureau.txt", exact=True)).to_be_visible()
    expect(anna.get_by_text("Laat los om te versturen")).to_have_count(0)
    anna.get_by_role("button", name="bureau.txt verwijderen").click()


def test_on_a_phone_there_is_a_camera_and_all_of_it_fits(signed_in: SignedIn, axe: Axe) -> None:
    anna = one(signed_in, viewport={"width": 390, "height": 844}, has_touch=True)
    choose(anna, chosen("IMG_2.jpg", "image/jpeg", photograph()))
    expect(anna.get_by_text("Klaar om te versturen")).to_be_visible()
    assert axe(anna) == []
    assert anna.evaluate("document.documentElement.scrollWidth") <= 390
    anna.get_by_role("button", name="Stuur").click()
    expect(anna.get_by_role("img", name="Foto IMG_2.jpg")).to_be_visible()
    assert anna.evaluate("document.documentElement.scrollWidth") <= 390
