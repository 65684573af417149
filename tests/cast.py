"""The people of the tests, named alike everywhere.

Bram and Fatima (practitioners), Petra and Pim (planning office), Sem (client support), Ingrid (administrator), Vera
(privacy officer) and the clients Anna (Bram's) and Joris (Fatima's) belong to De Linde. Carla (practitioner) and her
client Dora are of another organisation: the outsiders.
"""

from __future__ import annotations

from zorgmessenger.access.facts import Role

PASSWORD = "Zonnebloem-42"
ROLES = {
    "bram": Role.PRACTITIONER,
    "fatima": Role.PRACTITIONER,
    "petra": Role.PLANNER,
    "pim": Role.PLANNER,
    "sem": Role.SUPPORT,
    "ingrid": Role.ADMINISTRATOR,
    "vera": Role.PRIVACY_OFFICER,
    "anna": Role.CLIENT,
    "joris": Role.CLIENT,
}
OUTSIDERS = {"carla": Role.PRACTITIONER, "dora": Role.CLIENT}
CARE = [("bram", "anna"), ("fatima", "joris"), ("petra", "anna"), ("carla", "dora")]


def address_of(name: str) -> str:
    """Where somebody of the cast gets mail."""
    return f"{name}@cast.example"
