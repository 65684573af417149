"""Saved replies: what a team often answers. Shared by the team, sealed with its organisation's key."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from zorgmessenger import ids
from zorgmessenger.access.proofs import MayUseTeam
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited, record
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import Conflict, FieldError, Invalid, NotFound
from zorgmessenger.organisations.models import SavedReply, Team
from zorgmessenger.origin import Origin

MOST = 200
"""How many a team keeps."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
_JOINERS = "\u200c\u200d"
"""Unseen, and what emoji and some languages' words are made with."""


@dataclass(frozen=True)
class Reply:
    """A saved reply, opened."""

    id: UUID
    title: str
    body: str


def listed(proof: MayUseTeam, origin: Origin) -> list[Reply]:
    """A team's saved replies, by title."""
    record(_entry(Tag.SAVED_REPLIES_READ, proof, proof.team.id, origin))
    key = keyring().organisation(proof.team.organisation)
    found = [
        Reply(
            row.id,
            key.open(bytes(row.title_sealed), _place("title", row.id)).decode(),
            key.open(bytes(row.body_sealed), _place("body", row.id)).decode(),
        )
        for row in SavedReply.objects.filter(team_id=proof.team.id)
    ]
    return sorted(found, key=lambda reply: reply.title.casefold())


def keep(proof: MayUseTeam, title: str, body: str, origin: Origin) -> Reply:
    """Keeps a reply for the team.

    Raises:
        Invalid: the title or body has nothing to read, or characters that are not seen.
        Conflict: `replies_full`, the team keeps `MOST` already.
    """
    texts = [("title", title, ""), ("body", body, "\r\n\t")]
    fields = [FieldError(name, "plain_text") for name, text, breaks in texts if not _is_plain(text, breaks)]
    if fields:
        raise Invalid(*fields)
    key = keyring().organisation(proof.team.organisation)
    row = SavedReply(id=ids.new(), team_id=proof.team.id)
    row.title_sealed = key.seal(title.encode(), _place("title", row.id))
    row.body_sealed = key.seal(body.encode(), _place("body", row.id))
    with audited() as log:
        Team.objects.select_for_update().get(pk=proof.team.id)
        if SavedReply.objects.filter(team_id=proof.team.id).count() >= MOST:
            raise Conflict("a team keeps no more saved replies", code="replies_full")
        row.save(force_insert=True)
        log(_entry(Tag.SAVED_REPLY_KEPT, proof, row.id, origin))
    return Reply(row.id, title, body)


def remove(proof: MayUseTeam, reply: UUID, origin: Origin) -> None:
    """Removes a saved reply.

    Raises:
        NotFound: the team has no such reply.
    """
    with audited() as log:
        gone, _ = SavedReply.objects.filter(pk=reply, team_id=proof.team.id).delete()
        if not gone:
            raise NotFound("no such reply of this team")
        log(_entry(Tag.SAVED_REPLY_REMOVED, proof, reply, origin))


def _is_plain(text: str, breaks: str) -> bool:
    """Whether there is something to read in `text`, and nothing unseen in it but `breaks`."""
    seen = [character for character in text if character not in _JOINERS and character not in breaks]
    return any(not one.isspace() for one in seen) and not any(unicodedata.category(one) in _UNSEEN for one in seen)


def _entry(tag: Tag, proof: MayUseTeam, what: UUID, origin: Origin) -> Entry:
    return Entry(
        tag,
        organisation=proof.team.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        object=str(what),
        origin=origin,
    )


def _place(column: str, reply: UUID) -> bytes:
    return place("organisations_savedreply", column, reply)
