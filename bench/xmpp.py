"""An XMPP client that does as little as can be done, over plain TCP on loopback (RFC 6120; XEP-0198, 0045 and 0313).

The stream is read by expat, one element below the stream's own at a time. A message to a person counts as
acknowledged when the server has counted it (XEP-0198), which ejabberd does after it has put it in the archive; one to
a room when the room has sent it back with the number it has in the archive.
"""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from typing import cast
from xml.parsers import expat

from bench.lines import BODY, Told, ignore

Attributes = dict[str, str]
STANZA = 1


class XmppLine(asyncio.Protocol):
    """One connection of one person; made by `connect`."""

    acknowledged: Told
    arrived: Told

    def __init__(self, host: str, user: str, password: str) -> None:
        self.host, self.user, self.password = host, user, password
        self.jid = f"{user}@{host}"
        self.acknowledged = self.arrived = ignore
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: deque[bytes] = deque()
        self._counted = self._received = 0
        self._page: asyncio.Future[int] | None = None
        self._results = 0
        self._signed_in = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Opens the stream."""
        self.transport = cast("asyncio.Transport", transport)
        self._restart()

    def _restart(self) -> None:
        self._depth, self._stanza, self._id, self._inside = 0, "", "", set[str]()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self.transport.write(
            b"<stream:stream to='%s' version='1.0' xmlns='jabber:client' "
            b"xmlns:stream='http://etherx.jabber.org/streams'>" % self.host.encode()
        )

    def data_received(self, data: bytes) -> None:
        """Parses what came."""
        self._parser.Parse(data, False)  # noqa: FBT003  (expat takes no keywords)

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._depth == STANZA:
            self._stanza, self._attributes = name, attributes
            self._inside.clear()
        else:
            self._inside.add(name)
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == STANZA:
            self._heard(self._stanza, self._attributes)

    def _heard(self, name: str, attributes: Attributes) -> None:
        self._received += name in {"message", "iq", "presence"}
        if name == "message":
            self._message(attributes)
        elif name == "a":
            self._acknowledge(int(attributes["h"]))
        elif name == "r":
            self.transport.write(b"<a xmlns='urn:xmpp:sm:3' h='%d'/>" % self._received)
        elif name == "iq":
            self._answer(attributes)
        elif name == "presence" and "/" in attributes.get("from", "") and not self.entered.done():
            self.entered.set_result(None)
        elif name in {"stream:features", "success", "enabled", "failure", "failed", "stream:error"}:
            self._sign_in(name)

    def _message(self, attributes: Attributes) -> None:
        if "result" in self._inside:
            self._results += 1
        elif "body" in self._inside and len(attributes.get("id", "")) == 36:  # noqa: PLR2004  (as a UUID is written)
            mine = attributes["from"].endswith(f"/{self.user}")
            hear = self.acknowledged if mine else self.arrived
            hear(attributes["id"].encode())

    def _acknowledge(self, count: int) -> None:
        for _ in range(count - self._counted):
            message = self._waiting.popleft()
            if message:
                self.acknowledged(message)
        self._counted = count

    def _answer(self, attributes: Attributes) -> None:
        if attributes.get("id") == "page" and self._page:
            self._page.set_result(self._results)
        elif attributes.get("id") == "bind":
            self.transport.write(b"<presence/><enable xmlns='urn:xmpp:sm:3'/>")

    def _sign_in(self, name: str) -> None:
        if name == "success":
            self._signed_in = True
            self._parser.StartElementHandler = self._parser.EndElementHandler = None
            asyncio.get_running_loop().call_soon(self._restart)
        elif name == "enabled":
            self._received = 0
            self.ready.set_result(None)
        elif name == "stream:features" and self._signed_in:
            self.transport.write(b"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>")
        elif name == "stream:features":
            secret = base64.b64encode(f"\0{self.user}\0{self.password}".encode())
            self.transport.write(b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>" % secret)
        else:
            raise RuntimeError(f"{self.jid}: {name}")

    def say(self, conversation: str, message: bytes) -> None:
        """Sends one message, and asks for the count."""
        in_room = "@conference." in conversation
        self._waiting.append(b"" if in_room else message)
        kind = b"groupchat" if in_room else b"chat"
        self.transport.write(
            b"<message type='%s' to='%s' id='%s'><body>%s</body></message><r xmlns='urn:xmpp:sm:3'/>"
            % (kind, conversation.encode(), message, BODY.encode())
        )

    async def enter(self, room: str) -> None:
        """Enters a room, without what was said before."""
        self.entered = asyncio.get_running_loop().create_future()
        self._waiting.append(b"")
        self.transport.write(
            b"<presence to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"
            b"<r xmlns='urn:xmpp:sm:3'/>" % (room.encode(), self.user.encode())
        )
        await self.entered

    async def last_fifty(self, conversation: str) -> int:
        """Asks the archive for the newest page."""
        self._page, self._results = asyncio.get_running_loop().create_future(), 0
        self._waiting.append(b"")
        self.transport.write(
            b"<iq type='set' id='page'><query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>"
            b"<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>"
            b"<field var='with'><value>%s</value></field></x>"
            b"<set xmlns='http://jabber.org/protocol/rsm'><max>50</max><before/></set></query></iq>"
            % conversation.encode()
        )
        return await self._page

    def leave(self) -> None:
        """Ends the stream."""
        self.transport.write(b"</stream:stream>")
        self.transport.close()


async def connect(address: str, port: int, host: str, user: str, password: str) -> XmppLine:
    """Signs somebody in."""
    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(lambda: XmppLine(host, user, password), address, port)
    async with asyncio.timeout(30):
        await line.ready
    return line
