"""What the people of the demo have said to each other, over the past week."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member, Role
from zorgmessenger.accounts import addresses, terms
from zorgmessenger.accounts.models import Consent, Person
from zorgmessenger.audit.writer import audited
from zorgmessenger.config import made_up
from zorgmessenger.console import branding
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import facts, groups
from zorgmessenger.conversations import teams as team_conversations
from zorgmessenger.demo import office, plan
from zorgmessenger.demo.people import ACCENT, ORGANISATION, PASSWORD, PEOPLE
from zorgmessenger.errors import ZorgError
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.invitations import staff
from zorgmessenger.messages.committer import Job, MarkJob, SendJob, commit
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import replies, teams
from zorgmessenger.organisations.hours.notice import Words
from zorgmessenger.organisations.models import Notice, Organisation
from zorgmessenger.origin import Origin

Line = tuple[int, str, str, str]
"""Days ago, time of day, who, what."""

_STORY: dict[tuple[str, str], list[Line]] = {
    ("bram", "anna"): [
        (
            6,
            "09:12",
            "bram",
            "Goedemorgen Anna, welkom in de Zorg Messenger. Hier kunt u mij tussen onze afspraken door vragen stellen.",
        ),
        (6, "10:40", "anna", "Dank u wel! Fijn dat dit kan. Het inloggen ging goed."),
        (6, "10:41", "anna", "Moet ik het dagboek elke dag invullen, of alleen op dagen dat het slecht gaat?"),
        (6, "11:05", "bram", "Liefst elke dag, ook al is het maar één zin. Zo zien we samen wat u helpt."),
        (
            4,
            "20:17",
            "anna",
            "Het lukt om elke dag iets op te schrijven. Gisteren was een moeilijke dag, maar het wandelen hielp.",
        ),
        (3, "08:55", "bram", "Wat goed dat u toch bent gaan wandelen. Zullen we daar dinsdag verder over praten?"),
        (3, "09:20", "anna", "Graag. Ik neem het dagboek mee."),
        (
            1,
            "16:32",
            "bram",
            "Tot morgen om 10:00 uur. Hier staat nog eens de uitleg over slapen: https://www.thuisarts.nl/slecht-slapen",
        ),
        (0, "08:04", "anna", "Dank u, die ga ik vanavond lezen. Tot straks!"),
    ],
    ("petra", "anna"): [
        (5, "13:30", "petra", "Dag Anna, uw volgende afspraken staan op dinsdag 10:00 uur, om de week. Past dat?"),
        (5, "14:02", "anna", "Dat past, alleen de week van mijn vakantie niet. Kan die afspraak een week later?"),
        (5, "14:20", "petra", "Dat is geregeld. U krijgt de nieuwe datum in de brief."),
    ],
    ("bram", "joris"): [
        (4, "11:00", "bram", "Dag Joris, hoe ging de eerste week op het werk?"),
        (4, "18:45", "joris", "Beter dan gedacht. Ik ben wel moe aan het eind van de dag."),
        (3, "09:10", "bram", "Dat is begrijpelijk. Lukt het om de pauzes te nemen die we hebben afgesproken?"),
        (0, "07:52", "joris", "Meestal wel. Vandaag heb ik een lange vergadering, daar zie ik een beetje tegenop."),
    ],
    ("fatima", "mei"): [
        (2, "10:15", "fatima", "Hallo Mei, ik heb uw vragenlijst ontvangen. Dank u wel."),
        (2, "10:31", "mei", "Fijn. Ik vond de laatste vragen best moeilijk."),
        (2, "10:40", "fatima", "Dat snap ik. We nemen er vrijdag rustig de tijd voor."),
    ],
    ("bram", "fatima"): [
        (2, "12:05", "bram", "Heb je morgen tien minuten voor intervisie?"),
        (2, "12:20", "fatima", "Ja, na de lunch. Ik kom naar je kamer."),
        (0, "08:30", "fatima", "Kun jij vrijdag mijn telefoondienst overnemen?"),
    ],
    ("bram", "petra"): [
        (1, "09:00", "petra", "Anna Visser wil haar afspraak in week 50 verzetten. Is donderdag ook goed?"),
        (1, "09:14", "bram", "Donderdag na 13:00 uur is prima."),
    ],
    ("sem", "joris"): [
        (5, "15:00", "sem", "Dag Joris, lukt het inloggen in het cliëntenportaal weer?"),
        (5, "15:26", "joris", "Ja, na het nieuwe wachtwoord ging het meteen goed. Dank!"),
    ],
}
_GROUP: list[Line] = [
    (
        3,
        "12:00",
        "bram",
        "Welkom allemaal. Donderdag om 14:00 uur lopen we vanaf de praktijk door het park.",
    ),
    (3, "12:30", "joris", "Leuk! Neem ik gewone schoenen mee?"),
    (3, "12:41", "fatima", "Gewone schoenen zijn prima. Bij regen nemen we paraplu’s mee."),
    (2, "19:05", "anna", "Ik ben er ook bij."),
]
_REPLIES = [
    ("Afspraak verzetten", "Dag {voornaam}, uw afspraak is verzet. U krijgt de nieuwe datum per e-mail."),
    ("Formulier ontvangen", "Dag {voornaam}, wij hebben uw formulier goed ontvangen. Dank u wel."),
]
_QUESTION = "Goedemorgen, kan ik het aanmeldformulier ook op papier krijgen?"
_NOTE = "Mei heeft liever post dan e-mail. Adres staat in het dossier."
_UNREAD = {("bram", "joris"): "bram", ("bram", "fatima"): "bram", ("bram", "anna"): "bram"}


def tell() -> None:
    """Makes the organisation, its people and their history, and the mark, all of it or nothing."""
    with audited() as log:
        _tell()
        made_up.mark(log)


def _tell() -> None:
    start = _when(21, "09:00")
    with clock.at(start):
        organisation = organisations.create(ORGANISATION, ACCENT)
        _say_nothing_by_itself(organisation)
        people = {one.key: _person(organisation.id, one.key) for one in PEOPLE}
        for staff, client in _STORY:
            if not people[client].role.staff and not rules.answers_as_team(people[staff]):
                organisations.relate(organisation.id, people[client].person, people[staff].person)
    for (first, second), lines in _STORY.items():
        _converse(people, first, second, lines)
    _group(people)
    _office(people)
    _desk(people)
    _done(people)
    with clock.at(_when(3, "10:30")):
        plan.make(people["anna"], people["bram"])
    for inviter, days, invitee in (
        ("bram", 2, invitations.Invitee("Noor", "Smit", "noor.smit@voorbeeld.example")),
        ("petra", 16, invitations.Invitee("Daan", "Vermeer", "daan.vermeer@voorbeeld.example")),
    ):
        with clock.at(_when(days, "11:11")):
            invitations.invite(rules.may_invite(people[inviter]), invitee, Origin(), "nl")


def _say_nothing_by_itself(organisation: Organisation) -> None:
    """The story stays as it is told: the automatic reply is off until the demo's administrator switches it on."""
    notice = Notice(organisation=organisation)
    notice.words = Words(replies=False)
    notice.save()


