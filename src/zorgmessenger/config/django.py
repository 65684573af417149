"""Django's settings module, made from ours."""

from __future__ import annotations

import hashlib
from typing import Any

from zorgmessenger.config.settings import load
from zorgmessenger.config.webapp import FOLDER
from zorgmessenger.errors import ConfigurationError

ZORG = load()
ZORG_ROOT_SOURCE = ZORG.root_source
ZORG_FILES = ZORG.file_place
ZORG_SCANNER = ZORG.scanner_address
ZORG_TURN = ZORG.turn_server
ZORG_JANUS = ZORG.janus_server

if not (_root_keys := ZORG.root_source.read()):
    raise ConfigurationError("there is no root key; run: zorgmessenger keys init (or set ZORG_ROOT_KEYS)")
SECRET_KEY, *SECRET_KEY_FALLBACKS = [hashlib.sha256(b"django" + key.material).hexdigest() for key in _root_keys]
DEBUG = False
ALLOWED_HOSTS = [ZORG.address.split("//", 1)[1].split(":")[0], *(() if ZORG.secure else ("127.0.0.1", "localhost"))]
ROOT_URLCONF = "zorgmessenger.config.urls"
WSGI_APPLICATION = None
INSTALLED_APPS = [
    "zorgmessenger.crypto",
    "zorgmessenger.audit",
    "zorgmessenger.delivery",
    "zorgmessenger.accounts",
    "zorgmessenger.organisations",
    "zorgmessenger.conversations",
    "zorgmessenger.files",
    "zorgmessenger.messages",
    "zorgmessenger.invitations",
    "zorgmessenger.calls",
    "zorgmessenger.plans",
    "zorgmessenger.notifications",
    "zorgmessenger.signon",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zorgmessenger.config.http.clear_answers",
    "zorgmessenger.config.sign_on.Door",
    "zorgmessenger.config.devices.note_devices",
    "zorgmessenger.config.app_lock.Door",
    "zorgmessenger.config.second_factor.Door",
]
TEMPLATES: list[dict[str, Any]] = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": ZORG.django_database()}
MIGRATION_MODULES = {
    "account": "zorgmessenger.accounts.allauth_migrations",
    "mfa": "zorgmessenger.accounts.mfa_migrations",
}
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["zorgmessenger.accounts.passwords.BoundedArgon2"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "zorgmessenger.accounts.passwords.PasswordRule"}]
PASSWORD_RESET_TIMEOUT = 60 * 60

SESSION_ENGINE = "zorgmessenger.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ZORG.secure
SESSION_COOKIE_NAME = "__Host-session" if ZORG.secure else "session"
ZORG_DEVICE_COOKIE = "__Host-device" if ZORG.secure else "device"
CSRF_COOKIE_NAME = "__Host-csrftoken" if ZORG.secure else "csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ZORG.address]
CSRF_FAILURE_VIEW = "zorgmessenger.config.http.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ZORG.secure else None

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True

EMAIL_BACKEND = "zorgmessenger.delivery.mail.RefuseAllBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ROOT = FOLDER
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
STATIC_URL = "/static/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # what comes further has been bounded by the loop already
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
LOGGING_CONFIG = None
SILENCED_SYSTEM_CHECKS: list[str] = []

ACCOUNT_ADAPTER = "zorgmessenger.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 10
MFA_ADAPTER = "zorgmessenger.accounts.mfa_adapter.Adapter"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{ZORG.address}/inloggen",
    "account_reset_password": f"{ZORG.address}/wachtwoord-vergeten",
    "account_reset_password_from_key": f"{ZORG.address}/wachtwoord-herstellen#{{key}}",
    "account_signup": f"{ZORG.address}/inloggen",
}
