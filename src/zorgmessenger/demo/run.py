"""Runs the demo: makes keys, database and people where they are not there yet, starts the server, says whom to be."""

from __future__ import annotations

import os

from zorgmessenger.config.settings import load
from zorgmessenger.crypto import roots
from zorgmessenger.errors import ConfigurationError


def prepare(port: int) -> None:
    """Sets the environment of a demo and makes its root key.

    Raises:
        ConfigurationError: this is a production environment, or one that others can reach.
    """
    if os.environ.get("ZORG_ENVIRONMENT", "demo") != "demo":
        raise ConfigurationError("the demo never runs as production; unset ZORG_ENVIRONMENT")
    os.environ.setdefault("ZORG_DATA_DIR", "var/demo")
    os.environ.update(
        ZORG_ENVIRONMENT="demo", ZORG_PORT=str(port), ZORG_LOG_LEVEL=os.environ.get("ZORG_LOG_LEVEL", "WARNING")
    )
    settings = load()
    settings.check()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.root_keys and not settings.key_file.lines():
        settings.key_file.write([roots.generate()])


def run() -> None:
    """Loads the demo organisation and serves it."""
    from django.core.management import call_command  # noqa: PLC0415  (needs Django set up)

    from zorgmessenger.config import made_up  # noqa: PLC0415
    from zorgmessenger.config.logs import set_up  # noqa: PLC0415
    from zorgmessenger.config.serve import serve  # noqa: PLC0415
    from zorgmessenger.demo import people, story  # noqa: PLC0415

    settings = load()
    set_up(settings.log_level)
    made_up.check()
    call_command("migrate", interactive=False, verbosity=0)
    if not made_up.is_marked():
        print("Making the demo organisation …", flush=True)
        story.tell()
    serve(settings, lambda port: print(_welcome(settings.address, port, people.signs), flush=True))


def _welcome(address: str, port: int, signs: list[tuple[str, str, str]]) -> str:
    address = address if not address.endswith(":0") else f"http://127.0.0.1:{port}"
    lines = [f"    {email:<32} {who:<18} {role}" for email, who, role in signs]
    return "\n".join(
        [
            "",
            f"  Zorg Messenger runs at   {address}",
            f"  Its mailbox is at        {address}/demo/mail",
            "",
            "  Sign in as (password of all: Zonnebloem-42):",
            *lines,
            "",
            "  Stop with Ctrl+C. These people are made up; do not use the demo for real care.",
            "",
        ]
    )
