"""Every attack on an invitation's link: INV-1 … INV-4, and linking an address to an account that exists."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import PASSWORD, address_of
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access import rules
from zorgmessenger.accounts import addresses, limits, terms
from zorgmessenger.accounts.models import Attempt, Person, Session
from zorgmessenger.accounts.sessions import SessionStore
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.errors import Conflict, TooMany
from zorgmessenger.invitations import actions, tokens
from zorgmessenger.invitations.models import Invitation
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations.models import CareRelation, Membership
from zorgmessenger.origin import NOWHERE
from zorgmessenger.texts import text

Browse = Callable[..., Browser]
NEW = "noor@voorbeeld.example"
AT_ONCE = 6


def invite(world: World, inviter: str = "bram", address: str = NEW) -> str:
    """Invites somebody; gives the secret of the link."""
    invitee = actions.Invitee("Noor", "Smit", address)
    actions.invite(rules.may_invite(world[inviter]), invitee, NOWHERE, "nl")
    return newest_secret(address)


def registration(token: str, **more: str) -> dict[str, str]:
    """A registration that holds."""
    names = {"firstName": "Noor", "lastName": "Smit", "password": "Kuiltjes-op-12"}
    return {"token": token, **names, **terms.VERSIONS, **more}


def at_once(what: Callable[[int], Answer]) -> list[Answer]:
    """Does the same several times in the same moment."""
    together = Barrier(AT_ONCE)

    def one(number: int) -> Answer:
        together.wait()
        return what(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


# --- once -----------------------------------------------------------------------------------------------------------


def test_a_link_opened_many_times_in_one_moment_makes_one_account(world: World, browse: Browse) -> None:
    """INV-1."""
    token, people = invite(world), Person.objects.count()
    browsers = [browse() for _ in range(AT_ONCE)]
    answers = at_once(
        lambda n: browsers[n].ask("POST", "/api/v1/invitations/register", registration(token, firstName="ABCDEF"[n]))
    )
    assert sorted(answer.status for answer in answers) == [201, *[404] * (AT_ONCE - 1)]
    assert Person.objects.count() == people + 1
    assert Session.objects.exclude(person=None).count() == 1
    assert CareRelation.objects.filter(staff_id=world.id("bram")).count() == 2


def test_a_link_taken_by_many_accounts_in_one_moment_is_one_persons(world: World, browse: Browse) -> None:
    """INV-1."""
    token = invite(world)
    names = ["anna", "joris", "dora", "carla", "anna", "joris"]
    browsers = [browse(name) for name in names]
    answers = at_once(lambda n: browsers[n].ask("POST", "/api/v1/invitations/link", {"token": token}))
    assert [answer.status for answer in answers].count(200) == 1
    winner = names[[answer.status for answer in answers].index(200)]
    assert addresses.verified_owner(NEW) == world.id(winner)
    assert {answer.body["code"] for answer in answers if answer.status != 200} <= {
        "invitation_unusable",
        "address_of_another_account",
    }
    assert Invitation.objects.get(state=Invitation.ACCEPTED).accepted_by_id == world.id(winner)


def test_registering_and_linking_in_one_moment_do_not_both_succeed(world: World, browse: Browse) -> None:
    """INV-1."""
    token = invite(world)
    browsers = [browse("anna" if n % 2 else "") for n in range(AT_ONCE)]

    def accept(number: int) -> Answer:
        if number % 2:
            return browsers[number].ask("POST", "/api/v1/invitations/link", {"token": token})
        return browsers[number].ask("POST", "/api/v1/invitations/register", registration(token))

    answers = at_once(accept)
    assert sum(answer.status in {200, 201} for answer in answers) == 1
    assert Invitation.objects.filter(state=Invitation.ACCEPTED).count() == 1


def test_two_links_to_one_address_in_one_moment_make_one_account(world: World, browse: Browse) -> None:
    """INV-3: the second is told to sign in."""
    links = [invite(world, inviter) for inviter in ("bram", "fatima", "petra")] * 2
    browsers = [browse() for _ in range(AT_ONCE)]
    answers = at_once(lambda n: browsers[n].ask("POST", "/api/v1/invitations/register", registration(links[n])))
    assert [answer.status for answer in answers].count(201) == 1
    assert {answer.status for answer in answers} <= {201, 404, 409}
    assert addresses.verified_owner(NEW) is not None


def test_two_invitations_of_one_inviter_taken_by_one_person_at_once_make_one_conversation(
    world: World, browse: Browse
) -> None:
    """INV-4."""
    links = [invite(world, "fatima", f"noor{n}@voorbeeld.example") for n in range(AT_ONCE)]
    browsers = [browse("anna") for _ in range(AT_ONCE)]
    answers = at_once(lambda n: browsers[n].ask("POST", "/api/v1/invitations/link", {"token": links[n]}))
    assert [answer.status for answer in answers] == [200] * AT_ONCE, answers
    assert len({answer.body["conversation"] for answer in answers}) == 1


# --- looking --------------------------------------------------------------------------------------------------------


def test_looking_changes_nothing_but_the_log_and_the_count_of_looks(world: World, browse: Browse) -> None:
    """INV-1."""
    token, browser = invite(world), browse()
    before = _state()
    for _ in range(3):
        answer = browser.ask("POST", "/api/v1/invitations/look", {"token": token})
        assert (answer.status, answer.body["email"], answer.body["hasAccount"]) == (200, NEW, False)
    assert _state() == before
    assert AuditEntry.objects.filter(tag=Tag.INVITATION_READ).count() == 3


def test_following_the_link_sends_no_secret_and_does_nothing(world: World, browse: Browse) -> None:
    """The secret stands behind `#`: no server, log or Referer gets it; what fetches links ahead changes nothing."""
    token, browser = invite(world), browse()
    before = _state()
    link = re.search(r"http\S+", letters(NEW)[-1].plain)
    assert link is not None
    path, secret = link[0].split("#")
    assert (path.rsplit("/", 1)[1], secret) == ("uitnodiging", token)
    answer = browser.ask("GET", "/uitnodiging")
    assert (answer.status, answer.headers["referrer-policy"]) == (200, "no-referrer")
    assert token.encode() not in answer.raw
    assert _state() == before


# --- expired = withdrawn = altered = used ---------------------------------------------------------------------------


def test_expired_withdrawn_altered_used_and_replaced_links_look_alike(world: World, browse: Browse) -> None:
    """INV-2, in every byte, wherever the link is used."""
    used, expired, withdrawn, replaced, orphaned = (
        invite(world, inviter, f"noor{n}@voorbeeld.example")
        for n, inviter in enumerate(["bram", "bram", "bram", "bram", "fatima"])
    )
    good = invite(world)
    browse().ask("POST", "/api/v1/invitations/register", registration(used))
    _invitation(expired).update(expires_at=clock.now() - timedelta(seconds=1))
    proof = rules.may_manage_invitation(world["bram"], actions.facts_of(_invitation(withdrawn).get().id))
    actions.withdraw(proof, NOWHERE)
    proof = rules.may_manage_invitation(world["bram"], actions.facts_of(_invitation(replaced).get().id))
    actions.resend(proof, NOWHERE, "nl")
    organisations.deactivate(world.organisation, world.id("fatima"))
    altered = good[:-1] + ("A" if good[-1] != "A" else "B")
    dead = [used, expired, withdrawn, replaced, orphaned, altered, good.swapcase(), good + "=", " " + good, "x"]
    anna, stranger = browse("anna"), browse()
    for what, browser in (("look", stranger), ("look", anna), ("link", anna), ("register", stranger)):
        bodies = [registration(token) if what == "register" else {"token": token} for token in dead]
        answers = [browser.ask("POST", f"/api/v1/invitations/{what}", body) for body in bodies]
        assert {(answer.status, answer.raw) for answer in answers} == {(404, answers[0].raw)}
        assert answers[0].body["code"] == "invitation_unusable"
    assert stranger.ask("POST", "/api/v1/invitations/look", {"token": good}).status == 200


def test_a_resent_link_works_and_the_old_one_is_dead(world: World, browse: Browse) -> None:
    old = invite(world)
    browser = browse("bram")
    identifier = _invitation(old).get().id
    assert browser.ask("POST", f"/api/v1/invitations/{identifier}/resend").status == 200
    new = newest_secret(NEW)
    stranger = browse()
    assert stranger.ask("POST", "/api/v1/invitations/register", registration(old)).status == 404
    assert stranger.ask("POST", "/api/v1/invitations/register", registration(new)).status == 201


def test_an_expired_invitation_lives_again_only_by_a_new_link(world: World, browse: Browse) -> None:
    old = invite(world)
    _invitation(old).update(expires_at=clock.now() - timedelta(days=1))
    identifier = _invitation(old).get().id
    assert browse("bram").ask("POST", f"/api/v1/invitations/{identifier}/resend").body["state"] == "open"
    stranger = browse()
    assert stranger.ask("POST", "/api/v1/invitations/look", {"token": old}).status == 404
    assert stranger.ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).status == 200


def test_an_inviter_who_lost_the_right_to_invite_leaves_links_that_open_nothing(world: World, browse: Browse) -> None:
    token = invite(world)
    Membership.objects.filter(person_id=world.id("bram")).update(role="administrator")
    people = Person.objects.count()
    answer = browse().ask("POST", "/api/v1/invitations/register", registration(token))
    assert answer.status == 404
    assert (Person.objects.count(), addresses.verified_owner(NEW)) == (people, None)
    assert _invitation(token).get().state == Invitation.OPEN


def test_guesses_at_links_are_limited(world: World, browse: Browse) -> None:
    invite(world)
    for _ in range(limits.INVITATION_LOOK.times):
        limits.check(limits.INVITATION_LOOK, "127.0.0.1")
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": "x" * 43}).status == 429
    assert browse("anna").ask("POST", "/api/v1/invitations/link", {"token": "x" * 43}).status == 429


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_a_link_holds_256_random_bits_and_the_database_only_a_digest(world: World) -> None:
    links = [invite(world, address=f"noor{n}@voorbeeld.example") for n in range(5)]
    assert len(set(links)) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in links)
    for invitation in Invitation.objects.all():
        kept = {column: str(value) for column, value in vars(invitation).items()}
        assert not [column for column, value in kept.items() if any(token in value for token in links)]
    assert {one.token_digest for one in Invitation.objects.all()} == {tokens.digest(token) for token in links}


def test_names_and_address_of_who_is_invited_are_sealed(world: World) -> None:
    invite(world)
    row = Invitation.objects.values().get()
    assert all(b"Noor" not in bytes(str(value), "utf-8") for value in row.values())
    assert NEW not in str(row)


# --- accounts that exist --------------------------------------------------------------------------------------------


def test_an_address_with_an_account_cannot_be_registered_again(world: World, browse: Browse) -> None:
    """INV-3: not taken over, its password not touched, the link still there for who signs in."""
    token = invite(world, "fatima", address_of("anna"))
    before = Person.objects.get(pk=world.id("anna")).password
    browser = browse()
    assert browser.ask("POST", "/api/v1/invitations/look", {"token": token}).body["hasAccount"] is True
    answer = browser.ask("POST", "/api/v1/invitations/register", registration(token))
    assert (answer.status, answer.body["code"]) == (409, "account_exists")
    assert not browser.greet(), "the link signed somebody in"
    assert Person.objects.get(pk=world.id("anna")).password == before
    assert browse("anna").ask("POST", "/api/v1/invitations/link", {"token": token}).status == 200


def test_an_address_with_an_account_cannot_be_linked_to_another(world: World, browse: Browse) -> None:
    token = invite(world, "fatima", address_of("anna"))
    answer = browse("dora").ask("POST", "/api/v1/invitations/link", {"token": token})
    assert (answer.status, answer.body["code"]) == (409, "address_of_another_account")
    assert addresses.of(world.id("dora")) == [address_of("dora")]
    assert addresses.verified_owner(address_of("anna")) == world.id("anna")
    assert not Participant.objects.filter(
        person_id=world.id("dora"), conversation__organisation_id=world.organisation
    ).exists()


def test_ones_own_invitation_and_that_of_a_colleague_make_no_staff_a_client(world: World, browse: Browse) -> None:
    token = invite(world)
    for name, code in (("bram", "own_invitation"), ("fatima", "already_staff"), ("ingrid", "already_staff")):
        answer = browse(name).ask("POST", "/api/v1/invitations/link", {"token": token})
        assert (answer.status, answer.body["code"]) == (409, code)
    assert _invitation(token).get().state == Invitation.OPEN
    roles = dict(Membership.objects.filter(organisation_id=world.organisation).values_list("person_id", "role"))
    assert roles[world.id("bram")] == roles[world.id("fatima")] == "practitioner"


def test_who_is_signed_in_when_a_stranger_registers_gains_nothing(world: World, browse: Browse) -> None:
    """A computer that two people share: the new account is the new person's alone."""
    token, browser = invite(world), browse("anna")
    old = browser.cookie
    assert browser.ask("POST", "/api/v1/invitations/register", registration(token)).status == 201
    browser.greet()
    assert browser.ask("GET", "/api/v1/me").body["emails"] == [NEW]
    assert browser.cookie != old
    assert addresses.of(world.id("anna")) == [address_of("anna")]


