"""What the studio answers: one MessagePack array, the same on both sides of its standard output.

The parent believes nothing of it: the types and lengths here are what `msgspec` holds the answer to, `headers` looks at
every picture again.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

WHOLE_SIDE = 4096
SMALL_SIDE = 640
PAGE_SIDE = 1600
LOGO_SIZE = (512, 256)
MOST_PAGES = 10_000
MOST_TEXT = 20_000
"""Characters of a page."""
MOST_BYTES = 32 * 1024 * 1024
"""Of an answer."""
UNREADABLE = 3
"""Exit status of a studio that could not read the file; any other but 0 is our own fault."""


class Answer(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """Pictures, the largest first; of a PDF the number of pages or a page's text in UTF-8 as well."""

    pictures: Annotated[list[bytes], msgspec.Meta(min_length=1, max_length=2)]
    pages: Annotated[int, msgspec.Meta(ge=0, le=MOST_PAGES)] = 0
    text: Annotated[bytes, msgspec.Meta(max_length=4 * MOST_TEXT)] = b""
