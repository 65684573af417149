"""Which kind of picture this is and how large, by its first bytes: PNG, JPEG or WebP as the studio makes them.

The parent reads what a studio answers with this and nothing else; it is small enough to be sure of.
"""

from __future__ import annotations

PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"


def seen(data: bytes) -> tuple[str, int, int]:
    """Media type, width and height.

    Raises:
        ValueError: none of the three, or cut off.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR") and data.endswith(b"IEND\xae\x42\x60\x82"):
        return PNG, int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if data.startswith(b"\xff\xd8\xff") and data.endswith(b"\xff\xd9"):
        return JPEG, *_jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and int.from_bytes(data[4:8], "little") == len(data) - 8:
        return WEBP, *_webp(data)
    raise ValueError("no picture of ours")


def _jpeg(data: bytes) -> tuple[int, int]:
    """From the frame header (ITU-T T.81, B.2.2), which stands behind segments that tell their length."""
    at = 2
    while data.startswith(b"\xff", at):
        if data.startswith((b"\xff\xc0", b"\xff\xc1", b"\xff\xc2"), at):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    raise ValueError("no frame header")


def _webp(data: bytes) -> tuple[int, int]:
    """From the first chunk (RFC 9649, 2.5 and 2.7): lossy, or extended by nothing but transparency."""
    if data[12:16] == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    if data[12:16] == b"VP8X" and data[20:21] == b"\x10":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    raise ValueError("no lossy WebP")
