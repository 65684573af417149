"""Calls of more than two through a real Janus: what one sends the others get, and what goes wrong stays small."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake
from websockets.typing import Subprotocol

from tests.janus import Janus
from tests.peer import WITHIN, Peer, until
from zorgmessenger.calls.janus import Sfu
from zorgmessenger.calls.places import JanusServer
from zorgmessenger.errors import Conflict, RequestError, Unavailable

CALL = UUID("6f1f3b52-2f60-4d0a-8c3c-0f5d3a6f6a10")

WRONG = [
    "",
    "v=0",
    "nonsense",
    "v=0\r\n\0",
    "v=0\r\n" + "a=x\r\n" * 20_000,
    "v=0\r\n" + "m=audio 9 X 0\r\n" * 99,
    "v=0é",
]
CANDIDATES: list[dict[str, Any]] = [
    {},
    {"candidate": 7, "sdpMid": "0"},
    {"candidate": "candidate:1", "sdpMid": 0},
    {"candidate": "candidate:1", "sdpMid": "x" * 17},
    {"candidate": "candidate:1", "sdpMLineIndex": -1},
    {"candidate": "candidate:1", "sdpMLineIndex": True},
    {"candidate": "candidate:1"},
    {"candidate": "c" * 1025, "sdpMid": "0"},
    {"candidate": "candidate:1\r\na=x", "sdpMid": "0"},
]


def broken(sdp: str, dice: random.Random) -> str:
    """A description with some lines gone, doubled, swapped or altered."""
    lines = sdp.splitlines()
    for _ in range(dice.randint(1, 8)):
        at, other = dice.randrange(1, len(lines)), dice.randrange(1, len(lines))
        lines[at] = dice.choice(
            [lines[other], "", lines[at][: dice.randint(0, 9)], lines[at] + "9" * 99, lines[at].upper()]
        )
    return "\r\n".join(lines) + "\r\n"


@asynccontextmanager
async def connected(janus: Janus) -> AsyncIterator[Sfu]:
    """Our end of it."""
    sfu = Sfu(janus.server)
    sfu.start()
    try:
        await until(lambda: sfu.available)
        yield sfu
        await sfu.close(CALL)
    finally:
        await sfu.stop()


@asynccontextmanager
async def seated(sfu: Sfu, *seats: str, publish: bool = True, answers: bool = True) -> AsyncIterator[list[Peer]]:
    """Peers on these seats, who send, one after the other."""
    peers = [Peer(answers=answers) for _ in seats]
    try:
        for seat, peer in zip(seats, peers, strict=True):
            peer.sit(await sfu.join(CALL, seat, peer))
        for seat, peer in zip(seats, peers, strict=True) if publish else ():
            await peer.publish()
            for other in peers:
                if other is not peer and other.answers:
                    await other.gets(seat)
        yield peers
    finally:
        for peer in peers:
            await peer.hang_up()


def of(seat: str, *more: str) -> list[tuple[str, str, str]]:
    """What somebody sends."""
    return [(seat, "audio", "microphone"), (seat, "video", "camera"), *[(seat, "video", what) for what in more]]


def test_a_room_is_made_once_and_ended_once(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu:
            for _ in range(2):
                await sfu.room(CALL)
            for _ in range(2):
                await sfu.close(CALL)

    asyncio.run(scene())


def test_sound_and_picture_of_each_reach_all_others(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b", "c") as (a, b, c):
            await a.sees(*of("b"), *of("c"))
            await b.sees(*of("a"), *of("c"))
            await c.sees(*of("a"), *of("b"))

    asyncio.run(scene())


def test_who_sends_nothing_sees_all(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a") as _, seated(sfu, "b", publish=False) as (b,):
            await b.sees(*of("a"))

    asyncio.run(scene())


def test_a_shared_screen_comes_as_such(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await b.sees(*of("a"))
            await a.share()
            await b.sees(*of("a", "screen"))

    asyncio.run(scene())


def test_who_leaves_is_seen_no_longer_and_who_comes_back_is_again(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await a.sees(*of("b"))
            await b.leave()
            await until(lambda: a.streams == set())
            async with seated(sfu, "b") as (_,):
                await a.sees(*of("b"))
            assert not b.is_lost

    asyncio.run(scene())


def test_who_comes_back_before_the_others_answered_is_seen(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", publish=False, answers=False) as (a,):
            async with seated(sfu, "b") as (b,):
                await until(lambda: len(a.offers) == 1)
                await b.leave()
            async with seated(sfu, "b"), seated(sfu, "c", publish=False) as (c,):
                await c.sees(*of("b"))
                await a.answer()
                a.answers = True
                await until(lambda: len(a.offers) > 1)
                await a.sees(*of("b"))

    asyncio.run(scene())


def test_one_offer_at_a_time_and_what_changed_meanwhile_is_in_the_next(janus: Janus) -> None:
    async def scene() -> None:
        async with (
            connected(janus) as sfu,
            seated(sfu, "a", publish=False, answers=False) as (a,),
            seated(sfu, "b", "c", "d") as (_, c, d),
        ):
            await d.sees(*of("b"), *of("c"))
            await c.leave()
            await d.sees(*of("b"))
            assert len(a.offers) == 1
            a.answers = True
            await a.answer()
            await a.sees(*of("b"), *of("d"))

    asyncio.run(scene())


def test_what_is_received_can_be_restarted(janus: Janus) -> None:
    def credentials(peer: Peer) -> set[str]:
        return {line for line in peer.offers[-1][0].splitlines() if line.startswith("a=ice-ufrag:")}

    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a") as _, seated(sfu, "b", publish=False) as (b,):
            await b.sees(*of("a"))
            b.answers = False
            first = credentials(b)
            await b.seat.restart()
            await until(lambda: len(b.offers) == 2)
            second = credentials(b)
            await b.seat.restart()
            assert len(b.offers) == 2
            await b.answer()
            await until(lambda: len(b.offers) == 3)
            assert len(first | second | credentials(b)) == 3
            assert b.streams == set(of("a"))

    asyncio.run(scene())


def test_a_browser_that_is_gone_loses_its_seat_and_no_other(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await a.sees(*of("b"))
            await b.sees(*of("a"))
            await b.hang_up()
            await until(lambda: b.is_lost)
            await until(lambda: a.streams == set())
            assert not a.is_lost
            with pytest.raises(Unavailable):
                await b.seat.candidate("publish", None)

    asyncio.run(scene())


def test_a_call_that_ends_ends_every_seat_and_calls_none_lost(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await a.sees(*of("b"))
            await sfu.close(CALL)
            for peer in (a, b):
                with pytest.raises(Unavailable):
                    await peer.seat.restart()
                assert not peer.is_lost
            assert await rooms(janus) == []

    asyncio.run(scene())


def test_calls_that_end_as_their_browsers_hang_up_do_not_bring_janus_down(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu:
            for _ in range(100):
                call = uuid4()
                for seat in [await sfu.join(call, name, Peer()) for name in "abcdef"]:
                    seat._hung_up()  # noqa: SLF001  (what Janus tells, in one moment with the end of the call)
                await sfu.close(call)

    asyncio.run(scene())


def test_a_browser_that_comes_anew_takes_its_seat_over(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (before, b), seated(sfu, "a") as (a,):
            await b.sees(*of("a"))
            await a.sees(*of("b"))
            with pytest.raises(Unavailable):
                await before.seat.candidate("publish", None)
            await before.leave()
            assert not before.is_lost

    asyncio.run(scene())


def test_a_seat_that_another_process_gave_is_taken(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, connected(janus) as other, seated(sfu, "a", publish=False) as (a,):
            with pytest.raises(Conflict):
                await other.join(CALL, "a", Peer())
            await a.leave()
            await (await other.join(CALL, "a", Peer())).leave()

    asyncio.run(scene())


def test_janus_that_crashes_is_noticed_and_used_again_when_it_is_back(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await a.sees(*of("b"))
            janus.kill()
            await until(lambda: not sfu.available and a.is_lost and b.is_lost)
            for refused in (sfu.room(CALL), sfu.join(CALL, "a", Peer()), a.seat.publish(*await a.sdp())):
                with pytest.raises(Unavailable):
                    await refused
            await a.leave()
            await sfu.close(CALL)
            janus.start()
            await until(lambda: sfu.available)
            async with seated(sfu, "a", "b") as (again, _):
                await again.sees(*of("b"))

    asyncio.run(scene())


def test_janus_that_hangs_is_unavailable_and_not_waited_for(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", publish=False) as (a,):
            with janus.hanging():
                with pytest.raises(Unavailable):
                    await sfu.room(CALL)
                await until(lambda: not sfu.available and a.is_lost)
            await until(lambda: sfu.available)
            await sfu.room(CALL)

    asyncio.run(scene())


def test_a_room_that_a_process_left_behind_is_cleared_away(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as one:
            await one.room(uuid4())
            async with seated(one, "a", publish=False):
                assert len(await rooms(janus)) == 2
                async with connected(janus):
                    assert await rooms(janus) == [str(CALL)]

    asyncio.run(scene())


async def raw(janus: Janus, *bodies: Mapping[str, object], secret: str = "") -> list[dict[str, Any]]:
    """What Janus answers to whoever speaks to it without us: to a session, and to requests to the plugin."""
    answers: list[dict[str, Any]] = []
    async with connect(janus.server.url, subprotocols=[Subprotocol("janus-protocol")], proxy=None) as socket:

        async def ask(**request: object) -> dict[str, Any]:
            key = {"apisecret": secret} if secret else {}
            await socket.send(json.dumps(request | key | {"transaction": "t"}))
            answer: dict[str, Any] = {"janus": "ack"}
            while answer["janus"] == "ack":
                answer = json.loads(await asyncio.wait_for(socket.recv(), WITHIN))
            answers.append(answer)
            return answer

        session = (await ask(janus="create")).get("data", {}).get("id")
        if session:
            attach = await ask(janus="attach", session_id=session, plugin="janus.plugin.videoroom")
            for body in bodies:
                await ask(janus="message", session_id=session, handle_id=attach["data"]["id"], body=body)
    return answers


async def rooms(janus: Janus) -> list[str]:
    """All rooms there are."""
    answers = await raw(janus, {"request": "list", "admin_key": janus.secret}, secret=janus.secret)
    return [room["room"] for room in answers[-1]["plugindata"]["data"]["list"]]


def test_who_does_not_know_the_secret_gets_no_session(janus: Janus) -> None:
    for secret in ("", "s" * 43):
        assert [answer["error"]["code"] for answer in asyncio.run(raw(janus, secret=secret))] == [403]


def test_janus_runs_nothing_but_what_calls_need(janus: Janus) -> None:
    async def info(protocol: str, **request: str) -> dict[str, Any]:
        async with connect(janus.server.url, subprotocols=[Subprotocol(protocol)], proxy=None) as socket:
            await socket.send(json.dumps(request | {"transaction": "t"}))
            answer: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), WITHIN))
            return answer

    told = asyncio.run(info("janus-protocol", janus="info"))
    assert list(told["plugins"]) == ["janus.plugin.videoroom"]
    assert list(told["transports"]) == ["janus.transport.websockets"]
    assert told["events"] == told["loggers"] == {}
    assert told["api_secret"] is True
    with pytest.raises(InvalidHandshake):
        asyncio.run(info("janus-admin-protocol", janus="list_sessions"))


def test_a_wrong_secret_of_ours_is_unavailable(janus: Janus) -> None:
    async def scene() -> None:
        sfu = Sfu(JanusServer(janus.server.url, "s" * 43))
        sfu.start()
        with pytest.raises(Unavailable):
            await sfu.room(CALL)
        with capture_logs() as lines:
            await until(lambda: lines)
        assert "403" in lines[0]["why"]
        assert not sfu.available
        await sfu.stop()

    asyncio.run(scene())


def test_a_room_is_closed_to_whoever_got_into_janus(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a"):
            room, wrong = str(CALL), "p" * 64
            join = {"request": "join", "room": room, "ptype": "publisher"}
            subscribe = {"request": "join", "room": room, "ptype": "subscriber", "streams": [{"feed": "a"}]}
            tried = await raw(
                janus,
                {"request": "create", "room": "mine"},
                {"request": "create", "room": "mine", "admin_key": wrong},
                {"request": "destroy", "room": room},
                {"request": "destroy", "room": room, "secret": wrong},
                {"request": "listparticipants", "room": "x"},
                join,
                join | {"pin": wrong},
                subscribe,
                subscribe | {"pin": wrong},
                secret=janus.secret,
            )
            codes = [answer["plugindata"]["data"]["error_code"] for answer in tried[2:]]
            assert all(codes), codes
            assert await rooms(janus) == [room]

    asyncio.run(scene())


def test_hostile_descriptions_are_errors_and_end_nothing(janus: Janus) -> None:
    async def scene() -> None:
        dice = random.Random(7)  # noqa: S311  (the same each time)
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await b.sees(*of("a"))
            async with seated(sfu, "c", publish=False) as (c,):
                good, words = await c.sdp()
                await until(lambda: c.offers)
                for sdp in (*WRONG, *(broken(good, dice) for _ in range(60))):
                    for attempt in (c.seat.publish(sdp, words), c.seat.republish(sdp, words), c.seat.subscribed(sdp)):
                        with suppress(RequestError, Conflict, Unavailable):
                            await attempt
            before = dict(b.arrived)
            await until(lambda: all(b.arrived[mid] > before[mid] for mid in before))
            assert janus.running
            assert not a.is_lost

    asyncio.run(scene())


@pytest.mark.parametrize("sdp", WRONG, ids=lambda sdp: repr(sdp[:20]))
def test_what_is_no_description_is_the_browsers_fault(janus: Janus, sdp: str) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", publish=False) as (a,):
            with pytest.raises(RequestError):
                await a.seat.publish(sdp, {})
            with pytest.raises(RequestError):
                await a.seat.subscribed(sdp)

    asyncio.run(scene())


def test_hostile_candidates_are_errors_and_end_nothing(janus: Janus) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", "b") as (a, b):
            await b.sees(*of("a"))
            for candidate in CANDIDATES:
                with pytest.raises(RequestError):
                    await a.seat.candidate("publish", candidate)
            for text in (
                "candidate:",
                "candidate:1 1 udp",
                "candidate:1 1 udp 1 999.1.1.1 9 typ host",
                "%s%s%n",
                "a" * 1024,
            ):
                for which in ("publish", "subscribe"):
                    with suppress(RequestError):
                        await b.seat.candidate(which, {"candidate": text, "sdpMid": "0", "sdpMLineIndex": 0})
            await b.seat.candidate("publish", None)
            await b.sees(*of("a"))
            assert janus.running

    asyncio.run(scene())


@pytest.mark.parametrize("words", [{"0": "Anna Jansen"}, {"0": ""}, {"x" * 17: "camera"}, {"0 ": "camera"}])
def test_what_a_track_shows_is_one_word(janus: Janus, words: dict[str, str]) -> None:
    async def scene() -> None:
        async with connected(janus) as sfu, seated(sfu, "a", publish=False) as (a,):
            with pytest.raises(RequestError):
                await a.seat.publish((await a.sdp())[0], words)

    asyncio.run(scene())
