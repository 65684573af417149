"""The keyring and the root keys: what is not stored is not used, and what cannot be opened is not replaced."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from zorgmessenger import ids
from zorgmessenger.crypto.envelope import Key, Unsealable, key_id, place
from zorgmessenger.crypto.keyring import Keyring
from zorgmessenger.crypto.models import DataKey
from zorgmessenger.crypto.roots import EnvironmentSource, FileSource, RootKeys, generate, root_key
from zorgmessenger.errors import ConfigurationError

HERE = place("somewhere", "column", 1)


class Roots:
    """A source that a test changes as a host would."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.reads = 0

    def read(self) -> list[Key]:
        """The keys, newest first."""
        self.reads += 1
        return [root_key(line) for line in self.lines]


def test_a_key_of_a_transaction_that_failed_is_never_used_again(empty: None) -> None:
    """What it would seal could be opened by nobody after a restart."""
    del empty
    source = Roots(generate())
    ring = Keyring(source)
    organisation = ids.new()

    def cut_off(make: Callable[[], object]) -> None:
        with transaction.atomic():
            make()
            raise OSError("power")

    for make in (ring.installation, ring.lookup, lambda: ring.create_organisation(organisation)):
        with pytest.raises(OSError, match="power"):
            cut_off(make)
    assert not DataKey.objects.exists()
    sealed, searched = ring.installation().seal(b"data", HERE), ring.lookup().seal("text", HERE)
    after_restart = Keyring(source)
    assert after_restart.installation().open(sealed, HERE) == b"data"
    assert after_restart.lookup().open(searched, HERE) == "text"
    with pytest.raises(Unsealable):
        ring.organisation(organisation)


def test_a_key_used_in_the_transaction_that_makes_it_is_the_one_that_is_stored(empty: None) -> None:
    del empty
    source = Roots(generate())
    ring, organisation, conversation = Keyring(source), ids.new(), ids.new()
    with transaction.atomic():
        ring.create_organisation(organisation)
        sealed = ring.organisation(organisation).seal(b"name", HERE)
        ring.create_conversation(conversation, organisation)
        body = ring.conversation(conversation, organisation).seal(b"body", HERE)
        searched = ring.lookup().seal("text", HERE)
    after_restart = Keyring(source)
    assert after_restart.organisation(organisation).open(sealed, HERE) == b"name"
    assert after_restart.conversation(conversation, organisation).open(body, HERE) == b"body"
    assert after_restart.lookup().open(searched, HERE) == "text"


def test_many_who_need_the_first_key_at_once_get_the_same_one(empty: None) -> None:
    del empty
    source = Roots(generate())
    together = threading.Barrier(6)

    def first(_: int) -> tuple[bytes, bytes]:
        ring = Keyring(source)
        together.wait()
        try:
            return ring.installation().material, ring.lookup().material
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(first, range(6)))) == 1
    assert DataKey.objects.count() == 2


def test_a_key_that_is_there_and_does_not_open_is_an_error_and_not_made_anew(empty: None) -> None:
    """A restore without the right root key fails closed."""
    del empty
    Keyring(Roots(generate())).installation()
    [before] = DataKey.objects.values()
    for _ in range(2):
        with pytest.raises(Unsealable):
            Keyring(Roots(generate())).installation()
    assert [DataKey.objects.values().get()] == [before]


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-1], lambda raw: raw[:20] + bytes([raw[20] ^ 1]) + raw[21:], lambda _: b""]
)
def test_a_damaged_wrapped_key_opens_nothing(empty: None, damage: Callable[[bytes], bytes]) -> None:
    del empty
    source = Roots(generate())
    Keyring(source).installation()
    row = DataKey.objects.get()
    row.wrapped = damage(bytes(row.wrapped))
    row.save()
    with pytest.raises(Unsealable):
        Keyring(source).installation()


def test_wrapped_keys_that_were_swapped_open_nothing(empty: None) -> None:
    """Neither between organisations, nor between kinds of one owner."""
    del empty
    source = Roots(generate())
    ring, organisations = Keyring(source), [ids.new(), ids.new()]
    for organisation in organisations:
        ring.create_organisation(organisation)
    one, two = DataKey.objects.order_by("pk")
    one.wrapped, two.wrapped = two.wrapped, one.wrapped
    for row in (one, two):
        row.save()
    for organisation in organisations:
        with pytest.raises(Unsealable):
            Keyring(source).organisation(organisation)


