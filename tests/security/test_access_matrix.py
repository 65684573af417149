"""Who may do what to what: every role × every operation × what is theirs, another's, or not there.

ACC-1 … ACC-5 of `access.rules`, seen from outside. The tables below are the promise; an operation or a frame that has
no row in them fails the test, and so does an answer that tells somebody else's thing from one that does not exist.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver

from tests import files
from tests.cast import PASSWORD, address_of
from tests.device import PIN, Device, said
from tests.live import WAIT, Answer, Browser, Socket
from tests.mailbox import newest_secret
from tests.passkeys import Passkey
from tests.plans import plan
from tests.push import Device as PushedDevice
from tests.world import World, meet
from zorgmessenger import clock, ids
from zorgmessenger.access import rules
from zorgmessenger.accounts import devices, passkeys, terms
from zorgmessenger.accounts.agents import Agent
from zorgmessenger.accounts.models import Device as SignedInDevice
from zorgmessenger.accounts.sessions import SessionStore, digest
from zorgmessenger.audit.models import AuditEntry
from zorgmessenger.audit.tags import Tag
from zorgmessenger.availability import absences
from zorgmessenger.availability.rules import Plan
from zorgmessenger.calls import actions as calls
from zorgmessenger.calls import live
from zorgmessenger.calls.actions import Actor
from zorgmessenger.config.urls import api
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import facts, groups
from zorgmessenger.conversations.models import Conversation
from zorgmessenger.files import arriving
from zorgmessenger.invitations import actions as invitations
from zorgmessenger.messages.models import Message
from zorgmessenger.organisations import actions as organisations
from zorgmessenger.organisations import look, replies, teams
from zorgmessenger.origin import NOWHERE, Origin
from zorgmessenger.realtime import protocol

Browse = Callable[..., Browser]
Request = tuple[str, Any]

LAST = 2**31 - 1
TEXT = b"een brief"
LOOK = {"title": "Groep", "symbol": "leaf"}
CSV = b"voornaam;achternaam;e-mailadres;rol\nNoor;Smit;noor@cast.example;planbureau\n"

# client, practitioner, planning office, support, administrator, privacy officer, then of another organisation a
# practitioner and a client, and nobody
PEOPLE = ["anna", "bram", "petra", "sem", "ingrid", "vera", "carla", "dora", ""]

CODES = {"401": "sign_in_first", "403": "forbidden", "404": "not_found", "unusable": "invitation_unusable"}

# What each of PEOPLE is answered. `-`: nothing of the kind can be theirs. `unusable`: 404 with its own text.
HTTP: dict[tuple[str, str], str] = {
    ("GET /session", ""): "200 200 200 200 200 200 200 200 200",
    ("GET /terms", ""): "200 200 200 200 200 200 200 200 200",
    ("GET /sign-on", ""): "200 200 200 200 200 200 200 200 200",
    ("GET /sign-on/back/{organisation}", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /sign-on/back/{organisation}", "foreign"): "200 200 200 200 200 200 200 200 200",
    ("GET /sign-on/back/{organisation}", "absent"): "200 200 200 200 200 200 200 200 200",
    ("POST /sign-on/{organisation}", "own"): " ".join(["409:conflict"] * 8) + " -",
    ("POST /sign-on/{organisation}", "foreign"): " ".join(["409:conflict"] * 8) + " 404",
    ("POST /sign-on/{organisation}", "absent"): " ".join(["409:conflict"] * 8) + " 404",
    ("GET /me", ""): "200 200 200 200 200 200 200 200 401",
    ("PATCH /me", ""): "200 200 200 200 200 200 200 200 401",
    ("PUT /me/password", ""): " ".join(["422:incorrect_password"] * 8) + " 401",
    ("GET /me/second-factor", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/second-factor", ""): " ".join(["409:setup_over"] * 8) + " 401",
    ("POST /me/second-factor/setup", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/second-factor/other", ""): " ".join(["422:incorrect_code"] * 8) + " 401",
    ("PUT /me/second-factor/other", ""): " ".join(["409:setup_over"] * 8) + " 401",
    ("POST /me/second-factor/off", ""): " ".join(["422:incorrect_code"] * 8) + " 401",
    ("POST /me/second-factor/codes", ""): " ".join(["422:incorrect_code"] * 8) + " 401",
    ("POST /passkeys/challenge", ""): "200 200 200 200 200 200 200 200 200",
    ("POST /passkeys/sign-in", ""): " ".join(["409:conflict"] * 8) + " 422:passkey_refused",
    ("GET /me/passkeys", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/passkeys", ""): " ".join(["422:passkey_refused"] * 8) + " 401",
    ("POST /me/passkeys/challenge", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/passkeys/prove", ""): " ".join(["422:passkey_refused"] * 8) + " 401",
    ("POST /me/passkeys/codes", ""): " ".join(["403:reauthenticate_passkey"] * 8) + " 401",
    ("DELETE /me/passkeys/{passkey}", "own"): " ".join(["403:reauthenticate_code"] * 8) + " -",
    ("DELETE /me/passkeys/{passkey}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /me/passkeys/{passkey}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /factor-recoveries", "own"): "403 403 403 201 201 403 403 403 401",
    ("POST /factor-recoveries", "foreign"): "403 403 403 404:no_such_person 404:no_such_person 403 403 403 401",
    ("POST /factor-recoveries", "absent"): "403 403 403 404:no_such_person 404:no_such_person 403 403 403 401",
    ("GET /factor-recoveries", ""): "403 403 403 200 200 200 403 403 401",
    ("POST /factor-recoveries/stop", ""): " ".join(["404:recovery_over"] * 9),
    ("GET /me/devices", ""): "200 200 200 200 200 200 200 200 401",
    ("DELETE /me/devices", ""): "200 200 200 200 200 200 200 200 401",
    ("DELETE /me/devices/{device}", "own"): "200 200 200 200 200 200 200 200 -",
    ("DELETE /me/devices/{device}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /me/devices/{device}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /me/lock/challenge", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/open", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/close", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/lock/stay", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/change", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/replace", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/remove", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/remove-by-password", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("PUT /me/lock", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/sensor", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("DELETE /me/lock/sensor", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock/open-by-sensor", ""): " ".join(["404:no_lock"] * 8) + " 401",
    ("POST /me/lock", ""): "201 201 201 201 201 201 201 201 401",
    ("PUT /me/quiet-hours", ""): "200 200 200 200 200 200 200 200 401",
    ("GET /me/notifications", ""): "200 200 200 200 200 200 200 200 401",
    ("PUT /me/notifications", ""): "200 200 200 200 200 200 200 200 401",
    ("POST /me/notifications/test", ""): "200 200 200 200 200 200 200 200 401",
    ("PUT /me/push", ""): "200 200 200 200 200 200 200 200 401",
    ("DELETE /me/push", ""): "200 200 200 200 200 200 200 200 401",
    ("PUT /conversations/{conversation}/mute", "own"): "200 200 200 200 200 200 200 200 -",
    ("PUT /conversations/{conversation}/mute", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /conversations/{conversation}/mute", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /conversations/{conversation}/messages", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /conversations/{conversation}/messages", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /conversations/{conversation}/messages", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/messages", "own"): "201 201 201 201 201 201 201 201 -",
    ("POST /conversations/{conversation}/messages", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/messages", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations", "own"): "403 200 200 200 200 200 200 403 -",
    ("POST /conversations", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("POST /conversations", "absent"): "403 404 404 404 404 404 404 403 401",
    ("POST /conversations/{conversation}/call", "own"): (
        "403:call_by_staff 201 201 201 201 201 201 403:call_by_staff -"
    ),
    ("POST /conversations/{conversation}/call", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/call", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /calls/{call}/end", "own"): "403:call_by_staff 200 200 200 200 200 200 403:call_by_staff -",
    ("POST /calls/{call}/end", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /calls/{call}/end", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/files", "own"): "201 201 201 201 201 201 201 201 -",
    ("POST /conversations/{conversation}/files", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/files", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /files/{file}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /files/{file}/parts/{part}", "own"): "200 200 200 200 200 200 200 200 -",
    ("PUT /files/{file}/parts/{part}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /files/{file}/parts/{part}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /files/{file}/whole", "own"): "200 200 200 200 200 200 200 200 -",
    ("POST /files/{file}/whole", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /files/{file}/whole", "absent"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /files/{file}", "own"): "200 200 200 200 200 200 200 200 -",
    ("DELETE /files/{file}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /files/{file}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/content", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /files/{file}/content", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/content", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/small", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /files/{file}/small", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/small", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /files", ""): "200 200 200 200 200 200 200 200 401",
    ("GET /files/{file}/pages/{page}", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /files/{file}/pages/{page}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/pages/{page}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/pages/{page}/text", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /files/{file}/pages/{page}/text", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /files/{file}/pages/{page}/text", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /conversations/{conversation}/files.zip", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /conversations/{conversation}/files.zip", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /conversations/{conversation}/files.zip", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /documents", ""): "200 200 200 200 200 200 200 200 401",
    ("GET /hours/{owner}", "own"): "403 200 200 200 200 200 200 403 -",
    ("GET /hours/{owner}", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("GET /hours/{owner}", "absent"): "403 404 404 404 404 404 404 403 401",
    ("PUT /hours/{owner}", "own"): "403 200 200 200 200 200 200 403 -",
    ("PUT /hours/{owner}", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("PUT /hours/{owner}", "absent"): "403 404 404 404 404 404 404 403 401",
    ("DELETE /hours/{owner}", "own"): "403 200 200 200 200 200 200 403 -",
    ("DELETE /hours/{owner}", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("DELETE /hours/{owner}", "absent"): "403 404 404 404 404 404 404 403 401",
    ("GET /people/{person}/absences", "own"): "403 200 200 200 200 200 200 403 -",
    ("GET /people/{person}/absences", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("GET /people/{person}/absences", "absent"): "403 404 404 404 404 404 404 403 401",
    ("POST /people/{person}/absences", "own"): "403 201 201 201 201 201 201 403 -",
    ("POST /people/{person}/absences", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("POST /people/{person}/absences", "absent"): "403 404 404 404 404 404 404 403 401",
    ("PUT /absences/{absence}", "own"): "- 200 200 200 200 200 200 - -",
    ("PUT /absences/{absence}", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("PUT /absences/{absence}", "absent"): "403 404 404 404 404 404 404 403 401",
    ("DELETE /absences/{absence}", "own"): "- 200 200 200 200 200 200 - -",
    ("DELETE /absences/{absence}", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("DELETE /absences/{absence}", "absent"): "403 404 404 404 404 404 404 403 401",
    ("GET /notice", ""): "403 403 403 403 200 403 403 403 401",
    ("PUT /notice", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /clients/{client}/plan", "own"): "200 200 - - - - 200 200 -",
    ("GET /clients/{client}/plan", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /clients/{client}/plan", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /clients/{client}/plan", "own"): "200 200 - - - - 200 200 -",
    ("PUT /clients/{client}/plan", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /clients/{client}/plan", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /conversations/{conversation}/assignee", "own"): "403 403 200 200 403 403 403 403 -",
    ("PUT /conversations/{conversation}/assignee", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /conversations/{conversation}/assignee", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /conversations/{conversation}/handled", "own"): "403 403 200 200 403 403 403 403 -",
    ("PUT /conversations/{conversation}/handled", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /conversations/{conversation}/handled", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/notes", "own"): "403 403 200 200 403 403 403 403 -",
    ("POST /conversations/{conversation}/notes", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /conversations/{conversation}/notes", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups", "own"): "403 201 201 201 201 201 201 403 -",
    ("POST /groups", "foreign"): "403 404 404 404 404 404 404 403 401",
    ("POST /groups", "absent"): "403 404 404 404 404 404 404 403 401",
    ("PUT /groups/{conversation}", "own"): "- 200 - - 200 - - - -",
    ("PUT /groups/{conversation}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /groups/{conversation}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/people", "own"): "- 200 - - 200 - - - -",
    ("POST /groups/{conversation}/people", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/people", "absent"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /groups/{conversation}/people/{person}", "own"): "- 200 - - 200 - - - -",
    ("DELETE /groups/{conversation}/people/{person}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /groups/{conversation}/people/{person}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /groups/{conversation}/picture", "own"): "- 200 - - 200 - - - -",
    ("PUT /groups/{conversation}/picture", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("PUT /groups/{conversation}/picture", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /groups/{conversation}/picture", "own"): "- 200 - - 200 - - - -",
    ("GET /groups/{conversation}/picture", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /groups/{conversation}/picture", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/close", "own"): "- 200 - - 200 - - - -",
    ("POST /groups/{conversation}/close", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/close", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/leave", "own"): "- 200 - - 200 - - - -",
    ("POST /groups/{conversation}/leave", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /groups/{conversation}/leave", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /break-glass", "own"): "- 201 201 201 - - - - -",
    ("POST /break-glass", "foreign"): (
        "403 404:no_such_client 404:no_such_client 404:no_such_client 403 403 404:no_such_client 403 401"
    ),
    ("GET /break-glass", ""): "403 403 403 403 403 200 403 403 401",
    ("POST /break-glass/{use}/seen", "foreign"): "403 403 403 403 403 404 403 403 401",
    ("POST /break-glass/{use}/seen", "absent"): "403 403 403 403 403 404 403 403 401",
    ("GET /me/group-name", ""): "200 200 200 200 200 200 200 200 401",
    ("PUT /me/group-name", ""): "200 200 200 200 200 200 200 200 401",
    ("GET /teams/{team}/replies", "own"): "- - 200 200 - - - - -",
    ("GET /teams/{team}/replies", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /teams/{team}/replies", "absent"): "404 404 404 404 404 404 404 404 401",
    ("POST /teams/{team}/replies", "own"): "- - 201 201 - - - - -",
    ("POST /teams/{team}/replies", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("POST /teams/{team}/replies", "absent"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /teams/{team}/replies/{reply}", "own"): "- - 200 200 - - - - -",
    ("DELETE /teams/{team}/replies/{reply}", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("DELETE /teams/{team}/replies/{reply}", "absent"): "404 404 404 404 404 404 404 404 401",
    ("GET /console/people", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/invitations", ""): "403 403 403 403 200 403 403 403 401",
    ("POST /console/invitations", ""): "403 403 403 403 201 403 403 403 401",
    ("POST /console/import/preview", ""): "403 403 403 403 200 403 403 403 401",
    ("POST /console/import", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/teams", ""): "403 403 403 403 200 403 403 403 401",
    ("POST /console/teams", ""): "403 403 403 403 201 403 403 403 401",
    ("GET /console/figures", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/look", ""): "403 403 403 403 200 403 403 403 401",
    ("PUT /console/look", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/files", ""): "403 403 403 403 200 403 403 403 401",
    ("PUT /console/files", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/second-factor", ""): "403 403 403 403 200 403 403 403 401",
    ("PUT /console/second-factor", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/sign-on", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/calls", ""): "403 403 403 403 200 403 403 403 401",
    ("PUT /console/calls", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /console/people/{person}/leaving", "own"): "- - - - 200 403 - - -",
    ("GET /console/people/{person}/leaving", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("GET /console/people/{person}/leaving", "absent"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/people/{person}/role", "own"): "- - - - 200 403 - - -",
    ("PUT /console/people/{person}/role", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/people/{person}/role", "absent"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/people/{person}/hand-over", "own"): "- - - - 200 403 - - -",
    ("POST /console/people/{person}/hand-over", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/people/{person}/hand-over", "absent"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/people/{person}/deactivate", "own"): "- - - - 200 403 - - -",
    ("POST /console/people/{person}/deactivate", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/people/{person}/deactivate", "absent"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/invitations/{invitation}/resend", "own"): "- - - - 200 403 - - -",
    ("POST /console/invitations/{invitation}/resend", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/invitations/{invitation}/resend", "absent"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/invitations/{invitation}/withdraw", "own"): "- - - - 200 403 - - -",
    ("POST /console/invitations/{invitation}/withdraw", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("POST /console/invitations/{invitation}/withdraw", "absent"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/teams/{team}", "own"): "- - - - 200 403 - - -",
    ("PUT /console/teams/{team}", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/teams/{team}", "absent"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/teams/{team}/members/{person}", "own"): "- - - - 200 403 - - -",
    ("PUT /console/teams/{team}/members/{person}", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("PUT /console/teams/{team}/members/{person}", "absent"): "403 403 403 403 404 403 403 403 401",
    ("DELETE /console/teams/{team}/members/{person}", "own"): "- - - - 200 403 - - -",
    ("DELETE /console/teams/{team}/members/{person}", "foreign"): "403 403 403 403 404 403 403 403 401",
    ("DELETE /console/teams/{team}/members/{person}", "absent"): "403 403 403 403 404 403 403 403 401",
    ("GET /organisations/{organisation}/logo", "own"): "200 200 200 200 200 200 200 200 -",
    ("GET /organisations/{organisation}/logo", "foreign"): "404 404 404 404 404 404 404 404 401",
    ("GET /organisations/{organisation}/logo", "absent"): "404 404 404 404 404 404 404 404 401",
    ("PUT /console/logo", ""): "403 403 403 403 200 403 403 403 401",
    ("GET /invitations", ""): "403 200 200 403 403 403 200 403 401",
    ("POST /invitations", ""): "403 201 201 403 403 403 201 403 401",
    ("POST /invitations/{invitation}/resend", "own"): "- 200 200 - - - 200 - -",
    ("POST /invitations/{invitation}/resend", "foreign"): "403 404 404 403 403 403 404 403 401",
    ("POST /invitations/{invitation}/resend", "absent"): "403 404 404 403 403 403 404 403 401",
    ("POST /invitations/{invitation}/withdraw", "own"): "- 200 200 - - - 200 - -",
    ("POST /invitations/{invitation}/withdraw", "foreign"): "403 404 404 403 403 403 404 403 401",
    ("POST /invitations/{invitation}/withdraw", "absent"): "403 404 404 403 403 403 404 403 401",
    ("POST /invitations/look", "own"): "200 200 200 200 200 200 200 200 200",
    ("POST /invitations/look", "absent"): " ".join(["unusable"] * 9),
    ("POST /invitations/link", "own"): (
        "200 409:own_invitation 409:already_staff 409:already_staff 409:already_staff 409:already_staff 200 200 401"
    ),
    ("POST /invitations/link", "absent"): " ".join(["unusable"] * 8) + " 401",
    ("POST /invitations/register", "absent"): " ".join(["unusable"] * 9),
    ("POST /invitations/register", "own"): "201 201 201 201 201 201 201 201 201",
}

SOCKET: dict[tuple[str, str], str] = {
    ("hello", ""): "welcome",
    ("ping", ""): "pong",
    ("attending", ""): "",
    ("send", "own"): "ack",
    ("send", "foreign"): "refused",
    ("send", "absent"): "refused",
    ("history", "own"): "history",
    ("history", "foreign"): "refused",
    ("history", "absent"): "refused",
    ("search", "own"): "found",
    ("search", "foreign"): "refused",
    ("search", "absent"): "refused",
    ("forward", "own"): "message ack",
    ("forward", "foreign"): "refused",
    ("forward", "absent"): "refused",
    ("changes", "own"): "changes",
    ("changes", "foreign"): "refused",
    ("changes", "absent"): "refused",
    ("react", "own"): "altered",
    ("react", "foreign"): "refused",
    ("react", "absent"): "refused",
    ("settle", "own"): "refused",
    ("settle", "foreign"): "refused",
    ("settle", "absent"): "refused",
    ("edit", "own"): "altered",
    ("edit", "foreign"): "refused",
    ("edit", "absent"): "refused",
    ("withdraw", "own"): "altered",
    ("withdraw", "foreign"): "refused",
    ("withdraw", "absent"): "refused",
    ("received", "own"): "receipt",
    ("received", "foreign"): "",
    ("received", "absent"): "",
    ("read", "own"): "receipt",
    ("read", "foreign"): "",
    ("read", "absent"): "",
    ("typing", "own"): "",
    ("typing", "foreign"): "",
    ("typing", "absent"): "",
    ("leave_call", "own"): "",
    ("leave_call", "foreign"): "",
    ("leave_call", "absent"): "",
    ("call_ready", "own"): "",
    ("call_ready", "foreign"): "",
    ("call_ready", "absent"): "",
    ("call_tracks", "own"): "",
    ("call_tracks", "foreign"): "",
    ("call_tracks", "absent"): "",
    ("call_type", "own"): "",
    ("call_type", "foreign"): "",
    ("call_type", "absent"): "",
    ("signal", "own"): "",
    ("signal", "foreign"): "",
    ("signal", "absent"): "",
    ("sfu_publish", "own"): "",
    ("sfu_publish", "foreign"): "",
    ("sfu_publish", "absent"): "",
    ("sfu_subscribed", "own"): "",
    ("sfu_subscribed", "foreign"): "",
    ("sfu_subscribed", "absent"): "",
    ("sfu_candidate", "own"): "",
    ("sfu_candidate", "foreign"): "",
    ("sfu_candidate", "absent"): "",
    ("sfu_restart", "own"): "",
    ("sfu_restart", "foreign"): "",
    ("sfu_restart", "absent"): "",
    ("ask_relay", "own"): "",
    ("ask_relay", "foreign"): "",
    ("ask_relay", "absent"): "",
    ("start_call", "own"): "call call_joined / refused",
    ("start_call", "foreign"): "refused",
    ("start_call", "absent"): "refused",
    ("join_call", "own"): "call call_joined",
    ("join_call", "foreign"): "refused",
    ("join_call", "absent"): "refused",
    ("admit_to_call", "own"): "done / refused",
    ("admit_to_call", "foreign"): "refused",
    ("admit_to_call", "absent"): "refused",
    ("end_call", "own"): "message call_ended done / refused",
    ("end_call", "foreign"): "refused",
    ("end_call", "absent"): "refused",
}
"""What comes back; where a client is answered otherwise than staff, theirs stands behind the stroke."""

FRAMES = {frame.__struct_config__.tag: frame for frame in get_args(protocol.ClientFrame)}

# What HTTP answers besides the API, with what a stranger gets who asks by GET.
ELSEWHERE = {
    "_allauth/browser/v1/auth/session": 401,
    "_allauth/browser/v1/auth/login": 405,
    "_allauth/browser/v1/auth/reauthenticate": 401,
    "_allauth/browser/v1/auth/2fa/authenticate": 401,
    "_allauth/browser/v1/auth/2fa/reauthenticate": 401,
    "_allauth/browser/v1/auth/password/request": 405,
    "_allauth/browser/v1/auth/password/reset": 422,
    "healthz": 200,
    "^(?!api/|_allauth/|assets/|demo/|static/).*$": 200,
}


@dataclass
class Scene:
    """The world, with something of everybody's own in it."""

    world: World
    conversations: dict[str, set[UUID]] = field(default_factory=dict)
    invitations: dict[str, UUID] = field(default_factory=dict)
    absences: dict[str, UUID] = field(default_factory=dict)
    group: UUID = ids.NIL
    replies: dict[str, list[UUID]] = field(default_factory=dict)
    files: dict[UUID, UUID] = field(default_factory=dict)
    """By conversation a picture that was sent there."""
    documents: dict[UUID, UUID] = field(default_factory=dict)
    """By conversation a PDF that was sent there."""
    begun: dict[str, UUID] = field(default_factory=dict)
    """By whose it is a file that was begun and not sent."""
    calls: dict[UUID, UUID] = field(default_factory=dict)
    """By conversation the call that goes on there."""
    token: str = ""
    fresh_token: str = ""

    def all_conversations(self) -> set[UUID]:
        """Every conversation there is."""
        return set().union(*self.conversations.values())


