"""Looking a file through before anybody but its sender sees it.

CHK-1 What it is, is told by its content; what its organisation does not allow is refused.
CHK-2 All of it goes through the scanner, as it stands from then on. Where the scanner cannot say, it is held.
CHK-3 A picture is made anew, without what else was in it; what was sent is then removed. What cannot be made anew is
      refused, since where it was taken would still be in it.
CHK-4 A PDF gets a small picture of its first page; one that shows none, with a password for instance, is sent all the
      same.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from zorgmessenger.crypto.envelope import Unsealable
from zorgmessenger.crypto.stream import PREFIX, FileKey, parts_of
from zorgmessenger.files import blobs, making
from zorgmessenger.files.about import ORIGINAL, PICTURE, SMALL, About, Blob
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.kinds import HEAD, Content, content_of
from zorgmessenger.files.opening import scanner
from zorgmessenger.files.rules import Policy, name_as
from zorgmessenger.files.scanner import Infected
from zorgmessenger.realtime.protocol import FileReason


class Verdict(Struct, frozen=True):
    """What is known of a file now; with a reason in `about` it is refused. `signature`: what the scanner calls it."""

    about: About
    signature: str = ""


def check(found: Opened, policy: Policy) -> Verdict:
    """Looks a file through.

    Raises:
        Unavailable: that cannot be done now.
    """
    about, row = found.about, found.row
    key = blobs.arriving_key(found.material, row.blob, row.size)
    looked = _Looked(key)
    try:
        signature = looked.through()
        content = content_of(looked.head, about.name)
        if signature:
            return Verdict(_refused(about, "infected"), signature)
        if content is None or content.kind not in policy.kinds:
            return Verdict(_refused(about, "kind"))
        original = Blob(row.size, content.type, bytes(looked.prefixes))
        about = replace(about, kind=content.kind, type=content.type, blobs={ORIGINAL: original})
        return Verdict(_made(found, key, about, content, original))
    except Unsealable:
        return Verdict(_refused(about, "damaged"))


class _Looked:
    """One way through all parts, by which the file stands from then on."""

    def __init__(self, key: FileKey) -> None:
        self._key = key
        self.prefixes = bytearray()
        self.head = b""

    def through(self) -> str:
        """The name of what the scanner found; empty for nothing, or where there is no scanner."""
        looking = scanner()
        if looking is None:
            for _ in self._parts():
                pass
            return ""
        verdict = looking.scan(self._parts())
        if len(self.prefixes) != parts_of(self._key.size) * PREFIX:
            raise Unsealable("the scanner did not want all of it")
        return verdict.signature if isinstance(verdict, Infected) else ""

    def _parts(self) -> Iterator[bytes]:
        for part in blobs.take_in(self._key, self.prefixes.extend):
            self.head = self.head or part[:HEAD]
            yield part


def _refused(about: About, reason: FileReason) -> About:
    return replace(about, reason=reason, blobs={})


def _made(found: Opened, key: FileKey, about: About, content: Content, original: Blob) -> About:
    if content.kind == "picture":
        return _picture(found, key, about, original)
    if content.kind == "pdf":
        return _pdf(found, key, about, original)
    return replace(about, name=name_as(about.name, content.type))


def _picture(found: Opened, key: FileKey, about: About, original: Blob) -> About:
    try:
        made = making.picture(blobs.parts(key, original))
    except making.Unreadable:
        return _refused(about, "unreadable")
    kept = {PICTURE: _kept(found, PICTURE, made.whole), SMALL: _kept(found, SMALL, made.small)}
    media_type = made.whole.type
    return replace(about, name=name_as(about.name, media_type), type=media_type, whole=PICTURE, blobs=kept)


def _pdf(found: Opened, key: FileKey, about: About, original: Blob) -> About:
    about = replace(about, name=name_as(about.name, original.type))
    try:
        looked = making.pdf(blobs.parts(key, original))
    except making.Unreadable:
        return about
    return replace(about, pages=looked.pages, blobs={**about.blobs, SMALL: _kept(found, SMALL, looked.small)})


def _kept(found: Opened, name: str, made: making.Made) -> Blob:
    return blobs.put(found.material, found.row.blob, name, made.data, made.type, (made.width, made.height))
