"""Every setting of the system. What differs between places comes from the environment; nothing else does.

`DATABASE_URL` is the login that the pages use, `OPENMASH_WORKER_URL` the worker's (`OPENMASH_AS=worker`),
`OPENMASH_PUBLIC_URL` that of a process which serves the public form alone (`OPENMASH_AS=public`), and
`OPENMASH_OWNER_URL` the owner's, used by `mash migrate` alone (`OPENMASH_AS=owner`). Whatever the login, the pages take
the role `openmash_app`, the worker `openmash_worker` and the public form `openmash_public`, which own no table:
row-level security holds for them.
"""

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent
DEMO = os.environ.get("OPENMASH_DEMO") == "1"
DEBUG = os.environ.get("OPENMASH_DEBUG") == "1"
HOME = Path(os.environ.get("OPENMASH_HOME", ROOT.parent / ".mash"))
SECRET_KEY = os.environ.get("OPENMASH_SECRET_KEY", "")  # `mash` makes one; without one Django refuses to sign anything
ALLOWED_HOSTS = os.environ.get("OPENMASH_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
# The one number that the pages can show when the database is away.
OPENMASH_HUB_PHONE = os.environ.get("OPENMASH_HUB_PHONE", "01632 960 100" if DEMO else "")
ADDRESS = os.environ.get("OPENMASH_ADDRESS", "http://localhost:8000")
# To whom a weakness is reported: mailto:, https: or tel:, with commas between; and until when that holds (2027-06-30).
SECURITY_CONTACT = os.environ.get("OPENMASH_SECURITY_CONTACT", "")
SECURITY_EXPIRES = os.environ.get("OPENMASH_SECURITY_EXPIRES", "")

APP_ROLE = "openmash_app"
WORKER_ROLE = "openmash_worker"  # of the jobs: it reaches no sign-in, and writes what jobs write
STRANGERS_ROLE = "openmash_public"  # of a request by somebody who is not signed in: it reaches no room but intake
RETENTION_ROLE = "openmash_retention"  # of the one function that destroys; nobody can take it
BACKUP_ROLE = "openmash_backup"  # reads everything but the key, and writes nothing
AS = os.environ.get("OPENMASH_AS", "")
ROLE = {"owner": "", "worker": WORKER_ROLE, "public": STRANGERS_ROLE}.get(AS, APP_ROLE)


def database(url: str, *, role: str) -> dict[str, Any]:
    """Django's settings for one connection, which takes the role; the owner's takes none."""
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    named = {key: str(parts.pop(key, "")) for key in ("dbname", "user", "password", "host", "port")}
    if role:
        parts["options"] = f"{parts.get('options', '')} -c role={role}".strip()
        parts["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named["dbname"],
        "USER": named["user"],
        "PASSWORD": named["password"],
        "HOST": named["host"],
        "PORT": named["port"],
        "OPTIONS": parts,
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql:///openmash")
OWNER_URL = os.environ.get("OPENMASH_OWNER_URL", DATABASE_URL)
WORKER_URL = os.environ.get("OPENMASH_WORKER_URL", DATABASE_URL)
PUBLIC_URL = os.environ.get("OPENMASH_PUBLIC_URL", DATABASE_URL)
_URL = {"owner": OWNER_URL, "worker": WORKER_URL, "public": PUBLIC_URL}.get(AS, DATABASE_URL)
DATABASES = {
    "default": database(_URL, role=ROLE),
    # A refusal is written here, since the transaction that was refused rolls back.
    "ledger": database(_URL, role=ROLE) | {"TEST": {"MIRROR": "default"}},
}
# Whoever is refused holds a transaction open meanwhile. A wait in a circle over both connections is one that PostgreSQL
# cannot see: rather no answer than one for which somebody waits for ever.
DATABASES["ledger"]["OPTIONS"]["options"] = f"{DATABASES['ledger']['OPTIONS'].get('options', '')} -c lock_timeout=10s"
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "openmash.audit",  # first: its `migrate` also grants
    "openmash.design",
    "openmash.agencies",
    "openmash.people",
    "openmash.enquiries",
    "openmash.intelligence",
    "openmash.feeds",
    "openmash.lookout",
    "openmash.triage",
    "openmash.consultations",
    "openmash.notifications",
    "openmash.statutory_checks",
    "openmash.adults",
    "openmash.domestic_abuse",
    "openmash.gathering",
    "openmash.post",
    "openmash.disclosure",
    "openmash.decisions",
    "openmash.cumulative",
    "openmash.allocation",
    "openmash.insight",
    "openmash.oversight",
    "openmash.records",
    "openmash.restrictions",
    "openmash.desk",
    "openmash.api",
    "openmash.county",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "openmash.api.problems.speak_of_problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "openmash.design.middleware.refuse_other_sites",
    "openmash.design.middleware.refuse_what_cannot_be_held",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openmash.agencies.threshold.keep_the_threshold",
    "openmash.agencies.reader.read_behind_the_wall",
    "openmash.design.middleware.say_when_not_saved",
]

ROOT_URLCONF = "openmash.urls"
WSGI_APPLICATION = "openmash.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "openmash.design.environment.environment"},
    },
    {
        # Only for the sign-in pages of django-allauth.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "design" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openmash.agencies.sign_in.ways_in",
            ]
        },
    },
]
OPENMASH_CHROME = "openmash.desk.chrome.chrome"
CSRF_FAILURE_VIEW = "openmash.design.views.form_refused"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "openmash.agencies.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody acts without a second factor. Only a demo, where everybody is invented, does without, and says so everywhere.
SECOND_FACTOR = not DEMO or os.environ.get("OPENMASH_SECOND_FACTOR") == "1"
# Nobody sees a page before they have acknowledged how the hub works (`openmash.agencies.practices`).
WORKING_PRACTICES = True
# Organisations whose people sign in where they always do (docs/how-to/sign-in.md): one table of a TOML file for each.
# The secret of each comes from the environment, as every other.
ORGANISATIONS = {
    key: facts | {"secret": os.environ.get(f"OPENMASH_ORGANISATION_SECRET_{key.upper().replace('-', '_')}", "")}
    for key, facts in tomllib.loads(
        Path(os.environ["OPENMASH_ORGANISATIONS"]).read_text() if "OPENMASH_ORGANISATIONS" in os.environ else ""
    ).items()
}
MFA_ADAPTER = "openmash.agencies.factors.Adapter"
MFA_FORMS = {
    "authenticate": "openmash.agencies.factors.AuthenticateForm",
    "reauthenticate": "openmash.agencies.factors.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
# Once a new one was shown, a passkey or a code counts as fresh for so long; then it is asked for again before what is
# sealed, approved or taken out of the hub.
STEP_UP_LASTS = timedelta(minutes=int(os.environ.get("OPENMASH_STEP_UP_MINUTES", "15")))
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"

SESSION_ENGINE = "openmash.agencies.sessions"
# Counted by the server, from the sign-in and from the last thing asked (`openmash.agencies.threshold`).
SESSION_LASTS = timedelta(hours=10)
SESSION_IDLES = timedelta(minutes=int(os.environ.get("OPENMASH_IDLE_MINUTES", "15")))
# An account into which nobody has signed in for so many days is closed by the worker. 0, as in a demo, closes none.
DORMANT_DAYS = int(os.environ.get("OPENMASH_DORMANT_DAYS", "0" if DEMO else "35"))
SESSION_COOKIE_AGE = int(SESSION_LASTS.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
BEHIND_TLS = os.environ.get("OPENMASH_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
# A browser takes a cookie of such a name from this very host alone, and over TLS: no neighbour can set one.
_OURS_ALONE = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OURS_ALONE}sessionid", f"{_OURS_ALONE}csrftoken"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # Chromium holds a form to this through every redirect that follows: on to where an organisation signs in, too.
        "form-action": [
            "'self'",
            *sorted({"/".join(one["issuer"].split("/")[:3]) for one in ORGANISATIONS.values() if "issuer" in one}),
        ],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# In the database, so that every worker counts the same failed sign-ins. When it is full it forgets some of what it
# counted: so many that whoever guesses cannot fill it, each guess costing a password hash.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# How many calls one token of another system has in a minute. What it sends beyond them waits; what it asks is refused.
API_CALLS_A_MINUTE = int(os.environ.get("OPENMASH_API_CALLS", "300"))

# The ledger's checkpoints: signed with a key of this place (`mash` makes one) and kept in a file that should stand
# where no administrator of the database can write. Signatures of the public keys named here count as well.
LEDGER_ANCHORS = os.environ.get("OPENMASH_LEDGER_ANCHORS", str(HOME / "ledger" / "checkpoints.jsonl"))
LEDGER_KEY = os.environ.get("OPENMASH_LEDGER_KEY", "")
LEDGER_KEY_FILE = os.environ.get("OPENMASH_LEDGER_KEY_FILE", str(HOME / "ledger-key"))
LEDGER_PUBLIC_KEYS = os.environ.get("OPENMASH_LEDGER_PUBLIC_KEYS", "")

# Files that agencies send wait here: `drop/<agency>/<area>/full` and `delta` are watched by the worker.
FEEDS_FOLDER = os.environ.get("OPENMASH_FEEDS", str(HOME / "feeds"))

# The demo's e-mails go to a folder, unless it is given a mail server.
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO and "OPENMASH_SMTP_HOST" not in os.environ
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_HOST = os.environ.get("OPENMASH_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("OPENMASH_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("OPENMASH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OPENMASH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("OPENMASH_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
EMAIL_USE_SSL = os.environ.get("OPENMASH_SMTP_SSL") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("OPENMASH_MAIL_FROM", "hub@openmash.example")

# Agencies that only have e-mail: what is sent to them comes from this address, and their replies are read here.
POST_FROM = os.environ.get("OPENMASH_POST_FROM", DEFAULT_FROM_EMAIL)
IMAP_HOST = os.environ.get("OPENMASH_IMAP_HOST", "")
IMAP_PORT = int(os.environ.get("OPENMASH_IMAP_PORT", "993"))
IMAP_USER = os.environ.get("OPENMASH_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("OPENMASH_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("OPENMASH_IMAP_FOLDER", "INBOX")
IMAP_READ_FOLDER = os.environ.get("OPENMASH_IMAP_READ_FOLDER", "Read by openmash")
# The mail server of our own whose word on the sender counts, as it names itself in `Authentication-Results`.
POST_CHECKED_BY = os.environ.get("OPENMASH_POST_CHECKED_BY", "")
# ClamAV's socket: a path, or host:port. Without one no attachment is ever opened to anybody.
CLAMD = os.environ.get("OPENMASH_CLAMD", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("OPENMASH_LOG", "WARNING")},
}
