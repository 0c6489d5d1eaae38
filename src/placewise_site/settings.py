"""Settings of the site. Environment variables hold secrets and paths only; everything else is the deployment's data.

PLACEWISE_STORE          folder of the store (releases, builds)          default: store
PLACEWISE_DEPLOYMENT     the deployment: a folder, or the name of one that ships with Placewise
PLACEWISE_DATABASE       a SQLite file or a postgres:// address          default: site.sqlite3 in the store
PLACEWISE_SECRET_KEY     signs sessions; needed unless PLACEWISE_MODE is demo
PLACEWISE_CARE_KEY       hides whom the work on call lists is about; kept for as long as the work, and with no backup of
                         the database. Without it the secret key serves, which then cannot be changed
PLACEWISE_MODE           demo: a local trial over plain HTTP; live otherwise
PLACEWISE_ALLOWED_HOSTS  host names, with commas between
PLACEWISE_OPENID         client_id:secret@https://server, for OpenID Connect sign-in; accounts/sign_in.py says what else
                         the server may tell of a person
PLACEWISE_EMAIL_HOST     the mail server that sends people's letters; PLACEWISE_EMAIL_FROM: their sender. Without one
                         nobody can ask for a new password, except in a demo
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from placewise_site.database import database_settings
from placewise_site.openid import openid_settings

HERE = Path(__file__).resolve().parent
PLACEWISE_STORE = Path(os.environ.get("PLACEWISE_STORE", "store")).resolve()
PLACEWISE_DEPLOYMENT = os.environ.get("PLACEWISE_DEPLOYMENT", "")
DEMO = os.environ.get("PLACEWISE_MODE") == "demo"

DEBUG = False
# A demo signs with a key of its own that dies with the process. Live, Django refuses to work without the variable.
SECRET_KEY = os.environ.get("PLACEWISE_SECRET_KEY") or (secrets.token_urlsafe(50) if DEMO else "")
# A demo's people are invented, so that a key that everybody can read hides nobody; it outlives the process.
CARE_KEY = os.environ.get("PLACEWISE_CARE_KEY") or ("a demo's own" if DEMO else SECRET_KEY)
_hosts = os.environ.get("PLACEWISE_ALLOWED_HOSTS", "")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()] or ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "placewise_site.organisations",
    "placewise_site.accounts",
    "placewise_site.evidence",
    "placewise_site.care",
    "placewise_site.hospitals",
    "placewise_site.programmes",
    "placewise_site.governance",
    "placewise_site.meetings",
    "placewise_site.assurance",
    "placewise_site.stories",
    "placewise_site.web",
    "placewise_site.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "ninja",
    "rules",
]

MIDDLEWARE = [
    "placewise_site.web.caching.kept_by_nobody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "placewise_site.accounts.remembering.remembers_what_is_held",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "placewise_site.urls"
WSGI_APPLICATION = "placewise_site.wsgi.application"

_context_processors = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "django.template.context_processors.request",
]
TEMPLATES = [
    {  # Our pages. Every app's templates/ folder holds Jinja2.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(HERE.glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "placewise_site.jinja.environment",
            "context_processors": [*_context_processors, "placewise_site.web.shell.shell"],
        },
    },
    {  # The admin and the sign-in pages, which come in Django's own language.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "accounts/django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context_processors},
    },
]

DATABASES = {
    "default": database_settings(os.environ.get("PLACEWISE_DATABASE") or str(PLACEWISE_STORE / "site.sqlite3"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sign-in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "placewise_site.accounts.sign_in.ClosedSignUp"
SOCIALACCOUNT_ADAPTER = "placewise_site.accounts.sign_in.KnownPeopleOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes each account, so the address is known
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Placewise"
SOCIALACCOUNT_PROVIDERS, _openid_server = openid_settings(os.environ.get("PLACEWISE_OPENID", ""))
SOCIALACCOUNT_ONLY = False

# Letters to people, such as a new password's. Without a server a demo prints them and a live site sends none: whoever
# reads its output could take over an account.
EMAIL_HOST = os.environ.get("PLACEWISE_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console' if DEMO else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PLACEWISE_EMAIL_FROM", "placewise@localhost")

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "placewise_site.web.errors.form_expired"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # gunicorn stands behind a proxy that ends TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],  # data: for the picture of a one-time code's key
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *_openid_server],
        "frame-ancestors": [NONE],
    }
}

# Files the browser fetches.
STATIC_URL = "static/"
STATIC_ROOT = None if DEMO else PLACEWISE_STORE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO  # a demo serves the files from where they lie, so it starts at once

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "placewise_site.log_lines.WithoutRecords",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
