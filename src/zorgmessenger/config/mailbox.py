"""The local mailbox: what would have been sent, on a page of the demo. No other installation has this page."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from zorgmessenger.delivery import outbox
from zorgmessenger.delivery.mail import FOOT_MARK, Mail
from zorgmessenger.texts import text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_STYLE = (
    "body{margin:0;padding:24px;background:#f4f7f5;color:#1d2b24;font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:640px;margin:0 auto}h1{font-size:24px}h2{font-size:18px;margin:0 0 4px}"
    "article{background:#fff;border:1px solid #d5dfd9;border-radius:12px;padding:24px;margin:0 0 20px}"
    ".foot{color:#54645b;margin:24px 0 0;font-size:14px}.to{color:#54645b;margin:0 0 16px;font-size:14px}"
    ".to span{white-space:nowrap}"
    "a.action{display:inline-block;padding:12px 24px;border-radius:8px;background:#0b6b3a;color:#fff;"
    "font-weight:bold;text-decoration:none}"
)
_PAGE = (
    '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1><p>{about}</p>{body}</main></body></html>"
)
_ARTICLE = '<article><h2>{subject}</h2><p class="to">{to} · <span>{when}</span></p>{parts}</article>'


def page(_request: HttpRequest) -> HttpResponse:
    """All mail in the mailbox, newest first."""
    body = "".join(_article(when.astimezone(ZoneInfo("Europe/Amsterdam")), mail) for when, mail in outbox.kept())
    html = _PAGE.format(
        title=escape(text("mailbox.title")),
        about=escape(text("mailbox.about")),
        style=_STYLE,
        body=body or f"<p>{escape(text('mailbox.empty'))}</p>",
    )
    return HttpResponse(html, headers={"Content-Security-Policy": _POLICY})


def _article(when: datetime, mail: Mail) -> str:
    parts = "".join(_block(block) for block in mail.plain.split("\n\n"))
    return _ARTICLE.format(subject=escape(mail.subject), to=escape(mail.to), when=f"{when:%d-%m-%Y %H:%M}", parts=parts)


def _block(block: str) -> str:
    label, _, link = block.partition(":\n")
    if link.startswith("http"):
        return f'<p><a class="action" href="{escape(link)}">{escape(label)}</a></p>'
    foot = block.removeprefix(FOOT_MARK)
    return f"<p>{escape(block)}</p>" if foot == block else f'<p class="foot">{escape(foot)}</p>'
