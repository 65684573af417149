"""A setting that does not hold stops the start, in one line that says what to do; and the demo is never for real."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pytest
from django.test import override_settings

from tests import migrated
from tests.process import Installation, installation
from zorgmessenger.calls.places import JanusServer, TurnServer
from zorgmessenger.config import settings
from zorgmessenger.config.settings import Settings
from zorgmessenger.crypto.roots import EnvironmentSource, FileSource, generate
from zorgmessenger.demo.run import prepare
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.files import opening
from zorgmessenger.files.local_store import LocalStore
from zorgmessenger.files.places import Bucket
from zorgmessenger.files.scanner import Clamd

SECRET = "s" * 32


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the test run itself."""
    for name in ("ENVIRONMENT", "DATA_DIR", "ROOT_KEYS", "DATABASE", "FILES", "SCANNER", "TURN", "JANUS"):
        monkeypatch.delenv(f"ZORG_{name}", raising=False)


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """An installation for real, that is set up right."""
    place = installation(
        tmp_path,
        environment="production",
        public_url="https://zorg.example",
        mail_url="smtp://m.example",
        scanner="none",
    )
    FileSource(place.data / "root.key").write([generate()])
    return place


def refusal(place: Installation, *arguments: str, **more: str) -> str:
    """What a command says that ends with status 1: one line, from us."""
    done = place.command(*arguments, **more)
    assert done.returncode == 1, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    [line] = done.stderr.strip().splitlines()
    assert line.startswith("zorgmessenger: ")
    return line


def test_every_setting_has_one_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_production_is_what_an_installation_is_unless_told_otherwise() -> None:
    assert settings.load().environment == "production"
    assert not settings.load().demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "productie"),
        ("PORT", "80000"),
        ("PORT", "acht"),
        ("HTTP_THREADS", "0"),
        ("INVITATION_DAYS", "0"),
        ("INVITATION_DAYS", "400"),
        ("SOCKET_RATE", "0"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_does_not_hold_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ZORG_{name}", value)
    with pytest.raises(ConfigurationError, match=f"ZORG_{name}: "):
        settings.load()


def test_a_wrong_setting_does_not_show_secrets_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    key = generate()
    monkeypatch.setenv("ZORG_ROOT_KEYS", key)
    monkeypatch.setenv("ZORG_MAIL_URL", "smtp://user:geheim@mail.example")
    monkeypatch.setenv("ZORG_PORT", "x")
    with pytest.raises(ConfigurationError) as error:
        settings.load()
    assert key not in str(error.value)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize("url", ["", "http://zorg.example", "zorg.example", "ftp://z.example", "https:/zorg.example"])
def test_production_wants_https(url: str) -> None:
    made = Settings(environment="production", public_url=url, mail_url="smtp://m.example")
    with pytest.raises(ConfigurationError, match="ZORG_PUBLIC_URL"):
        made.check()


def test_production_wants_a_mail_server() -> None:
    made = Settings(environment="production", public_url="https://zorg.example")
    with pytest.raises(ConfigurationError, match="ZORG_MAIL_URL"):
        made.check()


@pytest.mark.parametrize(
    "address",
    ["bounces", "@mail.example.nl", "b+c@mail.example.nl", "b" * 32 + "@mail.example.nl", "b @mail.example.nl"],
)
def test_mail_comes_back_only_to_an_address_with_room_for_whose_it_was(address: str) -> None:
    made = Settings(
        environment="production",
        public_url="https://zorg.example",
        mail_url="smtp://m.example",
        mail_bounces=address,
        scanner="none",
    )
    with pytest.raises(ConfigurationError, match="ZORG_MAIL_BOUNCES"):
        made.check()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"support_phone": "bel ons"}, "ZORG_SUPPORT_PHONE"),
        ({"support_phone": "tel:030"}, "ZORG_SUPPORT_PHONE"),
        ({"support_mail": "support"}, "ZORG_SUPPORT_MAIL"),
        ({"support_mail": "a@b.example?bcc=c@d.example"}, "ZORG_SUPPORT_MAIL"),
    ],
)
def test_client_support_is_reached_by_a_number_and_an_address(wrong: dict[str, str], name: str) -> None:
    right = {"environment": "test", "support_phone": "+31 (0)30 123 45 67", "support_mail": "support@zorg.example"}
    Settings.model_validate(right).check()
    with pytest.raises(ConfigurationError, match=name):
        Settings.model_validate(right | wrong).check()