def _person(organisation: UUID, key: str) -> Member:
    made = next(one for one in PEOPLE if one.key == key)
    person = Person(id=ids.new(), language="nl", created_at=clock.now())
    person.first_name, person.last_name = made.first_name, made.last_name
    person.set_password(PASSWORD)
    with audited() as log:
        person.save(force_insert=True)
        addresses.add_verified(person.id, made.email, primary=True)
        if made.role is Role.CLIENT:
            Consent.objects.bulk_create(
                Consent(person=person, kind=kind, version=version, at=person.created_at)
                for kind, version in terms.VERSIONS.items()
            )
        member = organisations.add_member(log, organisation, person.id, made.role)
        team_conversations.join_by_role(log, member)
        return member


def _converse(people: dict[str, Member], first: str, second: str, lines: list[Line]) -> None:
    with clock.at(_when(7, "12:00")):
        conversation = _open(people[first], people[second])
    moments = [_when(days, time) for days, time, _, _ in lines]
    for number, ((_, _, who, what), moment) in enumerate(zip(lines, _past(moments), strict=True), start=1):
        with clock.at(moment):
            _do(SendJob(people[who].person, Origin(), conversation, ids.new(), what, _nobody))
            for reader in (first, second):
                unread = number == len(lines) and _UNREAD.get((first, second)) == reader
                if reader != who and not unread:
                    _do(MarkJob(people[reader].person, Origin(), conversation, number, number, _nobody))