@pytest.fixture
def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """One conversation at least for everybody, one message in each, one invitation of each who invites."""
    scene = Scene(world)
    world.conversations["sem", "joris"] = meet(world, "sem", "joris")
    for name, other in (("ingrid", "bram"), ("vera", "ingrid")):
        proof = rules.may_start(world[name], world[other], care_relation=False)
        world.conversations[name, other] = conversations.start(proof, NOWHERE)
    members = {world.id(name): (world[name], False) for name in ("bram", "fatima")}
    scene.group = groups.make(rules.may_make_group(world["ingrid"], members), "Overleg", "leaf", NOWHERE)
    for name in ("ingrid", "bram", "fatima"):
        scene.conversations.setdefault(name, set()).add(scene.group)
    for name in ("petra", "sem"):
        proof_of_team = rules.may_use_team(world[name], teams.of_member(world[name]))
        scene.replies[name] = [replies.keep(proof_of_team, "Formulier", "Dag", NOWHERE).id for _ in range(3)]
    for (staff, other), conversation in world.conversations.items():
        world.send(other, conversation, "van de ander")
        world.send(staff, conversation, "van de een")
        for name in (staff, other):
            scene.conversations.setdefault(name, set()).add(conversation)
    put_files(scene)
    for inviter in ("bram", "fatima", "petra", "pim", "carla"):
        invitee = invitations.Invitee("Nieuw", "Iemand", f"van-{inviter}@cast.example")
        proof_to_invite = rules.may_invite(world[inviter])
        scene.invitations[inviter] = invitations.invite(proof_to_invite, invitee, NOWHERE, "nl").id
    for name in ("bram", "fatima", "petra", "sem", "ingrid", "carla"):
        proof_to_plan = rules.may_plan_absence(world[name], world[name])
        day = (clock.now() + timedelta(100)).date()
        scene.absences[name] = absences.plan(proof_to_plan, Plan(day, day), NOWHERE).id
    for address in ("nieuw@cast.example", "vers@cast.example"):
        invitee = invitations.Invitee("Nieuw", "Iemand", address)
        invitations.invite(rules.may_invite(world["bram"]), invitee, NOWHERE, "nl")
    for organisation in (world.organisation, world.elsewhere):
        look.set_logo(organisation, b"a picture")
    monkeypatch.setattr(live, "AWAY_FOR", 600.0)
    start_calls(scene)
    scene.token, scene.fresh_token = newest_secret("nieuw@cast.example"), newest_secret("vers@cast.example")
    return scene


