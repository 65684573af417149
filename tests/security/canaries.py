"""Canaries: texts that nobody else writes, put in at every door; and the search for what is left of them."""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import ahocorasick
from PIL import Image
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests import files
from tests.authenticator import Phone
from tests.device import LOCK, Device, said
from tests.forger import Forger
from tests.live import Browser
from tests.passkeys import PARTY, Passkey, asked
from tests.pictures import pdf, photograph, saved, says
from tests.plans import TEXTS, plan
from tests.push import Device as PushedDevice
from tests.world import World
from zorgmessenger import clock
from zorgmessenger.access.facts import Role
from zorgmessenger.accounts import terms
from zorgmessenger.signon import provider, rounds
from zorgmessenger.signon.provider import Provider, RoleOfGroup


@dataclass
class Aviary:
    """Every canary that was let loose, by what it was put in as."""

    birds: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=random.SystemRandom)

    def new(self, what: str) -> str:
        """A canary: twenty letters, large and small."""
        self.birds[what] = "".join(self.chance.choices(string.ascii_letters, k=20))
        return self.birds[what]

    def keep(self, what: str, secret: str) -> str:
        """A secret that the server itself made, to be found nowhere either."""
        self.birds[what] = secret
        return secret

    def seen_in(self, places: Mapping[str, bytes]) -> list[str]:
        """Which canary is in which place, in what disguise."""
        small, exact = self._traces(_small), self._traces(_exact)
        return [
            f"{form} in {place}"
            for place, blob in places.items()
            for traces, text in ((small, blob.lower()), (exact, blob))
            for _, form in traces.iter(text.decode("latin-1"))
        ]

    def _traces(self, disguises: Callable[[str], Iterator[tuple[str, bytes]]]) -> ahocorasick.Automaton:
        """All of them at once: thousands of traces are sought in one walk through a place."""
        found = ahocorasick.Automaton()
        for what, bird in self.birds.items():
            for form, trace in disguises(bird):
                found.add_word(trace.decode("latin-1"), f"{what}, {form},")
        found.make_automaton()
        return found


def _small(bird: str) -> Iterator[tuple[str, bytes]]:
    """Disguises that are the same in small letters."""
    for form, text in (("as it is", bird.lower()), ("backwards", bird[::-1].lower())):
        raw = text.encode()
        yield form, raw
        yield f"{form}, UTF-16", b"\0".join(bytes([byte]) for byte in raw)
    for form, text in (("", bird), (" in small letters", bird.lower()), (" in capitals", bird.upper())):
        yield f"hexadecimal{form}", text.encode().hex().encode()
        yield f"JSON escapes{form}", "".join(f"\\u{ord(letter):04x}" for letter in text).encode()


def _exact(bird: str) -> Iterator[tuple[str, bytes]]:
    """Disguises in which large and small letters differ: base64, wherever it began."""
    for text in (bird, bird.lower()):
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + text.encode())
            yield f"base64 + {shift}", encoded[4 if shift else 0 : -4]
            yield (
                f"base64url + {shift}",
                base64.urlsafe_b64encode(b"\0" * shift + text.encode())[4 if shift else 0 : -4],
            )


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Doors:
    """Where a server is, who of its people invite, and how to read their mail."""

    address: str
    origin: str
    practitioner: str
    password: str
    secret_for: Callable[[str], str]


def let_loose(aviary: Aviary, doors: Doors) -> None:
    """Goes through every door once, with a canary in everything that a person or a program can put in."""
    staff = _signed_in(doors.address, doors.practitioner, doors.password, aviary.new("browser that signs in"))
    aviary.keep(
        "what a browser is known by", next(str(cookie.value) for cookie in staff.jar if cookie.name == "device")
    )
    assert staff.ask("GET", "/api/v1/me/devices").body[0]["browser"] == "Firefox"
    invited = f"{aviary.new('invited address')}@voorbeeld.example".lower()
    _invite(staff, aviary, invited)
    client, password = _register(aviary, doors, invited)
    _talk(client, staff, aviary, doors)
    _plan(client, staff, aviary)
    _share(client, staff, aviary, doors)
    _call(client, staff, aviary, doors)
    _notify(client, aviary)
    _get_wrong(client, aviary, doors)
    aviary.keep("a session", client.cookie)
    aviary.keep("a CSRF token", client.token)
    _forget_password(aviary, doors, invited, _change_password(aviary, client, password))
    _link(staff, aviary, doors)


