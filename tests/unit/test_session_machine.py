"""Rules SES-1 to SES-4 together: any frames in any order at any moment, beside a model of what must come of it."""

from __future__ import annotations

import json
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zorgmessenger.realtime import protocol
from zorgmessenger.realtime.protocol import Close
from zorgmessenger.realtime.session import MAX_IN_FLIGHT, TYPING_EVERY, Effect, Perform, Reply, Session, Shut

RATE, BURST = 2.0, 40.0
TALKS = [UUID(int=n) for n in range(3)]
talks = st.sampled_from(TALKS)


class Connections(RuleBasedStateMachine):
    """One connection, and how it stands by the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(rate=RATE, burst=BURST)
        self.now = 1000.0
        self.tokens = BURST
        self.greeted = False
        self.over = False
        self.waiting = 0
        self.typed: dict[UUID, float] = {}

    def say(self, text: str) -> Effect | bool | None:
        """Says a frame; gives its effect, or True where the bucket or the close decided it already."""
        effect = self.session.receive(text, self.now)
        if self.over:
            assert effect is None, "SES-4"
            return True
        if self.tokens < 1:
            assert effect == Shut(Close.TOO_MANY), "SES-2"
            self.over = True
            return True
        self.tokens -= 1
        self.over = isinstance(effect, Shut)
        return effect

    def say_greeted(self, text: str) -> Effect | bool | None:
        """The same, for what may come after `hello` only."""
        effect = self.say(text)
        if effect is not True and not self.greeted:
            assert effect == Shut(Close.OUT_OF_ORDER), "SES-1"
            return True
        return effect

    @rule(quarters=st.integers(0, 120))
    def time_passes(self, quarters: int) -> None:
        """The bucket fills."""
        seconds = quarters / 4
        self.now += seconds
        self.tokens = min(BURST, self.tokens + seconds * RATE)

    @rule(version=st.sampled_from([1, 1, 1, 2]))
    def hello(self, version: int) -> None:
        """SES-1."""
        effect = self.say(json.dumps({"type": "hello", "protocol": version}))
        if effect is True:
            return
        if self.greeted:
            assert effect == Shut(Close.OUT_OF_ORDER)
        elif version != protocol.VERSION:
            assert effect == Shut(Close.UPGRADE)
        else:
            assert isinstance(effect, Perform)
            self.greeted = True

    @rule()
    def ping(self) -> None:
        """Is answered at once."""
        effect = self.say_greeted('{"type":"ping"}')
        assert effect is True or effect == Reply(protocol.Pong())

    @rule(talk=talks, kind=st.sampled_from(["send", "history"]), times=st.integers(1, 4))
    def ask(self, talk: UUID, kind: str, times: int) -> None:
        """SES-2: what waits for its answer is counted."""
        more = {"id": str(talk), "body": "x"} if kind == "send" else {"request": 1, "before": 5}
        for _ in range(times):
            effect = self.say_greeted(json.dumps({"type": kind, "conversation": str(talk), **more}))
            if effect is True:
                return
            self.waiting += 1
            assert isinstance(effect, Perform if self.waiting <= MAX_IN_FLIGHT else Shut)

    @precondition(lambda self: self.waiting > 0)
    @rule()
    def answered(self) -> None:
        """One answer goes out."""
        self.session.answered()
        self.waiting -= 1

    @rule(talk=talks)
    def typing(self, talk: UUID) -> None:
        """SES-3."""
        effect = self.say_greeted(json.dumps({"type": "typing", "conversation": str(talk)}))
        if effect is True:
            return
        goes_on = self.now - self.typed.get(talk, -TYPING_EVERY) >= TYPING_EVERY
        assert isinstance(effect, Perform) if goes_on else effect is None
        if goes_on:
            self.typed[talk] = self.now

    @rule(talk=talks, kind=st.sampled_from(["received", "read"]))
    def mark(self, talk: UUID, kind: str) -> None:
        """Goes on as it is."""
        effect = self.say_greeted(json.dumps({"type": kind, "conversation": str(talk), "seq": 3}))
        assert effect is True or isinstance(effect, Perform)

    @rule(noise=st.sampled_from(["", "{", "[]", '{"type":"gone"}', '{"type":"ping","more":1}', "[" * 9000]))
    def nonsense(self, noise: str) -> None:
        """SES-2."""
        effect = self.say(noise)
        assert effect is True or effect == Shut(Close.MALFORMED)

    @rule()
    def binary(self) -> None:
        """SES-2: what is no text."""
        effect = self.session.malformed()
        assert effect == (None if self.over else Shut(Close.MALFORMED))
        self.over = True

    @invariant()
    def closed_is_closed(self) -> None:
        """SES-4."""
        assert self.session.closed is self.over


TestConnections = Connections.TestCase
TestConnections.settings = settings(deadline=None, max_examples=60, stateful_step_count=60)