def put_files(scene: Scene) -> None:
    """A picture and a PDF in each conversation of two, and a file of everybody that they have yet to send."""
    for (staff, other), conversation in scene.world.conversations.items():
        scene.files[conversation] = files.sent(scene.world, staff, conversation)
        scene.documents[conversation] = files.sent(scene.world, staff, conversation, files.PDF, "brief.pdf")
        for name in (staff, other):
            scene.begun[name] = begun(scene.world, name, min(scene.conversations[name]))


def start_calls(scene: Scene) -> None:
    """A call in each conversation, that its member of staff is away from."""
    world = scene.world
    for (staff, _), conversation in [*world.conversations.items(), (("ingrid", ""), scene.group)]:
        scene.calls[conversation] = calls.start(Actor(world.id(staff), NOWHERE), conversation, ids.new(), sfu=False).id


def begun(world: World, name: str, conversation: UUID) -> UUID:
    """A file of somebody's, of which nothing has arrived."""
    known = facts.one(conversation)
    announced = arriving.Announced("brief.txt", len(TEXT), uuid4().hex * 2)
    return arriving.begin(rules.may_send(known.members[world.id(name)], known.facts), announced, NOWHERE).id


def test_every_operation_has_its_row() -> None:
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert operations == {operation for operation, _ in HTTP}
    with_id = {operation for operation in operations if "{" in operation} | {"POST /conversations", "POST /groups"}
    assert {(operation, "foreign") for operation in with_id} <= HTTP.keys()
    assert {(operation, "absent") for operation in with_id} <= HTTP.keys()


