"""One connection as a pure state machine: SES-1 to SES-4 of `realtime.session`."""

from __future__ import annotations

import json
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.session import MAX_IN_FLIGHT, Effect, Perform, Reply, Session, Shut

TALK = str(uuid4())


def frame(**fields: object) -> str:
    return json.dumps(fields)


HELLO = frame(type="hello", protocol=1)
SEND = frame(type="send", id=str(uuid4()), conversation=TALK, body="hallo")
TYPING = frame(type="typing", conversation=TALK)
HISTORY = frame(type="history", request=1, conversation=TALK, before=5)


def fresh(*said: str) -> tuple[Session, list[Effect | None]]:
    session = Session(rate=10, burst=1000)
    return session, [session.receive(text, 0.0) for text in said]


def test_ses_1_the_first_frame_is_hello() -> None:
    for first in (SEND, TYPING, HISTORY, frame(type="ping")):
        assert fresh(first)[1] == [Shut(Close.OUT_OF_ORDER)]


def test_ses_1_there_is_one_hello_only() -> None:
    effects = fresh(HELLO, HELLO)[1]
    assert isinstance(effects[0], Perform)
    assert effects[1] == Shut(Close.OUT_OF_ORDER)


def test_ses_1_another_version_is_told_to_load_the_app_anew() -> None:
    assert fresh(frame(type="hello", protocol=2))[1] == [Shut(Close.UPGRADE)]


def test_ses_2_what_is_no_frame_closes_the_socket() -> None:
    wrong = ["", "null", "[]", "{", frame(type="x"), frame(type="send"), '{"type":"ping","more":1}', '"\\ud800"']
    for text in wrong:
        assert fresh(HELLO, text)[1][1] == Shut(Close.MALFORMED), text
    session, _ = fresh(HELLO)
    assert session.malformed() == Shut(Close.MALFORMED)


def test_ses_2_history_asks_in_one_direction() -> None:
    for wrong in ({}, {"before": 1, "after": 1}):
        text = frame(type="history", request=1, conversation=TALK, **wrong)
        assert fresh(HELLO, text)[1][1] == Shut(Close.MALFORMED)


def test_ses_2_bodies_are_bounded() -> None:
    for body, effect in (("", Perform), ("x" * protocol.MAX_BODY, Perform), ("x" * (protocol.MAX_BODY + 1), Shut)):
        text = frame(type="send", id=str(uuid4()), conversation=TALK, body=body)
        assert isinstance(fresh(HELLO, text)[1][1], effect)


def test_ses_2_the_longest_body_fits_however_it_is_written() -> None:
    """As JSON escapes too, with which a character outside the basic plane takes twelve bytes."""
    for body in ("🙂" * protocol.MAX_BODY, "é" * protocol.MAX_BODY, "\x01" * protocol.MAX_BODY):
        fields: dict[str, object] = {"type": "send", "id": str(uuid4()), "conversation": TALK, "body": body}
        for text in (json.dumps(fields), json.dumps(fields, ensure_ascii=False)):
            assert len(text.encode()) <= protocol.MAX_FRAME
            assert isinstance(fresh(HELLO, text)[1][1], Perform)


def test_ses_2_a_frame_over_128_kib_closes_the_socket() -> None:
    assert fresh(HELLO, "x" * (protocol.MAX_FRAME + 1))[1][1] == Shut(Close.TOO_LARGE)


def test_ses_2_the_bucket_runs_dry_and_fills_again() -> None:
    session = Session(rate=10, burst=20)
    session.receive(HELLO, 0.0)
    for _ in range(19):
        assert session.receive(frame(type="ping"), 0.0) == Reply(protocol.Pong())
    assert session.receive(frame(type="ping"), 0.5) == Reply(protocol.Pong())
    for _ in range(4):
        session.receive(frame(type="ping"), 0.5)
    assert session.receive(frame(type="ping"), 0.5) == Shut(Close.TOO_MANY)


def test_ses_2_so_many_are_in_flight_and_no_more() -> None:
    session, _ = fresh(HELLO)
    for _ in range(MAX_IN_FLIGHT):
        assert isinstance(session.receive(SEND, 0.0), Perform)
    session.answered()
    assert isinstance(session.receive(HISTORY, 0.0), Perform)
    assert session.receive(SEND, 0.0) == Shut(Close.TOO_MANY)


def test_ses_3_typing_goes_on_once_in_two_seconds_for_each_conversation() -> None:
    session, _ = fresh(HELLO)
    assert isinstance(session.receive(TYPING, 1.0), Perform)
    assert session.receive(TYPING, 2.9) is None
    assert isinstance(session.receive(frame(type="typing", conversation=str(uuid4())), 2.9), Perform)
    assert isinstance(session.receive(TYPING, 3.0), Perform)


@given(st.lists(st.one_of(st.sampled_from([HELLO, SEND, TYPING, HISTORY, frame(type="ping")]), st.text(max_size=40))))
def test_ses_4_after_a_close_nothing_has_an_effect(said: list[str]) -> None:
    session = Session(rate=10, burst=1000)
    effects = [session.receive(text, 0.0) for text in said]
    shut = [number for number, effect in enumerate(effects) if isinstance(effect, Shut)]
    assert len(shut) <= 1
    if shut:
        assert session.closed
        assert all(effect is None for effect in effects[shut[0] + 1 :])
