"""Recovering a second factor that was lost: REC-1 to REC-4 of `accounts.factor_recovery`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.authenticator import Phone, authenticate, switch_on
from tests.cast import address_of
from tests.later import Clock
from tests.live import Answer, Browser
from tests.mailbox import letters, newest_secret
from tests.passkeys import added, sign_in
from tests.world import World
from zorgmessenger.accounts import addresses, factor_recovery, limits
from zorgmessenger.accounts.models import FactorRecovery
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.organisations import second_factor_policy as policies
from zorgmessenger.organisations.second_factor_policy import Policy
from zorgmessenger.realtime.protocol import Close

Browse = Callable[..., Browser]
RECOVERIES = "/api/v1/factor-recoveries"
WAITS = (401, "second_factor_asked")


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def ask(browser: Browser, name: str = "anna", **more: Any) -> Answer:
    body = {"email": address_of(name), "how": "in_person", "note": "Paspoort gezien", **more}
    return browser.ask("POST", RECOVERIES, body)


def subjects(address: str) -> list[str]:
    return [mail.subject for mail in letters(address)]


def logged(tag: Tag) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(tag=tag))


@pytest.fixture
def phone(browse: Browse) -> Phone:
    """Anna's, with her codes."""
    return switch_on(browse("anna"))


@pytest.mark.usefixtures("phone")
def test_rec_1_the_person_is_told_at_all_their_addresses_at_once(world: World, browse: Browse) -> None:
    addresses.add_verified(world.id("anna"), "anders@cast.example", primary=False)
    answer = ask(browse("sem"))
    assert answer.status == 201
    assert answer.body["person"]["firstName"] == "Anna"
    for address in (address_of("anna"), "anders@cast.example"):
        assert subjects(address)[-1] == "Uw tweefactorauthenticatie wordt uitgezet"
        due = timezone.localtime(FactorRecovery.objects.get().due_at)
        assert f"{due:%Y, %H:%M}: uw codes" in letters(address)[-1].plain, "when it happens"
    (entry,) = logged(Tag.FACTOR_RECOVERY_ASKED)
    assert (entry.actor, entry.role, entry.subject) == (world.id("sem"), "support", world.id("anna"))
    assert (entry.organisation, entry.detail) == (world.organisation, "in_person")
    assert b"Paspoort" not in bytes(FactorRecovery.objects.get().note_sealed)


def test_rec_2_after_the_waiting_time_and_not_before_the_factor_is_off(
    world: World, browse: Browse, phone: Phone, later: Clock
) -> None:
    ask(browse("sem"))
    later.forward(hours=23)
    factor_recovery.carry_out()
    waiting = browse()
    assert told(waiting.sign_in("anna")) == WAITS
    later.forward(hours=2)
    factor_recovery.carry_out()
    factor_recovery.carry_out()
    assert not Authenticator.objects.filter(user_id=world.id("anna")).exists()
    assert told(authenticate(waiting, phone.codes[0]))[0] in {401, 422}
    assert browse("anna").ask("GET", "/api/v1/me").status == 200
    (entry,) = logged(Tag.FACTOR_RECOVERY_DONE)
    assert entry.subject == world.id("anna")
    assert subjects(address_of("anna")).count("Uw tweefactorauthenticatie is uitgezet") == 1


def test_rec_2_passkeys_go_too_and_all_sessions_end(world: World, browse: Browse, later: Clock) -> None:
    del world
    browser = browse("anna")
    passkey, _ = added(browser)
    ask(browse("sem"))
    later.forward(hours=25)
    with browser.socket() as socket:
        factor_recovery.carry_out()
        assert socket.close_code() == Close.SIGNED_OUT
    assert browser.ask("GET", "/api/v1/me").status == 401
    assert told(sign_in(browse(), passkey)) == (422, "passkey_refused")


@pytest.mark.usefixtures("phone")
def test_the_link_stops_it_once_and_for_whoever_has_it(world: World, browse: Browse, later: Clock) -> None:
    del world
    ask(browse("sem"))
    token, stranger = newest_secret(address_of("anna")), browse()
    assert stranger.ask("POST", f"{RECOVERIES}/stop", {"token": token}).status == 200
    assert told(stranger.ask("POST", f"{RECOVERIES}/stop", {"token": token})) == (404, "recovery_over")
    later.forward(hours=25)
    factor_recovery.carry_out()
    assert told(browse().sign_in("anna")) == WAITS
    assert len(logged(Tag.FACTOR_RECOVERY_STOPPED)) == 1
    assert subjects(address_of("anna"))[-1] == "Uw tweefactorauthenticatie blijft aan"
    assert ask(browse("sem")).status == 201, "and can be asked for again"


