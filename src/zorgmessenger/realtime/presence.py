"""Who of the staff is at work in this moment: what their devices say, for as long as they are connected.

Nothing of it is stored. A person is present while one device at least says so; when the last one stops or is gone, a
moment passes before that is told, so that a page loaded anew or a short loss of the line is no going away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

GRACE = 20.0
"""Seconds before somebody who said no more is away."""


class Timer(Protocol):
    """What can be called off."""

    def cancel(self) -> None: ...


class Told(Protocol):
    """Who is told of a change."""

    def __call__(self, person: UUID, *, present: bool) -> None: ...


class Presence:
    """By person the devices that say that they are attended; `told` is called for each change. On the loop."""

    def __init__(self, told: Told, later: Callable[[float, Callable[[], None]], Timer]) -> None:
        self._told = told
        self._later = later
        self._devices: dict[UUID, set[object]] = {}
        self._leaving: dict[UUID, Timer] = {}

    def say(self, person: UUID, device: object, *, attending: bool) -> None:
        """A device says whether its person attends to it."""
        if not attending:
            self.drop(person, device)
            return
        self._devices.setdefault(person, set()).add(device)
        leaving = self._leaving.pop(person, None)
        if leaving is not None:
            leaving.cancel()
        elif len(self._devices[person]) == 1:
            self._told(person, present=True)

    def drop(self, person: UUID, device: object) -> None:
        """A device says so no more, or is gone."""
        mine = self._devices.get(person)
        if mine is None or device not in mine:
            return
        mine.discard(device)
        if not mine:
            self._leaving[person] = self._later(GRACE, lambda: self._away(person))

    def __contains__(self, person: UUID) -> bool:
        return person in self._devices

    def _away(self, person: UUID) -> None:
        del self._leaving[person], self._devices[person]
        self._told(person, present=False)
