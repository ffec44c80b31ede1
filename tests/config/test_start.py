"""What a server imports before its first answer."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.server import warm_up

START = """
import asyncio, sys
from config.asgi import application

async def ask():
    answers = []
    async def receive(): return {"type": "http.request", "body": b""}
    async def send(message): answers.append(message)
    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": "/api/v1/health", "query_string": b"", "headers": headers}
    await application(scope, receive, send)
    return answers[0]["status"]

print(asyncio.run(ask()), *sys.modules)
"""
# What takes long to import, each needed by some requests alone.
HEAVY = {
    "PIL", "av", "boto3", "botocore", "cronsim", "lib.jobs.dispatcher", "lib.media.decoder", "pillow_heif", "pypdfium2",
    "chat.hooks", "chat.socket.consumer",
    "django.contrib.admin.sites.autodiscover", "django.test", "jinja2", "markdown_it", "multiprocessing.pool",
    "ninja", "nh3", "pydantic", "pygments", "redis", "requests", "storages", "unittest", "webauthn", "accounts.urls",
    "chat.urls", "config.api", "config.admin_urls",
}  # fmt: skip


def test_the_first_answer_waits_for_no_import_that_it_does_not_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=settings.BASE_DIR,
        env=os.environ | {"HTTPS": "off", "DATABASE_URL": "sqlite://:memory:", "REDIS_URL": ""},
        capture_output=True,
        text=True,
    )

    status, *modules = done.stdout.split() or pytest.fail(done.stderr)
    assert status == "503"  # its database is empty
    assert HEAVY.isdisjoint(modules), HEAVY.intersection(modules)


def test_what_cannot_be_loaded_in_advance_holds_up_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    loaded: list[str] = []

    warm_up.load_all([lambda: 1 / 0, lambda: loaded.append("the next")])

    assert loaded == ["the next"]
    assert "will be when it is needed" in caplog.text