def test_no_key_stands_unwrapped_in_the_database(empty: None) -> None:
    del empty
    ring = Keyring(Roots(generate()))
    materials = [ring.installation().material, ring.lookup().material, ring.create_organisation(ids.new()).material]
    for row in DataKey.objects.all():
        assert not [material for material in materials if material in bytes(row.wrapped)]


def test_a_rotation_wraps_the_top_keys_anew_and_touches_nothing_else(empty: None) -> None:
    del empty
    old, new = generate(), generate()
    source = Roots(old)
    ring, organisation, conversation = Keyring(source), ids.new(), ids.new()
    ring.installation()
    ring.lookup()
    ring.create_organisation(organisation)
    ring.create_conversation(conversation, organisation)
    body = ring.conversation(conversation, organisation).seal(b"body", HERE)
    below = bytes(DataKey.objects.get(kind=DataKey.CONVERSATION).wrapped)
    source.lines = [new, old]
    assert Keyring(source).rewrap() == 3
    assert Keyring(source).rewrap() == 0, "once is enough"
    assert Keyring(source).roots_in_use() == {root_key(new).id}
    assert bytes(DataKey.objects.get(kind=DataKey.CONVERSATION).wrapped) == below
    source.lines = [new]
    assert Keyring(source).conversation(conversation, organisation).open(body, HERE) == b"body"
    source.lines = [old]
    with pytest.raises(Unsealable):
        Keyring(source).installation()


def test_a_running_server_reads_a_root_key_it_did_not_have_and_keeps_asking_for_none_it_has(empty: None) -> None:
    del empty
    old, new = generate(), generate()
    source = Roots(old)
    running = Keyring(source)
    running.installation()
    source.lines = [new, old]
    fresh, organisation = Keyring(Roots(new, old)), ids.new()
    fresh.create_organisation(organisation)
    before = source.reads
    assert key_id(bytes(DataKey.objects.get(owner=organisation).wrapped)) == root_key(new).id
    running.organisation(organisation)
    assert source.reads == before + 1
    running.forget()
    running.installation()
    assert source.reads == before + 1


def test_what_is_made_after_a_rotation_is_wrapped_by_the_new_key_at_once(empty: None) -> None:
    """Else `retire` could take away the key that something new is wrapped by."""
    del empty
    old, new = generate(), generate()
    source = Roots(old)
    running, organisation = Keyring(source), ids.new()
    running.installation()
    source.lines = [new, old]
    running.create_organisation(organisation)
    assert key_id(bytes(DataKey.objects.get(owner=organisation).wrapped)) == root_key(new).id


def test_without_any_root_key_nothing_is_made(empty: None) -> None:
    del empty
    with pytest.raises(ConfigurationError, match="ZORG_ROOT_KEYS"):
        Keyring(EnvironmentSource(" , ")).installation()
    assert not DataKey.objects.exists()


def test_a_missing_root_key_is_named_as_such_and_no_other_is_tried() -> None:
    roots = RootKeys(Roots(generate()))
    with pytest.raises(Unsealable):
        roots.by_id(1)


@pytest.mark.parametrize("line", ["", "kort", "AAAA", "%%%", "é" * 44, "A" * 43 + "=\n=", "A" * 43 + "=AAAA", "A" * 44])
def test_a_line_that_is_no_root_key_says_what_to_do(line: str) -> None:
    with pytest.raises(ConfigurationError, match="keys generate"):
        root_key(line)


def test_root_keys_are_random_and_their_ids_tell_nothing() -> None:
    keys = [root_key(generate()) for _ in range(50)]
    assert len({key.material for key in keys}) == len({key.id for key in keys}) == 50
    assert all(0 < key.id < 2**63 for key in keys)
    assert all(key.id.to_bytes(8) not in key.material for key in keys)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610, 0o601, 0o666, 0o777])
def test_a_key_file_that_others_can_reach_is_not_used(tmp_path: Path, mode: int) -> None:
    file = FileSource(tmp_path / "root.key")
    file.write([generate()])
    assert stat.S_IMODE((tmp_path / "root.key").stat().st_mode) == 0o600
    (tmp_path / "root.key").chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        file.read()


def test_the_key_file_is_replaced_whole_and_is_on_disk_before_anything_is_wrapped_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after a rotation must not bring the old file back: nothing would open."""
    done: list[str] = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return real_rename(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    (tmp_path / "root.new").write_text("left over by a command that was killed")
    file = FileSource(tmp_path / "root.key")
    lines = [generate(), generate()]
    file.write(lines)
    assert done == ["file", "rename", "folder"]
    assert file.lines() == lines
    assert [path.name for path in tmp_path.iterdir()] == ["root.key"]