def _signed_in(address: str, email: str, password: str, agent: str) -> Browser:
    browser = Browser(address)
    browser.greet()
    body = {"email": email, "password": password}
    sent = {"User-Agent": f"{agent} Firefox/140.0", "Cookie": f"device={agent}; {_cookies(browser)}"}
    answer = browser.ask("POST", "/_allauth/browser/v1/auth/login", body, **sent)
    assert answer.status == 200, answer
    browser.greet()
    return browser


def _cookies(browser: Browser) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.jar)


def _invite(staff: Browser, aviary: Aviary, address: str) -> None:
    names = {"firstName": aviary.new(f"invitee {address}"), "lastName": aviary.new(f"invitee's surname {address}")}
    assert staff.ask("POST", "/api/v1/invitations", {**names, "email": address}).status == 201
    wrong = {"firstName": aviary.new("name too long") * 20, "lastName": "x", "email": aviary.new("no address")}
    assert staff.ask("POST", "/api/v1/invitations", wrong).status == 422


def _register(aviary: Aviary, doors: Doors, invited: str) -> tuple[Browser, str]:
    token = aviary.keep("invitation token", doors.secret_for(invited))
    browser = Browser(doors.address)
    browser.greet()
    assert browser.ask("POST", "/api/v1/invitations/look", {"token": token}).status == 200
    password = aviary.new("password") + "-7!aA"
    names = {"firstName": aviary.new("first name") + "é", "lastName": aviary.new("last name") + " 'Ω"}
    body = {"token": token, **names, **terms.VERSIONS}
    assert browser.ask("POST", "/api/v1/invitations/register", body | {"password": aviary.new("weak")}).status == 422
    assert browser.ask("POST", "/api/v1/invitations/register", body | {"password": password}).status == 201
    browser.greet()
    return browser, password


def _talk(client: Browser, staff: Browser, aviary: Aviary, doors: Doors) -> None:
    with client.socket(origin=doors.origin) as socket:
        conversation = socket.welcome["conversations"][0]["id"]
        socket.say(type="send", id=uuid4(), conversation=conversation, body=aviary.new("body by socket") + "☃'\"\\")
        socket.hear("ack")
        socket.say(type="send", id=uuid4(), conversation=conversation, body=aviary.new("withdrawn body"))
        seq = socket.hear("ack")["seq"]
        socket.say(type="edit", request=1, conversation=conversation, seq=seq, body=aviary.new("edited body"))
        socket.hear("altered")
        socket.say(type="withdraw", request=2, conversation=conversation, seq=seq)
        socket.hear("altered")
        socket.say(type="send", id=uuid4(), conversation=uuid4(), body=aviary.new("refused body"))
        socket.hear("refused")
        socket.say(type="send", id=uuid4(), conversation=conversation, body=aviary.new("body too long") * 1000)
        socket.close_code()
    for frame in (aviary.new("no frame"), '{"type":"hello","protocol":1,"' + aviary.new("unknown field") + '":1}'):
        with client.bare_socket(doors.origin) as socket:
            socket.connection.send(frame)
            socket.close_code()
    path = f"/api/v1/conversations/{conversation}/messages"
    for browser in (client, staff):
        body = {"id": str(uuid4()), "body": aviary.new(f"body by HTTP {browser is client}")}
        assert browser.ask("POST", path, body).status == 201
        assert browser.ask("GET", path).status == 200


