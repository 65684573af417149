"""A mail server that takes whatever it is given, or answers as it is told."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class Server(socketserver.ThreadingTCPServer):
    """As much of a mail server (RFC 5321) as a client needs; `answers` replaces what it says to a command."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.envelopes: list[tuple[str, str]] = []
        self.messages: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.arrived = threading.Event()

    @property
    def url(self) -> str:
        """Where it is, as a setting."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        """One client."""
        self._say("220 hello")
        sender = recipient = ""
        while line := self.rfile.readline().decode().strip():
            command = line[:4].upper()
            if command == "QUIT":
                return self._say("221 bye")
            sender = line if command == "MAIL" else sender
            recipient = line if command == "RCPT" else recipient
            if command == "DATA" and "DATA" not in self.server.answers:
                self._say("354 go on")
                raw = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.envelopes.append((sender, recipient))
                self.server.messages.append(email.message_from_bytes(raw, policy=email.policy.default))
                self.server.arrived.set()
            self._say(self.server.answers.get(command, "250 ok"))
        return None

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def running() -> Iterator[Server]:
    """A mail server, until the block ends."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