def test_production_wants_a_scanner_or_the_word_that_there_is_none() -> None:
    def made(scanner: str) -> Settings:
        return Settings(
            environment="production",
            public_url="https://zorg.example",
            mail_url="smtp://m.example",
            scanner=scanner,
        )

    with pytest.raises(ConfigurationError, match=r"ZORG_SCANNER.*clamd.* or to none"):
        made("").check()
    made("none").check()
    assert made("none").scanner_address is None


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_where_nothing_is_real_no_scanner_is_wanted(environment: Literal["demo", "test"]) -> None:
    Settings(environment=environment).check()
    assert Settings(environment=environment).scanner_address is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("clamd:///run/clamav/clamd.ctl", Path("/run/clamav/clamd.ctl")),
        ("clamd://scan.example:3311", ("scan.example", 3311)),
        ("clamd://127.0.0.1", ("127.0.0.1", 3310)),
        ("clamd://[::1]:3310/", ("::1", 3310)),
    ],
)
def test_a_scanner_is_named_by_its_address(address: str, expected: object) -> None:
    assert Settings(scanner=address).scanner_address == expected


@pytest.mark.parametrize(
    "address",
    [
        "None",
        "geen",
        "clamd:",
        "clamd://",
        "clamd:///",
        "/run/clamav/clamd.ctl",
        "http://scan.example:3310",
        "clamd://scan.example:acht",
        "clamd://scan.example:99999",
        "clamd://scan.example/run/clamd.ctl",
        "clamd://user:geheim@scan.example",
        "clamd://scan.example?x=1",
    ],
)
def test_an_address_that_is_no_scanners_is_refused_with_the_remedy_and_not_shown(address: str) -> None:
    with pytest.raises(ConfigurationError, match="ZORG_SCANNER must be clamd:") as refused:
        _ = Settings(scanner=address).scanner_address
    assert "geheim" not in str(refused.value)


def test_a_relay_is_named_by_its_addresses() -> None:
    made = Settings(turn="turn:t.example:3478?transport=udp, turns:[2001:db8::1]:5349", turn_secret=SECRET).turn_server
    assert made == TurnServer(("turn:t.example:3478?transport=udp", "turns:[2001:db8::1]:5349"), SECRET)
    assert Settings(turn_secret=SECRET).turn_server is None


@pytest.mark.parametrize(
    "addresses",
    [
        "t.example",
        "turn:",
        "turn://t.example:3478",
        "stun:t.example",
        "turn:t.example:99999",
        "turn:t.example:0",
        "turn:t.example?transport=sctp",
        "turn:user:geheim@t.example",
        "turn:t.example,",
        "turn:t.example;turns:t.example",
    ],
)
def test_an_address_that_is_no_relays_is_refused_with_the_remedy_and_not_shown(addresses: str) -> None:
    with pytest.raises(ConfigurationError, match="ZORG_TURN must be addresses") as refused:
        _ = Settings(turn=addresses, turn_secret=SECRET).turn_server
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["ws://127.0.0.1:8188", "ws://[::1]:8188", "ws://localhost:8188", "ws://10.1.2.3:8188", "wss://sfu.example/janus"],
)
def test_janus_is_on_this_machine_on_a_private_network_or_behind_tls(address: str) -> None:
    assert Settings(janus=address, janus_secret=SECRET).janus_server == JanusServer(address, SECRET)
    assert Settings(janus_secret=SECRET).janus_server is None


@pytest.mark.parametrize(
    "address",
    [
        "ws://sfu.example:8188",
        "ws://8.8.8.8:8188",
        "ws://0.0.0.0:8188",
        "http://127.0.0.1:8188",
        "127.0.0.1:8188",
        "ws://127.0.0.1:acht",
        "wss://user:geheim@sfu.example",
        "ws://",
    ],
)
def test_a_janus_that_strangers_could_overhear_is_refused_with_the_remedy_and_not_shown(address: str) -> None:
    with pytest.raises(ConfigurationError, match="ZORG_JANUS must be ws://") as refused:
        _ = Settings(janus=address, janus_secret=SECRET).janus_server
    assert "geheim" not in str(refused.value)


