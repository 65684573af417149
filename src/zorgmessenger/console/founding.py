"""The host founds an organisation: its name, and the first administrator, who gets an invitation by mail."""

from __future__ import annotations

from zorgmessenger.accounts.rules import clean_address, clean_name
from zorgmessenger.audit.writer import audited
from zorgmessenger.conversations.rules import clean_title
from zorgmessenger.errors import ConfigurationError
from zorgmessenger.invitations import staff
from zorgmessenger.invitations.letters import Invitee
from zorgmessenger.organisations import actions

MOST_NAME = 80


def found(name: str, first_name: str, last_name: str, email: str) -> str:
    """Founds an organisation and invites its first administrator, both or neither; gives what to tell the host.

    Raises:
        ConfigurationError: a name or the address is none.
    """
    address = clean_address(email)
    first, last = clean_name(first_name), clean_name(last_name)
    if address is None or first is None or last is None:
        raise ConfigurationError("give the administrator's --first-name, --last-name and --email")
    try:
        title = clean_title(name)
    except ValueError:
        raise ConfigurationError("give the organisation a name") from None
    if len(title) > MOST_NAME:
        raise ConfigurationError(f"a name has at most {MOST_NAME} characters")
    with audited() as log:
        organisation = actions.create(title)
        staff.invite_first(log, organisation.id, Invitee(first, last, address), "nl")
    return f"Founded {title} ({organisation.id}). The invitation leaves for {address} when the server runs."
