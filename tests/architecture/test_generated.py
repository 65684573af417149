"""What is generated and committed is what the generator writes today."""

from __future__ import annotations

from scripts import generate_types


def test_the_web_apps_types_are_the_servers_own() -> None:
    committed = generate_types.TARGET.read_text()
    assert committed == generate_types.generate(), "the frames changed: run `make generate` and commit the result"