def test_a_short_secret_is_refused_with_the_remedy_and_not_shown() -> None:
    with pytest.raises(ConfigurationError, match=r"set ZORG_TURN_SECRET to coturn's.*32 characters") as refused:
        _ = Settings(turn="turn:t.example", turn_secret="geheim").turn_server
    assert "geheim" not in str(refused.value)
    with pytest.raises(ConfigurationError, match=r"set ZORG_JANUS_SECRET to Janus' .*32 characters") as refused:
        _ = Settings(janus="ws://127.0.0.1:8188", janus_secret="geheim").janus_server
    assert "geheim" not in str(refused.value)


def test_a_secret_stands_in_no_text_of_the_settings() -> None:
    made = Settings(turn="turn:t.example", turn_secret=SECRET, janus="ws://127.0.0.1:8188", janus_secret=SECRET)
    assert SECRET not in f"{made!r} {made.turn_server!r} {made.janus_server!r}"


def test_files_are_kept_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).file_place == tmp_path / "files"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://zorg", Bucket("zorg")),
        ("s3://zorg/", Bucket("zorg")),
        ("s3://zorg-files/a/b?region=eu-west-1", Bucket("zorg-files", "a/b", "", "eu-west-1")),
        (
            "s3://zorg/p?endpoint=https://s3.example:9000&region=nl",
            Bucket("zorg", "p", "https://s3.example:9000", "nl"),
        ),
        ("s3://zorg?endpoint=http://minio:9000", Bucket("zorg", "", "http://minio:9000")),
    ],
)
def test_a_bucket_is_named_by_its_address(address: str, expected: Bucket) -> None:
    assert Settings(files=address).file_place == expected


@pytest.mark.parametrize(
    "address",
    [
        "/srv/files",
        "s3:",
        "s3://",
        "s3:///prefix",
        "s3://Zorg",
        "s3://key:geheim@zorg",
        "s3://zorg/../elsewhere?x",
        "s3://zorg/a//b",
        "s3://zorg/a b",
        "s3://zorg?endpoint=s3.example",
        "s3://zorg?endpoint=https://key:geheim@s3.example",
        "s3://zorg?endpoint=https://s3.example/path",
        "s3://zorg?secret=geheim",
        "s3://zorg#a",
        "https://zorg.s3.example",
    ],
)
def test_an_address_that_is_no_buckets_is_refused_with_the_remedy_and_not_shown(address: str) -> None:
    with pytest.raises(ConfigurationError, match="ZORG_FILES must be s3:") as refused:
        _ = Settings(files=address).file_place
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("files", "s3://Zorg"), ("scanner", "clamav"), ("turn", "t"), ("janus", "j")]
)
def test_a_place_that_does_not_hold_stops_every_command(place: Installation, name: str, value: str) -> None:
    assert f"ZORG_{name.upper()} must be" in refusal(place, "migrate", **{f"ZORG_{name.upper()}": value})


def test_a_server_that_cannot_keep_files_does_not_start(
    place: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    migrated.put(place.database, tmp_path_factory)
    (place.data / "files").write_text("a file where a folder is to be")
    assert "cannot keep files in" in refusal(place, "serve")


def test_s3_without_its_client_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.delitem(sys.modules, "zorgmessenger.files.s3_store", raising=False)
    with override_settings(ZORG_FILES=Bucket("zorg")), pytest.raises(ConfigurationError, match="pip install"):
        opening.store.__wrapped__()


def test_the_process_opens_what_the_settings_name(tmp_path: Path) -> None:
    with override_settings(ZORG_FILES=tmp_path / "files", ZORG_SCANNER=("127.0.0.1", 3310)):
        assert isinstance(opening.store.__wrapped__(), LocalStore)
        assert isinstance(opening.scanner.__wrapped__(), Clamd)
    with override_settings(ZORG_SCANNER=None):
        assert opening.scanner.__wrapped__() is None


def test_production_that_is_set_up_right_passes_and_is_secure() -> None:
    made = Settings(
        environment="production",
        public_url="https://zorg.example/",
        mail_url="smtp://m.example",
        scanner="clamd:///run/clamav/clamd.ctl",
    )
    made.check()
    assert made.secure
    assert made.address == "https://zorg.example"


def test_root_keys_come_from_the_setting_else_from_the_file(tmp_path: Path) -> None:
    assert isinstance(Settings(root_keys=generate()).root_source, EnvironmentSource)
    assert isinstance(Settings(data_dir=tmp_path).root_source, FileSource)
    elsewhere = tmp_path / "elsewhere.key"
    FileSource(elsewhere).write([generate()])
    assert len(Settings(data_dir=tmp_path, root_key_file=elsewhere).root_source.read()) == 1


def test_the_database_is_named_by_its_address(tmp_path: Path) -> None:
    made = Settings(database="postgresql://u%40x:p%2Fw@db.example:5433/zorg").django_database()
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        "u@x",
        "p/w",
        "db.example",
        "5433",
        "zorg",
    )
    assert Settings(data_dir=tmp_path).django_database()["NAME"] == str(tmp_path / "zorgmessenger.sqlite3")
    for wrong in ("mysql://db.example/zorg", "db.example/zorg:5432", "postgres", "/srv/zorg.sqlite3"):
        with pytest.raises(ConfigurationError, match="ZORG_DATABASE"):
            Settings(database=wrong).django_database()


