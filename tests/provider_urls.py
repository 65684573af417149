"""What `tests.provider` serves: allauth's provider, a page to sign in, and what a test tells it."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.contrib.auth import login
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import include, path

from tests.provider import CLIENT, SECRET

_FORM = '<!doctype html><title>De Linde</title><form method="post"><label>Naam <input name="name"></label></form>'
_asked = {"token": 0}


class Adapter(DefaultOIDCAdapter):
    """allauth's, which tells the groups as well."""

    def get_claims(self, *about: Any, **more: Any) -> dict[str, Any]:
        """With the claim `groups`."""
        user: Any = about[1]
        groups = list(user.groups.order_by("name").values_list("name", flat=True))
        return {**super().get_claims(*about, **more), "groups": groups}

    def populate_id_token(self, *_: Any, **__: Any) -> None:
        """Counts what was answered."""
        _asked["token"] += 1


def enter(request: HttpRequest) -> HttpResponse:
    """Signs in whoever one says to be."""
    if request.method != "POST":
        return HttpResponse(_FORM)
    user: Any = User.objects.get(username=request.POST["name"])
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(request.GET.get("next", "/"))


def control(request: HttpRequest) -> JsonResponse:
    """What is so from now on."""
    told = json.loads(request.body)
    if "redirect" in told:
        client = Client(id=CLIENT, name="Zorg Messenger", skip_consent=True)
        client.set_scopes(["openid", "profile", "email", "offline_access"])
        client.set_grant_types([Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN])
        client.set_redirect_uris([told["redirect"]])
        client.set_secret(SECRET)
        client.save()
    if "name" in told:
        user: Any
        user, new = User.objects.get_or_create(username=told["name"])
        if new:
            user.first_name, user.last_name = told["name"].capitalize(), "van Toneel"
            EmailAddress.objects.create(user=user, email=told["email"], verified=True, primary=True)
        user.is_active = told.get("active", True)
        user.save()
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in told.get("groups", ())])
    return JsonResponse(_asked)


urlpatterns = [
    path("enter", enter),
    path("control", control),
    path("", include("allauth.idp.urls")),
]
