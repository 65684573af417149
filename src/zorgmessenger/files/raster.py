"""Pictures of our own, made of the points of one that was sent in. Runs in the studio alone.

RAS-1 JPEG, PNG, WebP, GIF and HEIC are read, by their content. How many points there are is asked of the header, before
      any is decoded; of an animation only the first frame is.
RAS-2 Photographs become JPEG. What is transparent, and what has sharp edges (screenshots), stays PNG, unless that would
      be too large. The small one is WebP.
RAS-3 Colours are those of sRGB, and up is up: profile and orientation are applied, then forgotten.
"""

from __future__ import annotations

import io
from importlib import import_module

from PIL import ExifTags, Image, ImageCms

from zorgmessenger.files.answer import LOGO_SIZE, SMALL_SIDE, WHOLE_SIDE, Answer

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
LOGO_KINDS = ("PNG", "JPEG", "WEBP")
MOST_POINTS = 64_000_000
"""That are decoded: a telephone's 48 megapixels and some."""
MOST_POINTS_REDUCED = 256_000_000
"""Of a JPEG that is decoded at a half or less."""
MOST_POINTS_LOGO = 16_000_000
MOST_SIDE = 32_000
MOST_PNG = 6 * 1024 * 1024
"""Bytes; a larger one is a photograph."""
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation (Exif 2.32, tag 0x0112)."""
Image.MAX_IMAGE_PIXELS = MOST_POINTS_REDUCED


def prepare(sent: bytes) -> None:
    """Loads what will be needed, as long as anything can be loaded; what HEIC needs for HEIC alone."""
    Image.preinit()
    for name in ("copy", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin"):
        import_module(name)  # Pillow asks for them when it meets an animation, two pictures in one file, an orientation
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIF:
        from pillow_heif import register_heif_opener  # noqa: PLC0415  (half of the time that it takes to start)

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=0)


def picture(sent: bytes) -> Answer:
    """The picture, its longest side at most `WHOLE_SIDE`, and a small one.

    Raises:
        Exception: this is no picture of a kind and size that we read.
    """
    with Image.open(io.BytesIO(sent), formats=[kind for kind in KINDS if kind in Image.OPEN]) as opened:
        sharp = opened.format in {"PNG", "GIF"} or b"VP8L" in sent[:64]
        whole = _plain(opened, MOST_POINTS)
    return Answer(
        [_encoded(whole, sharp=sharp and len(sent) <= MOST_PNG), webp(_fitting(whole, SMALL_SIDE, SMALL_SIDE))]
    )


def webp(plain: Image.Image) -> bytes:
    """A WebP of a picture that holds nothing but its points."""
    return _saved(plain, "WEBP", quality=78, method=2)


def logo(sent: bytes) -> Answer:
    """A PNG of at most `LOGO_SIZE` points.

    Raises:
        Exception: as `picture`.
    """
    with Image.open(io.BytesIO(sent), formats=LOGO_KINDS) as opened:
        plain = _plain(opened, MOST_POINTS_LOGO)
    return Answer([_saved(_fitting(plain, *LOGO_SIZE), "PNG", optimize=True)])


def _plain(opened: Image.Image, most: int) -> Image.Image:
    """The points alone, in L, RGB or RGBA, on a picture that knows nothing else."""
    _check(opened.size, MOST_POINTS_REDUCED)
    opened.draft(None, (WHOLE_SIDE, WHOLE_SIDE))
    _check(opened.size, most)
    shown = _fitting(_in_channels(opened), WHOLE_SIDE, WHOLE_SIDE)
    shown = _in_srgb(shown, opened.info.get("icc_profile"))
    turned = _TURNED.get(_orientation(opened))
    if turned is not None:
        shown = shown.transpose(turned)
    plain = Image.new(shown.mode, shown.size)
    plain.paste(shown)
    return plain


def _check(size: tuple[int, int], most: int) -> None:
    if max(size) > MOST_SIDE or size[0] * size[1] > most:
        raise ValueError("too many points")


def _fitting(shown: Image.Image, width: int, height: int) -> Image.Image:
    """The same, made smaller where it is larger than this."""
    scale = min(width / shown.width, height / shown.height)
    if scale >= 1:
        return shown
    return shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))), reducing_gap=2)


def _in_channels(shown: Image.Image) -> Image.Image:
    if shown.mode.startswith("I"):
        return shown.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if shown.has_transparency_data:
        shown = shown.convert("RGBA")
        return shown if shown.getchannel("A").getextrema() != (255, 255) else shown.convert("RGB")
    return shown if shown.mode in {"L", "RGB", "CMYK"} else shown.convert("L" if shown.mode == "1" else "RGB")


def _in_srgb(shown: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as the profile means them; of a profile that cannot be read, as they are."""
    if profile and shown.mode != "L":
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(given):
                mode = "RGBA" if shown.mode == "RGBA" else "RGB"
                shown = (
                    ImageCms.profileToProfile(shown, given, ImageCms.createProfile("sRGB"), outputMode=mode) or shown
                )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return shown.convert("RGB") if shown.mode == "CMYK" else shown


def _orientation(opened: Image.Image) -> int:
    try:
        return int(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  (a picture with damaged facts beside it is a picture)
        return 1


def _encoded(whole: Image.Image, *, sharp: bool) -> bytes:
    if sharp or whole.mode == "RGBA":
        made = _saved(whole, "PNG", compress_level=6)
        if len(made) <= MOST_PNG:
            return made
    return webp(whole) if whole.mode == "RGBA" else _saved(whole, "JPEG", quality=88)


def _saved(plain: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    plain.save(out, kind, **options)
    return out.getvalue()
