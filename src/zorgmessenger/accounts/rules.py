"""The password rule and the shape of names, as pure functions.

PWD-1 At least 8 characters with a lower-case letter, an upper-case letter, a digit and a special character.
PWD-2 Not a common password, nor one that a Dutch list or the person's own data makes easy to guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from math import inf

MIN_LENGTH = 8
MAX_LENGTH = 128
MAX_NAME = 60
_OWN_LETTERS = 3

_SHORTEST_WORD = 3
_MOST_WORDS = 2
_SIGNS = "034578@$!€+"
_LEET = [str.maketrans(f"{_SIGNS}1", f"oeastbasiet{one}") for one in "il"]
"""What signs and digits may stand for; a 1 for an i or an l."""


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


def everyday(password: str, words: Collection[str]) -> bool:
    """PWD-2: one or two everyday words, perhaps in disguise, with only digits and signs around ("W3lkom-thuis01!").

    So is anything said twice ("Blafblaf1!"). Three words or more are a passphrase.
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", password.lower()) if not unicodedata.combining(c))
    letters = re.sub(r"[^a-z]", "", folded)
    half = len(letters) // 2
    if half >= _SHORTEST_WORD and letters == letters[:half] * 2:
        return True
    disguised = [(folded.translate(table), folded) for table in _LEET]
    return any(_covered(*both, words) for both in [(letters, letters), (folded, folded), *disguised])


def _covered(shown: str, folded: str, words: Collection[str]) -> bool:
    """Whether `shown` is at most so many words, and what is not in them no letter in `folded`."""
    longest = max(map(len, words), default=0)
    fewest: list[float] = [0, *[inf] * len(shown)]
    for place in range(len(shown)):
        used = fewest[place]
        if not folded[place].isalpha():
            fewest[place + 1] = min(fewest[place + 1], used)
        for end in range(place + _SHORTEST_WORD, min(place + longest, len(shown)) + 1):
            if used < _MOST_WORDS and shown[place:end] in words:
                fewest[end] = min(fewest[end], used + 1)
    return 0 < fewest[-1] <= _MOST_WORDS


def made_of(password: str, known: Iterable[str]) -> bool:
    """PWD-2: little more than words that belong to the person ("Annavisser1!" for Anna Visser)."""
    letters = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", password.lower()))
    rest = letters
    for word in sorted(
        {part for name in known for part in re.findall(r"[a-z]{3,}", name.lower())}, key=len, reverse=True
    ):
        rest = rest.replace(word, "")
    return rest != letters and len(rest) < _OWN_LETTERS


def words_of(name: str) -> set[str]:
    """The words in a name, as `everyday` compares them, and all of it as one."""
    folded = unicodedata.normalize("NFKD", name.lower())
    found = re.findall(r"[a-z]+", "".join(c for c in folded if not unicodedata.combining(c)))
    return {word for word in (*found, "".join(found)) if len(word) >= _SHORTEST_WORD}


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