def test_every_frame_has_its_row() -> None:
    assert FRAMES.keys() == {frame for frame, _ in SOCKET}
    about_one = {tag for tag, frame in FRAMES.items() if {"conversation", "call"} & {*frame.__struct_fields__}}
    assert {(tag, target) for tag in about_one for target in ("own", "foreign", "absent")} <= SOCKET.keys()


def test_there_is_no_other_door() -> None:
    doors = {route for route in _routes(get_resolver().url_patterns) if not route.startswith("api/v1/")}
    assert doors == ELSEWHERE.keys()


def test_a_stranger_learns_nothing_at_any_other_door(world: World, browse: Browse) -> None:
    del world
    stranger = browse()
    for route, status in ELSEWHERE.items():
        path = "/" if route.startswith("^") else "/" + route
        assert stranger.ask("GET", path).status == status, route


@pytest.mark.parametrize("who", PEOPLE)
def test_over_http_everybody_is_answered_exactly_as_the_table_says(scene: Scene, browse: Browse, who: str) -> None:
    browser = browse(who)
    wrong = []
    unknown: dict[str, set[tuple[object, ...]]] = {}
    logged = _newest_refusal(scene, who)
    for (operation, target), outcomes in HTTP.items():
        expected = outcomes.split()[PEOPLE.index(who)]
        method, path = operation.split()
        for where, body in [] if expected == "-" else _requests(scene, who, operation, target):
            answer = browser.ask(method, "/api/v1" + _filled(path, where), body)
            before, logged = logged, _newest_refusal(scene, who)
            if _outcome(answer) != _expected(expected):
                wrong.append((operation, target, _expected(expected), _outcome(answer)))
            elif expected in {"403", "404", "unusable"} and who:
                assert logged != before, f"refused and not logged: {operation} {where}"
                assert logged[1:] == (answer.body["code"], where.partition(" ")[0], "127.0.0.1")
            if target in {"foreign", "absent"}:
                unknown.setdefault(operation, set()).add(_seen(answer))
    assert wrong == []
    for operation, seen in unknown.items():
        assert len(seen) == 1, f"ACC-5: {operation} tells what is another's from what does not exist"


