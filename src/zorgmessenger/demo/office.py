"""What the administrator of the demo finds: weeks of questions to the planning office, a welcome, an invitation."""

from __future__ import annotations

Asked = tuple[int, str, str, int, str]
"""Days ago, time of day, what the client asks, after how many minutes the answer comes, and what it is."""

QUESTIONS: dict[str, list[Asked]] = {
    "joris": [
        (16, "09:10", "Hoe laat is mijn eerste afspraak?", 25, "Donderdag om 11:00 uur. U krijgt ook een brief."),
        (15, "13:40", "Mag mijn zus mee naar het gesprek?", 40, "Ja hoor, dat mag altijd."),
        (14, "10:05", "Is er een plek om mijn fiets te zetten?", 12, "Ja, in de stalling naast de ingang."),
        (10, "08:50", "Kan de afspraak van donderdag een uur later?", 95, "Dat kan. Het wordt 12:00 uur."),
        (9, "15:20", "Moet ik de vragenlijst meenemen?", 33, "Graag, maar u mag hem ook hier invullen."),
        (8, "11:30", "Wie belt mij over de verwijzing?", 150, "Dat doet uw huisarts. Wij hebben de brief gevraagd."),
    ],
    "mei": [
        (16, "14:15", "Ik heb nog geen brief gekregen.", 60, "Wij hebben hem vandaag opnieuw verstuurd."),
        (15, "09:30", "Wanneer begint de groep?", 20, "Over twee weken, op maandag."),
        (11, "10:00", "Kan ik ook in de avond komen?", 75, "Ja, op dinsdag tot 20:00 uur."),
        (10, "16:10", "Hoe zeg ik een afspraak af?", 18, "Stuur ons hier een bericht, het liefst een dag van tevoren."),
        (9, "09:45", "Is het adres in de brief goed?", 45, "Ja, wij zitten op nummer 12."),
        (7, "13:05", "Dank u, dan kom ik vrijdag.", 10, "Tot vrijdag!"),
    ],
}
WELCOME = {
    "nl": "Fijn dat u er bent. Met de Zorg Messenger stelt u ons tussen de afspraken door een vraag.",
    "en": "Good to have you here. With the Zorg Messenger you can ask us a question between appointments.",
}
INVITED = ("Yusuf", "Kaya", "yusuf.kaya@voorbeeld.example")
