"""What comes of asking a provider.

It stands apart from what asks (`openid`, `discovery`, `fetching`): the libraries of that take a third of the server's
start and a sixth of its memory, and are loaded when somebody signs on.
"""

from __future__ import annotations

from msgspec import Struct

from zorgmessenger.signon.rules import Claims


class Unreachable(Exception):
    """The provider cannot be asked now."""


class Useless(Unreachable):
    """It answers, but nothing that can be used: that may be of one person alone."""


class Denied(Exception):
    """The provider says no to this person, or no longer knows what was shown."""


class Untrue(Exception):
    """What came is not what the provider signed for us."""


class Told(Struct, frozen=True):
    """What a provider tells of somebody, and with what it can be asked again."""

    subject: str
    claims: Claims
    refresh: str
