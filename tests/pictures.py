"""Pictures and PDF to send in, good and hostile, made here."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
SIZE = (320, 200)


def photograph(size: tuple[int, int] = SIZE) -> Image.Image:
    """Something with many colours, soft, and nowhere the same."""
    across, down = Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)
    return Image.merge("RGB", (across, down, Image.linear_gradient("L").rotate(90).resize(size)))


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """The file as a picture, read whole."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def png(width: int, height: int, points: bytes = b"") -> bytes:
    """A PNG that says it is so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(points, 9)) + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int = 1) -> bytes:
    """A GIF that says it is so large; each frame is one point."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + frame * frames + b"\x3b"


def pdf(
    *contents: str, box: str = "0 0 595 842", kids: str = "", extra: Sequence[str] = (), trailer: str = ""
) -> bytes:
    """A PDF with a page for each content; `extra` are further objects, the first of them number 5."""
    first = 5 + len(extra)
    numbers = range(first, first + 2 * len(contents), 2)
    listed = kids or " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{listed}] /Count {len(listed.split('R')) - 1} >>",
        "<< /Font << /F 4 0 R >> /XObject << /X 5 0 R >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *extra,
    ]
    for number, content in zip(numbers, contents, strict=True):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources 3 0 R /Contents {number + 1} 0 R >>",
            stream(content),
        ]
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + f"{head}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def stream(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def says(text: str) -> str:
    """A page's content that shows this text."""
    return f"BT /F 24 Tf 60 700 Td ({text}) Tj ET"
