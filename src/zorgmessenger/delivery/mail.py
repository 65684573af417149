"""What a mail looks like: plain text and HTML from the same texts of the catalogue, with one green button.

A template `name` is a run of catalogue texts: `mail.<name>.subject`, `.1`, `.2` … and, where there is a link,
`.button`. Values are put in as text; nothing a person typed but names ever goes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from zorgmessenger.texts import catalogue, text


@dataclass(frozen=True)
class Mail:
    """A mail that is ready to go."""

    to: str
    subject: str
    plain: str
    html: str


def compose(to: str, name: str, language: str, values: dict[str, str]) -> Mail:
    """Fills in the template `name`; `values['link']` is where the button leads."""
    texts = catalogue(language)
    keys = [f"mail.{name}.{number}" for number in range(1, 10) if f"mail.{name}.{number}" in texts]
    flat = {key: " ".join(value.split()) for key, value in values.items()}
    subject = text(f"mail.{name}.subject", language, **flat)
    paragraphs = [text(key, language, **flat) for key in keys]
    link = values.get("link", "")
    button = text(f"mail.{name}.button", language) if link else ""
    foot = text("mail.foot", language)
    return Mail(to, subject, _plain(paragraphs, button, link, foot), _html(language, subject, paragraphs, button, link, foot))


def _plain(paragraphs: list[str], button: str, link: str, foot: str) -> str:
    action = [f"{button}:\n{link}"] if link else []
    return "\n\n".join([paragraphs[0], *action, *paragraphs[1:], "-- \n" + foot]) + "\n"


def _html(language: str, subject: str, paragraphs: list[str], button: str, link: str, foot: str) -> str:
    style = "margin:0 0 16px;font:16px/1.5 Arial,sans-serif;color:#1d2b24"
    first, *rest = (f'<p style="{style}">{escape(paragraph)}</p>' for paragraph in paragraphs)
    action = (
        f'<p style="margin:24px 0"><a href="{escape(link)}" style="display:inline-block;padding:14px 28px;border-radius:8px;'
        f'background:#0b6b3a;color:#ffffff;font:bold 16px Arial,sans-serif;text-decoration:none">{escape(button)}</a></p>'
        if link
        else ""
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
        '<body style="margin:0;padding:24px;background:#f4f7f5"><div style="max-width:560px;margin:0 auto;padding:32px;'
        f'background:#ffffff;border-radius:12px">{first}{action}{"".join(rest)}'
        f'<p style="margin:24px 0 0;font:13px/1.5 Arial,sans-serif;color:#54645b">{escape(foot)}</p></div></body></html>'
    )


class RefuseAllBackend(BaseEmailBackend):
    """Django's mail back-end for everything that does not go through the outbox: there is to be no such mail."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]
        """Refuses.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(f"{len(email_messages)} mail(s) not sent through the outbox")