@pytest.mark.parametrize("factor", ["code", "recovery code", "passkey"])
def test_signing_in_with_the_factor_stops_it(factor: str, world: World, browse: Browse, later: Clock) -> None:
    del world
    browser = browse("anna")
    passkey, codes = added(browser)
    phone = switch_on(browser)
    ask(browse("sem"))
    waiting = browse()
    waiting.sign_in("anna")
    if factor == "passkey":
        assert sign_in(waiting, passkey).status == 200
    else:
        assert authenticate(waiting, phone.code() if factor == "code" else codes[0]).status == 200
    later.forward(hours=25)
    factor_recovery.carry_out()
    assert logged(Tag.FACTOR_RECOVERY_DONE) == []
    assert FactorRecovery.objects.get().outcome == "stopped"


def test_the_password_alone_stops_nothing(world: World, browse: Browse, phone: Phone) -> None:
    del world, phone
    ask(browse("sem"))
    browse().sign_in("anna")
    assert FactorRecovery.objects.get().outcome == ""


@pytest.mark.usefixtures("phone")
def test_rec_3_of_ten_who_ask_in_one_moment_there_is_one(world: World, browse: Browse) -> None:
    del world
    staff, together = [browse("sem"), browse("ingrid")] * 5, Barrier(10)

    def one(browser: Browser) -> Answer:
        together.wait()
        return ask(browser)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(one, staff))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["dueAt"] for answer in answers}) == 1
    assert subjects(address_of("anna")).count("Uw tweefactorauthenticatie wordt uitgezet") == 1


def test_nobody_does_it_for_themselves(world: World, browse: Browse) -> None:
    del world
    for name in ("sem", "ingrid"):
        browser = browse(name)
        switch_on(browser)
        assert told(ask(browser, name)) == (403, "own_factor")
    assert not FactorRecovery.objects.exists()


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("name", ["anna", "bram", "petra", "vera", "carla", "dora"])
def test_no_other_role_may_ask(name: str, world: World, browse: Browse) -> None:
    del world
    browser = browse() if name == "anna" else browse(name)
    assert ask(browser, "anna").status in {401, 403}
    assert not FactorRecovery.objects.exists()


def test_who_has_none_or_is_of_another_organisation_is_refused(world: World, browse: Browse) -> None:
    del world
    sem = browse("sem")
    switch_on(browse("dora"))
    assert told(ask(sem, "anna")) == (409, "no_second_factor")
    assert told(ask(sem, "dora")) == told(ask(sem, "niemand")) == (404, "no_such_person")
    assert told(ask(sem, email="geen adres")) == (422, "invalid")
    for wrong in ({"how": "e-mail"}, {"note": "x" * 1001}):
        assert ask(sem, **wrong).status == 422


@pytest.mark.usefixtures("phone")
def test_the_organisation_chooses_how_long_is_waited(world: World, browse: Browse, later: Clock) -> None:
    policies.set_policy(world.organisation, Policy(recovery_hours=1))
    ask(browse("sem"))
    later.forward(hours=1, minutes=1)
    factor_recovery.carry_out()
    assert len(logged(Tag.FACTOR_RECOVERY_DONE)) == 1


@pytest.mark.usefixtures("phone")
def test_rec_4_the_privacy_officer_sees_who_asked_and_how_it_was_known_who_it_was(world: World, browse: Browse) -> None:
    del world
    ask(browse("sem"), how="phone", note="Teruggebeld, 3 vragen goed")
    for name in ("vera", "ingrid", "sem"):
        (shown,) = browse(name).ask("GET", RECOVERIES).body
        assert (shown["by"]["firstName"], shown["person"]["firstName"]) == ("Sem", "Anna")
        assert (shown["how"], shown["note"], shown["outcome"]) == ("phone", "Teruggebeld, 3 vragen goed", "")
    assert len(logged(Tag.FACTOR_RECOVERIES_LISTED)) == 3


def test_asking_is_counted(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    del world
    monkeypatch.setattr(limits, "FACTOR_RECOVERIES", limits.Limit("factor_recoveries", 2, 60))
    sem = browse("sem")
    assert [ask(sem, "niemand").status for _ in range(3)] == [404, 404, 429]
