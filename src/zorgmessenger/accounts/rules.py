"""The password rule and the shape of names, as pure functions.

PWD-1 At least 8 characters with a lower-case letter, an upper-case letter, a digit and a special character.
PWD-2 Not a common password, nor one that a Dutch list or the person's own data makes easy to guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MIN_LENGTH = 8
MAX_LENGTH = 128
MAX_NAME = 60
_OWN_LETTERS = 3

_DUTCH = frozenset(
    [
        "welkom",
        "wachtwoord",
        "geheim",
        "hallo",
        "zomer",
        "winter",
        "lente",
        "herfst",
        "herfts",
        "januari",
        "februari",
        "maart",
        "april",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "nederland",
        "holland",
        "amsterdam",
        "rotterdam",
        "utrecht",
        "denhaag",
        "eindhoven",
        "groningen",
        "feyenoord",
        "ajax",
        "psv",
        "oranje",
        "voetbal",
        "schatje",
        "liefde",
        "lekker",
        "poepie",
        "kanjer",
        "knuffel",
        "mama",
        "papa",
        "moeder",
        "vader",
        "zorg",
        "client",
        "behandelaar",
        "messenger",
        "patient",
        "therapie",
        "psycholoog",
        "qwerty",
        "azerty",
        "password",
        "admin",
        "login",
        "letmein",
        "test",
        "monkey",
        "dragon",
        "vakantie",
        "computer",
        "internet",
        "familie",
        "kinderen",
    ]
)
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "€": "e"}
)


def missing(password: str) -> list[str]:
    """What PWD-1 still asks of `password`: codes `length`, `lower`, `upper`, `digit`, `special`, `too_long`."""
    asks = {
        "length": len(password) < MIN_LENGTH,
        "lower": not any(c.islower() for c in password),
        "upper": not any(c.isupper() for c in password),
        "digit": not any(c.isdigit() for c in password),
        "special": not any(not c.isalnum() and not c.isspace() for c in password),
        "too_long": len(password) > MAX_LENGTH,
    }
    return [code for code, asked in asks.items() if asked]


def dutch_common(password: str) -> bool:
    """PWD-2: a Dutch everyday word, perhaps in disguise, with only digits and signs around it ("W3lkom01!")."""
    folded = unicodedata.normalize("NFKD", password.lower())
    if re.sub(r"[^a-z]", "", folded) in _DUTCH:
        return True
    return any(_stands_alone(word, folded, shown) for shown in (folded, folded.translate(_LEET)) for word in _DUTCH)


def _stands_alone(word: str, folded: str, shown: str) -> bool:
    start = shown.find(word)
    return start >= 0 and not any(c.isalpha() for c in folded[:start] + folded[start + len(word) :])


def made_of(password: str, known: Iterable[str]) -> bool:
    """PWD-2: little more than words that belong to the person ("Annavisser1!" for Anna Visser)."""
    letters = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", password.lower()))
    rest = letters
    for word in sorted(
        {part for name in known for part in re.findall(r"[a-z]{3,}", name.lower())}, key=len, reverse=True
    ):
        rest = rest.replace(word, "")
    return rest != letters and len(rest) < _OWN_LETTERS


# A full stop ends a word or an initial ("J.P. Jansen"): between longer words it would make an address of a name.
_IN_NAMES = frozenset(" '’.-\u2018\u2010\u2011")
_DOTTED_WORDS = re.compile(r"\.(?![\s-]|$|[^\W\d_]\.)")


def clean_name(name: str) -> str | None:
    """A name without odd spaces; None when it is empty, too long or holds more than a name does.

    Letters and marks of any language, spaces, apostrophes, hyphens and full stops: no digit and no link is a name.
    """
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    letters = sum(unicodedata.category(c)[0] == "L" for c in cleaned)
    others = any(unicodedata.category(c)[0] not in "LM" and c not in _IN_NAMES for c in cleaned)
    if not letters or others or len(cleaned) > MAX_NAME or _DOTTED_WORDS.search(cleaned):
        return None
    return cleaned


# The part before the @ as RFC 5322, 3.2.3 has it (dot-atom): no signs that look like others, nothing mail cannot carry.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


def clean_address(address: str) -> str | None:
    """An e-mail address in lower case; None when it is none. Line breaks and header tricks never pass."""
    cleaned = address.strip().lower()
    return cleaned if len(cleaned) <= 254 and _ADDRESS.fullmatch(cleaned) else None  # noqa: PLR2004  (RFC 5321, 4.5.3.1.3)
