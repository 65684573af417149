"""The people and conversations that the workloads need, put into an empty database.

Everybody is staff of one organisation, every conversation internal, everybody signed in. The long conversation is
written by the committer itself, sealed and logged like any other.
"""

from __future__ import annotations

import random
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from bench.lines import BODY
from zorgmessenger import clock, ids
from zorgmessenger.access.facts import Kind, Role
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.sessions import SessionStore
from zorgmessenger.conversations.models import Conversation, Participant
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.messages import segments
from zorgmessenger.messages.committer import SendJob, Sent, commit
from zorgmessenger.organisations import actions
from zorgmessenger.organisations.models import Membership
from zorgmessenger.origin import Origin

PAIRS = 50
GROUP = 50
LONG = 10_000
SEARCHED = 100
"""Conversations of who searches."""
SEARCHED_EACH = 1_000
VOCABULARY = 3_000
BATCH = 500


class World(TypedDict):
    """Who and what there is; people by their cookie."""

    pairs: list[tuple[str, str, str]]
    group: tuple[list[str], str]
    long: tuple[list[str], str]
    searcher: str


def fill() -> World:
    """Makes everything."""
    organisation = actions.create("Stichting Meetlat").id
    people = [colleague(organisation, number) for number in range(2 * PAIRS)]
    cookies = [signed_in(person) for person in people]
    each = [person.id for person in people]
    long = conversation(organisation, each[:2])
    write(each[0], long, [BODY] * LONG)
    searcher = colleague(organisation, len(people))
    for number in range(SEARCHED):
        write(searcher.id, conversation(organisation, [searcher.id, each[0]]), words(number, SEARCHED_EACH))
    while segments.build_some():
        pass
    return {
        "searcher": signed_in(searcher),
        "pairs": [
            (cookies[one], cookies[one + 1], str(conversation(organisation, each[one : one + 2])))
            for one in range(0, 2 * PAIRS, 2)
        ],
        "group": (cookies[:GROUP], str(conversation(organisation, each[:GROUP]))),
        "long": (cookies[:2], str(long)),
    }


def colleague(organisation: UUID, number: int) -> Person:
    """Somebody on the staff."""
    person = Person(created_at=clock.now())
    person.first_name, person.last_name = f"Medewerker {number}", "van de Meting"
    person.set_unusable_password()
    person.save(force_insert=True)
    Membership.objects.create(
        organisation_id=organisation, person=person, role=Role.PRACTITIONER.value, since=clock.now()
    )
    return person


def signed_in(person: Person) -> str:
    """Signs somebody in and gives the cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def conversation(organisation: UUID, people: list[UUID]) -> UUID:
    """Opens an internal conversation."""
    identifier = ids.new()
    with transaction.atomic():
        Conversation.objects.create(
            id=identifier, organisation_id=organisation, kind=Kind.INTERNAL.value, created_at=clock.now()
        )
        keyring().create_conversation(identifier, organisation)
        Participant.objects.bulk_create(Participant(conversation_id=identifier, person_id=person) for person in people)
    return identifier


def words(seed: int, messages: int) -> list[str]:
    """Messages of fourteen words of `VOCABULARY`."""
    chance = random.Random(seed)  # noqa: S311  (the same words each time)
    return [" ".join(f"woord{chance.randrange(VOCABULARY)}" for _ in range(14)) for _ in range(messages)]


def write(sender: UUID, where: UUID, bodies: list[str]) -> None:
    """Has `sender` write messages."""
    for start in range(0, len(bodies), BATCH):
        jobs = [
            SendJob(sender, Origin("127.0.0.1", ""), where, ids.new(), body, lambda _outcome: None)
            for body in bodies[start : start + BATCH]
        ]
        assert all(isinstance(outcome, Sent) for _, outcome in commit(jobs))
