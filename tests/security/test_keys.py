"""Keys: rotated without downtime, never readable by others, and without them nothing opens."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from tests import migrated
from tests.live import Browser
from tests.process import Installation, Server, installation
from tests.world import World
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.crypto.envelope import Unsealable, key_id
from zorgmessenger.crypto.keyring import Keyring, keyring
from zorgmessenger.crypto.models import DataKey
from zorgmessenger.crypto.roots import EnvironmentSource, FileSource, generate, root_key
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.messages.models import Message

WORDS = "geschreven voor de wisseling"


def sign_in(server: Server, name: str) -> Browser:
    browser = Browser(server.address)
    browser.greet()
    body = {"email": f"{name}@delinde.example", "password": "Zonnebloem-42"}
    assert browser.ask("POST", "/_allauth/browser/v1/auth/login", body).status == 200
    browser.greet()
    return browser


def command(demo: Installation, *arguments: str) -> str:
    done = demo.command(*arguments, ZORG_ENVIRONMENT="demo")
    assert done.returncode == 0, done.stderr
    return done.stdout


def talk(server: Server, name: str, words: str) -> list[str]:
    """Says something and gives everything that is in the conversation then."""
    with sign_in(server, name).socket(origin=server.address) as socket:
        conversation = next(c for c in socket.welcome["conversations"] if c["kind"] == "treatment")
        socket.say(type="send", id=uuid4(), conversation=conversation["id"], body=words)
        socket.hear("ack")
        return [*(m["body"] for m in conversation["messages"]), words]


def test_the_root_key_is_replaced_under_a_running_server(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    demo = installation(tmp_path)
    migrated.put(demo.database, tmp_path_factory)
    file = FileSource(demo.data / "root.key")
    with demo.running("demo") as server:
        talk(server, "anna", WORDS)
        (old,) = file.lines()
        assert "wrapped" in command(demo, "keys", "rotate")
        new, kept = file.lines()
        assert (kept, new != old) == (old, True)
        assert stat.S_IMODE((demo.data / "root.key").stat().st_mode) == 0o600
        assert WORDS in talk(server, "anna", "tijdens de wisseling")
        assert "1 old" in command(demo, "keys", "retire")
        assert file.lines() == [new]
        assert WORDS in talk(server, "anna", "na de wisseling")
    with demo.running("demo") as server:
        said = talk(server, "anna", "na een nieuwe start")
    assert said[-4:-1] == [WORDS, "tijdens de wisseling", "na de wisseling"]
    file.write([generate()])
    refused = demo.command("audit", "verify", ZORG_ENVIRONMENT="demo")
    assert refused.returncode != 0


def test_a_key_file_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    FileSource(path).write([generate()])
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        FileSource(path).read()


@pytest.mark.parametrize("wrong", ["kort", "AAAA", "%%%"])
def test_a_wrong_root_key_says_what_to_do(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="keys generate"):
        root_key(wrong)


def test_a_missing_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="keys init"):
        FileSource(tmp_path / "root.key").read()


def test_without_the_root_key_nothing_opens(world: World) -> None:
    stranger = Keyring(EnvironmentSource(generate()))
    with pytest.raises(Unsealable):
        stranger.installation()
    with pytest.raises(Unsealable):
        stranger.conversation(world.conversations["bram", "anna"], world.organisation)
    assert DataKey.objects.filter(kind=DataKey.INSTALLATION).count() == 1


def test_every_conversation_has_a_key_of_its_own_and_names_it_in_front(world: World) -> None:
    for pair in (("bram", "anna"), ("fatima", "joris")):
        world.send(pair[0], world.conversations[pair], "hallo")
    used = {key_id(bytes(sealed)) for sealed in Message.objects.values_list("body_sealed", flat=True)}
    assert used == set(
        DataKey.objects.filter(
            kind=DataKey.CONVERSATION, owner__in=Conversation.objects.filter(last_seq=1).values("id")
        ).values_list("id", flat=True)
    )
    assert len(used) == 2


def test_a_destroyed_key_takes_its_conversation_with_it_and_no_other(world: World) -> None:
    gone, kept = world.conversations["bram", "anna"], world.conversations["fatima", "joris"]
    world.send("anna", gone, "voor altijd weg")
    DataKey.objects.filter(kind=DataKey.CONVERSATION, owner=gone).delete()
    keyring().forget()
    with pytest.raises(Unsealable):
        keyring().conversation(gone, world.organisation)
    assert getattr(world.submit("anna", gone, "nog een"), "code", "") == "unavailable"
    world.send("joris", kept, "gewoon door")
