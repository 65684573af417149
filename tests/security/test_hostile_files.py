"""Files made to break who reads them: refused, or harmless, and in bounded time; a broken reader is not believed."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
import zlib

import pytest

from tests.pictures import gif, opened, pdf, photograph, png, saved, says, stream
from zorgmessenger.errors import Unavailable
from zorgmessenger.files import child, headers, making
from zorgmessenger.files.answer import MOST_BYTES, MOST_PAGES

JPEG = saved(photograph(), "JPEG")
JPEG_SIZE = (200).to_bytes(2) + (320).to_bytes(2)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SECRET = "geheim-van-de-server"
HURRIED = "from zorgmessenger.files import studio; studio.SECONDS = 1; studio.main()"
"""The studio itself, with less time."""


def becomes(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """From now on this program is run instead of the studio: what a file could make of it."""
    monkeypatch.setattr(child, "COMMAND", [sys.executable, "-I", "-c", program])


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        b"Beste Anna, tot morgen.",
        SVG,
        b"\x89PNG\r\n\x1a\n" + SVG,
        b"<!doctype html><script>alert(1)</script>",
        JPEG[: len(JPEG) // 2],
        saved(photograph(), "PNG")[:-2000],
        saved(photograph(), "WEBP")[:-500],
        saved(photograph(), "HEIF")[:-500],
        b"\x00\x00\x00\x18ftypheic" + bytes(100),
        saved(photograph(), "TIFF"),
        saved(photograph(), "BMP"),
        pdf(says("Dag")),
        png(100, 100),
    ],
    ids=range(15),
)
def test_what_is_no_whole_picture_is_refused_whatever_it_is_called(sent: bytes) -> None:
    with pytest.raises(making.Unreadable):
        making.picture([sent])


@pytest.mark.parametrize(
    "sent",
    [
        png(30_000, 30_000, bytes(10**7)),
        png(2**31 - 1, 1),
        png(1, 40_000, bytes(4 * 40_000)),
        png(8_001, 8_000),
        gif(65_535, 65_535),
        JPEG.replace(JPEG_SIZE, b"\xff\xff\xff\xff"),
    ],
    ids=["png", "wide", "high", "just-too-large", "gif", "jpeg"],
)
def test_a_small_file_with_very_many_points_is_refused_by_its_header(sent: bytes) -> None:
    with pytest.raises(making.Unreadable):
        making.picture([sent])


def test_of_very_many_frames_only_the_first_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    becomes(monkeypatch, HURRIED)
    assert making.picture([gif(1, 1, frames=500_000)]).whole.width == 1


def test_a_text_that_unpacks_to_very_much_is_not_kept() -> None:
    text = b"Comment\x00\x00" + zlib.compress(bytes(10**8), 9)
    chunk = len(text).to_bytes(4) + b"zTXt" + text + zlib.crc32(b"zTXt" + text).to_bytes(4)
    sent = saved(photograph(), "PNG")
    with pytest.raises(making.Unreadable):
        making.picture([sent[:33], chunk, sent[33:]])


def test_what_stands_behind_or_beside_a_picture_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("index.html", SVG)
    for sent in (JPEG, saved(photograph(), "PNG"), saved(photograph(), "GIF"), saved(photograph(), "WEBP")):
        pictures = making.picture([sent, b"<script>alert(1)</script>", archive.getvalue()])
        for made in (pictures.whole, pictures.small):
            assert not [part for part in (b"script", b"PK\x03\x04", b"index.html") if part in made.data]
            assert not zipfile.is_zipfile(io.BytesIO(made.data))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7\n",
        JPEG,
        pdf(),
        pdf(says("Dag"))[:400],
        pdf(
            says("Dag"),
            trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'61' * 32}> /U <{'62' * 32}> /P -4 >>"
            f" /ID [<{'63' * 16}> <{'63' * 16}>]",
        ),
        pdf(says("Dag"), kids="7 0 R " * (MOST_PAGES + 1), extra=["null", "null"]),
    ],
    ids=["empty", "head", "jpeg", "no-pages", "cut-off", "password", "many-pages"],
)
def test_what_is_no_pdf_or_has_a_password_is_refused(sent: bytes) -> None:
    with pytest.raises(making.Unreadable):
        making.pdf([sent])


def test_a_page_is_as_large_as_we_say() -> None:
    for box in ("0 0 1e9 1e9", "0 0 200000 1", "0 0 1 200000", "0 0 0.001 0.001", "0 0 0 0", "-9e37 -9e37 9e37 9e37"):
        try:
            small = making.pdf([pdf(says("Dag"), box=box)]).small
        except making.Unreadable:
            continue
        assert max(opened(small.data).size) <= 640


@pytest.mark.parametrize(
    "sent",
    [
        pdf(says("Dag"), extra=["[" * 200_000 + "]" * 200_000]),
        pdf("[" * 200_000),
        pdf("q " * 200_000 + says("Dag")),
        pdf(says("Dag"), kids="2 0 R"),
        pdf("/X Do", extra=[stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 3 0 R")]),
        pdf(says("Dag"), extra=["<< /S /JavaScript /JS (while (true) {}) >>"], trailer="/OpenAction 5 0 R"),
    ],
    ids=["objects", "content", "states", "tree", "itself", "script"],
)
def test_a_pdf_that_goes_round_or_very_deep_comes_to_an_end(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    becomes(monkeypatch, HURRIED)
    try:
        assert making.pdf([sent]).pages == 1
    except making.Unreadable:
        assert making.pdf([pdf(says("Dag"))]).pages == 1


def test_a_page_that_would_be_drawn_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten forms, each of which draws the next a hundred times."""
    becomes(monkeypatch, HURRIED)
    forms = [
        stream(
            "/X Do " * 100 if number < 14 else "0 0 9 9 re f",
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {number + 1} 0 R >> >>",
        )
        for number in range(5, 15)
    ]
    with pytest.raises(making.Unreadable):
        making.pdf([pdf("/X Do", extra=forms)])


