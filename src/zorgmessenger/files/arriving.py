"""Taking a file in: begun, sent part by part, whole; or dropped.

ARR-1 Beginning says how large the file is and what it is called; its room and size are checked then, and every part is
      checked against what was said.
ARR-2 Who begins the same file again (by its fingerprint) in the same conversation goes on where it was broken off.
ARR-3 A part is durable when it is answered; what comes for it again changes nothing. Parts may come in any order and
      side by side, from two tabs too.
ARR-4 When all parts are there the file is to be checked, and no part is taken any more. What is replaced in the store
      after it was read for that does not open (`crypto/stream.py`, law 2).
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from msgspec import Struct

from zorgmessenger import clock, ids
from zorgmessenger.access.proofs import MayPrepareFile, MaySend
from zorgmessenger.audit.entry import Entry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.crypto.stream import parts_of
from zorgmessenger.errors import Conflict, RequestError
from zorgmessenger.files import blobs, doorbell
from zorgmessenger.files.about import About, open_about, seal_about, wrap
from zorgmessenger.files.facts import Opened
from zorgmessenger.files.kinds import HEAD, content_of
from zorgmessenger.files.models import File
from zorgmessenger.files.rules import Policy, check_size, clean_name
from zorgmessenger.organisations import file_policy
from zorgmessenger.organisations.models import Organisation
from zorgmessenger.origin import Origin

GIB = 1024**3
MOST_UNSENT = 40
"""Files that one person may have begun in one conversation and not sent."""


class Announced(Struct, frozen=True):
    """What its sender says of a file."""

    name: str
    size: int
    fingerprint: str
    duration: int = 0


def begin(proof: MaySend, announced: Announced, origin: Origin) -> File:
    """A file that may arrive now: a new one, or the same that was broken off.

    Raises:
        RequestError: `file_empty`, `file_too_large`.
        Conflict: `too_many_files`, `storage_quota`.
    """
    conversation, person = proof.conversation, proof.member.person
    check_size(announced.size, policy_of(conversation.organisation))
    key = keyring().conversation(conversation.id, conversation.organisation)
    mine = File.objects.filter(conversation_id=conversation.id, owner_id=person, seq=None)
    unsent = list(mine.exclude(state=File.REFUSED))
    for row in unsent:
        about = open_about(key, row.id, bytes(row.about_sealed))
        if (about.fingerprint, row.size) == (announced.fingerprint, announced.size):
            return row
    if len(unsent) >= MOST_UNSENT:
        raise Conflict("too many files that are not sent", code="too_many_files")
    about = About(clean_name(announced.name), duration=announced.duration, fingerprint=announced.fingerprint)
    file = ids.new()
    with audited() as log:
        _check_room(conversation.organisation, announced.size)
        row = File.objects.create(
            id=file,
            conversation_id=conversation.id,
            owner_id=person,
            blob=ids.new(),
            size=announced.size,
            state=File.ARRIVING,
            key_sealed=wrap(key, file, secrets.token_bytes(32)),
            about_sealed=seal_about(key, file, about),
            created_at=clock.now(),
        )
        log(entry(Tag.FILE_BEGUN, proof, file, origin))
    return row


def put_part(found: Opened, part: int, data: bytes) -> None:
    """Keeps a part.

    Raises:
        Conflict: `file_whole`, it is being checked already.
        RequestError: there is no such part, or it is of another size.
        StorageFull, Unavailable: it was not kept.
    """
    row = found.row
    if row.state != File.ARRIVING:
        raise Conflict("whole already", code="file_whole")
    key = blobs.arriving_key(found.material, row.blob, row.size)
    if not 0 <= part < parts_of(row.size):
        raise RequestError("no such part", code="file_part")
    if part == 0:
        content = content_of(data[:HEAD], found.about.name)
        if content is None or content.kind not in policy_of(found.known.facts.organisation).kinds:
            raise RequestError("of a kind that is not allowed", code="file_kind")
    try:
        blobs.put_part(key, part, data)
    except ValueError as error:
        raise RequestError("a part of another size", code="file_part") from error


def missing(row: File) -> list[int]:
    """The parts that are still to come."""
    if row.state != File.ARRIVING:
        return []
    here = set(blobs.arrived(row.blob, row.size))
    return [part for part in range(parts_of(row.size)) if part not in here]


def finish(row: File) -> None:
    """All parts were sent: from now on it is to be checked. Done again it changes nothing.

    Raises:
        Conflict: `file_incomplete`.
    """
    if row.state != File.ARRIVING:
        return
    if missing(row):
        raise Conflict("parts are missing", code="file_incomplete")
    File.objects.filter(pk=row.id, state=File.ARRIVING).update(state=File.CHECKING, check_at=clock.now())
    doorbell.ring()


def drop(proof: MayPrepareFile, row: File, origin: Origin) -> None:
    """Removes a file that is not sent."""
    with audited() as log:
        if not File.objects.filter(pk=row.id, seq=None).delete()[0]:
            raise Conflict("it is part of a message now", code="file_sent")
        log(entry(Tag.FILE_DROPPED, proof, row.id, origin))
        transaction.on_commit(lambda: forget_blob(row.blob))


def forget_blob(blob: UUID) -> None:
    """Removes sealed bytes that no file has any more."""
    if not File.objects.filter(blob=blob).exists():
        blobs.remove_all(blob)


def policy_of(organisation: UUID) -> Policy:
    """What may be sent in an organisation."""
    return Policy(file_policy.largest(organisation), file_policy.kinds(organisation))  # type: ignore[arg-type]  # written by us


class Used(Struct, frozen=True):
    """How many files are kept, and how many bytes they are; what was forwarded is kept once."""

    count: int
    size: int


def used(organisation: UUID) -> Used:
    """The room that an organisation's files take."""
    files = File.objects.filter(conversation__organisation_id=organisation).exclude(state=File.REFUSED)
    found = files.values("blob", "size").distinct().aggregate(count=Count("blob"), size=Sum("size"))
    return Used(found["count"], found["size"] or 0)


def entry(tag: Tag, proof: MaySend | MayPrepareFile, file: UUID, origin: Origin, detail: str = "") -> Entry:
    """What is logged of a file that somebody sends."""
    return Entry(
        tag,
        organisation=proof.member.organisation,
        actor=proof.member.person,
        role=proof.member.role.value,
        subject=proof.conversation.client,
        object=str(proof.conversation.id),
        origin=origin,
        detail=f"{file} {detail}".strip(),
    )


def _check_room(organisation: UUID, size: int) -> None:
    """In the transaction that takes the room: of two at once the second sees what the first took."""
    most = int(settings.ZORG.storage_gib) * GIB
    if not most:
        return
    Organisation.objects.select_for_update().get(pk=organisation)
    if used(organisation).size + size > most:
        raise Conflict("no room for this organisation's files", code="storage_quota")