@pytest.mark.parametrize("who", PEOPLE[:-1])
def test_over_the_socket_everybody_is_answered_exactly_as_the_table_says(
    scene: Scene, browse: Browse, who: str
) -> None:
    others = [name for name in [*PEOPLE[:-1], "fatima", "joris"] if name != who]
    wrong = []
    heard: dict[str, set[str]] = {}
    elsewhere = scene.all_conversations() - scene.conversations[who]
    with browse(who).socket(have=dict.fromkeys(map(str, [*elsewhere, ids.new()]), 1)) as socket:
        assert {UUID(c["id"]) for c in socket.welcome["conversations"]} == scene.conversations[who]
        bystanders = {name: browse(name).socket() for name in others if not _meet(scene, name, who)}
        for (frame, target), outcomes in SOCKET.items():
            to_staff, _, to_client = outcomes.partition(" / ")
            expected = to_client or to_staff if who in {"anna", "dora"} else to_staff
            for conversation in _conversations(scene, who, target):
                count = len(expected.split())
                answers = [] if frame == "hello" else _say(scene, who, socket, frame, conversation, count)
                kinds = " ".join(json.loads(one)["type"] for one in answers)
                if kinds != expected and frame != "hello":
                    wrong.append((frame, target, expected, kinds))
                if target in {"foreign", "absent"}:
                    heard.setdefault(frame, set()).add("".join(answers))
        bystanders["themselves"] = socket
        assert all(bystander.silent(0.1) for bystander in bystanders.values()), "what was refused reached somebody"
        for bystander in bystanders.values():
            bystander.close()
    assert wrong == []
    assert all(len(seen) == 1 for seen in heard.values()), heard
    assert '"code":"not_found"' in next(iter(heard["send"]))
    call = ("start_call", "join_call", "admit_to_call", "end_call")
    read = ("history", "search", "changes")
    for detail in ("send", "receipt", "typing", "edit", "withdraw", "react", "forward", *read, *call):
        refused = AuditEntry.objects.filter(
            tag=Tag.REFUSED, actor=scene.world.id(who), reason="not_found", detail=detail
        )
        objects = {entry.object for entry in refused}
        assert {str(conversation) for conversation in elsewhere} <= objects, f"{detail} was refused and not logged"


def test_a_stranger_gets_no_socket(world: World, browse: Browse) -> None:
    del world
    with browse().bare_socket() as socket:
        assert socket.close_code() == 4401


def test_a_client_knows_only_whom_they_talk_with_and_nobody_to_start_with(scene: Scene, browse: Browse) -> None:
    with browse("anna").socket() as anna:
        world = scene.world
        assert {UUID(person["id"]) for person in anna.welcome["people"]} == {
            world.id(name) for name in ("anna", "bram", "petra")
        }, "Pim is of the planning office and has not written to Anna"
        assert anna.welcome["contacts"] == []


def test_the_planning_office_sees_no_treatment_conversation(scene: Scene, browse: Browse) -> None:
    with browse("petra").socket() as petra:
        assert {one["kind"] for one in petra.welcome["conversations"]} == {"planning"}
    treatment = scene.world.conversations["bram", "anna"]
    assert browse("petra").ask("GET", f"/api/v1/conversations/{treatment}/messages").status == 404


def test_the_planning_office_manages_its_own_invitations_together_and_a_practitioner_alone(
    scene: Scene, browse: Browse
) -> None:
    """ACC-3."""
    petra, bram = browse("petra"), browse("bram")
    seen = {one["email"] for one in petra.ask("GET", "/api/v1/invitations").body}
    assert seen == {"van-petra@cast.example", "van-pim@cast.example"}
    seen = {one["email"] for one in bram.ask("GET", "/api/v1/invitations").body}
    assert seen == {"van-bram@cast.example", "nieuw@cast.example", "vers@cast.example"}
    assert petra.ask("POST", f"/api/v1/invitations/{scene.invitations['pim']}/withdraw").status == 200


def test_who_was_deactivated_is_answered_as_a_stranger_to_everything(scene: Scene, browse: Browse) -> None:
    browser, world = browse("bram"), scene.world
    conversation = world.conversations["bram", "anna"]
    with browser.socket() as socket:
        organisations.deactivate(world.organisation, world.id("bram"))
        assert socket.close_code() == 4401
    path = f"/api/v1/conversations/{conversation}/messages"
    assert browser.ask("GET", path).status == 404
    assert browser.ask("POST", path, {"id": str(uuid4()), "body": "nog een"}).status == 404
    assert browser.ask("GET", "/api/v1/invitations").status == 403
    assert browser.ask("POST", "/api/v1/conversations", {"person": str(world.id("anna"))}).status == 403
    with browser.socket() as socket:
        assert (socket.welcome["conversations"], socket.welcome["organisations"], socket.welcome["contacts"]) == (
            [],
            [],
            [],
        )


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def _filled(path: str, where: str) -> str:
    """`path` with the ids of `where` in the places for them."""
    for value in where.split():
        path = re.sub(r"\{\w+\}", value, path, count=1)
    return path


