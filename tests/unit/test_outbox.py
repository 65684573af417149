"""Mail: what it looks like, and its way out: sealed, after commit, once, tried again later each time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import transaction

from tests.mail_server import Server, running
from tests.mailbox import letters
from zorgmessenger import clock
from zorgmessenger.config import django as configured
from zorgmessenger.config.connections import Connections
from zorgmessenger.delivery import outbox, refused
from zorgmessenger.delivery.mail import Mail, RefuseAllBackend, compose
from zorgmessenger.delivery.models import OutgoingMail, RefusedAddress
from zorgmessenger.delivery.outbox import LocalMailbox, Sender, Smtp, Transport
from zorgmessenger.delivery.return_paths import return_path

INVITATION = {
    "sender": "Bram",
    "organisation": "De Linde",
    "days": "14",
    "link": "https://z.example/u#x",
}
TO = "noor@voorbeeld.example"


class Recorder:
    """A transport that remembers, and fails when told to."""

    keeps = False

    def __init__(self, fails: Callable[[Mail], Exception | None] = lambda _: None) -> None:
        self.delivered: list[Mail] = []
        self.tried: list[str] = []
        self.fails = fails

    def deliver(self, mail: Mail) -> None:
        """Takes it, or not."""
        self.tried.append(mail.to)
        error = self.fails(mail)
        if error is not None:
            raise error
        self.delivered.append(mail)


@pytest.fixture
def smtp() -> Iterator[Server]:
    with running() as server:
        yield server


def put(to: str = TO, **more: Any) -> None:
    with transaction.atomic():
        outbox.put(to, "invitation", "nl", INVITATION, **more)


def send(transport: Transport, later: timedelta = timedelta()) -> int:
    """One round of the sender, at a later moment."""
    with clock.at(clock.now() + later):
        return Sender(transport).send_waiting()


def test_both_parts_say_the_same_and_lead_to_the_same_place() -> None:
    mail = compose(TO, "invitation", "nl", INVITATION)
    assert mail.plain.count(INVITATION["link"]) == mail.html.count(INVITATION["link"]) == 1
    assert "Uitnodiging accepteren:\nhttps://z.example/u#x\n" in mail.plain
    assert ">Uitnodiging accepteren</a>" in mail.html
    assert "background:#0b6b3a" in mail.html, "the button is green"
    assert mail.html.startswith('<!doctype html><html lang="nl">')
    english = compose(TO, "invitation", "en", INVITATION)
    assert 'lang="en"' in english.html
    assert english.plain != mail.plain


def test_markup_and_line_breaks_in_a_value_stay_text() -> None:
    values = {
        **INVITATION,
        "organisation": "<img src=x onerror=1>",
        "sender": "Bram\r\nBcc: a@b.example",
        "days": '"><script>',
    }
    mail = compose(TO, "invitation", "nl", values)
    assert "<img" not in mail.html
    assert "<script" not in mail.html
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject + mail.plain


def test_a_mail_without_a_link_has_no_button() -> None:
    mail = compose(TO, "password_changed", "nl", {})
    assert "<a " not in mail.html
    assert "http" not in mail.plain


def test_mail_waits_sealed_and_opens_only_in_its_row(empty: None) -> None:
    del empty
    put()
    put("ander@voorbeeld.example")
    one, two = OutgoingMail.objects.order_by("created_at")
    assert b"Noor" not in bytes(one.sealed)
    assert outbox.opened(one).to == TO
    one.sealed = two.sealed
    recorder = Recorder()
    one.save()
    assert send(recorder) == 1
    assert [mail.to for mail in recorder.delivered] == ["ander@voorbeeld.example"]


def test_mail_of_an_action_that_failed_never_goes(empty: None) -> None:
    del empty

    def act() -> None:
        with transaction.atomic():
            outbox.put(TO, "invitation", "nl", INVITATION)
            raise OSError("half way")

    with pytest.raises(OSError, match="half way"):
        act()
    assert not OutgoingMail.objects.exists()


def test_what_is_sent_is_gone_from_the_database(empty: None) -> None:
    del empty
    put()
    recorder = Recorder()
    assert send(recorder) == 1
    assert send(recorder) == 0
    assert len(recorder.delivered) == 1
    assert not OutgoingMail.objects.exists()


def test_the_local_mailbox_keeps_what_would_have_gone(empty: None) -> None:
    del empty
    put()
    assert send(LocalMailbox()) == 1
    assert [mail.to for _, mail in outbox.kept()] == [TO]
    assert send(LocalMailbox()) == 0


def test_what_was_only_made_for_its_times_sake_never_goes(empty: None) -> None:
    del empty
    put(send=False)
    recorder = Recorder()
    assert send(recorder) == 0
    assert recorder.tried == []
    assert not OutgoingMail.objects.exists()


def test_what_the_server_does_not_take_is_tried_again_later_each_time_for_about_a_day(empty: None) -> None:
    del empty
    put()
    recorder = Recorder(lambda _: ConnectionRefusedError())
    moments = []
    while (mail := OutgoingMail.objects.first()) is not None:
        assert len(recorder.tried) < 100, "it is never given up"
        for moment, tries in ((mail.next_try - timedelta(seconds=1), 0), (mail.next_try, 1)):
            before = len(recorder.tried)
            with clock.at(moment):
                Sender(recorder).send_waiting()
            assert len(recorder.tried) - before == tries
        moments.append((mail.next_try - mail.created_at) / timedelta(minutes=1))
    pauses = [after - before for before, after in pairwise(moments)]
    assert moments[0] == 0
    assert pauses == sorted(pauses)
    assert pauses[0] <= 2
    assert max(pauses) <= 245
    assert 20 * 60 < moments[-1] < 36 * 60
    assert not OutgoingMail.objects.exists(), "given up, and gone"


def test_mail_goes_as_soon_as_the_server_takes_it(empty: None) -> None:
    del empty
    put()
    down = [True]
    recorder = Recorder(lambda _: OSError("down") if down[0] else None)
    assert send(recorder) == 0
    assert send(recorder) == 0, "not again at once"
    assert len(recorder.tried) == 1
    down[0] = False
    assert send(recorder, timedelta(minutes=2)) == 1
    assert [mail.to for mail in recorder.delivered] == [TO]


@pytest.mark.parametrize("error", [ValueError("no head"), UnicodeError("no ascii"), RuntimeError("odd"), KeyError("x")])
def test_one_mail_that_cannot_be_sent_holds_up_no_other_and_is_given_up(empty: None, error: Exception) -> None:
    del empty
    for to in ("slecht@voorbeeld.example", TO):
        put(to)
    recorder = Recorder(lambda mail: error if mail.to.startswith("slecht") else None)
    assert send(recorder) == 1
    assert [mail.to for mail in recorder.delivered] == [TO]
    for day in range(14):
        send(recorder, timedelta(days=day))
    assert not OutgoingMail.objects.exists()


def test_two_senders_at_once_send_once(empty: None) -> None:
    """Two processes on one database: each row is claimed before it is sent."""
    del empty
    put()
    [row] = OutgoingMail.objects.all()
    recorder = Recorder()
    sender = Sender(recorder)
    assert sender._send(row)  # noqa: SLF001  (both read the row before either claims it)
    assert not sender._send(row)  # noqa: SLF001
    assert len(recorder.delivered) == 1


def test_the_sender_wakes_when_mail_is_put_and_ends_when_asked(empty: None) -> None:
    del empty
    recorder, connections = Recorder(), Connections()
    sender = Sender(recorder)
    sender.start()
    put()
    for _ in range(100):
        if recorder.delivered:
            break
        threading.Event().wait(0.02)
    sender.stop()
    connections.close()
    assert [mail.to for mail in recorder.delivered] == [TO]
    assert not sender.is_alive()


def test_a_mail_server_gets_both_parts_with_the_right_heads(empty: None, smtp: Server) -> None:
    del empty
    put()
    assert send(Smtp(smtp.url, "Zorg Messenger <noreply@zorg.example>")) == 1
    [message] = smtp.messages
    assert (
        smtp.envelopes == [("mail FROM:<noreply@zorg.example>", f"rcpt TO:<{TO}>")]
        or "noreply@zorg.example" in (smtp.envelopes[0][0])
    )
    assert message["To"] == TO
    assert message["From"] == "Zorg Messenger <noreply@zorg.example>"
    assert message["Subject"] == "Bram van De Linde nodigt u uit voor de Zorg Messenger"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"]
    assert message["Bcc"] is None
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert isinstance(plain, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert INVITATION["link"] in plain.get_content()
    assert INVITATION["link"] in html.get_content()
    assert not OutgoingMail.objects.exists()


def test_each_mail_has_a_return_path_of_its_own_where_the_host_takes_in_what_comes_back(
    empty: None, smtp: Server
) -> None:
    del empty
    for to in (TO, "ander@voorbeeld.example"):
        put(to)
    assert send(Smtp(smtp.url, "Zorg Messenger <noreply@zorg.example>", "bounces@mail.example.nl")) == 2
    paths = [sender.split("<")[1].split(">")[0] for sender, _ in smtp.envelopes]
    assert paths == [return_path("bounces@mail.example.nl", str(message["To"])) for message in smtp.messages]
    assert len(set(paths)) == 2
    for message in smtp.messages:
        assert message["From"] == "Zorg Messenger <noreply@zorg.example>"
        assert "bounces" not in message.as_string()


def test_an_address_that_the_server_refuses_is_noted_until_it_takes_mail_again(empty: None, smtp: Server) -> None:
    del empty
    put()
    smtp.answers["RCPT"] = "450 later"
    send(Smtp(smtp.url, "noreply@zorg.example"))
    assert not refused.is_refused(TO)
    smtp.answers["RCPT"] = "550 no such"
    send(Smtp(smtp.url, "noreply@zorg.example"), timedelta(minutes=2))
    assert refused.is_refused(TO.upper())
    assert TO not in RefusedAddress.objects.get().key
    del smtp.answers["RCPT"]
    send(Smtp(smtp.url, "noreply@zorg.example"), timedelta(minutes=9))
    assert not refused.is_refused(TO)


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "550 no such"), ("DATA", "451 later"), ("MAIL", "421 busy")])
def test_what_a_mail_server_refuses_stays_and_is_tried_again(
    empty: None, smtp: Server, command: str, answer: str
) -> None:
    del empty
    put()
    smtp.answers[command] = answer
    transport = Smtp(smtp.url, "noreply@zorg.example")
    assert send(transport) == 0
    [row] = OutgoingMail.objects.all()
    assert (row.state, row.attempts) == (OutgoingMail.WAITING, 1)
    del smtp.answers[command]
    assert send(transport, timedelta(minutes=2)) == 1


def test_a_mail_server_that_is_not_there_is_no_disaster(empty: None) -> None:
    del empty
    put()
    assert send(Smtp("smtp://127.0.0.1:1", "noreply@zorg.example")) == 0
    assert OutgoingMail.objects.get().attempts == 1
    assert [mail.to for mail in letters(TO)] == [TO]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", {"host": "mail.example", "port": 587, "use_tls": True, "use_ssl": False}),
        ("smtps://mail.example", {"host": "mail.example", "port": 465, "use_tls": False, "use_ssl": True}),
        ("smtp://127.0.0.1:25", {"host": "127.0.0.1", "port": 25, "use_tls": False, "use_ssl": False}),
        ("smtp://u%40x:p%2Fw@mail.example:2525", {"username": "u@x", "password": "p/w", "port": 2525, "use_tls": True}),
    ],
)
def test_mail_leaves_the_machine_only_over_tls(
    url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, object] = {}

    def connection(_: str, **settings: object) -> None:
        made.update(settings)
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "get_connection", connection)
    with pytest.raises(ConnectionRefusedError):
        Smtp(url, "noreply@zorg.example").deliver(Mail(TO, "s", "p", "h"))
    assert expected.items() <= made.items()


def test_no_mail_goes_past_the_outbox() -> None:
    assert f"{RefuseAllBackend.__module__}.{RefuseAllBackend.__name__}" == configured.EMAIL_BACKEND
    with pytest.raises(RuntimeError, match="outbox"):
        send_mail("subject", "body", None, [TO], connection=RefuseAllBackend())
