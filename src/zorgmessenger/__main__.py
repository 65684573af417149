"""The command `zorgmessenger`: serve, demo, migrate, organisation, keys, audit, mail."""

from __future__ import annotations

import argparse
import getpass
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
    _add_organisation(commands)
    keys = _add(commands, "keys", "the root keys", _keys)
    keys.add_argument("what", choices=["init", "generate", "rotate", "rewrap", "retire"])
    audit = _add(commands, "audit", "the audit log", _audit)
    audit.add_argument("what", choices=["verify"])
    mail = _add(commands, "mail", "take in a mail that came back; a mail server hands it over", _mail)
    mail.add_argument("what", choices=["bounced"])
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


def _add_organisation(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    of = commands.add_parser("organisation", help="found an organisation, or set its sign-on up")
    whats = of.add_subparsers(required=True, metavar="what")
    create = _add(whats, "create", "found an organisation", _organisation)
    create.add_argument("name", help="what it is called")
    for name in ("first-name", "last-name", "email"):
        create.add_argument(f"--{name}", required=True, help="of its first administrator")
    sign_on = _add(whats, "sign-on", "the organisation's own sign-on (OpenID Connect)", _sign_on)
    sign_on.add_argument("organisation", help="its id or its name")
    sign_on.add_argument("what", choices=["set", "show", "off"])
    sign_on.add_argument("--issuer", default="", help="the provider's address, as its own document has it")
    sign_on.add_argument("--client-id", default="", help="what we are called there; the secret is asked")
    for name, about in _REPEATED.items():
        sign_on.add_argument(f"--{name}", action="append", default=[], help=f"{about}; may be repeated")
    sign_on.add_argument("--groups-claim", default="groups", help="the claim that holds somebody's groups")
    sign_on.add_argument("--asks-second-factor", action="store_true", help="the provider asks one itself")


_REPEATED = {
    "domain": "of the mail addresses that the organisation answers for",
    "staff-group": "who is in it is a practitioner",
    "planner-group": "who is in it is of the planning office",
    "support-group": "who is in it is of client support",
    "administrator-group": "who is in it is an administrator",
    "privacy-group": "who is in it is a privacy officer",
    "team": "GROUP=Team name: who is in the group answers for the team",
    "scope": "what is asked for; offline_access among it (usual: profile email offline_access)",
}


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


def _sign_on(arguments: argparse.Namespace) -> None:
    _django()
    from zorgmessenger.access.facts import Role  # noqa: PLC0415
    from zorgmessenger.signon import setting_up  # noqa: PLC0415

    if arguments.what != "set":
        print((setting_up.show if arguments.what == "show" else setting_up.switch_off)(arguments.organisation))
        return
    groups = {
        Role.PRACTITIONER: arguments.staff_group,
        Role.PLANNER: arguments.planner_group,
        Role.SUPPORT: arguments.support_group,
        Role.ADMINISTRATOR: arguments.administrator_group,
        Role.PRIVACY_OFFICER: arguments.privacy_group,
    }
    wanted = setting_up.Wanted(
        arguments.issuer,
        arguments.client_id,
        _secret("The client's secret: "),
        arguments.domain,
        groups,
        arguments.team,
        arguments.scope,
        arguments.groups_claim,
        arguments.asks_second_factor,
    )
    print(setting_up.switch_on(arguments.organisation, wanted))


def _secret(prompt: str) -> str:
    """What nobody may read in a list of commands: from the keyboard, unseen, or from standard input."""
    return (getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def _keys(arguments: argparse.Namespace) -> None:
    from zorgmessenger.config import keys  # noqa: PLC0415

    if arguments.what in {"rotate", "rewrap", "retire"}:
        _django()
    print(getattr(keys, arguments.what)())


def _audit(_: argparse.Namespace) -> None:
    _django()
    from zorgmessenger.config.audit import verify  # noqa: PLC0415

    print(verify())


def _mail(_: argparse.Namespace) -> None:
    """Ends with 0, or with 75 (`sysexits.h`) where trying again may help: on another status the mail would go back."""
    from zorgmessenger.delivery import bounces  # noqa: PLC0415

    try:
        token = bounces.read_token(sys.stdin.buffer)
        _django()
        from zorgmessenger.accounts import undeliverable  # noqa: PLC0415

        undeliverable.note_returned(token)
    except bounces.NoBounce as error:
        print(f"zorgmessenger: nothing is noted: {error}", file=sys.stderr)
    except Exception as error:  # noqa: BLE001  (a mail that a fault of ours stopped is handed over again)
        what = error if isinstance(error, ConfigurationError) else type(error).__name__
        print(f"zorgmessenger: nothing is noted yet: {what}", file=sys.stderr)
        sys.exit(os.EX_TEMPFAIL)


if __name__ == "__main__":
    main()