def test_linking_gives_the_address_and_one_conversation_with_who_invited(world: World, browse: Browse) -> None:
    """INV-4."""
    token = invite(world, "fatima")
    browser = browse("anna")
    answer = browser.ask("POST", "/api/v1/invitations/link", {"token": token})
    conversation = Conversation.objects.get(pk=UUID(answer.body["conversation"]))
    both = set(conversation.participants.values_list("person_id", flat=True))
    assert both == {world.id("anna"), world.id("fatima")}
    assert addresses.of(world.id("anna")) == [address_of("anna"), NEW]
    assert browser.ask("POST", "/api/v1/invitations/link", {"token": token}).status == 404


# --- the bystander --------------------------------------------------------------------------------------------------


def test_a_bystander_at_an_open_session_gains_nothing_without_the_password(world: World, browse: Browse) -> None:
    """Older than five minutes: 403 until the password is given again; then it works."""
    token, browser = invite(world, "fatima"), browse("anna")
    sign_in_was(browser, minutes=6)
    answer = browser.ask("POST", "/api/v1/invitations/link", {"token": token})
    assert (answer.status, answer.body["code"]) == (403, "reauthenticate")
    assert addresses.of(world.id("anna")) == [address_of("anna")]
    assert _invitation(token).get().state == Invitation.OPEN
    again = "/_allauth/browser/v1/auth/reauthenticate"
    assert browser.ask("POST", again, {"password": "Verkeerd-42"}).status == 422
    assert browser.ask("POST", "/api/v1/invitations/link", {"token": token}).status == 403
    assert browser.ask("POST", again, {"password": PASSWORD}).status == 200
    browser.greet()
    assert browser.ask("POST", "/api/v1/invitations/link", {"token": token}).status == 200
    assert AuditEntry.objects.filter(tag=Tag.REFUSED, reason="reauthenticate", actor=world.id("anna")).count() == 2


