"""The made-up people of the demo."""

from __future__ import annotations

from dataclasses import dataclass

from zorgmessenger.access.facts import Role

ORGANISATION = "Praktijk De Linde"
ACCENT = "#4a6b12"
PASSWORD = "Zonnebloem-42"  # noqa: S105  (the demo's, printed at its start)


@dataclass(frozen=True)
class Made:
    """Somebody of the demo."""

    key: str
    first_name: str
    last_name: str
    role: Role
    title: str

    @property
    def email(self) -> str:
        """Where they sign in."""
        return f"{self.key}@delinde.example"


PEOPLE = [
    Made("bram", "Bram", "de Vries", Role.PRACTITIONER, "behandelaar"),
    Made("fatima", "Fatima", "El Amrani", Role.PRACTITIONER, "behandelaar"),
    Made("petra", "Petra", "Jansen", Role.PLANNER, "planbureau"),
    Made("sem", "Sem", "Bakker", Role.SUPPORT, "cliëntensupport"),
    Made("ingrid", "Ingrid", "Mulder", Role.ADMINISTRATOR, "beheerder"),
    Made("vera", "Vera", "Hendriks", Role.PRIVACY_OFFICER, "functionaris gegevensbescherming"),
    Made("anna", "Anna", "Visser", Role.CLIENT, "cliënt"),
    Made("joris", "Joris", "van Dijk", Role.CLIENT, "cliënt"),
    Made("mei", "Mei", "Chen", Role.CLIENT, "cliënt"),
]

signs = [(one.email, f"{one.first_name} {one.last_name}", one.title) for one in PEOPLE]
