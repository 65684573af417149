"""A group's picture: sealed with its conversation's key, for who takes part. What it is made of is not known here."""

from __future__ import annotations

import secrets
from functools import partial
from uuid import UUID

from django.db import transaction

from zorgmessenger.access.proofs import MayManageGroup, MayRead
from zorgmessenger.audit.tags import Tag
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations import tell
from zorgmessenger.conversations.groups import entry, managed
from zorgmessenger.conversations.models import Conversation, GroupPicture
from zorgmessenger.crypto.envelope import place
from zorgmessenger.crypto.keyring import keyring
from zorgmessenger.errors import NotFound
from zorgmessenger.origin import Origin


def set_picture(proof: MayManageGroup, picture: bytes | None, origin: Origin) -> None:
    """Shows a picture that we made (WebP) from now on, or none, and tells everybody in the group."""
    with audited() as log:
        conversation = managed(proof).facts
        GroupPicture.objects.filter(pk=conversation.id).delete()
        if picture:
            key = keyring().conversation(conversation.id, conversation.organisation)
            sealed = key.seal(picture, _place(conversation.id))
            GroupPicture.objects.create(conversation_id=conversation.id, picture_sealed=sealed)
        version = secrets.token_hex(8) if picture else ""
        Conversation.objects.filter(pk=conversation.id).update(picture_version=version)
        detail = "picture" if picture else "no picture"
        log(entry(Tag.GROUP_PICTURE_SET, proof.member, conversation.id, origin, detail))
        transaction.on_commit(partial(tell.changed, conversation.id))


def picture_of(proof: MayRead) -> bytes:
    """A group's picture.

    Raises:
        NotFound: it has none.
    """
    conversation = proof.conversation
    row = GroupPicture.objects.filter(pk=conversation.id).first()
    if row is None:
        raise NotFound("no picture of this conversation")
    key = keyring().conversation(conversation.id, conversation.organisation)
    return key.open(bytes(row.picture_sealed), _place(conversation.id))


def _place(conversation: UUID) -> bytes:
    return place("conversations_grouppicture", "picture", conversation)
