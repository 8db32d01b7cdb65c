"""Django's settings, the same for laptop, demo and nation; what differs comes from :mod:`env`."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from nayu.project import env, redaction

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.DATA_DIR.path()
DEMO = env.DEMO.yes()

DEBUG = False
SECRET_KEY = env.SECRET_KEY.text()
NAYU_KEYS = env.KEYS.words()
# Which host is known is a question to the database: see nayu.project.middleware.
ALLOWED_HOSTS = ["*"]
BASE_HOST = env.BASE_HOST.text()
TRUSTED_PROXIES = [ip_network(network) for network in env.TRUSTED_PROXIES.words()]
METRICS_TOKEN = env.METRICS_TOKEN.raw
METRICS_DIR = DATA_DIR / "metrics"
if METRICS_TOKEN:
    # Read by prometheus-client when it is imported: several processes count as one.
    METRICS_DIR.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django_linear_migrations",
    "template_partials",
    "procrastinate.contrib.django",
    "nayu.kernel",
    "nayu.places",
    "nayu.doors",
]

MIDDLEWARE = [
    # Counts and headers belong on every answer, static files and refusals included.
    "nayu.kernel.http.metrics.Metrics",
    "nayu.kernel.http.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "nayu.kernel.http.health.Probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "nayu.kernel.http.entrance.Entrance",
    "django.middleware.common.CommonMiddleware",
    "nayu.kernel.http.problems.NoEmptyErrors",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nayu.project.middleware.LaoByHost",
    "nayu.kernel.http.transaction.ScopeAndTransaction",
]
ROOT_URLCONF = "nayu.project.urls"
WSGI_APPLICATION = "nayu.project.wsgi.application"


def database(url: str, *, options: str = "") -> dict[str, Any]:
    """
    A Django database entry from a libpq URL or key=value line.

    :param options: of the session, after those that the line itself may carry.
    """
    parts = conninfo_to_dict(url)
    options = f"{parts.pop('options', '')} {options}".strip()
    return {
        "ENGINE": "nayu.kernel.database",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # A connection costs 3.6 ms with SCRAM, so threads keep theirs.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # A server that is away is a sentence after seconds, not a silence of minutes.
        "OPTIONS": {"connect_timeout": 5, **parts, "options": options},
    }


# A session whose process was killed ends while it waits for a lock or works, and not after.
NOTICES_THE_DEAD = "-c client_connection_check_interval=10s"
DATABASES = {
    "default": database(env.DATABASE_URL.text(), options=NOTICES_THE_DEAD),
    # Its own connection, never in a transaction of the request: what is written here survives a
    # rollback (rate-limit hits, refused access).
    "apart": database(env.DATABASE_URL.text(), options=NOTICES_THE_DEAD),
}
if env.READER_DATABASE_URL.raw:
    DATABASES["reader"] = database(env.READER_DATABASE_URL.text(), options=NOTICES_THE_DEAD)
# A migration that waits for a lock makes everybody behind it wait too, so it gives up first.
OWNER_PATIENCE = "-c lock_timeout=5s -c statement_timeout=15min"
if env.OWNER_DATABASE_URL.raw:
    DATABASES["owner"] = database(env.OWNER_DATABASE_URL.text(), options=OWNER_PATIENCE)
DATABASE_ROUTERS = ["nayu.kernel.database.router.Router"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "nayu.project.context.demo",
                "nayu.project.context.shell",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = not DEMO
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"

# A request body beyond this is refused before it is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    # Probes come from the machine or network itself, in the clear.
    SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nayu.kernel.http.problems.form_expired"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": redaction.FORMATTER},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Our problem pages write these lines, with the incident number and without the path; and a
    # stranger's nonsense is no error of ours.
    "loggers": {"django.request": {"level": "CRITICAL"}, "django.security": {"level": "CRITICAL"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
