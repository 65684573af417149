"""Devices: every browser that a person is signed in with, and signing one out from elsewhere.

A device is a session with what its browser was: noted at the first request after signing in, renewed with a later
one, but not more than once in five minutes. What is kept of it is sealed for its row. Of its network is told whether it
is that of who asks, and in which country it is; where that is not known, the first half of its address.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from msgspec import Struct

from zorgmessenger import clock, ids, sql
from zorgmessenger.accounts.agents import Agent
from zorgmessenger.accounts.countries import country_of
from zorgmessenger.accounts.models import Device, Session
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound
from zorgmessenger.origin import Origin
from zorgmessenger.realtime.hub import hub

EVERY = timedelta(minutes=5)


class Seen(Struct, frozen=True):
    """A device as its person sees it."""

    id: UUID
    agent: Agent
    current: bool
    """It is the one that asks."""
    same_network: bool
    country: str
    """Roughly where its last network is, ISO 3166-1; empty where that is not known."""
    network: str
    """The first half of its last network address; empty where that is not known."""
    since: datetime
    used_at: datetime
    connected: bool


def is_noted(used_at: datetime | None) -> bool:
    """Whether a device that was noted then need not be noted again yet."""
    return used_at is not None and used_at > clock.now() - EVERY


def note(origin: Origin, agent: Agent) -> None:
    """Notes that somebody uses the session of `origin` with this browser, as well as can be."""
    now = clock.now()
    found = Device.objects.filter(session=origin.session).first()
    if found is not None and is_noted(found.used_at):
        return
    row = found or Device(id=ids.new(), session_id=origin.session, since=now)
    row.used_at, row.sealed = now, _sealed(row.id, agent, origin.address)
    try:
        with sql.dialect(connection.vendor).writing(), transaction.atomic():
            if found is None:
                row.save(force_insert=True)
            else:
                Device.objects.filter(pk=row.pk).update(used_at=now, sealed=row.sealed)
    except DatabaseError:
        return  # another request noted it in the same moment, or nothing can be written: what was asked is done


def note_use(session: str) -> None:
    """Notes that the session of this digest was in use until now, by a socket."""
    now = clock.now()
    with sql.dialect(connection.vendor).writing():
        Device.objects.filter(session=session, used_at__lte=now - EVERY).update(used_at=now)


def listed(person: UUID, origin: Origin) -> list[Seen]:
    """A person's devices: this one first, then the last used."""
    rows = Device.objects.filter(session__person=person, session__expire_date__gt=clock.now())
    connected = hub.sessions(person)
    found = [_seen(row, origin, connected) for row in rows]
    return sorted(found, key=lambda one: (one.current, one.connected, one.used_at), reverse=True)


def sign_out(person: UUID, device: UUID, origin: Origin) -> None:
    """Signs one device of the person out.

    Raises:
        NotFound: they have no such device.
    """
    row = Device.objects.filter(pk=device, session__person=person).first()
    if row is None:
        raise NotFound("no such device")
    _end(person, [row.session_id], origin)


def sign_out_others(person: UUID, origin: Origin) -> None:
    """Signs a person out everywhere but here."""
    others = Session.objects.filter(person=person).exclude(pk=origin.session)
    _end(person, list(others.values_list("pk", flat=True)), origin)


def sweep() -> None:
    """Removes what is left of devices that were heard of while they were signed out."""
    Device.objects.exclude(session__in=Session.objects.values("pk")).delete()


def _end(person: UUID, sessions: Collection[str], origin: Origin) -> None:
    with audited() as log:
        for session in sessions:
            log(Entry(Tag.DEVICE_SIGNED_OUT, actor=person, object=session, origin=origin))
        Session.objects.filter(pk__in=sessions, person=person).delete()
        for session in sessions:
            transaction.on_commit(partial(hub.close_session, session))


def _seen(row: Device, origin: Origin, connected: Collection[str]) -> Seen:
    browser, system, kind, address = json.loads(keyring().installation().open(bytes(row.sealed), _place(row.id)))
    return Seen(
        id=row.id,
        agent=Agent(browser, system, kind),
        current=row.session_id == origin.session,
        same_network=bool(address) and network_of(address) == network_of(origin.address),
        country=country_of(address),
        network=first_half(address),
        since=row.since,
        used_at=row.used_at,
        connected=row.session_id in connected,
    )


def network_of(address: str) -> str:
    """What the devices of one connection share: an IPv4 address, the first 64 bits of an IPv6 one."""
    if not address:
        return ""
    return str(ip_network((address, 64 if isinstance(ip_address(address), IPv6Address) else 32), strict=False))


def first_half(address: str) -> str:
    """The part of an address that says whose network it is: `84.24.…`, `2001:db8:…`."""
    if not address:
        return ""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return ":".join(group.lstrip("0") or "0" for group in parsed.exploded.split(":")[:2]) + ":…"
    return ".".join(address.split(".")[:2]) + ".…"


def _sealed(device: UUID, agent: Agent, address: str) -> bytes:
    told = json.dumps([agent.browser, agent.system, agent.kind, address])
    return keyring().installation().seal(told.encode(), _place(device))


def _place(device: UUID) -> bytes:
    return place("accounts_device", "sealed", device)
