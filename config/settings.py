"""Read the settings from the environment. `.env.example` lists every name with its meaning."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import environ

import lib.db.pragmas  # noqa: F401  connects the receiver that sets the SQLite pragmas
from config.database import SQLITE, configure_database, read_database
from config.file_storage import FILE_UPLOAD_HANDLERS, build_storages, read_file_storage  # noqa: F401  a setting of Django
from config.logs import build_logging
from config.providers import read_providers
from config.secret_key import read_secret_key
from config.web_push import read_web_push
from lib.outbound.addresses import parse_networks

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- Server ----------------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)
# Not by `env`, which takes a value that begins with $ for the name of another.
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").absolute()
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", HOST])
# Where users reach the server, for links in mails that no request causes.
SITE_URL = env.str("SITE_URL", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
THROTTLE = env.bool("THROTTLE", default=True)
# Each process counts its own; 0 is no bound.
SOCKETS_PER_ADDRESS = env.int("SOCKETS_PER_ADDRESS", default=100)
SECRET_KEY = read_secret_key(data_dir=DATA_DIR, debug=DEBUG, command="".join(sys.argv[1:2]))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Keys for secrets in the database: the first encrypts, all decrypt, and so does SECRET_KEY.
DATA_KEYS = env.list("DATA_KEYS", default=[])

# --- Apps ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Daphne serves `runserver`; any other command would only wait for its import.
    *(["daphne"] if sys.argv[1:2] == ["runserver"] else []),
    "config.apps.ConfigConfig",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "config.apps.EmailAddressesConfig",
    "config.apps.LinkedAccountsConfig",
    "allauth.socialaccount.providers.openid_connect",
    "channels",
    "django_otp",
    "django_tasks_db",
    "lib.jobs",
    "lib.mail",
    "accounts",
    "notifications",
    "assets",
    "chat",
    "tasks",
]

MIDDLEWARE = [
    "lib.web.middleware.CurrentRequestMiddleware",
    "lib.web.middleware.PreserveMethodMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.static_files.middleware.StaticFilesMiddleware",
    "lib.web.compression.CompressionMiddleware",
    "lib.web.security_headers.SecurityHeadersMiddleware",
    "accounts.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.profiles.middleware.TimezoneMiddleware",
    "accounts.profiles.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF, ASGI_APPLICATION = "config.urls", "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                ),
            ],
            "builtins": [
                "config.templatetags.buttons",
                "config.templatetags.dates",
                "config.templatetags.files",
                "config.templatetags.forms",
                "config.templatetags.layout",
                "config.templatetags.storage",
                "config.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Storage ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": configure_database(read_database(os.environ.get("DATABASE_URL", ""), data_dir=DATA_DIR), env)}
SQLITE_SYNCHRONOUS = env.str("SQLITE_SYNCHRONOUS", default="NORMAL")
DATABASE_RETRIES = env.int("DATABASE_RETRIES", default=3)

# More threads on SQLite only take the interpreter from the event loop; with PostgreSQL they wait for the network.
DATABASE_THREADS = env.int("DATABASE_THREADS", default=2 if DATABASES["default"]["ENGINE"] == SQLITE else 4)

# Each hash of a password takes all cores and 100 MB.
HASHING_THREADS = env.int("HASHING_THREADS", default=2)

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Among Django's 300 entries, a flood of made-up addresses would evict the attempts of a real one.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }

FILE_SETTINGS = read_file_storage(env, data_dir=DATA_DIR)
MEDIA_ROOT, UPLOAD_ROOT, MAX_UPLOAD_BYTES, STORAGE_QUOTA = FILE_SETTINGS[:4]
X_ACCEL_REDIRECT, STORAGE_URL, STORAGE_REDIRECT = FILE_SETTINGS[4:]
STORAGES = build_storages(STORAGE_URL, debug=DEBUG)
STATIC_URL, STATIC_ROOT = "/static/", DATA_DIR / "static"
# Ninja is no app here, since every start would import it: the files of its documentation are found by their folder.
NINJA = Path(find_spec("ninja").origin).parent  # type: ignore[union-attr,arg-type]
STATICFILES_DIRS = [BASE_DIR / "static", NINJA / "static"]

# --- Users -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "lib.password_hashers.Argon2PasswordHasher",
    "lib.password_hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SIGNUP = env.str("SIGNUP", default="open")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.forms.LoginForm",
    "signup": "accounts.sign_up.forms.SignupForm",
    "reset_password": "accounts.passwords.forms.ResetPasswordForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.passwords.reset_links.ResetLinks"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = env.str("EMAIL_VERIFICATION", default="optional")
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if THROTTLE else False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

SOCIALACCOUNT_ADAPTER = "accounts.social.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "accounts.social.openid.OpenIDProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": read_providers(env, plain_http=DEBUG),
    }
}
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-atrium" if HTTPS else "atrium"

# --- Mail ------------------------------------------------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
if DEBUG and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND, EMAIL_FILE_PATH = "lib.mail.mailbox.EmailBackend", DATA_DIR / "mail"
# Mails are stored; jobs send them by the backend of EMAIL_URL.
EMAIL_DELIVERY_BACKEND, EMAIL_BACKEND = vars()["EMAIL_BACKEND"], "lib.mail.backend.StoringBackend"
EMAIL_TIMEOUT = 10  # seconds that a mail server may take for each answer
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Atrium <atrium@localhost>")

# --- Background work -------------------------------------------------------------------------------------------------

# `lib.jobs` names the queues itself.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Threads of each queue in the process that `serve` runs; with 0, `manage.py work` has to run beside it.
JOBS = env.int("JOBS", default=2)

# --- Security --------------------------------------------------------------------------------------------------------

SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Whether the pages that messages link to are asked what they are about.
LINK_PREVIEWS = env.bool("LINK_PREVIEWS", default=True)
# Private networks that may be asked for what users name: by default none.
OUTBOUND_NETWORKS = parse_networks(env.list("OUTBOUND_NETWORKS", default=[]))
VAPID_PRIVATE_KEY, VAPID_SUBJECT, PUSH_HOSTS = read_web_push(env)

# --- Languages and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE, LANGUAGES = "en-gb", [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ, TIME_ZONE = True, "UTC"
LOGGING = build_logging(level=env.str("LOG_LEVEL", default="WARNING"))
