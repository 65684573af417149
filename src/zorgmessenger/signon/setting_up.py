"""The host sets an organisation's sign-on up, shows it, and switches it off.

The host does, not the administrator: from then on the server asks the provider's address, and takes its word for a
mail domain. Switching off ends every session that came by it, and gives each account back to its person's own password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import own_way
from zorgmessenger.accounts.models import Person
from zorgmessenger.accounts.rules import clean_address
from zorgmessenger.accounts.sessions import forget_factor_given
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import Log, audited
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.organisations import teams
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.signon import coming_in, discovery, fetching, provider
from zorgmessenger.signon.models import Connection
from zorgmessenger.signon.provider import Provider, RoleOfGroup, TeamOfGroup
from zorgmessenger.signon.told import Unreachable

ORDER = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.PLANNER, Role.SUPPORT, Role.PRACTITIONER)
"""Of somebody in groups of several roles the first of these counts."""


@dataclass(frozen=True)
class Wanted:
    """What the host says, not judged yet; `teams` are texts `GROUP=Team name`."""

    issuer: str
    client_id: str
    client_secret: str
    domains: Sequence[str]
    groups: Mapping[Role, Sequence[str]]
    teams: Sequence[str] = ()
    scopes: Sequence[str] = ()
    groups_claim: str = "groups"
    asks_second_factor: bool = field(default=False)


def switch_on(organisation: str, wanted: Wanted) -> str:
    """Sets an organisation's sign-on up, or anew; gives what to tell the host.

    Raises:
        ConfigurationError: something does not hold, or the provider does not answer as one does.
    """
    row = _organisation(organisation)
    to = _checked(row.id, wanted)
    discovery.forget()
    try:
        discovery.of(to.issuer)
        discovery.keys_of(to.issuer)
    except Unreachable as error:
        raise ConfigurationError(str(error)) from error
    before = provider.load(row.id)
    with audited() as log:
        if before is not None and (before.issuer, before.client_id) != (to.issuer, to.client_id):
            _forget(log, row.id)  # another provider's subjects are other people
        provider.save(to)
        if not to.asks_second_factor:
            forget_factor_given(row.id)
        host = urlsplit(to.issuer).hostname
        log(Entry(Tag.SIGN_ON_SET, organisation=row.id, object=str(row.id), detail=f"{host} groups={len(to.roles)}"))
    return "\n".join(_lines(row.name, to))


def show(organisation: str) -> str:
    """What is set, the client's secret left out.

    Raises:
        ConfigurationError: there is no such organisation.
    """
    row = _organisation(organisation)
    to = provider.load(row.id)
    return f"{row.name} has no sign-on of its own." if to is None else "\n".join(_lines(row.name, to))


def switch_off(organisation: str) -> str:
    """Removes it.

    Raises:
        ConfigurationError: there is no such organisation.
    """
    row = _organisation(organisation)
    with audited() as log:
        if not Connection.objects.filter(pk=row.id).exists():
            return f"{row.name} has no sign-on of its own."
        people = _forget(log, row.id)
    return f"Sign-on of {row.name} is off. {people} people choose a password by 'Wachtwoord vergeten?'."


def _forget(log: Log, organisation: UUID) -> int:
    """In the caller's action; gives how many people came by it."""
    people = list(Person.objects.filter(sign_on=organisation).values_list("pk", flat=True))
    for person in people:
        own_way.give_back(person)
    Connection.objects.filter(pk=organisation).delete()
    log(Entry(Tag.SIGN_ON_OFF, organisation=organisation, object=str(organisation)))
    return len(people)


def _organisation(said: str) -> Organisation:
    """By id, or by its name."""
    found = [row for row in Organisation.objects.all() if said in {str(row.id), row.name}]
    if len(found) != 1:
        known = ", ".join(f"{row.name} ({row.id})" for row in Organisation.objects.order_by("created_at"))
        raise ConfigurationError(f"name one organisation, by its id or its name; there are: {known}")
    return found[0]


def _checked(organisation: UUID, wanted: Wanted) -> Provider:
    if not fetching.is_ours_to_ask(wanted.issuer) or "?" in wanted.issuer:
        raise ConfigurationError("--issuer must be an https:// address (http:// on this machine alone)")
    if not wanted.client_id or not wanted.client_secret:
        raise ConfigurationError("give --client-id, and the client's secret when it is asked or on standard input")
    domains = tuple(domain.strip().lower() for domain in wanted.domains)
    if not domains or any(clean_address(f"a@{domain}") is None for domain in domains):
        raise ConfigurationError("give at least one --domain, such as delinde.nl: the organisation's mail addresses")
    roles = tuple(RoleOfGroup(group, role) for role in ORDER for group in wanted.groups.get(role, ()))
    if not roles:
        raise ConfigurationError("give at least one group, such as --staff-group behandelaren")
    return Provider(
        organisation,
        wanted.issuer,
        wanted.client_id,
        wanted.client_secret,
        domains,
        roles,
        tuple(_teams(organisation, wanted.teams)),
        tuple(dict.fromkeys(("openid", *(wanted.scopes or ("profile", "email", "offline_access"))))),
        wanted.groups_claim,
        wanted.asks_second_factor,
    )


def _teams(organisation: UUID, said: Iterable[str]) -> Iterable[TeamOfGroup]:
    known = {team.name: team.id for team in teams.of(organisation)}
    for one in said:
        group, _, name = one.partition("=")
        if not group or name not in known:
            raise ConfigurationError(f'--team is "GROUP=Team name"; the teams are: {", ".join(known)}')
        yield TeamOfGroup(group, known[name])


def _lines(name: str, to: Provider) -> Iterable[str]:
    named = {team.id: team.name for team in teams.of(to.organisation)}
    yield f"Sign-on of {name} ({to.organisation}):"
    yield f"  provider         {to.issuer}"
    yield f"  client           {to.client_id}"
    yield f"  addresses        {', '.join(to.domains)}"
    yield f"  scopes           {' '.join(to.scopes)}"
    yield f"  second factor    {'asked by the provider' if to.asks_second_factor else 'asked here'}"
    for one in to.roles:
        yield f"  {to.groups_claim} {one.group}: {one.role.value}"
    for team in to.teams:
        yield f"  {to.groups_claim} {team.group}: team {named.get(team.team, 'that is gone')}"
    yield f"Register this redirect address with the provider: {coming_in.back(to.organisation)}"
