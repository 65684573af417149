"""What the host says of an organisation's provider, as one sealed value."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Struct

from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.signon import rules
from zorgmessenger.signon.models import Connection


class RoleOfGroup(Struct, frozen=True):
    """Who is in `group` works here as `role`."""

    group: str
    role: Role


class TeamOfGroup(Struct, frozen=True):
    """Who is in `group`, and has the role of that team, answers for it."""

    group: str
    team: UUID


class Provider(Struct, frozen=True):
    """An OpenID provider (OpenID Connect Core 1.0) and what we are there."""

    organisation: UUID
    issuer: str
    client_id: str
    client_secret: str
    domains: tuple[str, ...]
    """Of which mail addresses the organisation's word is taken."""
    roles: tuple[RoleOfGroup, ...]
    """The first that somebody is in says what they are."""
    teams: tuple[TeamOfGroup, ...] = ()
    scopes: tuple[str, ...] = ("openid", "profile", "email", "offline_access")
    groups_claim: str = "groups"
    asks_second_factor: bool = False

    def role_by(self, groups: frozenset[str]) -> Role | None:
        """What these groups make somebody here."""
        return rules.role_of(((one.group, one.role) for one in self.roles), groups)


def load(organisation: UUID) -> Provider | None:
    """An organisation's provider, where it has one."""
    row = Connection.objects.filter(pk=organisation).first()
    if row is None:
        return None
    opened = keyring().organisation(organisation).open(bytes(row.sealed), _place(organisation))
    return msgspec.json.decode(opened, type=Provider)


def save(provider: Provider) -> None:
    """Keeps it in place of what was there, in the caller's action."""
    organisation = provider.organisation
    sealed = keyring().organisation(organisation).seal(msgspec.json.encode(provider), _place(organisation))
    Connection.objects.update_or_create(
        organisation_id=organisation,
        defaults={"sealed": sealed},
        create_defaults={"sealed": sealed, "since": clock.now()},
    )


def _place(organisation: UUID) -> bytes:
    return place("signon_connection", "sealed", organisation)