def _plan(client: Browser, staff: Browser, aviary: Aviary) -> None:
    """A safety plan, saved, saved again, and refused."""
    path = f"/api/v1/clients/{client.ask('GET', '/api/v1/me').body['id']}/plan"
    texts = {name: aviary.new(f"plan: {name}") for name in TEXTS}
    person = {"name": aviary.new("plan: somebody to call"), "number": "06 1234 5678"}
    assert client.ask("PUT", path, plan(people=[person], **texts)).status == 200
    assert staff.ask("PUT", path, plan(1, helps=aviary.new("plan: a newer version"))).status == 200
    assert client.ask("PUT", path, plan(1, helps=aviary.new("plan: too late"))).status == 409
    wrong = {"name": aviary.new("plan: refused name"), "number": aviary.new("plan: no number")}
    assert client.ask("PUT", path, plan(2, people=[wrong])).status == 422


def _call(client: Browser, staff: Browser, aviary: Aviary, doors: Doors) -> None:
    """A call in which somebody types and signals, and what is in it from who is not."""
    new, mine, theirs = aviary.new, str(uuid4()), str(uuid4())
    with client.socket(origin=doors.origin) as phone, staff.socket(origin=doors.origin) as desk:
        conversation = phone.welcome["conversations"][0]["id"]
        desk.say(type="start_call", request=1, conversation=conversation, device=theirs)
        call = desk.hear("call_joined")["call"]
        phone.say(type="join_call", request=1, call=call, device=mine)
        phone.hear("call_joined")
        phone.say(type="signal", call=call, device=mine, to=theirs, data=new("signal from the waiting room"))
        person = phone.welcome["me"]["id"]
        desk.say(type="admit_to_call", request=2, call=call, person=person, admitted=True)
        phone.hear("call_admitted")
        phone.say(type="call_type", call=call, device=mine, line=1, text=new("typed in a call"))
        phone.say(type="signal", call=call, device=mine, to=theirs, data=new("signal in a call"))
        desk.hear("signal")
        phone.say(type="sfu_publish", call=call, device=mine, sdp=new("description"), tracks={"0": "camera"})
        desk.say(type="end_call", request=3, call=call)
        phone.hear("call_ended")


def _share(client: Browser, staff: Browser, aviary: Aviary, doors: Doors) -> None:
    """Files: sent, opened, listed, saved, shown page by page, stopped, and never sent; a group's picture."""
    new = aviary.new
    with client.socket(origin=doors.origin) as phone:
        conversation = phone.welcome["conversations"][0]["id"]
        sent = [
            (new("file content").encode() * 100, f"{new('file name')}.txt"),
            (_photograph(new("camera")), f"{new('picture name')}.jpg"),
            (pdf(says(new("PDF text"))), f"{new('PDF name')}.pdf"),
        ]
        shared = [files.upload(client, conversation, data, name) for data, name in sent]
        files.all_ready(phone, shared)
        assert files.send(phone, conversation, *shared)["type"] == "ack"
        wrong = files.begin(client, conversation, b"MZ" + new("stopped content").encode(), f"{new('stopped')}.exe")
        files.put(client, wrong.body["file"]["id"], 0, b"MZ" + aviary.birds["stopped content"].encode())
        files.begin(client, conversation, b"x", new("name of a file never sent") * 100)
    for file in shared:
        for end in ("content", "small", "pages/1", "pages/1/text", new("path of a file")):
            staff.ask("GET", f"/api/v1/files/{file}/{end}")
    assert aviary.birds["PDF text"] in staff.ask("GET", f"/api/v1/files/{shared[2]}/pages/1/text").body["text"]
    assert len(staff.ask("GET", f"/api/v1/files?name={aviary.birds['file name']}").body["files"]) == 1
    staff.ask("GET", f"/api/v1/files?name={new('name that is looked for')}&before={new('cursor')}")
    assert staff.ask("GET", f"/api/v1/conversations/{conversation}/files.zip").status == 200
    body = {"title": new("title of a group"), "symbol": "sun", "people": [client.ask("GET", "/api/v1/me").body["id"]]}
    group = staff.ask("POST", "/api/v1/groups", body).body["conversation"]
    for data in (_photograph(new("camera of a group")), new("no picture").encode()):
        staff.ask("PUT", f"/api/v1/groups/{group}/picture", data)
    assert staff.ask("GET", f"/api/v1/groups/{group}/picture").status == 200


