"""What is logged: one tag for each kind of event. The part before the point is the kind of object it is about."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """An event's kind (NEN 7513, 6.2.2: gebeurtenis)."""

    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGNED_OUT = "account.signed_out"
    REGISTERED = "account.registered"
    PASSWORD_RESET = "account.password_reset"
    PASSWORD_RESET_ASKED = "account.password_reset_asked"
    LANGUAGE_CHANGED = "account.language_changed"
    ADDRESS_LINKED = "account.address_linked"
    OWN_DATA_READ = "account.own_data_read"
    CONNECTED = "account.connected"
    ORGANISATION_CREATED = "organisation.created"
    MEMBER_ADDED = "organisation.member_added"
    MEMBER_DEACTIVATED = "organisation.member_deactivated"
    INVITED = "invitation.created"
    INVITATION_RESENT = "invitation.resent"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_ACCEPTED = "invitation.accepted"
    INVITATION_READ = "invitation.read"
    INVITATIONS_LISTED = "invitation.listed"
    CONVERSATION_STARTED = "conversation.started"
    MESSAGE_SENT = "message.sent"
    MESSAGE_EDITED = "message.edited"
    MESSAGE_FORWARDED = "message.forwarded"
    MESSAGE_REACTED = "message.reacted"
    MESSAGE_WITHDRAWN = "message.withdrawn"
    MESSAGES_READ = "message.read"
    HISTORY_READ = "message.history_read"
    REFUSED = "access.refused"
