"""Every address that HTTP answers."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from ninja import NinjaAPI

from zorgmessenger.accounts.api import router as accounts
from zorgmessenger.accounts.http import answer_errors
from zorgmessenger.config import mailbox, webapp
from zorgmessenger.conversations.api import router as conversations
from zorgmessenger.invitations.api import router as invitations
from zorgmessenger.messages.api import router as messages

api = NinjaAPI(title="Zorg Messenger", version="1", docs_url=None, openapi_url=None, urls_namespace="api")
for router in (accounts, invitations, conversations, messages):
    api.add_router("", router)
answer_errors(api)

urlpatterns = [
    path("api/v1/", api.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("healthz", webapp.health),
    re_path(r"^(?!api/|_allauth/|assets/|demo/|static/).*$", webapp.index),
]
if settings.ZORG.demo:
    urlpatterns.insert(0, path("demo/mail", mailbox.page))
