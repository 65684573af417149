"""A small world for a test: two organisations with their people, and the conversations of who cares for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password

from tests.cast import CARE, OUTSIDERS, PASSWORD, ROLES, address_of
from tests.hours import ALWAYS, set_hours
from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.accounts import addresses
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.passwords import BoundedArgon2
from zorgmessenger.audit.writer import audited
from zorgmessenger.availability import jobs
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import people
from zorgmessenger.conversations import teams as team_conversations
from zorgmessenger.messages.alterations import AlterJob
from zorgmessenger.messages.committer import Outcome, SendJob, Sent, commit
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.hours import lookup
from zorgmessenger.origin import NOWHERE
from zorgmessenger.realtime import protocol


@dataclass
class World:
    """Everybody as a member by name, and the conversations by the names of who is in them."""

    organisation: UUID
    elsewhere: UUID
    people: dict[str, Member] = field(default_factory=dict)
    conversations: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    def id(self, name: str) -> UUID:
        """Somebody's id."""
        return self.people[name].person

    def team(self, name: str) -> UUID:
        """The team that somebody of the planning office or client support answers for."""
        team = teams.of_member(self.people[name])
        assert team is not None
        return team.id

    def send(self, name: str, conversation: UUID, body: str, client_id: UUID | None = None) -> Sent:
        """Sends a message without a server."""
        outcome = self.submit(name, conversation, body, client_id)
        assert isinstance(outcome, Sent), outcome
        return outcome

    def submit(self, name: str, conversation: UUID, body: str, client_id: UUID | None = None) -> Outcome:
        """Tries to."""
        return commit([self.job(name, conversation, body, client_id)])[0][1]

    def job(self, name: str, conversation: UUID, body: str, client_id: UUID | None = None, **more: Any) -> SendJob:
        """What the committer is handed to send a message."""
        return SendJob(self.id(name), NOWHERE, conversation, client_id or ids.new(), body, lambda _: None, **more)

    def alter(self, name: str, kind: str, conversation: UUID, **more: Any) -> AlterJob:
        """What the committer is handed to alter a message."""
        kinds = {"edit": protocol.Edit, "withdraw": protocol.Withdraw, "react": protocol.React}
        frame = kinds[kind](request=0, conversation=conversation, **more)
        return AlterJob(self.id(name), NOWHERE, frame, lambda _: None)


def build() -> World:
    """Makes the world in an empty database."""
    world = World(organisations.create("De Linde").id, organisations.create("Elders").id)
    for organisation in (world.organisation, world.elsewhere):
        set_hours(organisation, ALWAYS)
    for name, role in ROLES.items():
        world.people[name] = add_person(world.organisation, name, role)
    for name, role in OUTSIDERS.items():
        world.people[name] = add_person(world.elsewhere, name, role)
    for staff, client in CARE:
        world.conversations[staff, client] = meet(world, staff, client)
    return world


def lighten_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets argon2 do the least it can: most of what signing in takes is its memory and passes, for each test anew."""
    monkeypatch.setattr(BoundedArgon2, "memory_cost", 8)
    monkeypatch.setattr(BoundedArgon2, "time_cost", 1)


def forget() -> None:
    """Forgets what this process remembers by the ids of people and organisations: each test's are the same."""
    people.author.cache_clear()
    lookup.forget()
    jobs._days.clear()  # noqa: SLF001


def meet(world: World, staff: str, client: str) -> UUID:
    """Relates a client to a member of staff or their team; gives the conversation of both."""
    member = world[staff]
    if rules.answers_as_team(member):
        team = teams.of_member(member)
        assert team is not None
        teams.relate(team, world.id(client))
        return conversations.ask_team(rules.may_ask(member, team, world[client], care_relation=True), NOWHERE)
    organisations.relate(member.organisation, world.id(client), member.person)
    return conversations.start(rules.may_start(member, world[client], care_relation=True), NOWHERE)


def add_person(organisation: UUID, name: str, role: Role) -> Member:
    """Adds somebody with an account."""
    person = Person(id=ids.new(), language="nl", created_at=clock.now(), password=make_password(PASSWORD))
    person.first_name, person.last_name = name.capitalize(), "van Toneel"
    with audited() as log:
        person.save(force_insert=True)
        addresses.add_verified(person.id, address_of(name), primary=True)
        member = organisations.add_member(log, organisation, person.id, role)
        team_conversations.join_by_role(log, member)
        return member
