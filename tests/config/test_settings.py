"""Settings come from the environment, production starts only when it is safe, and SQLite is told what it needs."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from config.management.commands.serve import describe_address

ROOT = Path(settings.BASE_DIR)
SECRET = "x7" * 40 + "quay-lantern-tide-rope"
PROVIDERS = "SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']"

# Modules that read the environment.
ENVIRONMENT_READERS = ("settings", "database", "file_storage", "providers", "secret_key", "web_push")


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with this environment and nothing else of ours."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with this environment and nothing else of ours."""
    return python("manage.py", *arguments, **environment)


def setting(name: str, **environment: str) -> str:
    """Return what a setting is with this environment, read by a process that starts no app: those take a second."""
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    run = python("-c", code, DJANGO_SETTINGS_MODULE="config.settings", **environment)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    run = manage("check", DEBUG="off", DATA_DIR=str(tmp_path))

    assert run.returncode != 0
    assert "Set SECRET_KEY" in run.stderr


def test_development_starts_without_a_secret(tmp_path: Path) -> None:
    assert manage("check", DEBUG="on", DATA_DIR=str(tmp_path)).returncode == 0


def test_a_secret_kept_in_the_data_folder_is_enough(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(SECRET + "\n")

    assert setting("SECRET_KEY", DEBUG="off", DATA_DIR=str(tmp_path)) == repr(SECRET)


def test_production_settings_pass_djangos_own_review(tmp_path: Path) -> None:
    run = manage("check", "--deploy", "--fail-level", "WARNING", DEBUG="off", SECRET_KEY=SECRET, DATA_DIR=str(tmp_path))

    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("name", "environment", "expected"),
    [
        ("DEBUG", {}, "False"),
        ("SECURE_SSL_REDIRECT", {}, "True"),
        ("SECURE_SSL_REDIRECT", {"HTTPS": "off"}, "False"),
        ("SESSION_COOKIE_NAME", {}, "'__Host-atrium'"),
        ("SESSION_COOKIE_NAME", {"HTTPS": "off"}, "'atrium'"),
        ("CSRF_TRUSTED_ORIGINS", {"CSRF_TRUSTED_ORIGINS": "https://a.example,https://b.example"},
         "['https://a.example', 'https://b.example']"),
        ("EMAIL_DELIVERY_BACKEND", {}, "'django.core.mail.backends.console.EmailBackend'"),
        ("EMAIL_DELIVERY_BACKEND", {"DEBUG": "on"}, "'lib.mail.mailbox.EmailBackend'"),
        ("EMAIL_DELIVERY_BACKEND", {"DEBUG": "on", "EMAIL_URL": "smtp://"},
         "'django.core.mail.backends.smtp.EmailBackend'"),
        ("CACHES['default']['BACKEND']", {}, "'django.core.cache.backends.locmem.LocMemCache'"),
        ("CACHES['default']['BACKEND']", {"REDIS_URL": "redis://127.0.0.1:6379/0"},
         "'django.core.cache.backends.redis.RedisCache'"),
        (PROVIDERS, {}, "[]"),
        (f"{PROVIDERS}[0]['settings']", {"GOOGLE_CLIENT_ID": "x"}, "{'server_url': 'https://accounts.google.com'}"),
        (f"{PROVIDERS}[0]['name']", {"OIDC_SERVER_URL": "https://login.example/", "OIDC_CLIENT_ID": "x"},
         "'single sign-on'"),
        ("DATABASES['default']['ENGINE']", {}, "'django.db.backends.sqlite3'"),
        ("DATABASES['default']['ENGINE']", {"DATABASE_URL": "postgres://a:b@c/d"}, "'lib.db.postgresql'"),
    ],
)  # fmt: skip
def test_the_environment_decides(name: str, environment: dict[str, str], expected: str, tmp_path: Path) -> None:
    assert setting(name, **{"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)} | environment) == expected


@pytest.mark.parametrize(
    ("environment", "refusal"),
    [
        ({"OIDC_SERVER_URL": "https://login.example"}, "by a client id"),
        ({"OIDC_SERVER_URL": "http://login.example", "OIDC_CLIENT_ID": "atrium"}, "begin with https://"),
        ({"OIDC_SERVER_URL": "login.example", "OIDC_CLIENT_ID": "atrium", "DEBUG": "on"}, "begin with https://"),
    ],
)
def test_a_provider_that_nobody_could_trust_is_refused(environment: dict, refusal: str, tmp_path: Path) -> None:
    run = manage("check", **{"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)} | environment)

    assert run.returncode != 0 and refusal in run.stderr


def test_sqlite_gets_the_folder_its_file_is_to_be_in(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "atrium.sqlite3"
    run = manage(
        "migrate", "contenttypes", DATABASE_URL=f"sqlite:///{file}", SECRET_KEY=SECRET, DATA_DIR=str(tmp_path / "data")
    )

    assert run.returncode == 0, run.stderr
    assert file.is_file()


def test_a_database_in_memory_needs_no_folder(tmp_path: Path) -> None:
    name = setting(
        "DATABASES['default']['NAME']",
        DATABASE_URL="sqlite://:memory:",
        SECRET_KEY=SECRET,
        DATA_DIR=str(tmp_path),
    )

    assert name == "':memory:'"
    assert not (ROOT / ":memory:").exists()


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_what_a_proxy_says_is_believed_only_where_there_is_one(tmp_path: Path, proxies: str, believed: bool) -> None:
    environment = {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "TRUSTED_PROXIES": proxies}
    code = """
from django.conf import settings
from django.test import RequestFactory
django = __import__("django"); django.setup()
request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", headers={
    "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example",
})
from lib.web.client import get_ip_address
settings.ALLOWED_HOSTS = ["testserver"]
print(request.is_secure(), get_ip_address(request) == "203.0.113.9", request.get_host().partition(":")[0])
"""

    run = python("-c", code, DJANGO_SETTINGS_MODULE="config.settings", **environment)

    assert run.stdout.split() == [str(believed), str(believed), "testserver"], run.stderr


def test_every_name_read_is_explained_in_the_example() -> None:
    sources = "".join((ROOT / f"config/{name}.py").read_text() for name in ENVIRONMENT_READERS)
    read = set(re.findall(r'env(?:iron)?\.\w+\(\s*"([A-Z_]+)"', sources))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))

    assert read == explained


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own pragmas")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 5000), ("temp_store", 2)],
)
def test_sqlite_is_told_what_it_needs(pragma: str, expected: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")

        assert cursor.fetchone()[0] == expected


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own options")
def test_sqlite_transactions_take_the_write_lock_at_once() -> None:
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_serving_everywhere_says_what_is_answered_and_how_to_allow_more(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "0.0.0.0"]

    address, answered, more = describe_address("0.0.0.0", 8000)

    assert address.startswith("Atrium is at http://localhost:8000/")
    assert answered.endswith("these are answered: localhost, 127.0.0.1.")
    assert "ALLOWED_HOSTS=localhost,127.0.0.1,<" in more
    assert list(describe_address("127.0.0.1", 9000)) == ["Atrium is at http://127.0.0.1:9000/ (Ctrl+C stops it)"]


def test_a_host_that_is_not_ours_is_one_line_in_the_log(
    client: Any, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    answer = client.get("/", headers={"Host": "10.1.2.3"})

    assert answer.status_code == 400
    [record] = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert "10.1.2.3" in record.message and record.exc_info is None


def test_more_fields_than_a_form_has_are_one_line_in_the_log(
    client: Any, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    query = "&".join(f"f{number}=" for number in range(1001))

    answer = client.get(f"/accounts/login/?{query}")

    assert answer.status_code == 400
    [record] = [record for record in caplog.records if record.name.startswith("django.security")]
    assert record.exc_info is None
