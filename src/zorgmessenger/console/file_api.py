"""Which files may be sent, over HTTP, for the administrator."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from zorgmessenger.accounts.http import Body, SignedIn
from zorgmessenger.accounts.request import origin_of
from zorgmessenger.console import files
from zorgmessenger.console.api import administering
from zorgmessenger.files.rules import KINDS, MIB
from zorgmessenger.realtime.protocol import FileKind

router = Router(tags=["console"])


class NewPolicy(Body):
    """How large a file may be, in MiB, and of which kinds; at least one."""

    largest_mib: Annotated[int, Field(ge=1, le=2**31 - 1)]
    kinds: Annotated[list[FileKind], Field(min_length=1, max_length=len(KINDS))]


@router.get("/console/files", auth=SignedIn())
def shown(request: HttpRequest) -> dict[str, Any]:
    """What may be sent, and the room that files take."""
    found = files.shown(administering(request))
    return {
        "largestMib": found.policy.largest // MIB,
        "hostLargestMib": found.most_mib,
        "kinds": [kind for kind in KINDS if kind in found.policy.kinds],
        "used": found.used.size,
        "count": found.used.count,
        "scanned": found.scanned,
    }


@router.put("/console/files", auth=SignedIn())
def change(request: HttpRequest, body: NewPolicy) -> dict[str, str]:
    """Sets what may be sent from now on."""
    files.change(administering(request), body.largest_mib, body.kinds, origin_of(request))
    return {}