def test_four_minutes_after_signing_in_the_password_is_not_asked_again(world: World, browse: Browse) -> None:
    token, browser = invite(world, "fatima"), browse("anna")
    sign_in_was(browser, minutes=4)
    assert browser.ask("POST", "/api/v1/invitations/link", {"token": token}).status == 200


def test_the_bystanders_guesses_at_the_password_are_counted_before_they_are_compared(
    world: World, browse: Browse
) -> None:
    del world
    browser = browse("anna")
    again = "/_allauth/browser/v1/auth/reauthenticate"
    for _ in range(limits.SIGN_IN_ADDRESS.times):
        assert browser.ask("POST", again, {"password": "Verkeerd-42"}).status == 422
    answer = browser.ask("POST", again, {"password": PASSWORD})
    assert (answer.status, answer.body["code"]) == (429, "too_many"), "the right password, after too many wrong ones"


# --- the mail -------------------------------------------------------------------------------------------------------


def test_the_mail_says_what_the_catalogue_says_and_nothing_else(world: World) -> None:
    token = invite(world)
    mail = letters(NEW)[-1]
    values = {"sender": "Bram van Toneel", "organisation": "De Linde", "days": "14"}
    paragraphs = [text(f"mail.invitation.{n}", "nl", **values) for n in (1, 2, 3)]
    button = text("mail.invitation.button")
    link = f"http://127.0.0.1:8000/uitnodiging#{token}"
    assert button == "Uitnodiging accepteren"
    expected = [paragraphs[0], f"{button}:\n{link}", *paragraphs[1:], "-- \n" + text("mail.foot")]
    assert mail.plain == "\n\n".join(expected) + "\n"
    assert mail.subject == text("mail.invitation.subject", "nl", **values)
    assert f'<a href="{link}"' in mail.html
    assert f">{button}</a>" in mail.html
    assert re.findall(r"<a |<img|<script|<form|<iframe|<link|src=", mail.html) == ["<a "]
    shown = re.sub(r"<style.*?</style>|<[^>]+>", " ", mail.html)
    for word in set(re.findall(r"\w+", shown)) - {mail.subject}:
        assert word in " ".join([*paragraphs, button, mail.subject, text("mail.foot")])


