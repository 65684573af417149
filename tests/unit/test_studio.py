"""What becomes of good pictures and documents: RAS-1 to RAS-3 and STU-3, through the process that makes them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageOps, PngImagePlugin

from tests.pictures import opened, pdf, photograph, png, saved, says
from zorgmessenger.files import making

THUMBNAIL = saved(photograph((32, 20)), "JPEG", comment=b"duimnagel")
TOLD = (b"hier-genomen", b"duimnagel", b"van-de-maker", b"opmerking", b"Photoshop", b"adobe", b"Exif", b"ICC_PROFILE")


def facts() -> bytes:
    """Where, when and with what a picture was taken, with a small picture of it."""
    exif = Image.Exif()
    exif[0x010E] = "hier-genomen"
    exif[0x010F] = "van-de-maker"
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 3.0), 3: "E", 4: (4.0, 53.0, 7.0)})
    return exif.tobytes() + THUMBNAIL


def told(kind: str) -> bytes:
    """A picture that tells all it can."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": facts(), "icc_profile": profile}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", "opmerking")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>adobe opmerking</x:xmpmeta>")
    else:
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>opmerking</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = b"opmerking"
    return saved(photograph(), kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_when_and_with_what_a_picture_was_taken_is_gone(kind: str) -> None:
    sent = told(kind)
    assert all(word in sent for word in (b"hier-genomen", b"duimnagel", b"opmerking"))
    pictures = making.picture([sent])
    for made in (pictures.whole, pictures.small):
        assert not [word for word in TOLD if word in made.data]
        shown = opened(made.data)
        assert not shown.getexif()
        assert set(shown.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "background",
            "loop",
            "duration",
            "timestamp",
        }
        assert (made.width, made.height) == shown.size == (320, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_up_is_up_however_the_telephone_was_held(orientation: int) -> None:
    drawn = Image.new("RGB", (30, 20), "white")
    drawn.paste("red", (0, 0, 10, 5))
    exif = Image.Exif()
    exif[0x0112] = orientation
    sent = saved(drawn, "PNG", exif=exif)
    made = making.picture([sent]).whole
    assert same(opened(made.data), ImageOps.exif_transpose(opened(sent)))
    assert (made.width, made.height) == ((30, 20) if orientation < 5 else (20, 30))


def test_a_photograph_of_any_kind_becomes_jpeg_that_looks_like_it() -> None:
    photo = photograph()
    for kind in ("JPEG", "HEIF", "WEBP"):
        made = making.picture([saved(photo, kind, quality=92)]).whole
        assert (made.type, made.width, made.height) == ("image/jpeg", 320, 200)
        assert near(opened(made.data), photo)


def test_a_screenshot_stays_sharp_to_the_point() -> None:
    screen = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(screen).text((20, 20), "Uw afspraak is morgen om half tien.", fill="black")
    for sent in (saved(screen, "PNG"), saved(screen.quantize(4), "PNG"), saved(screen, "WEBP", lossless=True)):
        made = making.picture([sent]).whole
        assert made.type == "image/png"
        assert same(opened(made.data), opened(sent))


def test_what_is_transparent_stays_so() -> None:
    drawn = Image.new("RGBA", (60, 40), (200, 0, 0, 255))
    drawn.paste((0, 0, 0, 0), (0, 0, 30, 40))
    for sent in (saved(drawn, "PNG"), saved(drawn, "WEBP"), saved(drawn, "GIF"), saved(drawn.quantize(8), "PNG")):
        pictures = making.picture([sent])
        assert pictures.whole.type == "image/png"
        for made in (pictures.whole, pictures.small):
            alpha = opened(made.data).convert("RGBA").getchannel("A")
            assert (alpha.getpixel((5, 20)), alpha.getpixel((50, 20))) == (0, 255)


def test_a_photograph_that_was_sent_as_a_large_png_does_not_stay_one() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1500, 1500), 90) for _ in range(3)])
    sent = saved(noise, "PNG", compress_level=1)
    assert making.picture([sent]).whole.type == "image/jpeg"
    see_through = noise.convert("RGBA")
    see_through.putalpha(Image.effect_noise((1500, 1500), 90))
    assert making.picture([saved(see_through, "PNG", compress_level=1)]).whole.type == "image/webp"


