"""Where sealed bytes are kept: one suite that a folder and S3 both pass, then what only one of them can suffer."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import signal
import socketserver
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from hypothesis import given
from hypothesis import strategies as st
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from tests.deployed import free_port
from zorgmessenger.errors import ConfigurationError, StorageFull, Unavailable
from zorgmessenger.files.local_store import LocalStore
from zorgmessenger.files.places import Bucket
from zorgmessenger.files.s3_store import S3Store
from zorgmessenger.files.stores import FOLDER, PART, Absent, Store, split

MIB = 1024 * 1024
ONE, OTHER = "0198f0c2" + "a" * 24, "0198f0c2" + "b" * 24
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up"}


class S3:
    """A real S3 API over HTTP, on one port, that can go and come back; what it keeps stays.

    It answers one at a time: two that put one name at once break moto, and would say nothing of us.
    """

    def __init__(self) -> None:
        self._port = free_port()
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Listens."""
        application = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", self._port, application, request_handler=MotoRequestHandler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._thread.join()


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CREDENTIALS, "NO_PROXY": "127.0.0.1", "AWS_EC2_METADATA_DISABLED": "true"}.items():
            patch.setenv(name, value)
        server = S3()
        boto3.client("s3", endpoint_url=server.endpoint, region_name="us-east-1").create_bucket(Bucket="zorg")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def bucket(s3: S3) -> S3Store:
    return S3Store(Bucket("zorg", "tests", s3.endpoint))


@pytest.fixture
def s3_store(bucket: S3Store) -> S3Store:
    """A store with nothing in it, and the client of those before it: to make one takes longer than a test."""
    made = copy(bucket)
    made._prefix = f"tests/{secrets.token_hex(8)}/"  # noqa: SLF001
    return made


@pytest.fixture
def own_client(s3: S3) -> S3Store:
    """A store for a test that changes what its client does."""
    return S3Store(Bucket("zorg", f"tests/{secrets.token_hex(8)}", s3.endpoint))


@pytest.fixture
def local_store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


@pytest.fixture(params=["local_store", "s3_store"])
def store(request: pytest.FixtureRequest) -> Store:
    kept: Store = request.getfixturevalue(request.param)
    return kept


def test_what_is_put_is_read_as_it_was(store: Store) -> None:
    data = os.urandom(MIB + 44)
    store.put(f"{ONE}/original-0", data)
    assert store.read(f"{ONE}/original-0") == data


def test_nothing_is_something_too(store: Store) -> None:
    store.put(f"{ONE}/original-0", b"")
    assert store.read(f"{ONE}/original-0") == b""
    assert store.sizes(ONE) == {"original-0": 0}


@pytest.mark.parametrize(
    ("start", "size"),
    [(0, None), (0, 1), (0, 10), (3, 4), (3, None), (9, 1), (9, 5), (5, 100), (10, None), (10, 1), (99, 5), (0, 10**6)],
)
def test_a_range_is_what_stands_there_and_no_more(store: Store, start: int, size: int | None) -> None:
    data = b"0123456789"
    store.put(f"{ONE}/original-0", data)
    assert store.read(f"{ONE}/original-0", start, size) == data[start : None if size is None else start + size]


@pytest.mark.parametrize(("start", "size"), [(-1, None), (0, 0), (0, -1), (-5, 3)])
def test_a_range_that_cannot_be_is_refused(store: Store, start: int, size: int) -> None:
    store.put(f"{ONE}/original-0", b"0123456789")
    with pytest.raises(ValueError, match="range"):
        store.read(f"{ONE}/original-0", start, size)


def test_what_is_put_again_changes_nothing(store: Store) -> None:
    """Somebody may have looked at it, and says of what they saw that it is clean."""
    store.put(f"{ONE}/original-0", b"a" * 100)
    store.put(f"{ONE}/original-0", b"b")
    assert store.read(f"{ONE}/original-0") == b"a" * 100
    store.remove(f"{ONE}/original-0")
    store.put(f"{ONE}/original-0", b"b")
    assert store.sizes(ONE) == {"original-0": 1}


def test_what_is_not_there_is_absent(store: Store) -> None:
    with pytest.raises(Absent):
        store.read(f"{ONE}/original-0")
    store.put(f"{ONE}/original-0", b"a")
    for name in (f"{ONE}/original-1", f"{ONE}/original", f"{OTHER}/original-0"):
        with pytest.raises(Absent):
            store.read(name)
        with pytest.raises(Absent):
            store.read(name, 5, 5)


