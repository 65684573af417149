"""Pictures and text of a PDF's pages. Runs in the studio alone.

No form is filled in and no script run: this PDFium is built without. A page becomes as large as we say, whatever size
it says it has. Letters that the file does not bring along are drawn with PDFium's own; no font of the machine is
opened.
"""

from __future__ import annotations

import encodings.utf_16_le  # noqa: F401  (PDFium's text; nothing can be loaded later)
import math

import pypdfium2

from zorgmessenger.files import raster
from zorgmessenger.files.answer import MOST_PAGES, MOST_TEXT, PAGE_SIDE, SMALL_SIDE, Answer


def pdf(sent: bytes) -> Answer:
    """How many pages there are, and a small picture of the first.

    Raises:
        Exception: this is no PDF, or one with a password, without pages or with more than `MOST_PAGES`.
    """
    document = _opened(sent)
    return Answer([_drawn(document[0], SMALL_SIDE)], pages=len(document))


def page(sent: bytes, number: int) -> Answer:
    """Page `number`, from 1: its picture and its text.

    Raises:
        Exception: as `pdf`, or there is no such page.
    """
    document = _opened(sent)
    if not 1 <= number <= len(document):
        raise ValueError("no such page")
    shown = document[number - 1]
    letters = shown.get_textpage()
    text = letters.get_text_range(0, min(letters.count_chars(), MOST_TEXT))[:MOST_TEXT]
    return Answer([_drawn(shown, PAGE_SIDE)], pages=len(document), text=text.encode(errors="replace"))


def _opened(sent: bytes) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(sent)
    if not 1 <= len(document) <= MOST_PAGES:
        raise ValueError("no pages, or too many")
    return document


def _drawn(shown: pypdfium2.PdfPage, side: int) -> bytes:
    longest = max(shown.get_size())
    if not (math.isfinite(longest) and longest > 0):
        raise ValueError("no size")
    scale = (side - 0.5) / longest  # points are counted upwards
    return raster.webp(shown.render(scale=scale, may_draw_forms=False, limit_image_cache=True).to_pil())
