#!/usr/bin/env bash
# Subject: django-allauth 65.21.1 on Django 5.2.19 behind uvicorn 0.54.0 that listens on a Unix socket.
#
# Guess: without an address of the client the limits on sign-in are skipped or shared by all; the right password
# works.
#
# Seen: pages open as usual, but each POST of the sign-in form is answered 403 with an empty page, also with the right
# password and also where the proxy sends X-Forwarded-For: a Unix socket has no peer address, uvicorn trusts forwarded
# headers from 127.0.0.1 alone, so REMOTE_ADDR is missing, and allauth refuses a client whose address it does not
# know. With --forwarded-allow-ips '*' or with ALLAUTH_TRUSTED_PROXY_COUNT = 1 the same request signs in (302), as
# long as the proxy sends the header: without it, it is 403 again. The reason ("Unable to determine client IP
# address") stands only in the log of django.request, as a warning.
#
# Consequence: whoever puts the usual nginx and Unix socket in front of a fresh installation sees every page and can
# let nobody in; health checks stay green, and so do tests, whose client always has an address. A server that binds a
# Unix socket has to set both (trust every peer of the socket, count the proxies), a check at start should refuse a
# Unix socket without a counted proxy, and the 403 page should say what the administrator has to set.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    django==5.2.19 django-allauth==65.21.1 uvicorn==0.54.0 httpx==0.28.1

cat >"$folder/site_asgi.py" <<'PYTHON'
import os
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only for this run" * 4,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="site_asgi",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ALLAUTH_TRUSTED_PROXY_COUNT=int(os.environ["PROXIES"]),
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).with_name("db.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402  after setup
from django.urls import include, path  # noqa: E402

urlpatterns = [path("", include("allauth.urls"))]
application = get_asgi_application()
PYTHON

cat >"$folder/sign_in.py" <<'PYTHON'
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx

FOLDER = Path(__file__).parent
SOCKET = str(FOLDER / "socket")
FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


def sign_in(*, proxies: int, options: list[str], headers: dict[str, str]) -> int:
    """Return the status of a POST with the right password to a fresh server."""
    command = [sys.executable, "-m", "uvicorn", "site_asgi:application", "--uds", SOCKET, "--log-level", "critical"]
    environment = {**os.environ, "PROXIES": str(proxies)}
    with subprocess.Popen([*command, *options], cwd=FOLDER, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            transport = httpx.HTTPTransport(uds=SOCKET)
            with httpx.Client(transport=transport, base_url="http://localhost", headers=headers, timeout=20) as client:
                page = wait_for_page(client)
                token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
                form = {"login": "bob", "password": "a long enough word", "csrfmiddlewaretoken": token and token[1]}
                return client.post("/login/", data=form).status_code
        finally:
            server.terminate()


def wait_for_page(client: httpx.Client) -> httpx.Response:
    for _ in range(150):
        try:
            return client.get("/login/").raise_for_status()
        except httpx.ConnectError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


os.environ["PROXIES"] = "0"
import site_asgi  # noqa: E402, F401  sets Django up
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
User.objects.create_user("bob", password="a long enough word")

TRUSTED = ["--forwarded-allow-ips", "*"]
cases = [
    ("no proxy header", 0, [], {}, 403),
    ("X-Forwarded-For", 0, [], FORWARDED, 403),
    ("X-Forwarded-For, trusted by uvicorn", 0, TRUSTED, FORWARDED, 302),
    ("X-Forwarded-For, counted by allauth", 1, [], FORWARDED, 302),
    ("both set, no proxy header", 1, TRUSTED, {}, 403),
]
failed = False
for name, proxies, options, headers, expected in cases:
    status = sign_in(proxies=proxies, options=options, headers=headers)
    failed |= status != expected
    print(f"{name:36}  sign-in with the right password: {status}")
sys.exit(failed)
PYTHON
"$folder/venv/bin/python" "$folder/sign_in.py"
