"""What a mail looks like: plain text and HTML from the same texts of the catalogue, with one green button.

A template `name` is a run of catalogue texts: `mail.<name>.subject`, `.1`, `.2` … and, where there is a link,
`.button`. Values are put in as text. Nothing that is typed for a mail goes in, the name of who gets it
neither: the names in it are those by which sender and organisation are known here. An introduction is what an
organisation says in its own words, the same in all its mails.
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


@dataclass(frozen=True)
class _Parts:
    language: str
    subject: str
    paragraphs: list[str]
    button: str
    link: str
    foot: str


FOOT_MARK = "-- \n"
"""What stands above the foot in plain text (RFC 3676, section 4.3)."""

_PARAGRAPH = '<p style="margin:0 0 16px;font:16px/1.5 Arial,sans-serif;color:#1d2b24">{text}</p>'
_BUTTON = (
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:14px 28px;border-radius:8px;'
    'background:#0b6b3a;color:#ffffff;font:bold 16px Arial,sans-serif;text-decoration:none">{label}</a></p>'
)
_HTML = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>'
    '<body style="margin:0;padding:24px;background:#f4f7f5"><div style="max-width:560px;margin:0 auto;padding:32px;'
    'background:#ffffff;border-radius:12px">{body}'
    '<p style="margin:24px 0 0;font:13px/1.5 Arial,sans-serif;color:#54645b">{foot}</p></div></body></html>'
)


def compose(to: str, name: str, language: str, values: dict[str, str], introduction: str = "") -> Mail:
    """Fills in the template `name`; `values['link']` is where the button leads, `introduction` a paragraph of text."""
    texts = catalogue(language)
    keys = [f"mail.{name}.{number}" for number in range(1, 10) if f"mail.{name}.{number}" in texts]
    flat = {key: " ".join(value.split()) for key, value in values.items()}
    link = values.get("link", "")
    first, *rest = [text(key, language, **flat) for key in keys]
    said = " ".join(introduction.split())
    parts = _Parts(
        language=language,
        subject=text(f"mail.{name}.subject", language, **flat),
        paragraphs=[first, *([said] if said else []), *rest],
        button=text(f"mail.{name}.button", language) if link else "",
        link=link,
        foot=text("mail.foot", language),
    )
    return Mail(to, parts.subject, _plain(parts), _html(parts))


def _plain(mail: _Parts) -> str:
    action = [f"{mail.button}:\n{mail.link}"] if mail.link else []
    return "\n\n".join([mail.paragraphs[0], *action, *mail.paragraphs[1:], FOOT_MARK + mail.foot]) + "\n"


def _html(mail: _Parts) -> str:
    first, *rest = (_PARAGRAPH.format(text=escape(paragraph)) for paragraph in mail.paragraphs)
    action = _BUTTON.format(link=escape(mail.link), label=escape(mail.button)) if mail.link else ""
    body = f"{first}{action}{''.join(rest)}"
    return _HTML.format(language=mail.language, subject=escape(mail.subject), body=body, foot=escape(mail.foot))


class RefuseAllBackend(BaseEmailBackend):
    """Django's mail back-end for everything that does not go through the outbox: there is to be no such mail."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]
        """Refuses.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(f"{len(email_messages)} mail(s) not sent through the outbox")
