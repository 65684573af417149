"""The safety plan that Anna made with Bram, in two sittings."""

from __future__ import annotations

from msgspec.structs import replace

from zorgmessenger.access import rules
from zorgmessenger.access.facts import Member
from zorgmessenger.origin import NOWHERE
from zorgmessenger.plans import actions
from zorgmessenger.plans.rules import Contact, SafetyPlan

_FIRST = SafetyPlan(
    green_signs="Ik slaap zeven uur of meer. Ik heb zin om af te spreken. Mijn zus merkt dat ik grapjes maak.",
    green_own="Elke dag een half uur wandelen.\nMijn dagboek bijhouden, ook al is het één zin.",
    green_others="Gewoon gezellig doen. Het hoeft niet steeds over mij te gaan.",
    orange_signs=(
        "Ik slaap slecht en lig lang te piekeren. Ik zeg afspraken af.\nLotte merkt dat ik kortaf ben en niet terugbel."
    ),
    orange_own=(
        "Op tijd naar bed, telefoon in de keuken.\nToch gaan wandelen, het liefst met iemand."
        "\nBram een bericht sturen dat het minder gaat."
    ),
    orange_others="Lotte belt mij elke avond even. Joost vraagt of ik meega naar buiten.",
    red_signs="Ik kom niet meer uit bed. Ik eet bijna niet. Ik denk dat het voor iedereen beter is als ik er niet ben.",
    red_own="Niet alleen blijven: ik bel Lotte of ga naar haar toe.\nIk bel de praktijk of de huisartsenpost.",
    red_others="Bij mij blijven, ook als ik zeg dat het niet hoeft.\nSamen met mij bellen.",
    people=(Contact("Lotte, mijn zus", "06 00 00 00 01"), Contact("Joost, de buurman", "06 00 00 00 02")),
    helps="Rustig praten. Thee. Samen naar buiten. Muziek van vroeger.",
    hinders="Dat iemand zegt dat het wel meevalt. Veel mensen tegelijk.",
)
_AGREEMENTS = (
    "Gaat het minder goed, dan stuur ik Bram een bericht. Hij belt mij op de eerste werkdag daarna."
    "\nWe lezen dit plan elke drie maanden samen door."
)


def make(anna: Member, bram: Member) -> None:
    """Saves it as both would: Anna what she wrote, then Bram what they agreed on."""
    mine = rules.may_write_plan(anna, anna, care_relation=False)
    first = actions.save(mine, 0, _FIRST, NOWHERE)
    together = rules.may_write_plan(bram, anna, care_relation=True)
    actions.save(together, first.version, replace(_FIRST, agreements=_AGREEMENTS), NOWHERE)