def _notify(client: Browser, aviary: Aviary) -> None:
    """Where a device is pushed to; and what is no such place."""
    given = PushedDevice(f"https://push.invalid/{aviary.new('push endpoint')}").given
    for name in ("p256dh", "auth"):
        aviary.keep(f"push key {name}", given[name])
    assert client.ask("PUT", "/api/v1/me/push", given).status == 200
    assert client.ask("POST", "/api/v1/me/notifications/test").body == {"push": True}
    for wrong in (f"http://{aviary.new('push over http')}.invalid/", aviary.new("no push endpoint")):
        assert client.ask("PUT", "/api/v1/me/push", {**given, "endpoint": wrong}).status == 422


def _photograph(camera: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = camera
    return saved(photograph(), "JPEG", exif=exif, comment=camera.encode())


def _get_wrong(client: Browser, aviary: Aviary, doors: Doors) -> None:
    """What is refused leaves no trace either."""
    new = aviary.new
    login, reset = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/password"
    client.ask("PATCH", "/api/v1/me", {"language": new("language")})
    client.ask("PATCH", "/api/v1/me", {new("unknown name"): new("unknown value")})
    client.ask("PATCH", "/api/v1/me", b'{"language": "' + new("broken JSON").encode())
    client.ask("POST", login, new("broken sign-in").encode())
    client.ask("GET", f"/api/v1/conversations/{new('path')}/messages?before={new('query')}")
    client.ask("GET", f"/{new('page')}?{new('page query')}")
    client.ask("GET", f"/assets/{new('asset')}")
    client.ask("GET", f"/api/v1/{new('unknown operation')}")
    client.ask("POST", "/api/v1/conversations", {"person": new("no id")})
    headers = ("Accept-Language", "User-Agent", "Referer", "X-Forwarded-Host", "Accept", "X-Password-Reset-Key")
    client.ask("GET", reset + "/reset", **{name: new(name) for name in headers})
    client.ask("POST", "/api/v1/conversations", {}, **{"X-CSRFToken": new("CSRF token")})
    client.ask("POST", login, {}, **{"X-CSRFToken": new("CSRF token at sign-in")})
    client.ask("POST", "/_allauth/browser/v1/auth/reauthenticate", {"password": new("password asked again")})
    client.ask("POST", login, {}, Host=new("host"), Origin=doors.origin)
    client.ask("POST", login, {}, Origin=f"https://{new('origin of a request')}.example")
    client.ask("GET", "/api/v1/me", **{"X-Forwarded-Proto": new("forwarded protocol")})
    _get_refused(client, aviary, doors)
    _come_back_wrong(aviary, doors)
    stranger = Browser(doors.address)
    stranger.ask("GET", "/api/v1/session", Cookie=f"session={new('session cookie')}; csrftoken={new('CSRF cookie')}")
    stranger.greet()
    for what in ("look", "link", "register"):
        filler = {} if what != "register" else _registration(aviary)
        stranger.ask("POST", f"/api/v1/invitations/{what}", {"token": new(f"token to {what}"), **filler})
    unknown = f"{new('address at sign-in')}@voorbeeld.example"
    stranger.ask("POST", login, {"email": unknown, "password": new("password at sign-in")})
    stranger.ask("POST", login, {"email": new("no address at sign-in"), "password": "x"})
    stranger.ask("POST", reset + "/request", {"email": f"{new('address at reset')}@voorbeeld.example"})
    stranger.ask("POST", reset + "/request", {"email": new("no address at reset")})
    stranger.ask("POST", reset + "/reset", {"key": new("reset key"), "password": new("password at reset")})
    _knock(doors, f"session={new('cookie at the socket')}", new("origin"), "")
    _knock(doors, f"session={new('cookie at the socket again')}", doors.origin, "?" + new("query at the socket"))


def _come_back_wrong(aviary: Aviary, doors: Doors) -> None:
    """To where an organisation's provider would lead, with an answer of one's own."""
    stranger, names = Browser(doors.address), ("state", "code", "iss", "error", "error_description")
    query = "&".join(f"{name}={aviary.new(f'{name} of no sign-on')}" for name in names)
    led = stranger.stay("GET", f"/api/v1/sign-on/back/{uuid4()}?{query}").headers["location"]
    assert led == "/inloggen#sign-on=sign_on_over"
    assert stranger.ask("GET", f"/api/v1/sign-on/back/{aviary.new('no organisation to come back to')}").status == 422
    assert stranger.ask("POST", f"/api/v1/sign-on/{aviary.new('no organisation')}").status in {403, 422}


def sign_on(aviary: Aviary, doors: Doors, world: World, idp: Forger) -> None:
    """Somebody who comes by their organisation's own provider, and is asked about again; and one who may not come."""
    new, secret = aviary.new, aviary.new("secret of a client")
    group, other = new("a group"), new("a group that gives nothing")
    idp.secret, idp.mark = secret, new("mark of every token")
    roles = (RoleOfGroup(group, Role.PRACTITIONER),)
    domain = f"{new('domain of an organisation')}.example".lower()
    client = new("name of a client")
    idp.client = client
    provider.save(Provider(world.organisation, idp.issuer, client, secret, (domain,), roles))
    for subject, groups in ((new("subject"), [group, other]), (new("subject who may not"), [other])):
        names = {"given_name": new(f"given name {groups}"), "family_name": new(f"family name {groups}")}
        address = f"{new(f'address {groups}')}@{domain}".lower()
        idp.person(subject, email=address, groups=groups, picture=new(f"picture {groups}"), **names)
        browser = Browser(doors.address)
        browser.greet()
        location = browser.ask("POST", f"/api/v1/sign-on/{world.organisation}").body["location"]
        for name in ("state", "nonce", "code_challenge"):
            aviary.keep(f"{name} {groups}", parse_qs(urlsplit(location).query)[name][0])
        led = browser.stay("GET", idp.lead_back(subject, location)).headers["location"]
        assert led == ("/" if group in groups else "/inloggen#sign-on=no_group")
        if group in groups:
            with browser.socket(origin=doors.origin), clock.at(clock.now() + timedelta(minutes=1)):
                rounds.keep()
    assert idp.refreshed == 1


def _get_refused(client: Browser, aviary: Aviary, doors: Doors) -> None:
    """What is refused is logged: not with what a visitor wrote into the path, the method or a header."""
    new = aviary.new
    for who, browser in (("a client", client), ("a stranger", Browser(doors.address))):
        for path in (f"/api/v1/conversations/{new(f'path of {who}')}/messages", f"/{new(f'page of {who}')}"):
            answer = browser.ask("POST", path, {}, **{"X-CSRFToken": "x", "X-Forwarded-For": new(f"proxy of {who}")})
            assert answer.status in {403, 405}
        login = "/_allauth/browser/v1/auth/login"
        sent = {"X-Forwarded-For": f"fe80::1%{new(f'zone of {who}')}"}
        assert browser.ask("PUT", login, {}, **{"X-CSRFToken": "x", **sent}).status == 403
        assert browser.ask(new(f"method of {who}"), login, {}, **sent).status in {400, 403}
        assert browser.ask("POST", f"/api/v1/invitations/{new(f'invitation of {who}')}/resend").status in {403, 422}
    sent = {"Cookie": f"session={client.cookie}", "X-Forwarded-For": new("proxy at the socket")}
    with connect(
        doors.address.replace("http", "ws") + "/socket", origin=Origin(doors.origin), additional_headers=sent
    ) as line:
        line.send('{"type":"hello","protocol":1}')
        line.recv(timeout=5)
        line.send(f'{{"type":"history","request":1,"conversation":"{uuid4()}","before":1}}')
        line.recv(timeout=5)


def _registration(aviary: Aviary) -> dict[str, Any]:
    names = {"firstName": aviary.new("unused name"), "lastName": aviary.new("unused surname")}
    return {**names, "password": aviary.new("unused password") + "-7!aA", **terms.VERSIONS}


def _knock(doors: Doors, cookie: str, origin: str, query: str) -> None:
    url = doors.address.replace("http", "ws") + "/socket" + query
    with (
        suppress(InvalidStatus),
        connect(url, origin=Origin(origin), additional_headers={"Cookie": cookie}) as socket,
        suppress(Exception),
    ):
        socket.recv(timeout=5)


def _change_password(aviary: Aviary, browser: Browser, present: str) -> str:
    """A wrong one tried, one refused, and another one chosen, which is given."""
    path, new = "/api/v1/me/password", aviary.new("password chosen while signed in") + "-7!aA"
    tried = {"present": aviary.new("wrong present password"), "password": aviary.new("password not to be") + "-7!aA"}
    assert browser.ask("PUT", path, tried).status == 422
    assert browser.ask("PUT", path, {"present": present, "password": aviary.new("weak password")}).status == 422
    assert browser.ask("PUT", path, {"present": present, "password": new}).status == 200
    aviary.keep("a session with a new password", browser.cookie)
    return new


def _forget_password(aviary: Aviary, doors: Doors, address: str, old: str) -> None:
    browser = Browser(doors.address)
    browser.greet()
    prefix = "/_allauth/browser/v1/auth"
    wrong = {"email": address, "password": aviary.new("wrong password") + "-7!aA"}
    assert browser.ask("POST", f"{prefix}/login", wrong).status == 422
    assert browser.ask("POST", f"{prefix}/password/request", {"email": address}).status == 200
    key = doors.secret_for(address)
    aviary.keep("reset key", key.rsplit("-", 1)[1])
    headers = {"X-Password-Reset-Key": key}
    assert browser.ask("GET", f"{prefix}/password/reset", **headers).status == 200
    password = aviary.new("new password") + "-7!aA"
    assert browser.ask("POST", f"{prefix}/password/reset", {"key": key, "password": password}).status == 401
    assert browser.ask("POST", f"{prefix}/login", {"email": address, "password": old}).status == 422
    assert browser.ask("POST", f"{prefix}/login", {"email": address, "password": password}).status == 200


def _second_factor(aviary: Aviary, browser: Browser, password: str) -> None:
    """Switched on, its codes used and renewed, wrong ones tried."""
    new, path = aviary.new, "/api/v1/me/second-factor"
    browser.ask("POST", f"{path}/setup", {"password": new("password for a second factor")})
    phone = Phone(browser.ask("POST", f"{path}/setup", {"password": password}).body["secret"])
    aviary.keep("secret of a second factor", phone.secret)
    browser.ask("POST", path, {"code": new("no code")})
    codes = browser.ask("POST", path, {"code": phone.code(-1)}).body["codes"]
    body = {"password": password, "code": codes[1]}
    other = Phone(browser.ask("POST", f"{path}/other", body).body["secret"])
    aviary.keep("secret of another telephone", other.secret)
    assert browser.ask("PUT", f"{path}/other", {"code": new("no code of another telephone")}).status == 422
    assert browser.ask("PUT", f"{path}/other", {"code": other.code(-1)}).status == 200
    body = {"password": password, "code": codes[0]}
    codes += browser.ask("POST", f"{path}/codes", body).body["codes"]
    assert browser.ask("POST", f"{path}/off", {"password": password, "code": new("wrong code")}).status == 422
    again = "/_allauth/browser/v1/auth/2fa/reauthenticate"
    assert browser.ask("POST", again, {"code": new("wrong code again")}).status == 422
    assert browser.ask("POST", again, {"code": codes[10]}).status == 200
    for number, code in enumerate(codes):
        aviary.keep(f"recovery code {number}", code)
        aviary.keep(f"recovery code {number} without its dash", code.replace("-", ""))


def _recover(staff: Browser, aviary: Aviary) -> None:
    """Asked by who may not; what is kept is looked at where it is kept."""
    body = {"email": f"{aviary.new('address to recover')}@voorbeeld.example", "how": "phone"}
    assert staff.ask("POST", "/api/v1/factor-recoveries", {**body, "note": aviary.new("note")}).status == 403
    token = {"token": aviary.new("token to stop a recovery")}
    assert staff.ask("POST", "/api/v1/factor-recoveries/stop", token).status == 404


def _passkeys(aviary: Aviary, browser: Browser, doors: Doors) -> None:
    """One that is kept, used and removed, and what is refused."""
    new, path = aviary.new, "/api/v1/me/passkeys"
    passkey = Passkey(credential=new("credential of a passkey").encode(), party=PARTY)
    options = browser.ask("POST", f"{path}/challenge").body
    passkey.origin = doors.origin
    browser.ask("POST", path, passkey.make(options, new("name of a passkey")))
    wrong = {**passkey.use(asked(browser)), "signature": new("signature of a passkey")}
    assert browser.ask("POST", f"{path}/prove", wrong).status == 422
    assert browser.ask("POST", path, {"name": new("name of no passkey"), "clientData": "x", "attestation": "x"}).status
    aviary.keep("challenge of a passkey", asked(browser)["challenge"])
    for kept in browser.ask("GET", path).body:
        assert browser.ask("DELETE", f"{path}/{kept['id']}").status == 200


def _lock(aviary: Aviary, browser: Browser) -> None:
    """A PIN set, wrong and right; what proves it and the server's share are found nowhere."""
    device, pin = Device(browser), aviary.new("PIN")
    assert device.set_up(pin).status == 201
    aviary.keep("the server's share", device.share)
    for number, tried in enumerate((aviary.new("wrong PIN"), pin)):
        body = device.body(tried, device.nonce())
        for what in ("proof", "signature"):
            aviary.keep(f"{what} of a PIN {number}", body[what])
        assert browser.ask("POST", f"{LOCK}/open", body).status == (200 if tried == pin else 422)
    wrong = {"publicKey": aviary.new("no key"), "proof": aviary.new("no proof"), "minutes": 1}
    assert browser.ask("POST", LOCK, wrong).status == 422
    sensor = {"nonce": device.nonce(), "id": "x", "clientData": aviary.new("client data"), "attestation": "x"}
    assert browser.ask("POST", f"{LOCK}/sensor", sensor).status == 403
    other = aviary.new("PIN to come")
    aviary.keep("proof of a PIN to come", said(device.proof(other)))
    assert device.change(pin, other).status == 200
    assert device.replace(aviary.new("wrong password for another PIN"), pin).status == 422
    assert device.attempt(other, "remove").status == 200
    device.set_up(pin)
    aviary.keep("the server's share of another lock", device.share)


def _link(staff: Browser, aviary: Aviary, doors: Doors) -> None:
    """Somebody with an account accepts a second address."""
    first, second = (f"{aviary.new(f'address {n} of somebody')}@voorbeeld.example".lower() for n in (1, 2))
    _invite(staff, aviary, first)
    browser, password = _register(aviary, doors, first)
    _invite(staff, aviary, second)
    token = aviary.keep("token that is linked", doors.secret_for(second))
    assert browser.ask("POST", "/api/v1/invitations/link", {"token": token}).status == 200
    _recover(staff, aviary)
    _passkeys(aviary, browser, doors)
    _second_factor(aviary, browser, password)
    _lock(aviary, browser)
    assert browser.ask("DELETE", "/_allauth/browser/v1/auth/session").status == 401


@contextmanager
def on_purpose(aviary: Aviary) -> Iterator[dict[str, bytes]]:
    """The control: a canary in each of its disguises, as a leak would leave it."""
    bird = aviary.new("let out on purpose")
    raw = bird.encode()
    padded = b"xy" + raw + b"..."
    yield {
        "as it is": b"..." + raw,
        "small letters": bird.lower().encode() + b"...",
        "capitals": bird.upper().encode(),
        "backwards": raw[::-1],
        "UTF-16 little": bird.encode("utf-16-le"),
        "UTF-16 big": bird.encode("utf-16-be"),
        "hexadecimal": raw.hex().encode(),
        "hexadecimal in capitals": raw.hex().upper().encode(),
        "base64": base64.b64encode(raw),
        "base64 in the middle": base64.b64encode(padded),
        "base64 of small letters": base64.urlsafe_b64encode(b"z" + bird.lower().encode()),
        "JSON escapes": "".join(f"\\u{ord(letter):04X}" for letter in bird).encode(),
    }