def _assignee(conversation: UUID) -> str | None:
    found = Conversation.objects.filter(pk=conversation).values_list("assignee_id", flat=True).first()
    return str(found) if found else None


def _requests(scene: Scene, who: str, operation: str, target: str) -> list[Request]:  # noqa: C901, PLR0911, PLR0912  (a table of cases)
    """For each thing of the kind: what stands in the path, and the body."""
    world = scene.world
    match operation:
        case _ if "/console/" in operation or "{organisation}" in operation:
            return _console(scene, who, operation, target)
        case "PATCH /me":
            return [("", {"language": "nl"})]
        case "PUT /me/password":
            return [("", {"present": "Verkeerd-42", "password": "Kuiltjes-op-12"})]
        case "PUT /me/second-factor/other":
            return [("", {"code": "123456"})]
        case _ if operation.startswith("POST /me/second-factor"):
            end = operation.removeprefix("POST /me/second-factor")
            password, code = {"password": PASSWORD}, {"code": "123456"}
            return [("", code if not end else password if end == "/setup" else {**password, **code})]
        case _ if re.search(r"/passkeys|/me/devices|/factor-recoveries", operation):
            return _signing_in(world, who, operation, target)
        case _ if " /me/lock" in operation:
            return [("", _lock(operation))]
        case "PUT /me/quiet-hours":
            return [("", {"hours": [1320, 420]})]
        case "PUT /me/notifications":
            return [("", {"mailAfter": 60})]
        case "PUT /me/push":
            return [("", PushedDevice("https://push.invalid/device").given)]
        case "POST /break-glass":
            reached = {"bram": "joris", "petra": "joris", "sem": "anna"}.get(who, "anna")
            names = ["bram", "dora", "niemand"] if target == "foreign" and who != "carla" else ["anna"]
            addresses = [reached] if target == "own" else names
            return [("", {"email": address_of(name), "reason": "overdracht bij ziekte"}) for name in addresses]
        case "POST /break-glass/{use}/seen":
            return [(str(ids.new()), None)]
        case "PUT /me/group-name":
            return [("", {"name": "Zon"})]
        case "POST /groups":
            return [("", {**LOOK, "people": [str(person)]}) for person in _people(world, who, target)]
        case "DELETE /groups/{conversation}/people/{person}":
            return [(f"{group} {world.id('fatima')}", None) for group in _groups(scene, who, target)]
        case "POST /groups/{conversation}/people":
            newcomer = {"person": str(world.id("sem")), "history": False}
            return [(str(group), newcomer) for group in _groups(scene, who, target)]
        case "PUT /groups/{conversation}/picture":
            return [(str(group), files.jpeg((64, 48))) for group in _groups(scene, who, target)]
        case "GET /groups/{conversation}/picture":
            return [(str(group), None) for group in _groups(scene, who, target)]
        case _ if operation.startswith(("PUT /groups", "POST /groups")):
            return [(str(group), LOOK if "PUT" in operation else None) for group in _groups(scene, who, target)]
        case "POST /invitations":
            return [("", {"firstName": "Nog", "lastName": "Een", "email": "nog-een@cast.example"})]
        case "POST /conversations":
            return [("", {"person": str(person)}) for person in _people(world, who, target)]
        case "POST /invitations/look" | "POST /invitations/link":
            return [("", {"token": scene.token if target == "own" else "x" * 43})]
        case "POST /invitations/register":
            return [("", _registration(scene.fresh_token if target == "own" else "x" * 43))]
        case _ if re.search(r"/notice|/hours|/absences", operation):
            return _availability(scene, who, operation, target)
        case _ if "{client}" in operation:
            body = plan() if operation.startswith("PUT") else None
            return [(str(client), body) for client in _clients(world, who, target)]
        case _ if "{invitation}" in operation:
            return [(str(invitation), None) for invitation in _invitations(scene, who, target)]
        case "DELETE /teams/{team}/replies/{reply}":
            return [(f"{team} {reply}", None) for team, reply in _replies(scene, who, target)]
        case _ if "{team}" in operation:
            body = {"title": "Titel", "body": "Tekst"} if operation.startswith("POST") else None
            return [(str(team), body) for team in _teams(world, who, target)]
        case "PUT /conversations/{conversation}/assignee":
            return [
                (str(one), {"person": None, "expected": _assignee(one)}) for one in _conversations(scene, who, target)
            ]
        case _ if "{file}" in operation:
            part = TEXT if "{part}" in operation else None
            return [(f"{file} {int('{page}' in operation)}", part) for file in _files(scene, who, operation, target)]
        case _ if "{call}" in operation:
            found = _conversations(scene, who, target)
            return [(str(scene.calls.get(conversation, ids.new())), None) for conversation in found]
        case _ if "{conversation}" in operation:
            bodies: dict[str, Any] = {
                "messages": {"id": str(uuid4()), "body": "hallo"},
                "handled": {"handled": True},
                "mute": {"howLong": "hour"},
                "files": {"name": "brief.txt", "size": 9, "fingerprint": uuid4().hex * 2},
            }
            body = None if operation.startswith("GET") else bodies.get(operation.rpartition("/")[2])
            return [(str(conversation), body) for conversation in _conversations(scene, who, target)]
    return [("", None)]


def _signing_in(world: World, who: str, operation: str, target: str) -> list[Request]:  # noqa: PLR0911  (a table of cases)
    """Passkeys, devices, and the recovery of who lost their factor."""
    match operation:
        case "POST /passkeys/sign-in" | "POST /me/passkeys/prove":
            return [("", Passkey(handle=world.id("pim").bytes).use({"challenge": "AAAA"}))]
        case "POST /me/passkeys":
            return [("", Passkey().make({"challenge": "AAAA", "user": {"id": "AAAA"}}))]
        case "DELETE /me/passkeys/{passkey}":
            return [(str(passkey), None) for passkey in _passkeys(world, who, target)]
        case "POST /factor-recoveries":
            whom = {"own": "fatima", "foreign": "dora"}.get(target, "niemand")
            data = {"digests": ["x"]}
            for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
                Authenticator.objects.get_or_create(user_id=world.id("fatima"), type=kind, defaults={"data": data})
            return [("", {"email": address_of(whom), "how": "in_person", "note": "Paspoort"})]
        case "POST /factor-recoveries/stop":
            return [("", {"token": "x" * 43})]
        case "DELETE /me/devices/{device}":
            return [(str(device), None) for device in _devices(world, who, target)]
    return [("", None)]


def _passkeys(world: World, who: str, target: str) -> list[UUID]:
    """Somebody's own, or one of Pim's. With their own they would be asked for it: they have it once."""
    if target != "own" and who:
        Authenticator.objects.filter(user_id=world.id(who)).delete()
    if target == "absent":
        return [ids.new()]
    owner, made = world.id(who if target == "own" else "pim"), ids.new()
    sealed = passkeys._sealed(owner, made, "Sleutel", Passkey().data)  # noqa: SLF001  (kept without ending sessions)
    data = {"id": str(made), "sealed": sealed, "count": 0}
    Authenticator.objects.create(user_id=owner, type=Authenticator.Type.WEBAUTHN, data=data)
    return [made]