def test_a_large_picture_is_made_smaller_and_a_small_one_not_larger() -> None:
    for size, whole, small in (
        ((5000, 2500), (4096, 2048), (640, 320)),
        ((1000, 4200), (975, 4096), (152, 640)),
        ((9, 6), (9, 6), (9, 6)),
        ((10_000, 3), (4096, 1), (640, 1)),
    ):
        pictures = making.picture([saved(photograph(size), "JPEG")])
        assert (pictures.whole.width, pictures.whole.height) == whole
        assert (pictures.small.width, pictures.small.height) == small
        assert pictures.small.type == "image/webp"
        assert len(pictures.small.data) < 60 * 1024


def test_of_what_moves_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        sent = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        made = opened(making.picture([sent]).whole.data)
        assert getattr(made, "n_frames", 1) == 1
        assert near(made, frames[0])


def test_greys_of_sixteen_bits_and_the_colours_of_a_printer_are_shown_as_meant() -> None:
    deep = Image.frombytes(
        "I;16", (4, 1), b"".join(level.to_bytes(2, "little") for level in (0, 0x4000, 0x8000, 0xFFFF))
    )
    assert list(opened(making.picture([saved(deep, "PNG")]).whole.data).convert("L").tobytes()) == [0, 64, 128, 255]
    photo = photograph()
    made = making.picture([saved(photo.convert("CMYK"), "JPEG", quality=95)]).whole
    assert opened(made.data).mode == "RGB"
    assert near(opened(made.data), photo)


def test_colours_are_those_that_the_profile_means() -> None:
    """With a profile whose red is what others call green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(b"rXYZ", b"_XYZ").replace(b"gXYZ", b"rXYZ").replace(b"_XYZ", b"gXYZ")
    profile = profile.replace("sRGB".encode("utf-16-be"), "eigen"[:4].encode("utf-16-be"))
    for mode in ("RGB", "RGBA"):
        drawn = Image.new(mode, (20, 20), (255, 0, 0, 128)[: len(mode)])
        made = opened(making.picture([saved(drawn, "PNG", icc_profile=profile)]).whole.data)
        assert near(made.convert("RGB"), Image.new("RGB", (20, 20), (0, 255, 0)))
        assert made.mode == mode


def test_a_picture_with_damaged_facts_beside_it_is_a_picture() -> None:
    for exif in (b"Exif\x00\x00rubbish", b"Exif\x00\x00II*\x00\xff\xff\xff\xff", facts()[:40]):
        sent = saved(photograph(), "JPEG", exif=exif, icc_profile=b"rubbish")
        assert near(opened(making.picture([sent]).whole.data), photograph())


def test_a_logo_is_a_png_of_its_box() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        made = making.logo([saved(photograph((2000, 1000)), kind, exif=facts())])
        assert (made.type, made.width, made.height) == ("image/png", 512, 256)
        assert opened(made.data).info == {}
    for other in (saved(photograph(), "GIF"), saved(photograph(), "HEIF"), png(4001, 4000)):
        with pytest.raises(making.Unreadable):
            making.logo([other])


def test_a_pdf_tells_how_many_pages_it_has_and_shows_the_first() -> None:
    seen = making.pdf([pdf(says("Een"), "0 0 595 842 re f", says("Drie"))])
    assert (seen.pages, seen.small.type, seen.small.width, seen.small.height) == (3, "image/webp", 452, 640)
    shades = opened(seen.small.data).convert("L").tobytes()
    assert min(shades) < 128
    assert sum(shades) > 240 * len(shades)


def test_a_page_is_shown_and_can_be_heard() -> None:
    sent = pdf(says("Eerste"), says("Tweede bladzij \\(met haakjes\\)"), box="0 0 842 595")
    page = making.page([sent], 2)
    assert page.text == "Tweede bladzij (met haakjes)"
    assert (page.picture.type, page.picture.width, page.picture.height) == ("image/webp", 1600, 1131)
    for number in (0, 3, -1, 10**20):
        with pytest.raises(making.Unreadable):
            making.page([sent], number)


def test_a_page_with_endless_text_tells_a_bounded_part_of_it() -> None:
    lines = " ".join(f"1 0 0 1 10 {line} Tm ({'woord ' * 100}) Tj" for line in range(500))
    assert 0 < len(making.page([pdf(f"BT /F 1 Tf {lines} ET")], 1).text) <= 20_000


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether each point is the same."""
    return ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


def near(one: Image.Image, other: Image.Image) -> bool:
    """Whether both look the same, apart from what is lost in a photograph."""
    assert one.size == other.size
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).resize((1, 1), Image.Resampling.BOX)
    return max(io.BytesIO(difference.tobytes()).read()) < 8
