"""Has pictures made of files that were sent in, by a process of its own (`files.child`) that is not believed either.

MAK-1 What a process answers is what a file may have made it answer: number, kind and size of what it made are looked at
      again here, and nothing of it is decoded.
MAK-2 A file that cannot be read is `Unreadable`, now and later, also one that broke its process or used up its limits.
      `Unavailable` is our own fault, and passes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from zorgmessenger.errors import Unavailable
from zorgmessenger.files import child, headers
from zorgmessenger.files.answer import LOGO_SIZE, MOST_TEXT, PAGE_SIDE, SMALL_SIDE, UNREADABLE, WHOLE_SIDE, Answer

_answers = msgspec.msgpack.Decoder(Answer)


class Unreadable(Exception):
    """The file is not what it should be, is damaged, has a password, or is more than we read: it stays so."""


@dataclass(frozen=True)
class Made:
    """A picture of our own: `type` is a media type, `width` and `height` are in points."""

    type: str
    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Pictures:
    """A picture: whole (JPEG, PNG or WebP), and small (WebP)."""

    whole: Made
    small: Made


@dataclass(frozen=True)
class Pdf:
    """A PDF: how many pages, and the first of them, small."""

    pages: int
    small: Made


@dataclass(frozen=True)
class Page:
    """A page of a PDF, and its text for who hears instead of sees; lines end with a line feed."""

    picture: Made
    text: str = field(repr=False)


def picture(parts: Iterable[bytes]) -> Pictures:
    """Makes a picture of JPEG, PNG, WebP, GIF or HEIC.

    Raises:
        Unreadable: it is none, or has too many points.
        Unavailable: too many are being made.
    """
    answer = _answer(["picture"], parts)
    if len(answer.pictures) != 2:  # noqa: PLR2004  (whole and small)
        raise Unreadable("not two pictures")
    whole, small = answer.pictures
    return Pictures(_made(whole, WHOLE_SIDE, WHOLE_SIDE), _made(small, SMALL_SIDE, SMALL_SIDE))


def pdf(parts: Iterable[bytes]) -> Pdf:
    """Looks at a PDF.

    Raises:
        Unreadable: it is none, or has a password.
        Unavailable: as `picture`.
    """
    answer = _answer(["pdf"], parts)
    return Pdf(answer.pages, _made(answer.pictures[0], SMALL_SIDE, SMALL_SIDE))


def page(parts: Iterable[bytes], number: int) -> Page:
    """Makes a picture and text of page `number` of a PDF, from 1.

    Raises:
        Unreadable: as `pdf`, or there is no such page.
        Unavailable: as `picture`.
    """
    answer = _answer(["page", str(number)], parts)
    return Page(_made(answer.pictures[0], PAGE_SIDE, PAGE_SIDE), _plain(answer.text))


def logo(parts: Iterable[bytes]) -> Made:
    """Makes a PNG of at most `LOGO_SIZE` points of PNG, JPEG or WebP.

    Raises:
        Unreadable, Unavailable: as `picture`.
    """
    made = _made(_answer(["logo"], parts).pictures[0], *LOGO_SIZE)
    if made.type != headers.PNG:
        raise Unreadable("no PNG")
    return made


def _answer(task: list[str], parts: Iterable[bytes]) -> Answer:
    status, answered = child.run(task, parts)
    if status == UNREADABLE or status < 0:
        raise Unreadable(f"the studio ended with {status}")
    if status:
        raise Unavailable(f"the studio does not run: {status}")
    try:
        return _answers.decode(answered)
    except msgspec.MsgspecError as error:
        raise Unreadable("no answer") from error


def _made(data: bytes, width: int, height: int) -> Made:
    try:
        made = Made(*headers.seen(data), data)
    except ValueError as error:
        raise Unreadable("no picture of ours") from error
    if not (1 <= made.width <= width and 1 <= made.height <= height):
        raise Unreadable("not of our size")
    return made


def _plain(text: bytes) -> str:
    """The text, without what a file may have put in it to steer who shows it."""
    lines = text.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")[:MOST_TEXT]
    return "".join(letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) != "Cc")
