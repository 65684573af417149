"""Every address that HTTP answers."""

from __future__ import annotations

from allauth.headless.account import views as sign_in
from allauth.headless.constants import Client
from django.conf import settings
from django.urls import path, re_path
from ninja import NinjaAPI

from zorgmessenger.accounts import second_step
from zorgmessenger.accounts.api import router as accounts
from zorgmessenger.accounts.app_lock_api import router as app_lock
from zorgmessenger.accounts.app_lock_sensor_api import router as app_lock_sensor
from zorgmessenger.accounts.devices_api import router as devices
from zorgmessenger.accounts.doors import door
from zorgmessenger.accounts.http import answer_errors
from zorgmessenger.accounts.own_password_api import router as own_password
from zorgmessenger.accounts.passkeys_api import router as passkeys
from zorgmessenger.accounts.refusals import find_by
from zorgmessenger.availability.api import router as availability
from zorgmessenger.calls.api import router as calls
from zorgmessenger.config import mailbox, webapp
from zorgmessenger.config.refusals import about
from zorgmessenger.console.api import router as console
from zorgmessenger.console.call_api import router as console_calls
from zorgmessenger.console.file_api import router as console_files
from zorgmessenger.console.invitation_api import router as console_invitations
from zorgmessenger.console.look_api import router as console_look
from zorgmessenger.console.second_factor_api import router as console_second_factor
from zorgmessenger.console.team_api import router as console_teams
from zorgmessenger.conversations.api import router as conversations
from zorgmessenger.conversations.group_api import router as groups
from zorgmessenger.conversations.group_name_api import router as group_names
from zorgmessenger.conversations.mute_api import router as mutes
from zorgmessenger.files.api import router as files
from zorgmessenger.files.group_pictures import router as group_pictures
from zorgmessenger.files.listing_api import router as file_list
from zorgmessenger.files.page_api import router as file_pages
from zorgmessenger.files.saving_api import router as saved_files
from zorgmessenger.invitations.api import router as invitations
from zorgmessenger.messages.api import router as messages
from zorgmessenger.messages.documents_api import router as documents
from zorgmessenger.notifications.api import router as notifications
from zorgmessenger.organisations.api import router as organisations
from zorgmessenger.organisations.break_glass_api import router as break_glass
from zorgmessenger.organisations.factor_recovery_api import router as factor_recovery
from zorgmessenger.organisations.second_factor_api import router as second_factor
from zorgmessenger.plans.api import router as plans
from zorgmessenger.signon.api import router as sign_on
from zorgmessenger.signon.console_api import router as console_sign_on

api = NinjaAPI(title="Zorg Messenger", version="1", docs_url=None, openapi_url=None, urls_namespace="api")
for router in (
    accounts,
    own_password,
    devices,
    passkeys,
    app_lock,
    app_lock_sensor,
    second_factor,
    factor_recovery,
    organisations,
    invitations,
    conversations,
    groups,
    messages,
    availability,
    break_glass,
    plans,
):
    api.add_router("", router)
for router in (calls, group_names, documents, files, file_list, file_pages, saved_files, group_pictures):
    api.add_router("", router)
for router in (mutes, notifications, sign_on):
    api.add_router("", router)
for router in (
    console,
    console_invitations,
    console_teams,
    console_look,
    console_files,
    console_calls,
    console_second_factor,
    console_sign_on,
):
    api.add_router("", router)
answer_errors(api)
find_by(about)

# Of allauth's addresses only those that the app uses: by others an address would be added without the mailbox being
# shown, or a password be guessed and changed past our limits and the log.
_ALLAUTH = "_allauth/browser/v1/auth/"
_SIGN_IN = {
    "session": sign_in.SessionView,
    "login": sign_in.LoginView,
    "reauthenticate": sign_in.ReauthenticateView,
    "2fa/authenticate": second_step.StepView,
    "2fa/reauthenticate": second_step.AgainView,
    "password/request": sign_in.RequestPasswordResetView,
    "password/reset": sign_in.ResetPasswordView,
}

handler500 = "zorgmessenger.config.http.server_error"
urlpatterns = [
    path("api/v1/", api.urls),
    *(path(_ALLAUTH + end, door(view.as_api_view(client=Client.BROWSER))) for end, view in _SIGN_IN.items()),
    path("healthz", webapp.health),
    re_path(r"^(?!api/|_allauth/|assets/|demo/|static/).*$", webapp.index),
]
if settings.ZORG.demo:
    urlpatterns.insert(0, path("demo/mail", mailbox.page))