def test_serving_stops_with_the_remedy_when_the_set_up_does_not_hold(place: Installation) -> None:
    assert "zorgmessenger migrate" in refusal(place, "serve")
    assert "https://" in refusal(place, "serve", ZORG_PUBLIC_URL="")
    assert "ZORG_MAIL_URL" in refusal(place, "serve", ZORG_MAIL_URL="")
    assert "ZORG_DATABASE" in refusal(place, "serve", ZORG_DATABASE="mysql://x/y")
    assert "keys generate" in refusal(place, "serve", ZORG_ROOT_KEYS="geen sleutel")
    (place.data / "root.key").chmod(0o644)
    assert "chmod 600" in refusal(place, "serve")
    (place.data / "root.key").unlink()
    assert "keys init" in refusal(place, "serve")


def test_an_empty_key_file_says_what_to_do(place: Installation) -> None:
    (place.data / "root.key").write_text("\n")
    assert "keys init" in refusal(place, "serve")


def test_a_root_key_is_never_replaced_by_mistake(place: Installation) -> None:
    before = (place.data / "root.key").read_text()
    assert "keys rotate" in refusal(place, "keys", "init")
    assert (place.data / "root.key").read_text() == before


def test_keys_in_the_environment_are_the_hosts_own_to_rotate(
    place: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    migrated.put(place.database, tmp_path_factory)
    environment = {"ZORG_ROOT_KEYS": generate()}
    assert "ZORG_ROOT_KEYS" in refusal(place, "keys", "rotate", **environment)
    assert "ZORG_ROOT_KEYS" in refusal(place, "keys", "retire", **environment)


@pytest.mark.parametrize(
    "setting",
    [
        {"ZORG_ENVIRONMENT": "production"},
        {"ZORG_ENVIRONMENT": "test"},
        {"ZORG_MAIL_URL": "smtp://mail.example"},
        {"ZORG_PUBLIC_URL": "https://zorg.example"},
        {"ZORG_PUBLIC_URL": "http://zorg.example"},
        {"ZORG_PUBLIC_URL": "http://192.168.1.7:8000"},
        {"ZORG_HOST": "0.0.0.0"},  # noqa: S104
        {"ZORG_HOST": "::"},
        {"ZORG_DATABASE": "postgresql://zorg@127.0.0.1/zorg"},
        {"ZORG_DATABASE": "sqlite:////srv/zorg.sqlite3"},
        {"ZORG_FILES": "s3://zorg"},
    ],
    ids=str,
)
def test_the_demo_never_runs_for_real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: dict[str, str]) -> None:
    monkeypatch.setenv("ZORG_DATA_DIR", str(tmp_path / "data"))
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match="the demo never runs"):
        prepare(8000)
    assert not (tmp_path / "data").exists()
    made = settings.load()
    if made.environment == "demo":
        with pytest.raises(ConfigurationError, match="the demo never runs"):
            made.check()


@pytest.mark.parametrize(("name", "value"), [("HOST", "::1"), ("PUBLIC_URL", "http://localhost:8000")])
def test_the_demo_runs_at_any_address_of_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv("ZORG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ZORG_ENVIRONMENT", "demo")
    monkeypatch.setenv(f"ZORG_{name}", value)
    settings.load().check()


def test_an_unknown_command_names_those_there_are(place: Installation) -> None:
    done = place.command("nonsense")
    assert done.returncode == 2
    for name in ("serve", "demo", "migrate", "keys", "audit"):
        assert name in done.stderr
