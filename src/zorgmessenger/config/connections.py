"""The database connections of the server's threads, closed when it stops.

Django keeps one connection for each thread and closes none when a thread ends. `Connections` notes each one made
while the server runs, so that stopping leaves nothing open.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class Connections:
    """Notes connections from `__init__` until `close`."""

    def __init__(self) -> None:
        self._made: set[BaseDatabaseWrapper] = set()
        connection_created.connect(self._note)

    def close(self) -> None:
        """Closes them all; called when the threads have ended."""
        connection_created.disconnect(self._note)
        for wrapper in list(self._made):
            wrapper.inc_thread_sharing()
            wrapper.close()

    def _note(self, connection: BaseDatabaseWrapper, **_: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            self._made.add(connection)
