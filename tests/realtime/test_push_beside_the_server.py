"""A server by itself notes, tells, rings and pushes, from what is sent over the socket to what a device opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests import push
from tests.live import Browser
from tests.push import Service
from tests.world import World
from zorgmessenger.config import asgi
from zorgmessenger.notifications import jobs, rules
from zorgmessenger.notifications.models import Push, Recipient

Browse = Callable[..., Browser]


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The push service; what runs beside the server does so many times a second."""
    monkeypatch.setattr(asgi, "BESIDE", ((0.05, jobs.tell), (0.05, jobs.push)))
    monkeypatch.setattr(rules, "GRACE", timedelta(seconds=0.2))
    with push.running(tmp_path, monkeypatch) as service:
        yield service


def test_what_is_sent_over_the_socket_is_pushed_to_who_is_not_there_and_so_is_a_call(
    world: World, service: Service, browse: Browse
) -> None:
    anna, bram = browse("anna"), browse("bram")
    phone, desk = service.device("anna"), service.device("bram")
    assert anna.ask("PUT", "/api/v1/me/push", phone.given).status == 200
    assert bram.ask("PUT", "/api/v1/me/push", desk.given).status == 200
    conversation = world.conversations["bram", "anna"]
    with bram.socket() as socket:
        socket.say(type="attending", attending=True)
        socket.say(type="send", id=uuid4(), conversation=conversation, body="hallo")
        socket.hear("ack")
        [got] = service.wait()
        assert (got.path, phone.opened(got.body)) == ("/push/anna", {"kind": "new", "count": 1})
        anna.ask("POST", f"/api/v1/conversations/{conversation}/messages", {"id": str(uuid4()), "body": "dag"})
        socket.say(type="start_call", request=1, conversation=conversation, device=str(uuid4()))
        [got] = service.wait()
        assert (got.path, phone.opened(got.body)) == ("/push/anna", {"kind": "call", "count": 0})
        assert not Push.objects.filter(subscription__person=world.id("bram")).exists(), "Bram is at his screen"
    assert Recipient.objects.filter(pk=world.id("bram")).exclude(push_at=None).exists(), "and is told when he is not"
