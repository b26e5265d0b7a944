"""Django settings, from `configuration` only."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import cast

from django.utils.functional import SimpleLazyObject

import songda
from songda.kernel import logs
from songda.portal import configuration

CONFIGURATION = configuration.read()
HOME = CONFIGURATION.home
SECRET_KEY = cast("str", SimpleLazyObject(lambda: CONFIGURATION.secret_key))
DEBUG = CONFIGURATION.debug
DEMONSTRATION = CONFIGURATION.demonstration
CLOCK_SHIFT = CONFIGURATION.clock_shift
SECOND_FACTOR = CONFIGURATION.second_factor
ADMIN_ADDRESSES = CONFIGURATION.admin_addresses
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
LOGGING = logs.configured(CONFIGURATION.log, CONFIGURATION.log_level)
METRICS_TOKEN = CONFIGURATION.metrics_token
LEAST_DISK = CONFIGURATION.disk_mb * 1024 * 1024  # bytes; with less, the house is not ready

# Floors from the ground up; order is also the order of `migrate`.
ROOMS = [
    "songda.kernel.audit",
    "songda.kernel.screens",
    "songda.kernel.search",
    "songda.registry.campaigns",
    "songda.registry.codes",
    "songda.registry.calendars",
    "songda.registry.organisations",
    "songda.registry.subjects",
    "songda.registry.people",
    "songda.registry.identities",
    "songda.registry.places",
    "songda.registry.facts",
    "songda.registry.intake",
    "songda.registry.programs",
    "songda.registry.rulebook",
    "songda.ledger.notices",
    "songda.ledger.evidence",
    "songda.ledger.papers",
    "songda.ledger.cases",
    "songda.ledger.mirrors",
    "songda.ledger.alarms",
    "songda.deliveries.policy.library",
    "songda.deliveries.policy.compendium",
    "songda.deliveries.policy.plans",
    "songda.deliveries.policy.guides",
    "songda.deliveries.policy.matching",
    "songda.deliveries.policy.receipts",
    "songda.deliveries.policy.push",
    "songda.deliveries.policy.watch",
    "songda.deliveries.policy.briefings",
    "songda.deliveries.service.demands",
    "songda.deliveries.service.visits",
    "songda.deliveries.service.helping",
    "songda.deliveries.service.markets",
    "songda.office.indicators",
    "songda.office.resumption",
    "songda.office.returns",
    "songda.office.economy",
    "songda.office.bulletins",
    "songda.office.dispatch",
    "songda.office.retention",
    "songda.portal",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    *ROOMS,
]
MIDDLEWARE = [
    "songda.portal.middleware.real_addresses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "songda.portal.middleware.request_ids",
    "songda.portal.watching.middleware.watched_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "songda.portal.middleware.acting_posts",
    "songda.portal.taken.noted_files",
    "songda.portal.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "songda.portal.urls"
WSGI_APPLICATION = "songda.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "songda.portal.context.everywhere",
            ],
        },
    }
]

DATABASES = {"default": configuration.database(CONFIGURATION.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
# 等保 level 3 application list: lock after five failures for half an hour, end an idle session after half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "songda.portal.faults.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
SESSION_ENGINE = "songda.portal.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False  # a write a minute keeps it awake, not one a page: songda/portal/middleware.py
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIGURATION.https
CSRF_COOKIE_SECURE = CONFIGURATION.https
CSRF_COOKIE_SAMESITE = "Lax"  # its scripts read it to send a visit record back (visits/sending.js): not for HTTP alone
CSRF_FAILURE_VIEW = "songda.portal.faults.forged"
# HTTPS ends at a proxy of one's own, which is believed only where SONGDA_PROXIES says there is one.
PROXIES = CONFIGURATION.proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.proxies else None
SECURE_SSL_REDIRECT = CONFIGURATION.https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked on the machine itself, past the proxy
SECURE_HSTS_SECONDS = CONFIGURATION.hsts_seconds if CONFIGURATION.https else 0
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parent / "languages" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
NINJA = find_spec("ninja")  # found, not imported: what needs no web pages must not pay for it
STATICFILES_DIRS = [("ninja", Path(str(NINJA.origin)).parent / "static" / "ninja")] if NINJA else []
STATIC_ROOT = HOME / "static" / songda.__version__  # `songda static` fills it; files of another version are never served
RELEASED = not DEBUG and (STATIC_ROOT / "staticfiles.json").exists()
COMPRESSED = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}  # named by content, cached for ever
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": COMPRESSED if RELEASED else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False  # a page with a missing picture is better than none
MEDIA_ROOT = HOME / "files"
SCAN_COMMAND = list(CONFIGURATION.scan)
HOOK_HOSTS = CONFIGURATION.hook_hosts  # the only machines that programs' addresses may lie on
FONT_DIR = CONFIGURATION.fonts
WHITENOISE_USE_FINDERS = not RELEASED
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "songda.kernel.uploads.Arrivals"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'", "'unsafe-inline'"],  # charts and progress bars set widths inline
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

MESSAGE_TAGS = {40: "danger", 10: "secondary"}  # Django says error and debug, the page kit danger and secondary
