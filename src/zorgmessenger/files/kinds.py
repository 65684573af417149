"""What a file is, by its content: an exact list of beginnings (magic numbers), never a guess.

What is on no list is `None`, and nobody may send it. A name only tells apart what begins alike: the kinds of office
documents, which are all ZIP or OLE containers, and kinds of plain text.
"""

from __future__ import annotations

from msgspec import Struct

from zorgmessenger.realtime.protocol import FileKind

HEAD = 4096
"""Bytes from the beginning of a file that are looked at."""


class Content(Struct, frozen=True):
    """What a file turned out to be: its kind for people, and its media type (RFC 6838)."""

    kind: FileKind
    type: str


_BEGIN: list[tuple[int, bytes, Content]] = [
    (0, b"\xff\xd8\xff", Content("picture", "image/jpeg")),
    (0, b"\x89PNG\r\n\x1a\n", Content("picture", "image/png")),
    (0, b"GIF87a", Content("picture", "image/gif")),
    (0, b"GIF89a", Content("picture", "image/gif")),
    (0, b"%PDF-", Content("pdf", "application/pdf")),
    (0, b"OggS", Content("audio", "audio/ogg")),
    (0, b"fLaC", Content("audio", "audio/flac")),
    (0, b"ID3", Content("audio", "audio/mpeg")),
    (0, b"\xff\xfb", Content("audio", "audio/mpeg")),
    (0, b"\xff\xf3", Content("audio", "audio/mpeg")),
    (0, b"\xff\xf2", Content("audio", "audio/mpeg")),
    (0, b"\xff\xf1", Content("audio", "audio/aac")),
    (0, b"\xff\xf9", Content("audio", "audio/aac")),
    (0, b"{\\rtf", Content("document", "application/rtf")),
    (0, b"7z\xbc\xaf\x27\x1c", Content("archive", "application/x-7z-compressed")),
    (0, b"Rar!\x1a\x07", Content("archive", "application/vnd.rar")),
    (0, b"\x1f\x8b", Content("archive", "application/gzip")),
]
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_FILMS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"mp71", b"avc1", b"dash", b"MSNV"}
_FILMS |= {b"M4A ", b"M4B ", b"M4V ", b"M4VH", b"M4VP", b"qt  ", b"f4v ", b"XAVC"}
_FILMS |= {b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gr6", b"3gs6", b"3ge6", b"3ge7", b"3gg6", b"3g2a", b"3g2b", b"3g2c"}
"""Brands of sound and film; all others, of pictures among them (AVIF), are on no list."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OOXML = {"docx": _WORD, "xlsx": _SHEET, "pptx": _SLIDES}
_OLE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint"}
_OPEN = "application/vnd.oasis.opendocument."
_TEXT = {"txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard"}
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/flac": ("flac",),
    "audio/mpeg": ("mp3",),
    "audio/aac": ("aac",),
    "audio/wav": ("wav",),
    "audio/mp4": ("m4a", "m4b", "mp4"),
    "audio/webm": ("webm", "weba"),
    "video/mp4": ("mp4", "m4v", "3gp"),
    "video/quicktime": ("mov", "qt"),
    "video/webm": ("webm", "mkv"),
    "application/rtf": ("rtf",),
    "application/zip": ("zip",),
    "application/x-7z-compressed": ("7z",),
    "application/vnd.rar": ("rar",),
    "application/gzip": ("gz", "tgz"),
    _OPEN + "text": ("odt",),
    _OPEN + "spreadsheet": ("ods",),
    _OPEN + "presentation": ("odp",),
    **{media_type: (extension,) for kinds in (_OOXML, _OLE, _TEXT) for extension, media_type in kinds.items()},
}
"""What names of each type end on, the usual one first: no other end may be had by a file that is saved and opened."""


def content_of(head: bytes, name: str) -> Content | None:
    """What a file is that begins with `head` (its first `HEAD` bytes, or all of it) and is called `name`."""
    for offset, beginning, content in _BEGIN:
        if head.startswith(beginning, offset):
            return content
    extension = name.rpartition(".")[2].lower()
    return _riff(head) or _boxes(head, extension) or _container(head, extension) or _text(head, extension)


def _riff(head: bytes) -> Content | None:
    if not head.startswith(b"RIFF"):
        return None
    inside = {b"WEBP": Content("picture", "image/webp"), b"WAVE": Content("audio", "audio/wav")}
    return inside.get(head[8:12])


def _boxes(head: bytes, extension: str) -> Content | None:
    """ISO base media files (ISO/IEC 14496-12) and Matroska."""
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        kind = "audio" if b"A_OPUS" in head and b"V_VP" not in head and b"V_AV1" not in head else "video"
        return Content("audio", "audio/webm") if kind == "audio" else Content("video", "video/webm")
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in _HEIC:
        return Content("picture", "image/heic")
    if brand not in _FILMS:
        return None
    if brand in {b"M4A ", b"M4B "} or (extension in {"m4a", "weba"} and b"vide" not in head):
        return Content("audio", "audio/mp4")
    return Content("video", "video/quicktime") if brand == b"qt  " else Content("video", "video/mp4")


def _container(head: bytes, extension: str) -> Content | None:
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content("document", _OLE[extension]) if extension in _OLE else None
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    if head[30:].startswith(b"mimetype" + _OPEN.encode()):
        named = head[38 : 38 + 80].split(b"PK", 1)[0].decode("ascii", "replace")
        kinds = ("text", "spreadsheet", "presentation")
        return next((Content("document", _OPEN + kind) for kind in kinds if named == _OPEN + kind), None)
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head or b"docProps/" in head:
        return Content("document", _OOXML[extension]) if extension in _OOXML else None
    return Content("archive", "application/zip")


def _text(head: bytes, extension: str) -> Content | None:
    if extension not in _TEXT or b"\0" in head:
        return None
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # else: a character that the look ended in the middle of
            try:
                head.decode("cp1252")
            except UnicodeDecodeError:
                return None
    return Content("document", _TEXT[extension])
