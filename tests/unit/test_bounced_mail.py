"""`zorgmessenger mail bounced`, as a mail server runs it: with what it read, beside a running server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import migrated
from tests.mail_server import Server, running
from tests.process import Installation, installation
from zorgmessenger.audit.tags import Tag

REPORTS = Path(__file__).parent.parent / "reports"
NAMES = ("--first-name", "Noor", "--last-name", "Smit", "--email", "noor@voorbeeld.example")
NOTHING = "zorgmessenger: nothing is noted: "


@pytest.fixture(scope="module")
def smtp() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, smtp: Server) -> Installation:
    """An installation for real, that has somebody to invite."""
    place = installation(
        tmp_path_factory.mktemp("place"),
        environment="production",
        public_url="https://z.example",
        mail_url=smtp.url,
        mail_bounces="bounces@mail.example.nl",
        scanner="none",
    )
    assert place.command("keys", "init").returncode == 0
    migrated.put(place.database, tmp_path_factory)
    assert place.command("organisation", "create", "Praktijk De Linde", *NAMES).returncode == 0
    return place


def noted(place: Installation) -> tuple[int, int]:
    """How many addresses are noted as refused, and how often that was logged."""
    opened = sqlite3.connect(place.database)
    [addresses] = opened.execute("SELECT count(*) FROM delivery_refusedaddress").fetchone()
    tagged = "SELECT count(*) FROM audit_auditentry WHERE tag = ?"
    [entries] = opened.execute(tagged, [Tag.MAIL_REFUSED.value]).fetchone()
    opened.close()
    return addresses, entries


def test_a_mail_that_was_taken_and_came_back_is_noted_once_beside_the_running_server(
    place: Installation, smtp: Server
) -> None:
    with place.running("serve"):
        assert smtp.arrived.wait(30)
        token = smtp.envelopes[0][0].partition("+")[2].partition("@")[0]
        report = (REPORTS / "postfix.eml").read_text().replace("TOKEN", token)
        for _ in range(2):
            done = place.command("mail", "bounced", said=report)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
            assert noted(place) == (1, 1)
    assert place.command("audit", "verify").returncode == 0
    for secret in (token, "noor@voorbeeld.example"):
        assert secret not in place.log.read_text()


@pytest.mark.parametrize(
    ("report", "why"),
    [
        ("", "the mail is no report of a delivery"),
        ((REPORTS / "out_of_office.eml").read_text(), "the mail is no report of a delivery"),
        ((REPORTS / "exim.eml").read_text(), "the report was not sent to an address that stands for a mail of ours"),
        ((REPORTS / "exim.eml").read_text().replace("TOKEN", "a" * 32), "the token is not of this installation"),
    ],
)
def test_what_is_nothing_of_ours_changes_nothing_and_no_mail_server_sends_it_back(
    place: Installation, report: str, why: str
) -> None:
    before = noted(place)
    done = place.command("mail", "bounced", said=report)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{NOTHING}{why}\n")
    assert noted(place) == before


def test_what_a_fault_of_ours_stopped_is_to_be_handed_over_again(place: Installation, tmp_path: Path) -> None:
    report = (REPORTS / "exim.eml").read_text().replace("TOKEN", "a" * 32)
    for wrong in ({"ZORG_DATA_DIR": str(tmp_path / "none")}, {"ZORG_DATABASE": "postgresql://127.0.0.1:1/none"}):
        done = place.command("mail", "bounced", said=report, **wrong)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (75, "", 1), done.stderr
        assert done.stderr.startswith("zorgmessenger: nothing is noted yet: ")