def test_no_word_that_an_inviter_types_leaves_by_mail(world: World, browse: Browse) -> None:
    """Names of who is invited are for the screen: a mail greets without them. What is more than a name is refused."""
    del world
    browser = browse("bram")
    joined = ["Xaverius Quist", "Noor\rAnders", "Noor\nAnders", "Noor\u2028Smit", "Noor\x85Smit"]
    more = ["Noor\r\nBcc: iedereen@kwaad.example", "kwaad.example", "www.kwaad.nl", "https://kwaad.nl", "06-12345678"]
    more += ["<b>Noor</b>", "{link}", "%s", "Noor & co", "a@b.nl", "bit.ly/x", "BTC:1", "٠٦١٢", "½", "—", "'", "..."]
    refused = [
        *more,
        "Noor\x00Smit",
        "Noor\x1b[31m",
        "Noor\u202eSmit",
        "Noor\u200bSmit",
        "\ue000",
        " ",
        "\t",
        "x" * 61,
        "",
    ]
    for number, name in enumerate([*joined, *refused]):
        to = f"noor{number}@voorbeeld.example"
        answer = browser.ask("POST", "/api/v1/invitations", {"firstName": name, "lastName": "Smit", "email": to})
        if name in refused:
            assert (answer.status, answer.body["fields"][0]["field"]) == (422, "firstName"), repr(name)
            assert answer.body["fields"][0]["text"]
            assert letters(to) == []
        else:
            [mail] = letters(to)
            assert mail.plain.startswith("Goedendag, Bram van Toneel van De Linde")
            assert not [word for word in [*name.split(), "Smit"] if word in mail.subject + mail.plain + mail.html]