def test_a_folder_tells_what_lies_in_it_and_nothing_of_another(store: Store) -> None:
    assert store.sizes(ONE) == {}
    for part in range(12):
        store.put(f"{ONE}/original-{part}", bytes(part))
    store.put(f"{ONE}/preview", b"abc")
    store.put(f"{OTHER}/original-0", b"abcd")
    assert store.sizes(ONE) == {f"original-{part}": part for part in range(12)} | {"preview": 3}


def test_a_folder_goes_with_all_in_it_and_no_other(store: Store) -> None:
    for name in (f"{ONE}/original-0", f"{ONE}/original-1", f"{OTHER}/original-0"):
        store.put(name, b"abc")
    store.delete(ONE)
    assert store.sizes(ONE) == {}
    with pytest.raises(Absent):
        store.read(f"{ONE}/original-0")
    assert [folder for folder, _ in store.folders()] == [OTHER]
    store.put(f"{ONE}/original-0", b"new")
    assert store.read(f"{ONE}/original-0") == b"new"


def test_a_part_goes_alone_and_with_the_last_one_its_folder(store: Store) -> None:
    for part in range(2):
        store.put(f"{ONE}/original-{part}", b"abc")
    store.remove(f"{ONE}/original-0")
    assert store.sizes(ONE) == {"original-1": 3}
    store.remove(f"{ONE}/original-1")
    assert list(store.folders()) == []


def test_deleting_what_is_not_there_is_no_fault(store: Store) -> None:
    store.delete(ONE)
    store.remove(f"{ONE}/original-0")
    store.put(f"{ONE}/original-0", b"a")
    for _ in range(2):
        store.remove(f"{ONE}/original-1")
        store.delete(OTHER)
    assert store.sizes(ONE) == {"original-0": 1}


def test_every_folder_is_told_with_when_it_was_changed(store: Store) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    expected = {f"{number:032x}" for number in range(40)}
    for folder in expected:
        store.put(f"{folder}/original-0", b"a")
    store.put(f"{0:032x}/original-1", b"a")
    found = dict(store.folders())
    assert found.keys() == expected
    after = datetime.now(UTC) + timedelta(seconds=2)
    assert all(before <= changed <= after and changed.tzinfo is UTC for changed in found.values())


def test_folders_can_be_deleted_while_they_are_told(store: Store) -> None:
    for number in range(20):
        store.put(f"{number:032x}/original-0", b"a")
    for folder, _ in store.folders():
        store.delete(folder)
    assert list(store.folders()) == []


def test_of_many_that_put_one_name_at_once_one_remains_whole(store: Store) -> None:
    name, together = f"{ONE}/original-0", threading.Barrier(8)

    def put(number: int) -> None:
        together.wait()
        for _ in range(3):
            store.put(name, bytes([number]) * MIB)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(8)))
    found = store.read(name)
    assert len(found) == MIB
    assert len(set(found)) == 1
    assert store.sizes(ONE) == {"original-0": MIB}


def test_a_reader_sees_the_old_or_the_new_whole(store: Store) -> None:
    name, over = f"{ONE}/original-0", threading.Event()
    store.put(name, bytes(MIB))

    def put() -> None:
        for number in range(1, 12):
            store.put(name, bytes([number]) * MIB)
        over.set()

    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(put)
        while not over.is_set() and not putting.done():
            found = store.read(name)
            assert (len(found), len(set(found))) == (MIB, 1)
        putting.result()


def test_putting_and_deleting_at_once_leaves_each_name_whole_or_absent(store: Store) -> None:
    def put(part: int) -> None:
        for _ in range(30):
            store.put(f"{ONE}/original-{part}", bytes([part]) * 1000)

    with ThreadPoolExecutor(4) as pool:
        putting = [pool.submit(put, part) for part in range(3)]
        while not all(one.done() for one in putting):
            store.delete(ONE)
        for one in putting:
            one.result()
    assert set(store.sizes(ONE).values()) <= {1000}


