"""What an organisation looks like and says in its own words, and for how many days its invitations hold.

The logo is a picture that we made ourselves of what was sent in (`console.logo`); it is shown from our own origin and
to nobody but members and who holds an invitation. An introduction is one paragraph of plain text in each language, the
same for every client, so that nothing that one sender writes to one client can leave by it.
"""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from django.conf import settings
from django.db import models

from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring

LANGUAGES = ("nl", "en")


class Look(models.Model):
    """An organisation's choices; everything said or shown is sealed with its key."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.CASCADE, primary_key=True)
    logo_sealed = models.BinaryField(null=True)
    logo_version = models.CharField(max_length=16, default="")
    introduction_nl_sealed = models.BinaryField(null=True)
    introduction_en_sealed = models.BinaryField(null=True)
    invitation_days = models.SmallIntegerField(null=True)
    """None: as the host has set it for all."""


def logo(organisation: UUID) -> bytes | None:
    """An organisation's logo, a PNG."""
    row = Look.objects.filter(pk=organisation).only("logo_sealed").first()
    return _open(organisation, "logo", row.logo_sealed) if row else None


def logo_version(organisation: UUID) -> str:
    """Which logo it has now; empty for none."""
    row = Look.objects.filter(pk=organisation).values_list("logo_version", flat=True).first()
    return row or ""


def logo_path(organisation: UUID) -> str:
    """Where its members find the logo; empty where there is none."""
    version = logo_version(organisation)
    return f"/api/v1/organisations/{organisation}/logo?v={version}" if version else ""


def logo_as_url(organisation: UUID) -> str:
    """The logo itself as an address, for who is not signed in; empty where there is none."""
    picture = logo(organisation)
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}" if picture else ""


def introduction(organisation: UUID, language: str) -> str:
    """What it says in its own words; empty where it says nothing in this language."""
    row = Look.objects.filter(pk=organisation).defer("logo_sealed").first()
    sealed = {"nl": row.introduction_nl_sealed, "en": row.introduction_en_sealed}.get(language) if row else None
    return (_open(organisation, f"introduction_{language}", sealed) or b"").decode()


def invitation_days(organisation: UUID) -> int:
    """For how many days an invitation holds."""
    row = Look.objects.filter(pk=organisation).values_list("invitation_days", flat=True).first()
    return row or int(settings.ZORG.invitation_days)


def set_logo(organisation: UUID, picture: bytes | None) -> None:
    """Shows this PNG from now on, or none, in the caller's action."""
    version = hashlib.sha256(picture).hexdigest()[:16] if picture else ""
    _set(organisation, logo_sealed=_seal(organisation, "logo", picture), logo_version=version)


def set_words(organisation: UUID, introductions: dict[str, str], days: int) -> None:
    """Says this from now on, by language, and lets invitations hold for `days`, in the caller's action."""
    sealed = {
        f"introduction_{language}_sealed": _seal(
            organisation, f"introduction_{language}", introductions[language].encode() or None
        )
        for language in LANGUAGES
    }
    _set(organisation, **sealed, invitation_days=days)


def _set(organisation: UUID, **columns: object) -> None:
    Look.objects.update_or_create(organisation_id=organisation, defaults=columns)


def _seal(organisation: UUID, column: str, data: bytes | None) -> bytes | None:
    return keyring().organisation(organisation).seal(data, _place(column, organisation)) if data else None


def _open(organisation: UUID, column: str, sealed: bytes | memoryview | None) -> bytes | None:
    return keyring().organisation(organisation).open(bytes(sealed), _place(column, organisation)) if sealed else None


def _place(column: str, organisation: UUID) -> bytes:
    return place("organisations_look", column, organisation)