ANSWER = "import sys, msgspec\nfrom zorgmessenger.files.answer import Answer\nsys.stdin.buffer.read()\n"
SEND = ANSWER + "sys.stdout.buffer.write(msgspec.msgpack.encode({}))"


@pytest.mark.parametrize(
    "program",
    [
        "",
        "print('<script>alert(1)</script>')",
        "import sys, os\nwhile True: sys.stdout.buffer.write(os.urandom(65536))",
        SEND.format("[]"),
        SEND.format("{'pictures': [b'', b'']}"),
        SEND.format("[[], 1, b'']"),
        SEND.format("Answer([b'<script>'] * 2)"),
        SEND.format("Answer([b'\\xff\\xd8\\xff<script>'] * 2)"),
        SEND.format([[png(100_000, 1), b""]]),
        SEND.format([[png(0, 1)] * 2]),
        SEND.format([[png(700, 700)] * 2]),
        SEND.format([[gif(9, 9)] * 2]),
        SEND.format([[SVG] * 2]),
        SEND.format([[png(9, 9)]]),
        SEND.format([[png(9, 9)] * 3]),
        SEND.format([[png(9, 9)] * 2, -1]),
        SEND.format([[png(9, 9)] * 2, MOST_PAGES + 1]),
        SEND.format([[png(9, 9)] * 2, 1, b"", "more"]),
        "import os; os.kill(os.getpid(), 11)",
        f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(bytes({MOST_BYTES + 1}))",
    ],
    ids=range(20),
)
def test_a_reader_that_a_file_has_taken_over_is_not_believed(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    becomes(monkeypatch, program)
    with pytest.raises(making.Unreadable):
        making.picture([JPEG])


def test_what_keeps_to_the_form_is_taken_whoever_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the answers above were refused for what is wrong with each."""
    becomes(monkeypatch, SEND.format([[png(9, 9)] * 2, MOST_PAGES, b""]))
    assert making.picture([JPEG]).small.data == png(9, 9)


def test_text_from_such_a_reader_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = saved(photograph(), "WEBP")
    becomes(monkeypatch, SEND.format(rf"Answer([{picture!r}], 1, b'een\r\ntwee\x00\x1b[2J\x9b\xff\xc2\x85\tdrie\r')"))
    assert making.page([b"x"], 1).text == "een\ntwee[2J\ufffd\ufffd\tdrie\n"


def test_only_three_kinds_of_picture_are_known_and_none_cut_off() -> None:
    for kind, media in (("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")):
        whole = saved(photograph((70, 50)), kind)
        assert headers.seen(whole) == (media, 70, 50)
        assert headers.seen(saved(photograph((70, 50)).convert("RGBA"), "PNG")) == ("image/png", 70, 50)
        for length in range(0, len(whole), 7):
            with pytest.raises(ValueError, match="no "):
                headers.seen(whole[:length])
    see_through = photograph((70, 50)).convert("RGBA")
    see_through.putalpha(100)
    assert headers.seen(saved(see_through, "WEBP")) == ("image/webp", 70, 50)


def test_the_reader_sees_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the environment, no open file, no folder."""
    monkeypatch.setenv("ZORG_ROOT_KEYS", SECRET)
    ours, theirs = os.pipe()
    os.set_inheritable(ours, True)  # noqa: FBT003  (the function has no names)
    try:
        program = (
            "import json, os; print(json.dumps([dict(os.environ), os.getcwd(), "
            "sorted(int(name) for name in os.listdir('/proc/self/fd'))[:-1], open('/proc/self/cmdline').read()]))"
        )
        becomes(monkeypatch, program)
        status, answer = child.run(["picture"], [])
    finally:
        os.close(ours)
        os.close(theirs)
    environment, folder, files, words = json.loads(answer)
    assert (status, folder, files) == (0, "/", [0, 1, 2])
    assert set(environment) <= {"LC_CTYPE"}
    assert SECRET not in words


def test_the_reader_can_do_nothing_but_reckon_answer_and_start_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where its user is root: the kernel has no such calls for it."""
    becomes(
        monkeypatch,
        """
import json, os, signal, socket, sys, threading
from zorgmessenger.files.confinement import confine
tries = {
    "open": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write": lambda: os.open("zorg", os.O_CREAT | os.O_WRONLY),
    "list": lambda: os.listdir("/"),
    "look": lambda: os.stat("/"),
    "socket": lambda: socket.socket(),
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "raise limits": lambda: __import__("resource").setrlimit(7, (64, 64)),
    "read memory": lambda: open(f"/proc/{os.getppid()}/mem"),
}
import resource
confine()
could = []
for name, attempt in tries.items():
    try:
        attempt()
        could.append(name)
    except OSError as error:
        assert error.errno == 38, (name, error)
    except ValueError:
        pass
thread = threading.Thread(target=could.append, args=["thread"])
thread.start()
thread.join()
sys.stdout.write(json.dumps(could))
sys.stdout.flush()
""",
    )
    assert child.run([], []) == (0, b'["thread"]')


def test_a_studio_that_does_not_start_is_our_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    becomes(monkeypatch, "import no_such_library")
    with pytest.raises(Unavailable):
        making.picture([JPEG])