HOSTILE = [
    "",
    "/",
    "..",
    f"{ONE}",
    f"{ONE}/",
    f"{ONE}/..",
    f"{ONE}/.",
    f"{ONE}/../{OTHER}/original-0",
    f"{ONE}/a/b",
    f"{ONE}//a",
    f"/{ONE}/a",
    f"../{ONE}/a",
    f"{ONE}/a\0",
    f"{ONE}/a\n",
    f"{ONE}\n/a",
    f"{ONE}/A",
    f"{ONE.upper()}/a",
    f"{ONE}0/a",
    f"{ONE[1:]}/a",
    f"{ONE}/{'a' * 33}",
    f"{ONE}/original_0",
    f"{ONE}/originál",
    f"{ONE}/٣",
    f"{'٣' * 32}/a",
    f"{ONE}\\a",
    "new/a",
    "/etc/passwd",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_another_form_is_refused(store: Store, name: str) -> None:
    actions: list[Callable[[], object]] = [
        lambda: store.put(name, b"a"),
        lambda: store.read(name),
        lambda: store.remove(name),
    ]
    if not FOLDER.fullmatch(name):
        actions += [lambda: store.delete(name), lambda: store.sizes(name)]
    for act in actions:
        with pytest.raises(ValueError, match="no name"):
            act()
    assert list(store.folders()) == []


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[0-9a-f]{30,34}/[a-z0-9./-]{0,40}", fullmatch=True)))
def test_only_a_folder_and_a_part_are_a_name(name: str) -> None:
    try:
        folder, part = split(name)
    except ValueError:
        return
    assert f"{folder}/{part}" == name
    assert FOLDER.fullmatch(folder)
    assert PART.fullmatch(part)
    assert name.isascii()
    assert name.count("/") == 1
    assert "." not in name


# The folder


def test_files_and_folders_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        LocalStore(tmp_path / "data/files").put(f"{ONE}/original-0", b"a")
    finally:
        os.umask(before)
    root = tmp_path / "data/files"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [root, *root.rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert (root / ONE[-2:] / ONE / "original-0").exists()


def test_the_bytes_are_on_disk_before_their_name_and_the_name_before_put_returns(
    local_store: LocalStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[str] = []
    synchronise, name = os.fsync, Path.hardlink_to

    def spying_fsync(descriptor: int) -> None:
        done.append(str(Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(tmp_path)))
        synchronise(descriptor)

    def spying_name(path: Path, target: Path) -> None:
        done.append("named")
        name(path, target)

    monkeypatch.setattr(os, "fsync", spying_fsync)
    monkeypatch.setattr(Path, "hardlink_to", spying_name)
    local_store.put(f"{ONE}/original-0", b"a")
    passing, *after = done
    assert passing.startswith("files/new/")
    assert after == ["named", f"files/aa/{ONE}", "files/aa", "files"]


def test_what_a_crash_left_goes_after_an_hour_and_is_never_told(tmp_path: Path) -> None:
    root = tmp_path / "files"
    LocalStore(root)
    old, fresh = root / "new" / ("0" * 32), root / "new" / ("1" * 32)
    for left in (old, fresh):
        left.write_bytes(b"half")
    two_hours_ago = datetime.now(UTC).timestamp() - 7200
    os.utime(old, (two_hours_ago, two_hours_ago))
    store = LocalStore(root)
    assert not old.exists()
    assert fresh.exists(), "somebody may be writing it"
    assert list(store.folders()) == []
    os.utime(fresh, (two_hours_ago, two_hours_ago))
    assert list(store.folders()) == []
    assert not fresh.exists(), "swept with the orphans"


def test_an_empty_folder_that_a_crash_left_is_told_so_that_it_can_be_swept(
    local_store: LocalStore, tmp_path: Path
) -> None:
    (tmp_path / "files/aa" / ONE).mkdir(parents=True)
    assert [folder for folder, _ in local_store.folders()] == [ONE]
    local_store.delete(ONE)
    assert list(local_store.folders()) == []


def test_what_others_left_in_the_folder_is_not_told(local_store: LocalStore, tmp_path: Path) -> None:
    local_store.put(f"{ONE}/original-0", b"a")
    (tmp_path / "files/lost+found").mkdir()
    (tmp_path / "files/README").write_text("hello")
    (tmp_path / "files/aa" / ONE / "Thumbs.db").write_text("hello")
    assert [folder for folder, _ in local_store.folders()] == [ONE]
    assert local_store.sizes(ONE) == {"original-0": 1}


def test_a_folder_that_is_gone_is_unavailable_and_nothing_in_it_absent(local_store: LocalStore, tmp_path: Path) -> None:
    local_store.put(f"{ONE}/original-0", b"a")
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    actions: list[Callable[[], object]] = [
        lambda: local_store.read(f"{ONE}/original-0"),
        lambda: local_store.put(f"{ONE}/original-0", b"a"),
        lambda: local_store.sizes(ONE),
        lambda: local_store.delete(ONE),
        lambda: local_store.remove(f"{ONE}/original-0"),
        lambda: list(local_store.folders()),
        local_store.free,
    ]
    for act in actions:
        with pytest.raises(Unavailable):
            act()
    assert not (tmp_path / "files").exists(), "no files where nobody looks for them"
    (tmp_path / "elsewhere").rename(tmp_path / "files")
    assert local_store.read(f"{ONE}/original-0") == b"a"


def test_a_folder_that_cannot_be_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file")
    with pytest.raises(ConfigurationError, match="cannot keep files in"):
        LocalStore(tmp_path / "files")


def test_room_is_told(local_store: LocalStore, s3_store: S3Store) -> None:
    told = [store.free() for store in (local_store, s3_store)]
    assert told[0] is not None
    assert told[0] > 0
    assert told[1] is None


KILLED = textwrap.dedent("""
    import sys
    from pathlib import Path
    from zorgmessenger.files.local_store import LocalStore
    store = LocalStore(Path(sys.argv[1]))
    for number in range(1, 256):
        for name in ("aa" * 16 + f"/one-{number}", f"{number:032x}/original-0"):
            store.put(name, bytes([number]) * 2**20)
        print(number, flush=True)
""")


def test_a_kill_in_the_midst_leaves_every_name_whole_or_absent_and_what_was_acknowledged_there(tmp_path: Path) -> None:
    for life in range(12):
        root = tmp_path / str(life)
        with subprocess.Popen([sys.executable, "-c", KILLED, str(root)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(life + 1):
                process.stdout.readline()
            threading.Event().wait(secrets.randbelow(4000) / 1e6)
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else life + 1
        store = LocalStore(root)
        for folder, _ in store.folders():
            for part in store.sizes(folder):
                found = store.read(f"{folder}/{part}")
                assert (len(found), len(set(found))) == (MIB, 1), f"{folder}/{part}"
        for number in range(1, acknowledged + 1):
            assert store.read(f"{number:032x}/original-0", 0, 1) == bytes([number])
            assert store.read("aa" * 16 + f"/one-{number}", 0, 1) == bytes([number])


FILLED = textwrap.dedent("""
    import json, sys
    from pathlib import Path
    from zorgmessenger.errors import StorageFull
    from zorgmessenger.files.local_store import LocalStore
    root = Path(sys.argv[1])
    store, told = LocalStore(root), {"before": LocalStore(root).free()}
    whole = 0
    try:
        while True:
            store.put(f"{whole:032x}/original-0", bytes(2**20))
            whole += 1
    except StorageFull:
        told |= {"whole": whole, "left": store.free(), "new": len(list((root / "new").iterdir()))}
    told["sizes"] = [store.sizes(folder) for folder, _ in store.folders()]
    try:
        store.put(f"{0:032x}/original-0", bytes(2**20))
    except StorageFull:
        told["replaced"] = len(store.read(f"{0:032x}/original-0"))
    store.delete(f"{1:032x}")
    store.put(f"{whole:032x}/original-0", bytes(2**20))
    told["again"] = len(store.read(f"{whole:032x}/original-0"))
    print(json.dumps(told))
""")


def test_a_full_disk_is_told_leaves_nothing_and_is_well_again_when_there_is_room(tmp_path: Path) -> None:
    """On a small disk that only this process sees."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--mount", "sh", "-ec"]
    mount = f"mount -t tmpfs -o size=6m zorg {disk}"
    if subprocess.run([*mounted, mount], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    filled = subprocess.run(
        [*mounted, f'{mount}; exec "$@"', "sh", sys.executable, "-c", FILLED, str(disk / "files")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    told = json.loads(filled.stdout)
    assert told["before"] > 4 * MIB
    assert told["whole"] >= 4
    assert told["left"] < MIB
    assert told["new"] == 0
    assert told["sizes"] == [{"original-0": MIB}] * told["whole"]
    assert told["replaced"] == MIB, "what was there stays"
    assert told["again"] == MIB
    assert list(disk.iterdir()) == []


# S3


def test_s3_that_is_gone_is_unavailable_and_all_is_there_when_it_is_back(s3: S3, s3_store: S3Store) -> None:
    s3_store.put(f"{ONE}/original-0", b"a")
    s3.stop()
    actions: list[Callable[[], object]] = [
        lambda: s3_store.read(f"{ONE}/original-0"),
        lambda: s3_store.put(f"{ONE}/original-0", b"b"),
        lambda: s3_store.sizes(ONE),
        lambda: s3_store.delete(ONE),
        lambda: s3_store.remove(f"{ONE}/original-0"),
        lambda: list(s3_store.folders()),
    ]
    try:
        with ThreadPoolExecutor(len(actions)) as pool:
            for asked in [pool.submit(act) for act in actions]:
                with pytest.raises(Unavailable):
                    asked.result()
    finally:
        s3.start()
    assert s3_store.read(f"{ONE}/original-0") == b"a"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<half",
        b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n<p>Please sign in",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"",
    ],
)
def test_a_listing_that_is_none_of_s3s_is_unavailable(s3: S3, answer: bytes) -> None:
    del s3
    with says_to_all(answer) as endpoint, pytest.raises(Unavailable):
        S3Store(Bucket("zorg", "", endpoint)).sizes(ONE)


def test_half_an_answer_is_never_data(s3: S3) -> None:
    del s3
    with says_to_all(b"HTTP/1.1 206 OK\r\nContent-Length: 100\r\n\r\nhalf") as endpoint, pytest.raises(Unavailable):
        S3Store(Bucket("zorg", "", endpoint)).read(f"{ONE}/original-0", 0, 100)


@contextmanager
def says_to_all(answer: bytes) -> Iterator[str]:
    """A server that says the same to everybody and hangs up."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(answer)

    with socketserver.TCPServer(("127.0.0.1", 0), Talk) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_bucket_that_is_not_there_is_no_empty_bucket(s3: S3) -> None:
    store = S3Store(Bucket("nobodys", "", s3.endpoint))
    actions: list[Callable[[], object]] = [
        lambda: store.read(f"{ONE}/original-0"),
        lambda: store.read(f"{ONE}/original-0", 5, 5),
        lambda: store.put(f"{ONE}/original-0", b"b"),
        lambda: store.sizes(ONE),
        lambda: list(store.folders()),
    ]
    for act in actions:
        with pytest.raises(Unavailable, match="NoSuchBucket"):
            act()


def test_a_bucket_without_a_prefix_keeps_files_as_well(s3: S3) -> None:
    store = S3Store(Bucket("zorg", "", s3.endpoint))
    store.put(f"{ONE}/original-0", b"a")
    assert store.sizes(ONE) == {"original-0": 1}
    assert ONE in dict(store.folders()), "and what lies beside it is not ours"
    assert "tests" not in dict(store.folders())
    store.delete(ONE)


def test_more_than_one_answer_lists_is_listed_and_deleted_whole(
    s3_store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "10")
    monkeypatch.setattr("zorgmessenger.files.s3_store._MOST_DELETED", 7)
    for part in range(35):
        s3_store.put(f"{ONE}/original-{part}", b"a")
    assert len(s3_store.sizes(ONE)) == 35
    assert [folder for folder, _ in s3_store.folders()] == [ONE]
    s3_store.delete(ONE)
    assert s3_store.sizes(ONE) == {}


def test_a_deletion_carries_the_checksum_that_older_servers_want(own_client: S3Store) -> None:
    sent: list[tuple[bytes, bytes]] = []

    def look(request: AWSPreparedRequest, **_: object) -> None:
        sent.append((request.body, request.headers["Content-MD5"]))

    own_client.put(f"{ONE}/original-0", b"a")
    own_client._client.meta.events.register("before-send.s3.DeleteObjects", look)  # noqa: SLF001  (what leaves)
    own_client.delete(ONE)
    [(body, checksum)] = sent
    assert base64.b64decode(checksum) == hashlib.md5(body, usedforsecurity=False).digest()
    assert own_client.sizes(ONE) == {}


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("XMinioStorageFull", StorageFull),
        ("QuotaExceeded", StorageFull),
        ("AccessDenied", Unavailable),
        ("InternalError", Unavailable),
    ],
)
def test_what_s3_refuses_is_told_by_what_it_is(own_client: S3Store, code: str, raised: type[Exception]) -> None:
    def refuse(**_: object) -> tuple[object, dict[str, object]]:
        return _Answer(), {"Error": {"Code": code}}

    own_client._client.meta.events.register("before-call.s3.PutObject", refuse)  # noqa: SLF001  (before it is sent)
    with pytest.raises(raised, match=code):
        own_client.put(f"{ONE}/original-0", b"a")


class _Answer:
    status_code = 507


def test_a_bucket_without_credentials_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in CREDENTIALS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(ConfigurationError, match="AWS_ACCESS_KEY_ID"):
        S3Store(Bucket("zorg"))
