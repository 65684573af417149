"""Every bound of the frames, and that no text at all does more than be refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.protocol import MAX_BODY, MAX_HAVE, MAX_HISTORY, MAX_MENTIONS, decode

TALK = str(UUID(int=7))
IN_CALL = {"call": TALK, "device": TALK}
GOOD: dict[str, dict[str, Any]] = {
    "hello": {"protocol": 1, "have": {TALK: 0}, "revs": {TALK: 0}},
    "send": {"id": str(UUID(int=8)), "conversation": TALK, "body": "hallo", "replyTo": 1, "mentions": [TALK]},
    "received": {"conversation": TALK, "seq": 1},
    "read": {"conversation": TALK, "seq": 1},
    "typing": {"conversation": TALK},
    "history": {"request": 1, "conversation": TALK, "before": 1, "limit": 10},
    "search": {"request": 1, "text": "dinsdag"},
    "forward": {"id": str(UUID(int=8)), "conversation": TALK, "source": TALK, "seq": 1},
    "edit": {"request": 1, "conversation": TALK, "seq": 1, "body": "anders"},
    "withdraw": {"request": 1, "conversation": TALK, "seq": 1},
    "react": {"request": 1, "conversation": TALK, "seq": 1, "reaction": "thanks"},
    "settle": {"request": 1, "conversation": TALK, "seq": 1, "number": 1, "done": True},
    "changes": {"request": 1, "conversation": TALK, "after": 0},
    "attending": {"attending": True},
    "start_call": {"request": 1, "conversation": TALK, "device": TALK},
    "join_call": {"request": 1, "call": TALK, "device": TALK},
    "leave_call": IN_CALL,
    "end_call": {"request": 1, "call": TALK},
    "admit_to_call": {"request": 1, "call": TALK, "person": TALK, "admitted": True},
    "call_ready": {**IN_CALL, "alone": True},
    "call_tracks": {**IN_CALL, "microphone": True, "camera": True, "screen": False},
    "call_type": {**IN_CALL, "line": 1, "text": "hoi"},
    "signal": {**IN_CALL, "to": TALK, "data": "{}"},
    "sfu_publish": {**IN_CALL, "sdp": "v=0", "tracks": {"0": "camera"}},
    "sfu_subscribed": {**IN_CALL, "sdp": "v=0"},
    "sfu_candidate": {**IN_CALL, "side": "publish", "candidate": ""},
    "sfu_restart": IN_CALL,
    "ask_relay": {"request": 1, **IN_CALL},
    "ping": {},
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def said(kind: str, **more: Any) -> str:
    return json.dumps({"type": kind, **GOOD[kind], **more})


def test_every_frame_has_an_example_here_that_is_read() -> None:
    tags = {frame.__struct_config__.tag for frame in get_args(protocol.ClientFrame)}
    assert tags == GOOD.keys()
    for kind in GOOD:
        assert type(decode(said(kind))).__struct_config__.tag == kind


@pytest.mark.parametrize("kind", list(GOOD))
def test_no_field_is_left_out_doubled_or_added(kind: str) -> None:
    optional = {"send": {"replyTo", "mentions"}, "hello": {"have", "revs"}, "history": {"before", "limit"}}
    for name in GOOD[kind].keys() - optional.get(kind, set()):
        fields = {key: value for key, value in GOOD[kind].items() if key != name}
        with pytest.raises(msgspec.ValidationError):
            decode(json.dumps({"type": kind, **fields}))
    with pytest.raises(msgspec.ValidationError):
        decode(said(kind, more=1))


@pytest.mark.parametrize(
    "wrong",
    [
        said("send", files=[str(uuid4())] * 21),
        said("send", body="x" * (MAX_BODY + 1)),
        said("send", body=None),
        said("send", id="x"),
        said("send", id=""),
        said("send", conversation=TALK + "0"),
        said("read", seq=-1),
        said("read", seq=2**53),
        said("read", seq=1.5),
        said("read", seq="1"),
        said("received", seq=None),
        said("received", seq=10**30),
        said("history", limit=0),
        said("history", limit=MAX_HISTORY + 1),
        said("history", request=-1),
        said("history", request=2**31),
        said("history", before=-1),
        said("send", mentions=[str(UUID(int=n)) for n in range(MAX_MENTIONS + 1)]),
        said("send", mentions=["x"]),
        said("react", reaction="fire"),
        said("call_type", text="x" * 1_001),
        said("call_type", line=-1),
        said("signal", data="x" * (64 * 1024 + 1)),
        said("sfu_publish", sdp="x" * (64 * 1024 + 1)),
        said("sfu_publish", tracks={"0": "keyboard"}),
        said("sfu_publish", tracks={str(n): "camera" for n in range(9)}),
        said("sfu_candidate", side="both"),
        said("sfu_candidate", candidate="x" * 1_001),
        said("react", reaction=""),
        said("hello", protocol="1"),
        said("hello", have=[]),
        said("hello", have={"x": 1}),
        said("hello", have={TALK: -1}),
        said("hello", have={str(UUID(int=n)): 0 for n in range(MAX_HAVE + 1)}),
        '{"type":"welcome"}',
        '{"type":["send"]}',
        '{"type":null}',
        '{"protocol":1}',
        "[]",
        "1",
    ],
    ids=lambda text: text[:60],
)
def test_every_bound_holds(wrong: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(wrong)


@pytest.mark.parametrize(
    "right",
    [
        said("read", seq=2**53 - 1),
        said("send", body="é" * MAX_BODY),
        said("history", limit=MAX_HISTORY, request=2**31 - 1),
        said("hello", have={str(UUID(int=n)): 0 for n in range(MAX_HAVE)}),
    ],
    ids=lambda text: text[:30],
)
def test_the_largest_values_are_read(right: str) -> None:
    assert isinstance(decode(right), get_args(protocol.ClientFrame))


def test_half_a_character_is_none() -> None:
    for body in ('"\\ud800"', '"\\udfff"', '"a\\ud83d b"'):
        with pytest.raises(msgspec.DecodeError):
            decode(f'{{"type":"send","id":"{TALK}","conversation":"{TALK}","body":{body}}}')


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_no_text_does_more_than_be_refused(noise: str | bytes) -> None:
    try:
        decode(noise)
    except (msgspec.DecodeError, UnicodeError):
        return


@given(st.sampled_from(list(GOOD)), st.data())
def test_no_value_in_any_field_does_more_than_be_refused(kind: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*GOOD[kind], "type", "more"]))
    try:
        frame = decode(json.dumps({"type": kind, **GOOD[kind], name: data.draw(json_values)}))
    except msgspec.DecodeError:
        return
    assert isinstance(frame, get_args(protocol.ClientFrame))


@given(st.text(min_size=1, max_size=MAX_BODY), st.uuids(), st.integers(1, 2**53 - 1))
def test_a_body_comes_out_as_it_went_in(body: str, identifier: UUID, seq: int) -> None:
    frame = decode(json.dumps({"type": "send", "id": str(identifier), "conversation": TALK, "body": body}))
    assert isinstance(frame, protocol.Send)
    assert frame.body == body
    message = protocol.Message(frame.conversation, seq, identifier, identifier, datetime.now(UTC), body)
    told = json.loads(protocol.encode(message))
    assert (told["type"], told["body"], told["seq"], told["id"]) == ("message", body, seq, str(identifier))


def test_moments_are_told_in_utc_as_rfc_3339_says() -> None:
    moment = datetime(2026, 11, 24, 12, 30, 0, 123456, tzinfo=UTC)
    told = json.loads(protocol.encode(protocol.Ack(uuid4(), uuid4(), 1, moment)))
    assert told["at"] == "2026-11-24T12:30:00.123456Z"