def test_what_is_no_single_address_is_refused(world: World, browse: Browse) -> None:
    del world
    browser = browse("bram")
    for wrong in (
        "noor@voorbeeld.example\nBcc: a@kwaad.example",
        "noor@voorbeeld.example, ander@kwaad.example",
        "noor@voorbeeld.example;ander@kwaad.example",
        "Noor <noor@voorbeeld.example>",
        "noor@@voorbeeld.example",
        "noor@voorbeeld",
        "noor@127.0.0.1",
        "noor@[127.0.0.1]",
        "@voorbeeld.example",
        "noor@voorbeeld.example\x00",
        "noor\x00@voorbeeld.example",
        "noor\u202e@voorbeeld.example",
        f"{'n' * 65}@voorbeeld.example",
        f"noor@{'v' * 245}.example",
        f"noor@{'v' * 64}.example",
        "noor smit@voorbeeld.example",
        "noor@voorbeeld.example%0d%0aBcc:a@kwaad.example",
    ):
        body = {"firstName": "Noor", "lastName": "Smit", "email": wrong}
        answer = browser.ask("POST", "/api/v1/invitations", body)
        assert (answer.status, answer.body["fields"][0]["field"]) == (422, "email"), repr(wrong)
    assert not Invitation.objects.exists()


def test_one_recipient_gets_no_more_than_six_mails_a_day_whoever_invites(world: World, browse: Browse) -> None:
    token = invite(world)
    identifier = _invitation(token).get().id
    browser = browse("bram")
    for _ in range(limits.MAIL_RECIPIENT.times - 1):
        assert browser.ask("POST", f"/api/v1/invitations/{identifier}/resend").status == 200
    answer = browser.ask("POST", f"/api/v1/invitations/{identifier}/resend")
    assert (answer.status, answer.body["code"], answer.body["retry"]) == (429, "too_many", True)
    for name in ("fatima", "petra", "carla"):
        body = {"firstName": "Noor", "lastName": "Smit", "email": NEW.upper()}
        assert browse(name).ask("POST", "/api/v1/invitations", body).status == 429
    assert len(letters(NEW)) == limits.MAIL_RECIPIENT.times
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).status == 200


