"""What a browser sends for Janus, held to a measure before Janus, which is written in C, reads it."""

from __future__ import annotations

import re
from typing import Any

from zorgmessenger.errors import RequestError

LARGEST_SDP = 64 * 1024
MOST_SECTIONS = 64
"""Media sections: a subscriber has three for each of at most 12 others, and some that were and may be used again."""
_LONGEST_CANDIDATE = 1024
_MID = re.compile(r"[A-Za-z0-9_-]{1,16}")
_WHAT = re.compile(r"[a-z]{1,16}")


def check_sdp(sdp: str) -> str:
    """A session description (RFC 8866) of a size and shape that is passed on; it is Janus that reads it.

    Raises:
        RequestError: it is none.
    """
    if not (sdp.startswith("v=0") and len(sdp) <= LARGEST_SDP and sdp.isascii() and "\0" not in sdp):
        raise RequestError("no session description", code="bad_request")
    if sdp.count("\nm=") > MOST_SECTIONS:
        raise RequestError("a session description of too many media", code="bad_request")
    return sdp


def check_candidate(candidate: dict[str, Any] | None) -> dict[str, Any]:
    """A candidate (`RTCIceCandidateInit`) as Janus wants it; `None` is their end.

    Raises:
        RequestError: it is none.
    """
    if candidate is None:
        return {"completed": True}
    text, mid, index = (candidate.get(name) for name in ("candidate", "sdpMid", "sdpMLineIndex"))
    if not isinstance(text, str) or len(text) > _LONGEST_CANDIDATE or not text.isascii() or not text.isprintable():
        raise RequestError("no candidate", code="bad_request")
    if not text:
        return {"completed": True}
    if isinstance(mid, str) and _MID.fullmatch(mid):
        return {"candidate": text, "sdpMid": mid, "sdpMLineIndex": index if _is_index(index) else 0}
    if mid is None and _is_index(index):
        return {"candidate": text, "sdpMLineIndex": index}
    raise RequestError("a candidate of no media", code="bad_request")


def check_tracks(tracks: dict[str, str]) -> list[dict[str, str]]:
    """What each track shows, by its media id, such as `{"0": "microphone", "1": "camera"}`.

    Raises:
        RequestError: an id or a word is none.
    """
    if len(tracks) > MOST_SECTIONS or not all(_MID.fullmatch(mid) and _WHAT.fullmatch(tracks[mid]) for mid in tracks):
        raise RequestError("no description of tracks", code="bad_request")
    return [{"mid": mid, "description": what} for mid, what in tracks.items()]


def _is_index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_SECTIONS
