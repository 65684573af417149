"""A file of people: IMP-1 … IMP-4 of `console.importing`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import address_of
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts import terms
from zorgmessenger.accounts.models import Person
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.console import importing
from zorgmessenger.console.rules import MOST_BYTES
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]
HEAD = "voornaam;achternaam;e-mailadres;rol;behandelaar"
BRAM = address_of("bram")


def send(browser: Browser, lines: Sequence[str], path: str = "/preview", encoding: str = "utf-8") -> Answer:
    return browser.ask("POST", f"/api/v1/console/import{path}", "\r\n".join([HEAD, *lines]).encode(encoding))


def outcomes(answer: Answer) -> list[tuple[int, str]]:
    assert answer.status == 200, answer
    return [(row["line"], row["outcome"]) for row in answer.body]


def test_imp_1_a_preview_tells_of_each_row_and_changes_nothing(world: World, browse: Browse) -> None:
    browse("bram").ask("POST", "/api/v1/invitations", {"firstName": "D", "lastName": "Bos", "email": "daan@x.example"})
    before, people = Invitation.objects.count(), Person.objects.count()
    rows = {
        "Noor;Smit;noor@x.example;behandelaar;": ("invite", "Wordt uitgenodigd."),
        f"Chloé;de Vries;chloe@x.example;cliënt;{BRAM}": ("invite", "Wordt uitgenodigd."),
        "Noor;Smit;NOOR@x.example;planbureau;": ("pass", "Staat al eerder in dit bestand. Deze rij slaan wij over."),
        f"Daan;Bos;daan@x.example;cliënt;{BRAM}": ("pass", "Heeft al een uitnodiging. Deze rij slaan wij over."),
        f"Fatima;X;{address_of('fatima')};behandelaar;": (
            "pass",
            "Hoort al bij uw organisatie. Deze rij slaan wij over.",
        ),
        f"Anna;X;{address_of('anna')};planbureau;": (
            "wrong",
            "Dit is een cliënt die medewerker zou worden, of andersom.",
        ),
        "Joost;Bos;joost@x.example;cliënt;": (
            "wrong",
            "Vul bij een cliënt het e\u2011mailadres van",
        ),
        f"Joost;Bos;joost@x.example;cliënt;{address_of('petra')}": ("wrong", "Bij dit e\u2011mailadres van de"),
        f"Joost;Bos;joost@y.example;cliënt;{address_of('carla')}": ("wrong", "Bij dit e\u2011mailadres van de"),
        "=1+1;Bos;som@x.example;planbureau;": ("wrong", "De voornaam of achternaam klopt niet"),
        "Joost;Bos;geen adres;planbureau;": ("wrong", "Dit is geen geldig e\u2011mailadres."),
        "Joost;Bos;joost2@x.example;koning;": ("wrong", "Deze rol kennen wij niet."),
    }
    answer = send(browse("ingrid"), list(rows))
    assert [row["line"] for row in answer.body] == list(range(2, len(rows) + 2))
    for row, (line, (outcome, says)) in zip(answer.body, rows.items(), strict=True):
        assert row["outcome"] == outcome, line
        assert row["text"].startswith(says), line
    assert (Invitation.objects.count(), Person.objects.count()) == (before, people)
    assert letters("noor@x.example") == []
    assert AuditEntry.objects.get(tag=Tag.IMPORT_READ).actor == world.id("ingrid")


def test_imp_2_and_3_good_rows_are_invited_once_and_a_client_by_their_practitioner(
    world: World, browse: Browse
) -> None:
    ingrid = browse("ingrid")
    lines = ["Noor;Smit;noor@x.example;planbureau;", f"Daan;Bos;daan@x.example;client;{BRAM}", "Fout;;;x;"]
    done = send(ingrid, lines, "")
    assert outcomes(done) == [(2, "invite"), (3, "invite"), (4, "wrong")]
    assert outcomes(send(ingrid, lines, "")) == [(2, "pass"), (3, "pass"), (4, "wrong")]
    assert [len(letters(f"{name}@x.example")) for name in ("noor", "daan")] == [1, 1]
    assert "Bram van Toneel" in letters("daan@x.example")[0].subject
    assert {entry.actor for entry in AuditEntry.objects.filter(tag=Tag.INVITED)} == {world.id("ingrid")}
    client = browse()
    body = {
        "token": newest_secret("daan@x.example"),
        "firstName": "Daan",
        "lastName": "Bos",
        "password": "Kuiltjes-op-12",
    }
    assert client.ask("POST", "/api/v1/invitations/register", {**body, **terms.VERSIONS}).body["conversation"]
    client.greet()
    with client.socket() as socket:
        assert {one["firstName"] for one in socket.welcome["people"]} == {"Daan", "Bram"}
    assert outcomes(send(ingrid, lines, "")) == [(2, "pass"), (3, "pass"), (4, "wrong")], "members by now"


def test_imp_3_an_invitation_that_expired_gives_way(world: World, browse: Browse) -> None:
    del world
    rows = [f"Daan;Bos;daan@x.example;cliënt;{BRAM}", "Noor;Smit;noor@x.example;planbureau;"]
    send(browse("ingrid"), rows, "")
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert outcomes(send(browse("ingrid"), rows)) == [(2, "invite"), (3, "invite")]
    assert outcomes(send(browse("ingrid"), rows, "")) == [(2, "invite"), (3, "invite")]
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["open", "open", "withdrawn", "withdrawn"]
    assert AuditEntry.objects.filter(tag=Tag.INVITATION_WITHDRAWN).count() == 2


def test_every_way_in_which_a_spreadsheet_writes_a_file_is_read(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        answer = send(ingrid, ["Chloé;Müller;chloe@x.example;functionaris gegevensbescherming;"], encoding=encoding)
        assert [row["firstName"] for row in answer.body] == ["Chloé"], encoding
    english = (
        b'"Email address",Role,"Last name","First name",Note\n"a@x.example",privacy officer,"Smit","Noor","=1"\n\n,,,\n'
    )
    answer = ingrid.ask("POST", "/api/v1/console/import/preview", english)
    assert [(row["lastName"], row["role"], row["outcome"]) for row in answer.body] == [
        ("Smit", "privacy_officer", "invite")
    ]


def test_a_file_that_is_none_is_refused_as_a_whole(world: World, browse: Browse) -> None:
    del world
    ingrid = browse("ingrid")
    wrong = {
        b"": "csv_columns",
        b"naam;adres\nNoor;x": "csv_columns",
        HEAD.encode(): "csv_empty",
        HEAD.encode() + b"\n;;;;\n": "csv_empty",
        HEAD.encode("utf-16"): "csv_not_text",
        b"PK\x03\x04\x00\x81\x8d": "csv_not_text",
        HEAD.encode() + b"\nA;B;a@x.example;planner;" * 2001: "csv_too_many",
        (HEAD + '\n"' + "x" * 200_000).encode(): "csv_not_text",
    }
    for file, code in wrong.items():
        for path in ("/preview", ""):
            answer = ingrid.ask("POST", f"/api/v1/console/import{path}", file)
            assert (answer.status, answer.body["code"]) == (400, code), file[:40]
    assert ingrid.ask("POST", "/api/v1/console/import", b"x" * (MOST_BYTES + 1)).status == 413
    assert not Invitation.objects.exists()


def test_imp_1_a_preview_asks_the_database_no_more_for_many_rows_than_for_a_few(world: World) -> None:
    def asked(rows: int) -> int:
        lines = [f"Noor;Smit;noor{number}@x.example;client;{BRAM}" for number in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            importing.preview(rules.may_administer(world["ingrid"]), "\n".join([HEAD, *lines]).encode(), NOWHERE)
        return len(captured)

    asked(1)  # the keys, which are read once
    assert asked(2000) == asked(20)


def test_imp_4_two_thousand_rows_are_previewed_and_invited_while_others_write(world: World, browse: Browse) -> None:
    ingrid = browse("ingrid")
    lines = [f"Noor;Smit;noor{number}@x.example;planbureau;" for number in range(2000)]
    assert {outcome for _, outcome in outcomes(send(ingrid, lines))} == {"invite"}
    assert {outcome for _, outcome in outcomes(send(ingrid, lines[:200], ""))} == {"invite"}
    world.send("anna", world.conversations["bram", "anna"], "tussendoor")
    assert Invitation.objects.count() == 200
