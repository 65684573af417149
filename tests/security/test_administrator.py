"""An administrator reads no message: nothing that they are answered holds one, nor the title of a group, nor a note."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests import files
from tests.live import Browser
from tests.security.canaries import Aviary
from tests.world import World
from zorgmessenger.access import rules
from zorgmessenger.config.urls import api
from zorgmessenger.conversations import actions as conversations
from zorgmessenger.conversations import facts, groups
from zorgmessenger.origin import NOWHERE

Browse = Callable[..., Browser]


def test_no_answer_that_an_administrator_gets_holds_a_body_a_title_or_a_note(world: World, browse: Browse) -> None:
    aviary = Aviary()
    for (staff, client), conversation in world.conversations.items():
        for name in (staff, client):
            world.send(name, conversation, aviary.new(f"body of {name} in {staff} and {client}"))
    chosen = {world.id("anna"): (world["anna"], True)}
    group = groups.make(rules.may_make_group(world["bram"], chosen), aviary.new("title"), "leaf", NOWHERE)
    world.send("anna", group, aviary.new("body in a group"))
    planning = facts.one(world.conversations["petra", "anna"])
    notes = conversations.open_notes(rules.may_answer_for_team(world["petra"], planning.facts), NOWHERE)
    world.send("petra", notes, aviary.new("note"))
    ingrid, bram = browse("ingrid"), browse("bram")
    conversation = world.conversations["bram", "anna"]
    with bram.socket() as desk:
        file = files.upload(bram, conversation, aviary.new("file").encode(), f"{aviary.new('file name')}.txt")
        files.ready(desk, file)
        files.send(desk, conversation, file)
    answers = {}
    for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
        for name in ("bram", "petra") if "get" in methods else ():
            where = path.format(
                person=world.id(name),
                owner=world.id(name),
                conversation=world.conversations["bram", "anna"],
                team=world.team("petra"),
                client=world.id("anna"),
                organisation=world.organisation,
                file=file,
                page=1,
            )
            answers[f"GET {where}"] = ingrid.ask("GET", f"/api/v1{where}").raw
    everything = [*world.conversations.values(), group, notes]
    for number, conversation in enumerate(everything):
        for end in ("messages?before=100", "messages?limit=100"):
            answers[f"{number} {end}"] = ingrid.ask("GET", f"/api/v1/conversations/{conversation}/{end}").raw
    with ingrid.socket(have=dict.fromkeys(map(str, everything), 0)) as socket:
        answers["welcome"] = json.dumps(socket.welcome).encode()
        for number, conversation in enumerate(everything):
            socket.say(type="history", request=number, conversation=conversation, before=100)
            answers[f"history {number}"] = json.dumps(socket.hear("refused")).encode()
        successors = [
            {"conversation": str(world.conversations["bram", "anna"]), "colleague": str(world.id("fatima"))},
            {"conversation": str(group), "colleague": str(world.id("fatima"))},
        ]
        path = f"/api/v1/console/people/{world.id('bram')}/deactivate"
        gone = ingrid.ask("POST", path, {"successors": successors})
        assert gone.status == 200, gone
        answers["deactivated"] = gone.raw
        assert socket.silent(), "who hands over is told nothing of what is in it"
    assert b"Anna van Toneel" in answers[f"GET /console/people/{world.id('bram')}/leaving"]
    assert aviary.seen_in(answers) == []
