"""What the workloads need of a messenger, whichever it is: people on lines, who say things and hear of each other.

`say` must be answered by `acknowledged(id)` at the one who said it, once the messenger has stored it for good, and by
`arrived(id)` at everybody else in the conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

Told = Callable[[bytes], None]
BODY = "Goedemorgen, hoe is het deze week gegaan met de oefeningen die we hadden afgesproken? Tot straks om tien uur."


def ignore(_message: bytes) -> None:
    """Hears nothing."""


class Line(Protocol):
    """One connection of one person, signed in."""

    acknowledged: Told
    arrived: Told

    def say(self, conversation: str, message: bytes) -> None:
        """Says `BODY` under the id `message`, 36 bytes in the form of a UUID."""

    async def last_fifty(self, conversation: str) -> int:
        """Asks for the newest 50 messages and gives how many came."""

    def leave(self) -> None:
        """Closes the connection."""


class Searching(Protocol):
    """A line that searches."""

    async def search(self, text: str) -> int:
        """Searches all that the person may read and gives how many messages came."""


class Searchable(Protocol):
    """A messenger that can be searched."""

    def searcher(self) -> AbstractAsyncContextManager[Searching]:
        """Somebody who takes part in conversations of 100,000 messages."""


@dataclass(frozen=True)
class Pair:
    """Two who write to each other."""

    sender: Line
    receiver: Line
    conversation: str


@dataclass(frozen=True)
class Group:
    """One who writes to many."""

    sender: Line
    receivers: list[Line]
    conversation: str


class Messenger(Protocol):
    """A running messenger with people in it; `started_in` is the time in seconds to its first answer."""

    name: str
    started_in: float

    def pairs(self) -> AbstractAsyncContextManager[list[Pair]]:
        """Fifty pairs, connected."""

    def group(self) -> AbstractAsyncContextManager[Group]:
        """A conversation of fifty, all connected."""

    def readers(self) -> AbstractAsyncContextManager[tuple[list[Line], str]]:
        """Eight lines into a conversation of 10,000 messages."""

    def idle(self, connections: int) -> AbstractAsyncContextManager[None]:
        """So many more connections that do nothing."""

    def cpu_seconds(self) -> float:
        """Processor time so far, the database's included."""

    def memory(self) -> int:
        """Resident memory of the server without its database, in bytes."""
