"""Over HTTP: one's own choices about notifications, this device's pushes, and a try of both."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from zorgmessenger.accounts import limits
from zorgmessenger.accounts.http import Body, SignedIn, person_of
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.notifications import devices, endpoints, settings, webpush

router = Router(tags=["notifications"])
KeyText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+={0,2}$")]


class Choice(Body):
    """After how many minutes unread a mail goes; null for none."""

    mail_after: Literal[0, 15, 60] | None


class Subscription(Body):
    """What the browser gave, `PushSubscription.toJSON()` made flat."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=endpoints.LONGEST)]
    p256dh: KeyText
    auth: KeyText


@router.get("/me/notifications", auth=SignedIn())
def chosen(request: HttpRequest) -> dict[str, Any]:
    """One's own choices, and the key by which this installation pushes."""
    person = person_of(request)
    found = settings.of(person.id, origin_of(request))
    return {
        "mailAfter": found.mail_after,
        "devices": found.devices,
        "here": found.here,
        "addresses": [{"address": one.address, "arrives": one.arrives} for one in found.addresses],
        "pushKey": webpush.public_key(),
    }


@router.put("/me/notifications", auth=SignedIn())
def choose(request: HttpRequest, body: Choice) -> dict[str, str]:
    """Chooses when a mail goes."""
    settings.set_mail(person_of(request).id, body.mail_after, origin_of(request))
    return {}


@router.put("/me/push", auth=SignedIn())
def subscribe(request: HttpRequest, body: Subscription) -> dict[str, str]:
    """Switches pushes on for this device."""
    person = person_of(request)
    limits.check(limits.PUSHES_SWITCHED, str(person.id))
    device = webpush.Device(body.endpoint, body.p256dh, body.auth)
    webpush.check(device)
    devices.add(person.id, device, origin_of(request))
    return {}


@router.delete("/me/push", auth=SignedIn())
def unsubscribe(request: HttpRequest) -> dict[str, str]:
    """Switches them off for this device."""
    devices.remove(person_of(request).id, origin_of(request))
    return {}


@router.post("/me/notifications/test", auth=SignedIn())
def test(request: HttpRequest) -> dict[str, bool]:
    """Sends oneself a push and a mail, to see that they come."""
    person = person_of(request)
    limits.check(limits.TEST_NOTIFICATIONS, str(person.id))
    return {"push": settings.try_out(person, origin_of(request))}
