"""One's own devices, over HTTP: which there are, and signing one or all others out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zorgmessenger.accounts import devices
from zorgmessenger.accounts.http import SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import record

router = Router(tags=["accounts"])


@router.get("/me/devices", auth=SignedIn())
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Where one is signed in."""
    person, origin = person_of(request).id, origin_of(request)
    record(Entry(Tag.OWN_DATA_READ, actor=person, subject=person, origin=origin))
    return [_told(device) for device in devices.listed(person, origin)]


@router.delete("/me/devices", auth=SignedIn())
def sign_out_others(request: HttpRequest) -> dict[str, str]:
    """Signs out everywhere but here."""
    devices.sign_out_others(person_of(request).id, origin_of(request))
    return {}


@router.delete("/me/devices/{device}", auth=SignedIn())
def sign_out(request: HttpRequest, device: UUID) -> dict[str, str]:
    """Signs one device out."""
    devices.sign_out(person_of(request).id, device, origin_of(request))
    return {}


def _told(device: devices.Seen) -> dict[str, Any]:
    return {
        "id": str(device.id),
        "browser": device.agent.browser,
        "system": device.agent.system,
        "kind": device.agent.kind,
        "current": device.current,
        "sameNetwork": device.same_network,
        "country": device.country,
        "network": device.network,
        "since": device.since.isoformat(),
        "usedAt": device.used_at.isoformat(),
        "connected": device.connected,
    }
