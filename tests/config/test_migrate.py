"""`manage.py migrate` goes on where it was interrupted, and `serve` and the health check know that it has to."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import User
from chat import search_index
from chat.models import Room, SearchEntry
from config.management.commands import serve
from lib.db.migrations import COMPLETION, list_pending_migrations
from tests.chat.steps import say, say_all

pytestmark = pytest.mark.django_db
WORDS = ("one", "two", "three", "four", "five")


class Killed(BaseException):
    """Stands for the end of the process: what was not committed is lost."""


@pytest.fixture
def before(alice: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of an earlier release that has just got its tables: messages, and nothing that follows migrations."""
    say_all(alice, room, *WORDS)
    SearchEntry.objects.all().delete()
    MigrationRecorder(connection).migration_qs.filter(app=COMPLETION).delete()
    monkeypatch.setattr(search_index, "FILLED_AT_ONCE", 2)


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let a call of a function of the search index, counted from one, be the last thing that `migrate` does."""

    def plan(function: str, call: int) -> None:
        calls, original = [0], getattr(search_index, function)

        def count(*args: Any, **options: Any) -> Any:
            calls[0] += 1
            if calls[0] == call:
                raise Killed
            return original(*args, **options)

        with monkeypatch.context() as patch:
            patch.setattr(search_index, function, count)
            with pytest.raises(Killed):
                migrate()

    return plan


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def texts() -> list[str]:
    return sorted(SearchEntry.objects.values_list("text", flat=True))


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("function", "call"), [("_number_messages", 1), ("_fill_texts", 1), ("_build_text", 3), ("_build_text", 5)]
)
def test_an_interrupted_migration_goes_on_where_it_stopped(
    alice: User, room: Room, kill: Any, function: str, call: int
) -> None:
    kill(function, call)
    assert {app for app, _ in list_pending_migrations()} == {COMPLETION}
    say(alice, room, "meanwhile")

    migrate()

    assert texts() == sorted(f" {word}" for word in (*WORDS, "meanwhile"))
    assert list_pending_migrations() == frozenset()


@pytest.mark.usefixtures("before")
def test_what_was_filled_is_not_filled_again(kill: Any, capsys: pytest.CaptureFixture[str]) -> None:
    kill("_build_text", 5)
    capsys.readouterr()

    migrate()

    assert "1 of 1" in capsys.readouterr().out


@pytest.mark.usefixtures("before")
def test_a_server_goes_on_before_it_answers(monkeypatch: pytest.MonkeyPatch, kill: Any) -> None:
    kill("_build_text", 3)
    served: list[list[str]] = []
    monkeypatch.setattr(serve, "_serve_with_uvicorn", lambda *_: served.append(texts()))
    monkeypatch.setattr(serve.connection, "close", lambda: None)  # of the test's transaction

    call_command("serve")

    assert served == [sorted(f" {word}" for word in WORDS)]


@pytest.mark.usefixtures("before")
def test_a_server_that_does_not_migrate_is_not_healthy_before_another_process_has_finished(client: Client) -> None:
    assert client.get("/api/v1/health").status_code == 503

    migrate()

    assert client.get("/api/v1/health").status_code == 200