def _devices(world: World, who: str, target: str) -> list[UUID]:
    """Somebody's own is one of another browser; of others, one that Pim signed in with."""
    if target == "absent":
        return [ids.new()]
    session = SessionStore()
    session["_auth_user_id"] = str(world.id(who if target == "own" else "pim"))
    session.create()
    devices.note(Origin(session=digest(session.session_key or "")), Agent())
    return [SignedInDevice.objects.get(session=digest(session.session_key or "")).id]


def _console(scene: Scene, who: str, operation: str, target: str) -> list[Request]:
    """What an administrator is asked for; `own` is Ingrid's organisation's."""
    world = scene.world
    foreign_people = [world.id(name) for name in ("anna", "carla", "dora")]
    people = {"own": [world.id("pim")], "foreign": foreign_people}.get(target) or [ids.new()]
    bodies: dict[str, Any] = {
        "POST /console/invitations": {
            "firstName": "Nog",
            "lastName": "Een",
            "email": "c@cast.example",
            "role": "planner",
        },
        "POST /console/teams": {"name": "Team", "kind": "planning", "promiseMinutes": 60},
        "PUT /console/teams/{team}": {"name": "Team", "promiseMinutes": 60},
        "PUT /console/people/{person}/role": {"role": "support"},
        "PUT /console/look": {"accent": "#123456", "introductionNl": "", "introductionEn": "", "invitationDays": 14},
        "PUT /console/logo": b"",
        "PUT /console/second-factor": {"staff": False, "clients": False, "days": 14, "recoveryHours": 24},
        "PUT /console/calls": {"waitingRoom": False, "question": {"nl": "Bent u alleen?", "en": ""}},
        "PUT /console/files": {"largestMib": 10, "kinds": ["picture", "pdf"]},
        "POST /console/import": CSV,
        "POST /console/import/preview": CSV,
    }
    if operation.endswith(("/hand-over", "/deactivate")):
        bodies[operation] = {"successors": []}
    body = bodies.get(operation)
    if "{organisation}" in operation:
        own, other = (world.organisation, world.elsewhere)[:: -1 if who in {"carla", "dora"} else 1]
        return [(str({"own": own, "foreign": other}.get(target, ids.new())), None)]
    if "{invitation}" in operation:
        ours = [identifier for name, identifier in scene.invitations.items() if name != "carla"]
        found = {"own": ours[:1], "foreign": [scene.invitations["carla"]]}.get(target) or [ids.new()]
        return [(str(invitation), body) for invitation in found]
    if "{team}" in operation:
        theirs = {
            "own": [teams.of(world.organisation)[0].id],
            "foreign": [team.id for team in teams.of(world.elsewhere)],
        }
        return [(f"{team} {world.id('petra')}", body) for team in theirs.get(target) or [ids.new()]]
    return [(str(person), body) for person in people] if "{person}" in operation else [("", body)]


def _lock(operation: str) -> dict[str, Any] | None:  # noqa: PLR0911  (a table of cases)
    device = Device(Browser(""))
    device.lock = str(uuid4())
    match operation.split(" /me/lock"):
        case ["PUT", _]:
            return {"minutes": 1}
        case [_, ""]:
            return {"publicKey": device.public_key, "proof": said(device.proof(PIN)), "minutes": 1}
        case [_, "/open" | "/remove"]:
            return device.body(PIN, said(bytes(32)))
        case [_, "/change"]:
            proof = said(bytes(32))
            return device.body(PIN, proof) | {"next": proof}
        case [_, "/replace"]:
            return {"publicKey": device.public_key, "proof": said(device.proof(PIN)), "password": PASSWORD}
        case [_, "/remove-by-password"]:
            return {"password": PASSWORD}
        case ["POST", "/sensor"]:
            return {"nonce": "x", "id": "x", "clientData": "x", "attestation": "x"}
        case [_, "/open-by-sensor"]:
            return {"nonce": "x", "id": "x", "clientData": "x", "authenticatorData": "x", "signature": "x"}
    return None


def _availability(scene: Scene, who: str, operation: str, target: str) -> list[Request]:
    writes, both = operation.split(maxsplit=1)[0] in {"PUT", "POST"}, {"nl": "Bel ons.", "en": "Call us."}
    if "/notice" in operation:
        return [("", {"notice": both, "phones": [], "reply": both, "replies": True} if writes else None)]
    if "{owner}" in operation:
        return [(str(owner), {"week": [[]] * 7} if writes else None) for owner in _owners(scene.world, who, target)]
    things = _absentees(scene.world, who, target) if "{person}" in operation else _absences(scene, who, target)
    return [(str(thing), _days(200 if "{person}" in operation else 300) if writes else None) for thing in things]


def _registration(token: str) -> dict[str, str]:
    names = {"firstName": "Nieuw", "lastName": "Iemand", "password": "Kuiltjes-op-12"}
    return {"token": token, **names, **terms.VERSIONS}


def _people(world: World, who: str, target: str) -> list[UUID]:
    own = {
        "anna": "bram",
        "bram": "anna",
        "petra": "anna",
        "sem": "joris",
        "ingrid": "bram",
        "vera": "ingrid",
        "carla": "dora",
    }
    foreign = {
        "anna": ["joris", "dora", "carla"],
        "bram": ["joris", "dora", "carla"],
        "petra": ["joris", "dora", "carla"],
        "sem": ["anna", "dora", "carla"],
        "ingrid": ["anna", "joris", "dora", "carla"],
        "vera": ["anna", "joris", "dora", "carla"],
        "carla": ["anna", "bram", "ingrid"],
    }
    names = {"own": [own.get(who, "carla")], "foreign": foreign.get(who, ["anna", "bram"]), "absent": []}[target]
    return [world.id(name) for name in names] or [ids.new()]


STAFF_HERE = ["bram", "fatima", "petra", "pim", "sem", "ingrid", "vera"]


def _owners(world: World, who: str, target: str) -> list[UUID]:
    """Whose hours: for the administrator all staff's, the teams' and the organisation's, for others one's own."""
    everything = {name: world.id(name) for name in world.people}
    everything |= {"De Linde": world.organisation, "Elders": world.elsewhere}
    here = {f"team {team.id}": team.id for team in teams.of(world.organisation)}
    everything |= here | {f"team {team.id}": team.id for team in teams.of(world.elsewhere)}
    own = {*STAFF_HERE, "De Linde", *here} if who == "ingrid" else {who}
    if target == "absent":
        return [ids.new()]
    return [identifier for name, identifier in everything.items() if (name in own) == (target == "own")]


def _absentees(world: World, who: str, target: str) -> list[UUID]:
    if target == "absent":
        return [ids.new()]
    own = set(STAFF_HERE) if who == "ingrid" else {who}
    return [member.person for name, member in world.people.items() if (name in own) == (target == "own")]


def _absences(scene: Scene, who: str, target: str) -> list[UUID]:
    if target == "absent":
        return [ids.new()]
    own = set(STAFF_HERE) if who == "ingrid" else {who}
    return [absence for name, absence in scene.absences.items() if (name in own) == (target == "own")]


