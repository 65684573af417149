"""Makes a small picture of our own of one that was sent in; run as a process by itself, that can do nothing else.

It reads the picture from standard input and writes a PNG to standard output: nothing of the sent file is kept but the
colours of its points, no size, no text, no place where it was taken. Before it looks, it gives up what a picture made
to break its reader could use: memory, time, files. It ends with status 1 for anything that is no PNG, JPEG or WebP.
"""

from __future__ import annotations

import io
import resource
import sys

from PIL import Image, ImageOps

MEMORY = 512 * 1024 * 1024
SECONDS = 5
MOST_POINTS = 16_000_000
MOST_SIDE = 8_000
SIZE = (512, 256)
FORMATS = ["PNG", "JPEG", "WEBP"]


def main() -> None:
    """Reads, makes, writes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    Image.preinit()
    Image.init()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    try:
        made = made_of(sys.stdin.buffer.read())
    except Exception:  # noqa: BLE001  (whatever it is that such a picture does: it is none)
        sys.exit(1)
    sys.stdout.buffer.write(made)


def made_of(sent: bytes) -> bytes:
    """A PNG of at most `SIZE` points.

    Raises:
        Exception: this is no picture of a kind and size that we read.
    """
    with Image.open(io.BytesIO(sent), formats=FORMATS) as picture:
        if max(picture.size) > MOST_SIDE or picture.width * picture.height > MOST_POINTS:
            raise ValueError("too many points")
        shown = ImageOps.exif_transpose(picture).convert("RGBA")
    shown.thumbnail(SIZE)
    plain = Image.new("RGBA", shown.size)
    plain.putdata(list(shown.getdata()))
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
