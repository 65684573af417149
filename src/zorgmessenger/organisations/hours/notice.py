"""What an organisation says to its clients about emergencies and when it is closed, in both languages.

What is empty is said in the words of the catalogue.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import dates
from django.utils.translation import override
from msgspec import Struct

from zorgmessenger.organisations.hours import opening
from zorgmessenger.texts import text


class Phone(Struct, frozen=True):
    """A telephone number to call instead, and whose it is."""

    name: str
    number: str


class Words(Struct, frozen=True):
    """By language the notice and the automatic reply; the numbers; whether there is an automatic reply at all."""

    notice: dict[str, str] = {}
    phones: tuple[Phone, ...] = ()
    reply: dict[str, str] = {}
    replies: bool = True


def reply(words: Words, who: opening.Who, at: datetime, language: str) -> str:
    """The automatic reply to a message of `at`: thanks, when an answer may be expected, and the notice."""
    thanks = words.reply.get(language) or text("reply.thanks", language)
    return "\n\n".join([thanks, expected(who, at, language), notice(words, language)])


def notice(words: Words, language: str) -> str:
    """The notice with its numbers, as plain text."""
    said = words.notice.get(language) or text("reply.notice", language)
    return "\n".join([said, *(f"{phone.name}: {phone.number}" for phone in words.phones)])


def expected(who: opening.Who, at: datetime, language: str) -> str:
    """From when on an answer may be expected; the date is told whole, since it may be read days later."""
    moment = opening.next_opening(who, at)
    if moment is None:
        return text("reply.later", language)
    here = moment.astimezone(opening.zone(who[0].zone))
    with override(language):
        weekday, month = str(dates.WEEKDAYS[here.weekday()]), str(dates.MONTHS[here.month])
    return text("reply.expected", language, day=f"{weekday} {here.day} {month}", time=f"{here.hour}:{here:%M}")