def _do(job: Job) -> None:
    """Has the committer do it.

    Raises:
        ZorgError: it was not done.
    """
    ((_, outcome),) = commit([job])
    if isinstance(outcome, ZorgError):
        raise outcome


def _group(people: dict[str, Member]) -> None:
    with clock.at(_when(6, "13:00")):
        chosen = {people[name].person: (people[name], True) for name in ("anna", "joris", "fatima")}
        proof = rules.may_make_group(people["bram"], chosen)
        group = groups.make(proof, "Wandelgroep donderdag", "leaf", Origin())
    moments = [_when(days, time) for days, time, _, _ in _GROUP]
    for (_, _, who, what), moment in zip(_GROUP, _past(moments), strict=True):
        with clock.at(moment):
            commit([SendJob(people[who].person, Origin(), group, ids.new(), what, _nobody)])


def _office(people: dict[str, Member]) -> None:
    """What the administrator finds."""
    administers = rules.may_administer(people["ingrid"])
    with clock.at(_when(20, "09:00")):
        branding.change(administers, ACCENT, office.WELCOME, 14, Origin())
    for client, questions in office.QUESTIONS.items():
        with clock.at(_when(18, "12:00")):
            conversation = _open(people["petra"], people[client])
        for number, (days, time, question, after, answer) in enumerate(questions):
            at = _when(days, time)
            for who, moment, what in ((client, at, question), ("petra", at + timedelta(minutes=after), answer)):
                with clock.at(moment):
                    _do(SendJob(people[who].person, Origin(), conversation, ids.new(), what, _nobody))
            with clock.at(at + timedelta(minutes=after + 5)):
                for reader in (client, "petra"):
                    last = 2 * number + 2
                    _do(MarkJob(people[reader].person, Origin(), conversation, last, last, _nobody))
    with clock.at(_when(3, "10:30")):
        staff.invite(administers, invitations.Invitee(*office.INVITED), Role.PRACTITIONER, Origin(), "nl")


def _desk(people: dict[str, Member]) -> None:
    """What the planning office keeps to answer with, a note, and a client who waits."""
    petra, mei = people["petra"], people["mei"]
    team = teams.of_member(petra)
    for title, body in _REPLIES:
        replies.keep(rules.may_use_team(petra, team), title, body, Origin())
    conversation = conversations.ask_team(rules.may_ask(mei, team, mei, care_relation=False), Origin())
    with clock.at(clock.now() - timedelta(minutes=50)):
        commit([SendJob(mei.person, Origin(), conversation, ids.new(), _QUESTION, _nobody)])
    known = facts.one(conversation)
    notes = conversations.open_notes(rules.may_answer_for_team(petra, known.facts), Origin())
    commit([SendJob(petra.person, Origin(), notes, ids.new(), _NOTE, _nobody)])


def _done(people: dict[str, Member]) -> None:
    """Client support has handled what Joris asked."""
    known = facts.one(_open(people["sem"], people["joris"]))
    team_conversations.set_handled(rules.may_answer_for_team(people["sem"], known.facts), Origin(), handled=True)


def _open(first: Member, second: Member) -> UUID:
    if rules.answers_as_team(first) and not second.role.staff:
        team = teams.of_member(first)
        if team is not None:
            teams.relate(team, second.person)
        proof = rules.may_ask(first, team, second, care_relation=True)
        return conversations.ask_team(proof, Origin())
    return conversations.start(rules.may_start(first, second, care_relation=True), Origin())


def _past(moments: list[datetime]) -> list[datetime]:
    """The same moments, moved back together where the last is not over yet."""
    late = max(moments[-1] - clock.now() + timedelta(minutes=3), timedelta())
    return [moment - late for moment in moments]


def _when(days_ago: int, time: str) -> datetime:
    hour, minute = (int(part) for part in time.split(":"))
    here = clock.now().astimezone(ZoneInfo("Europe/Amsterdam")) - timedelta(days=days_ago)
    return here.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _nobody(_: object) -> None:
    """Nobody waits for the outcome."""
