"""The workloads, the same for every messenger: each counts only what was acknowledged and arrived, once and no more.

A message is under way until its acknowledgement is at its sender and the message itself at each receiver. What is under
way at the end gets some seconds to come in; what then still is, is lost. What comes a second time is doubled.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.lines import Line, Messenger, Pair, Searchable

DRAIN = 10.0
SETTLED = 10.0


@dataclass
class Tally:
    """What a workload saw; `load` is how busy the generator itself was, from 0 to 1."""

    done: int = 0
    doubled: int = 0
    lost: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    load: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.done / self.seconds

    @property
    def cpu_per_thousand(self) -> float:
        """Processor seconds of server and database for 1,000 messages."""
        return self.cpu / self.done * 1000

    def latency(self, share: float) -> float:
        """The latency in milliseconds that this share of the messages stayed under."""
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))] * 1000


class Talk:
    """One sender and its receivers: says the next thing when one is complete, or when told to."""

    numbers = 0

    def __init__(self, sender: Line, receivers: list[Line], conversation: str, tally: Tally) -> None:
        self.sender, self.conversation, self.tally = sender, conversation, tally
        self.all = (1 << len(receivers) + 1) - 1
        self.under_way: dict[bytes, int] = {}
        self.said: dict[bytes, float] = {}
        self.going = True
        self.then: Callable[[], None] = self.say
        sender.acknowledged = self._hearer(0)
        for place, receiver in enumerate(receivers, 1):
            receiver.arrived = self._hearer(place)

    def say(self) -> None:
        """Says something new, as long as the workload goes on."""
        if not self.going:
            return
        Talk.numbers += 1
        message = b"%08x-0000-7000-8000-%012x" % (int(time.time()) & 0xFFFFFFFF, Talk.numbers)
        self.under_way[message] = 0
        self.said[message] = time.perf_counter()
        self.sender.say(self.conversation, message)

    def _hearer(self, place: int) -> Callable[[bytes], None]:
        bit, under_way, tally, said, everybody = 1 << place, self.under_way, self.tally, self.said, self.all

        def hear(message: bytes) -> None:
            seen = under_way.get(message)
            if seen is None or seen & bit:
                tally.doubled += 1
                return
            if place == 1:
                tally.latencies.append(time.perf_counter() - said.pop(message))
            if seen | bit != everybody:
                under_way[message] = seen | bit
                return
            del under_way[message]
            tally.done += 1
            self.then()

        return hear


async def measure(messenger: Messenger, talks: list[Talk], tally: Tally, seconds: float, in_flight: int) -> None:
    """Keeps `in_flight` messages of each talk under way for so many seconds, after one second that does not count."""
    for talk in talks:
        for _ in range(in_flight):
            talk.say()
    await asyncio.sleep(1)
    tally.done, before, start, own = 0, messenger.cpu_seconds(), time.perf_counter(), time.process_time()
    tally.latencies.clear()
    await asyncio.sleep(seconds)
    tally.seconds, done, tally.cpu = time.perf_counter() - start, tally.done, messenger.cpu_seconds() - before
    tally.load = (time.process_time() - own) / tally.seconds
    await drained(talks, tally)
    tally.done = done


async def drained(talks: list[Talk], tally: Tally) -> None:
    """Stops the talks and waits for what is under way."""
    for talk in talks:
        talk.going = False
    deadline = time.perf_counter() + DRAIN
    while any(talk.under_way for talk in talks) and time.perf_counter() < deadline:  # noqa: ASYNC110  (polled off the path)
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)
    tally.lost = sum(len(talk.under_way) for talk in talks)


def talks_of(pairs: list[Pair], tally: Tally) -> list[Talk]:
    """One talk for each pair."""
    return [Talk(pair.sender, [pair.receiver], pair.conversation, tally) for pair in pairs]


async def one_to_one(messenger: Messenger, in_flight: int, seconds: float) -> Tally:
    """Fifty pairs, each with so many messages under way."""
    tally = Tally()
    async with messenger.pairs() as pairs:
        await measure(messenger, talks_of(pairs, tally), tally, seconds, in_flight)
    return tally


async def steady(messenger: Messenger, rate: int, seconds: float) -> Tally:
    """So many messages a second, evenly, over fifty pairs; the latency is from saying to arrival."""
    tally = Tally()
    async with messenger.pairs() as pairs:
        talks = talks_of(pairs, tally)
        for talk in talks:
            talk.then = lambda: None
        await evenly(talks, rate, 1)
        tally.latencies.clear()
        tally.done, before, start = 0, messenger.cpu_seconds(), time.perf_counter()
        await evenly(talks, rate, seconds)
        tally.seconds = time.perf_counter() - start
        await drained(talks, tally)
        tally.cpu = messenger.cpu_seconds() - before
    return tally


async def evenly(talks: list[Talk], rate: int, seconds: float) -> None:
    """Has one talk after the other say something, each at its moment."""
    start = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(start + number / rate - time.perf_counter())
        talks[number % len(talks)].say()


async def group(messenger: Messenger, in_flight: int, seconds: float) -> tuple[Tally, int]:
    """One writes to 49 others who are all connected; gives the tally and how many receive each message."""
    tally = Tally()
    async with messenger.group() as found:
        talk = Talk(found.sender, found.receivers, found.conversation, tally)
        await measure(messenger, [talk], tally, seconds, in_flight)
    return tally, len(found.receivers)


async def history(messenger: Messenger, seconds: float) -> Tally:
    """Eight lines ask for the last 50 messages of 10,000, each again as soon as it has them."""
    tally = Tally()

    async def ask(line: Line, conversation: str) -> None:
        while time.perf_counter() < start + seconds:
            tally.lost += 50 - await line.last_fifty(conversation)
            tally.done += 1

    async with messenger.readers() as (lines, conversation):
        before, start = messenger.cpu_seconds(), time.perf_counter()
        await asyncio.gather(*(ask(line, conversation) for line in lines))
        tally.seconds, tally.cpu = time.perf_counter() - start, messenger.cpu_seconds() - before
    return tally


SOUGHT = ("woord2999", "woord17 woord42", "woord", "staat er niet")
"""In one message of two hundred, of twenty thousand, in all, and in none."""


async def search(messenger: Searchable, times: int) -> list[float]:
    """Searches 100,000 messages, one question after the other; gives the seconds of each answer."""
    answers = []
    async with messenger.searcher() as line:
        for number in range(times * len(SOUGHT)):
            start = time.perf_counter()
            await line.search(SOUGHT[number % len(SOUGHT)])
            answers.append(time.perf_counter() - start)
    return answers


async def idle(messenger: Messenger, connections: int) -> float:
    """Bytes of the server's memory for each connection that does nothing."""
    before = messenger.memory()
    async with messenger.idle(connections):
        await asyncio.sleep(SETTLED)
        return (messenger.memory() - before) / connections
