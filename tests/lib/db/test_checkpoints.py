"""SQLite's journal is written back beside the commits, not by them."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from lib.db import checkpoints
from lib.db.checkpoints import Checkpointer

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL writes back by itself")


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "INTERVAL", 0.001)
    monkeypatch.setattr(checkpoints, "RETRY_INTERVAL", 0.001)


@pytest.fixture
def written_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """Counts the checkpoints; the first one fails."""
    done, failures = threading.Semaphore(0), [OperationalError("disk I/O error")]

    def write_back() -> None:
        if failures:
            raise failures.pop()
        done.release()

    monkeypatch.setattr(checkpoints, "write_back_journal", write_back)
    yield done


@pytest.mark.usefixtures("often")
def test_the_thread_goes_on_after_a_checkpoint_that_failed(
    written_back: threading.Semaphore, caplog: pytest.LogCaptureFixture
) -> None:
    thread = Checkpointer()
    thread.start()

    went_on = written_back.acquire(timeout=5)
    thread.stop()

    assert went_on
    assert "The journal was not written back" in caplog.text


@pytest.fixture
def new_table() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written_back (note text)")
        yield "written_back"
        cursor.execute("DROP TABLE written_back")


def _list_tables_without_journal() -> set[str]:
    """Return the tables that the database's own file knows."""
    with closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?immutable=1", uri=True)) as file:
        return {name for (name,) in file.execute("SELECT name FROM sqlite_master")}


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_in_the_database_file_after_a_checkpoint(new_table: str) -> None:
    before = _list_tables_without_journal()

    checkpoints.write_back_journal()

    assert new_table not in before
    assert new_table in _list_tables_without_journal()


@pytest.mark.django_db(transaction=True)
def test_a_commit_leaves_the_journal_to_the_thread(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        limit = cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]

    assert limit > sqlite3.connect(tmp_path / "plain").execute("PRAGMA wal_autocheckpoint").fetchone()[0]