def test_one_inviter_sends_no_more_than_sixty_invitations_an_hour(world: World) -> None:
    Attempt.objects.all().delete()
    for _ in range(limits.INVITATIONS_SENT.times):
        limits.check(limits.INVITATIONS_SENT, str(world.id("bram")))
    with pytest.raises(TooMany):
        invite(world)
    assert invite(world, "petra")


def test_only_what_is_sent_counts_and_the_refusal_says_how_long(world: World, browse: Browse) -> None:
    """Asking again and again for what is there already takes nobody's turn."""
    invite(world)
    browser, body = browse("bram"), {"firstName": "Noor", "lastName": "Smit", "email": NEW}
    for _ in range(limits.MAIL_RECIPIENT.times + 2):
        answer = browser.ask("POST", "/api/v1/invitations", body)
        assert (answer.status, answer.body["code"]) == (409, "invitation_open")
    for name in ("fatima", "petra", "pim", "carla"):
        invite(world, name)
    identifier = Invitation.objects.get(inviter_id=world.id("bram")).id
    assert browser.ask("POST", f"/api/v1/invitations/{identifier}/resend").status == 200
    for _ in range(3):
        answer = browser.ask("POST", f"/api/v1/invitations/{identifier}/resend")
        assert (answer.status, answer.body["text"]) == (429, text("error.too_many", wait="24 uur"))


def test_an_expired_invitation_does_not_stand_in_the_way_of_a_new_one(world: World, browse: Browse) -> None:
    old = invite(world)
    _invitation(old).update(expires_at=clock.now() - timedelta(seconds=1))
    browser, body = browse("bram"), {"firstName": "Noor", "lastName": "Smit", "email": NEW}
    assert browser.ask("POST", "/api/v1/invitations", body).status == 201
    assert [one["state"] for one in browser.ask("GET", "/api/v1/invitations").body] == ["open"]
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": old}).status == 404
    assert browse().ask("POST", "/api/v1/invitations/look", {"token": newest_secret(NEW)}).status == 200
    assert AuditEntry.objects.filter(tag=Tag.INVITATION_WITHDRAWN, actor=world.id("bram")).count() == 1


def test_the_same_inviter_has_one_open_invitation_for_an_address(world: World) -> None:
    invite(world)
    with pytest.raises(Conflict) as refused:
        invite(world, address=NEW)
    assert refused.value.code == "invitation_open"
    assert len(letters(NEW)) == 1


def test_an_invitation_that_cannot_be_logged_is_not_made_and_its_mail_does_not_go(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("no room for the log")

    monkeypatch.setattr("zorgmessenger.audit.writer.append", broken)
    with pytest.raises(OSError, match="no room"):
        invite(world)
    assert not Invitation.objects.exists()
    assert letters(NEW) == []


def _invitation(token: str) -> Any:
    return Invitation.objects.filter(token_digest=tokens.digest(token))


def _state() -> dict[str, list[tuple[Any, ...]]]:
    """Every row there is, but the log, the counts of attempts, sessions and how far the mail is."""
    apart = {"audit_auditentry", "audit_audithead", "accounts_attempt", "accounts_session", "delivery_outgoingmail"}
    with connection.cursor() as cursor:
        found = {}
        for table in set(connection.introspection.table_names(cursor)) - apart:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  (a table's name)
            found[table] = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()
            ]
        return found


def sign_in_was(browser: Browser, minutes: int) -> None:
    """Makes a browser's sign-in older."""
    store = SessionStore(browser.cookie)
    for record in store["account_authentication_methods"]:
        record["at"] -= minutes * 60
    store.modified = True
    store.save()