def _days(ahead: int) -> dict[str, str]:
    first = (clock.now() + timedelta(ahead)).date()
    return {"first": first.isoformat(), "last": first.isoformat()}


def _clients(world: World, who: str, target: str) -> list[UUID]:
    """`foreign` is everybody else: of the planning office their own clients, and for a practitioner themselves."""
    own = {"anna": "anna", "bram": "anna", "carla": "dora", "dora": "dora"}.get(who, "")
    every = [member.person for name, member in world.people.items() if name != own]
    return {"own": [world.id(own)] if own else [], "foreign": every}.get(target) or [ids.new()]


def _groups(scene: Scene, who: str, target: str) -> list[UUID]:
    """`foreign` is somebody else's group, and any conversation of others."""
    if target == "own":
        return [scene.group]
    others = sorted(scene.all_conversations() - scene.conversations.get(who, set()))
    return {"foreign": others}.get(target) or [ids.new()]


def _teams(world: World, who: str, target: str) -> list[UUID]:
    own = {world.team(who)} if who in {"petra", "sem"} else set()
    every = {team.id for organisation in (world.organisation, world.elsewhere) for team in teams.of(organisation)}
    return {"own": sorted(own), "foreign": sorted(every - own)}.get(target) or [ids.new()]


def _replies(scene: Scene, who: str, target: str) -> list[tuple[UUID, UUID]]:
    """A team and a reply of it; foreign is another team's, also asked for under one's own."""
    if target == "own":
        return [(scene.world.team(who), scene.replies[who].pop())]
    team = scene.world.team(who) if who in scene.replies else ids.new()
    others = [(scene.world.team(name), name) for name in scene.replies if name != who]
    foreign = [(where, scene.replies[name][0]) for theirs, name in others for where in (theirs, team)]
    return foreign if target == "foreign" else [(team, ids.new())]


def _files(scene: Scene, who: str, operation: str, target: str) -> list[UUID]:
    """To open: what was sent where somebody takes part. To send: what they began themselves."""
    if target == "absent":
        return [ids.new()]
    if not operation.endswith(("/content", "/small", "/pages/{page}", "/text")):
        return [file for name, file in scene.begun.items() if (name == who) == (target == "own")]
    own, there = scene.conversations.get(who, set()), scene.documents if "{page}" in operation else scene.files
    sent = [file for conversation, file in there.items() if (conversation in own) == (target == "own")]
    return sent + [file for name, file in scene.begun.items() if target == "foreign" and name != who]


def _invitations(scene: Scene, who: str, target: str) -> list[UUID]:
    own = {"bram": ["bram"], "petra": ["petra", "pim"], "carla": ["carla"]}.get(who, [])
    names = {"own": own, "foreign": [name for name in scene.invitations if name not in own], "absent": []}[target]
    return [scene.invitations[name] for name in names] or [ids.new()]


def _conversations(scene: Scene, who: str, target: str) -> list[UUID]:
    own = scene.conversations.get(who, set())
    found = {"own": sorted(own)[:1], "foreign": sorted(scene.all_conversations() - own)}.get(target)
    return found or [ids.new()]


def _meet(scene: Scene, name: str, who: str) -> bool:
    return not scene.conversations[name].isdisjoint(scene.conversations[who])


def _outcome(answer: Answer) -> tuple[int, str]:
    code = answer.body.get("code", "") if isinstance(answer.body, dict) else ""
    return answer.status, code


def _expected(outcome: str) -> tuple[int, str]:
    status, _, code = outcome.partition(":")
    return (404 if status == "unusable" else int(status)), code or CODES.get(status, "")


def _seen(answer: Answer) -> tuple[object, ...]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers.pop("date")
    return answer.status, answer.raw, tuple(sorted(headers.items()))


def _newest_refusal(scene: Scene, who: str) -> tuple[object, ...]:
    """Its number in the log, why and of what it was, and from where; nothing of a stranger or where none is."""
    entries = AuditEntry.objects.filter(tag=Tag.REFUSED, actor=scene.world.id(who) if who else ids.NIL)
    return entries.order_by("-pk").values_list("pk", "reason", "object", "address").first() or ()


def _own_message(scene: Scene, who: str, conversation: UUID) -> int:
    """The number of somebody's newest message there; of any where they have none."""
    mine = Message.objects.filter(conversation_id=conversation, sender_id=scene.world.id(who), withdrawn_at=None)
    return mine.order_by("-seq").values_list("seq", flat=True).first() or 1


def _say(scene: Scene, who: str, socket: Socket, frame: str, conversation: UUID, count: int) -> list[str]:
    """What comes back, as it stands on the line, before the answer to a question that is asked right after it."""
    own = min(scene.conversations[who])
    more: dict[str, dict[str, Any]] = {
        "send": {"id": UUID(int=7), "body": "hallo"},
        "history": {"request": 1, "before": 100},
        "search": {"request": 2, "text": "van"},
        "forward": {"id": UUID(int=8), "source": own, "seq": 1},
        "changes": {"request": 1, "after": 0},
        "react": {"request": 1, "seq": 1, "reaction": "thanks"},
        "settle": {"request": 1, "seq": 1, "number": 1, "done": True},
        "edit": {"request": 1, "seq": _own_message(scene, who, conversation), "body": "anders"},
        "withdraw": {"request": 1, "seq": _own_message(scene, who, conversation)},
        "attending": {"attending": False},
        "start_call": {"request": 1},
        "join_call": {"request": 1},
        "end_call": {"request": 1},
        "admit_to_call": {"request": 1, "person": ids.new(), "admitted": True},
        "call_ready": {"alone": True},
        "call_tracks": {"microphone": True, "camera": True, "screen": False},
        "call_type": {"line": 1, "text": "hoi"},
        "signal": {"to": ids.new(), "data": "{}"},
        "sfu_publish": {"sdp": "v=0", "tracks": {}},
        "sfu_subscribed": {"sdp": "v=0"},
        "sfu_candidate": {"side": "publish", "candidate": ""},
        "ask_relay": {"request": 1},
        "received": {"seq": 1000},
        "read": {"seq": 1000},
    }
    if frame in {"received", "read"} and conversation == own:
        both = next(both for both, one in scene.world.conversations.items() if one == conversation)
        scene.world.send(next(name for name in both if name != who), conversation, "nog een")
    about = {} if frame in {"ping", "attending"} else {"conversation": conversation}
    if "call" in FRAMES[frame].__struct_fields__:
        about = {"call": scene.calls.get(conversation, ids.new())}
    if "device" in FRAMES[frame].__struct_fields__:
        about["device"] = UUID(int=9)
    socket.say(type=frame, **about, **more.get(frame, {}))
    answers = [str(socket.connection.recv(timeout=WAIT)) for _ in range(count)]
    socket.say(type="history", request=LAST, conversation=own, before=1)
    while not answers or f'"request":{LAST}' not in answers[-1]:
        answers.append(str(socket.connection.recv(timeout=WAIT)))
    return answers[:-1]
