"""The command `zorgmessenger`: serve, demo, migrate, organisation, keys, audit."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from zorgmessenger.errors import ConfigurationError


def main() -> None:
    """Runs one command; a set-up that does not hold ends it with the remedy on one line."""
    os.umask(0o077)  # what is written here is for this user alone
    parser = argparse.ArgumentParser(prog="zorgmessenger", description="Secure messenger for (mental) health care.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add(commands, "serve", "run the server", _serve)
    demo = _add(commands, "demo", "run a demo with made-up people; needs nothing", _demo)
    demo.add_argument("--port", type=int, default=8000)
    _add(commands, "migrate", "bring the database to this version", _migrate)
    organisation = _add(commands, "organisation", "found an organisation", _organisation)
    organisation.add_argument("what", choices=["create"])
    organisation.add_argument("name", help="what it is called")
    for name in ("first-name", "last-name", "email"):
        organisation.add_argument(f"--{name}", required=True, help="of its first administrator")
    keys = _add(commands, "keys", "the root keys", _keys)
    keys.add_argument("what", choices=["init", "generate", "rotate", "rewrap", "retire"])
    audit = _add(commands, "audit", "the audit log", _audit)
    audit.add_argument("what", choices=["verify"])
    arguments = parser.parse_args()
    try:
        with suppress(KeyboardInterrupt):
            arguments.run(arguments)
    except ConfigurationError as error:
        sys.exit(f"zorgmessenger: {error}")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str, run: Callable[..., None]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zorgmessenger.config.django"
    import django  # noqa: PLC0415  (each command loads only what it needs: starting is to be quick)

    django.setup()


def _serve(_: argparse.Namespace) -> None:
    from zorgmessenger.config.logs import set_up  # noqa: PLC0415
    from zorgmessenger.config.settings import load  # noqa: PLC0415

    settings = load()
    settings.check()
    _django()
    set_up(settings.log_level)
    from zorgmessenger.config.serve import serve  # noqa: PLC0415

    serve(settings, lambda port: print(f"Zorg Messenger: {settings.address} (port {port})", flush=True))


def _demo(arguments: argparse.Namespace) -> None:
    from zorgmessenger.demo.run import prepare, run  # noqa: PLC0415

    prepare(arguments.port)
    _django()
    run()


def _migrate(_: argparse.Namespace) -> None:
    _django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=1)


def _organisation(arguments: argparse.Namespace) -> None:
    _django()
    from zorgmessenger.console.founding import found  # noqa: PLC0415

    print(found(arguments.name, arguments.first_name, arguments.last_name, arguments.email))


def _keys(arguments: argparse.Namespace) -> None:
    from zorgmessenger.config import keys  # noqa: PLC0415

    if arguments.what in {"rotate", "rewrap", "retire"}:
        _django()
    print(getattr(keys, arguments.what)())


def _audit(_: argparse.Namespace) -> None:
    _django()
    from zorgmessenger.config.audit import verify  # noqa: PLC0415

    print(verify())


if __name__ == "__main__":
    main()
