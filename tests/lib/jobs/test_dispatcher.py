"""Workers of a process: at once, beside each other, through errors, and without a write while nothing is to be done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs import dispatcher
from lib.jobs.changes import FileChanges
from lib.jobs.dispatcher import Dispatcher
from lib.jobs.models import Worker
from tests.lib.jobs.sample_jobs import fail, hang, note, signal_to_go_on, wait_for_signal

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[..., Dispatcher]


@pytest.fixture(autouse=True)
def no_recurring_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "recurring_jobs", {})


@pytest.fixture
def run_workers() -> Iterator[Run]:
    """Start workers, which end with the test."""
    started: list[Dispatcher] = []
    signal_to_go_on.clear()

    def run(**threads: int) -> Dispatcher:
        started.append(Dispatcher(threads or {"default": 2, "outbound": 1}))
        started[-1].start()
        return started[-1]

    yield run
    signal_to_go_on.set()
    for each in started:
        each.stop(5)


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def count_jobs(status: str) -> int:
    return DBTaskResult.objects.filter(status=status).count()


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """Record what the dispatcher's thread asks of the database, if it starts inside."""
    statements: list[str] = []

    def record(execute: Any, sql: str, *arguments: Any) -> Any:
        statements.append(sql)
        return execute(sql, *arguments)

    def attach(connection: Any, **_: Any) -> None:
        if threading.current_thread().name == "atrium-jobs":
            connection.execute_wrappers.append(record)

    connection_created.connect(attach)
    yield statements
    connection_created.disconnect(attach)


def test_a_job_starts_after_the_commit_that_stores_it(run_workers: Run, notes: list[Any]) -> None:
    run_workers()
    with transaction.atomic():
        note.enqueue(text="committed")
        assert notes == []

    wait_until(lambda: count_jobs("SUCCESSFUL"))
    assert notes == ["committed"]


def test_slow_calls_hold_up_no_other_queue(run_workers: Run, notes: list[Any]) -> None:
    run_workers()
    wait_for_signal.enqueue(text="slow")
    wait_until(lambda: notes)
    note.enqueue(text="quick")
    wait_until(lambda: len(notes) == 2)

    assert notes == ["slow", "quick"]


def test_jobs_run_once_however_many_workers_race(run_workers: Run, notes: list[Any]) -> None:
    with transaction.atomic():
        for number in range(200):
            note.enqueue(text=str(number))
    for _ in range(4):
        run_workers(default=2)

    wait_until(lambda: count_jobs("SUCCESSFUL") == 200)
    assert sorted(notes, key=int) == [str(number) for number in range(200)]


def test_idle_workers_read_and_write_nothing(run_workers: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a worker does in a minute without jobs, in a moment: a writer who holds the lock meanwhile sees it."""
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(dispatcher, "REAP_EVERY", dispatcher.REAP_EVERY / 5000)
    with recorded_statements() as statements, transaction.atomic():
        run_workers()
        wait_until(lambda: len(statements) > 60)

    assert {sql.split()[0] for sql in statements} <= {"SELECT", "PRAGMA"}


def test_a_job_that_ends_while_workers_stop_is_stored(run_workers: Run, notes: list[Any]) -> None:
    workers = run_workers()
    wait_for_signal.enqueue(text="slow")
    wait_until(lambda: notes)
    signal_to_go_on.set()
    workers.stop(10)

    assert count_jobs("SUCCESSFUL") == 1
    assert not Worker.objects.exists()


def test_a_job_that_does_not_end_in_time_goes_back(run_workers: Run, notes: list[Any]) -> None:
    workers = run_workers()
    wait_for_signal.enqueue(text="slow")
    wait_for_signal.enqueue(text="not begun")
    wait_until(lambda: notes)
    workers.stop(0)

    assert list(DBTaskResult.objects.values_list("status", "worker_ids")) == [("READY", []), ("READY", [])]
    assert not Worker.objects.exists()


def test_a_job_that_hangs_is_tried_again_and_holds_up_no_other(
    run_workers: Run, notes: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", 0.05)
    hang.enqueue(text="stuck")
    run_workers(outbound=1)
    wait_until(lambda: notes)
    note.using(queue_name="outbound").enqueue(text="behind it")
    wait_until(lambda: "behind it" in notes)

    wait_until(lambda: count_jobs("READY"))
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    wait_until(lambda: count_jobs("FAILED"))

    row = DBTaskResult.objects.get(task_path=hang.module_path)
    assert (len(row.worker_ids), row.exception_class_path) == (2, "lib.jobs.errors.JobTimedOut")
    assert row.traceback.endswith("It took longer than 0.2 seconds. Its thread was given up, and may go on.")
    signal_to_go_on.set()
    wait_until(lambda: notes.count("stuck went on") == 2)
    assert count_jobs("FAILED") == 1, "what it does after all is stored nowhere"


def test_workers_outlive_an_error_of_the_database(
    run_workers: Run, notes: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a file that stays locked, while a job ends whose end has to be stored: it runs once all the same."""
    errors = [OperationalError("database is locked")] * 2
    store = dispatcher.store_successes

    def refuse(claimed: Any) -> None:
        if claimed and errors:
            raise errors.pop()
        store(claimed)

    monkeypatch.setattr(dispatcher, "store_successes", refuse)
    run_workers()
    note.enqueue(text="once")
    wait_until(lambda: count_jobs("SUCCESSFUL"))

    assert (notes, errors) == (["once"], [])


def test_a_failure_is_stored_beside_what_succeeds(run_workers: Run, notes: list[Any]) -> None:
    fail.enqueue(text="x")
    note.enqueue(text="fine")
    run_workers()

    wait_until(lambda: count_jobs("SUCCESSFUL") == 1 and count_jobs("READY") == 1)
    assert DBTaskResult.objects.get(status="READY").exception_class_path == "builtins.ValueError"


@pytest.mark.skipif("connection.vendor == 'postgresql'")
def test_a_change_by_another_connection_is_seen_without_a_query() -> None:
    changes, never = FileChanges(), threading.Event()
    changes.wait(never, 1)  # the first look finds out where it begins
    writer = threading.Thread(target=_write_and_close)
    writer.start()
    since = time.monotonic()
    changes.wait(never, 30)
    writer.join()

    assert time.monotonic() - since < 30


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_workers_outlive_the_loss_of_all_connections(run_workers: Run, notes: list[Any]) -> None:
    run_workers()
    note.enqueue(text="before")
    wait_until(lambda: count_jobs("SUCCESSFUL") == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    note.enqueue(text="after")

    wait_until(lambda: count_jobs("SUCCESSFUL") == 2)
    assert notes == ["before", "after"]


def _write_and_close() -> None:
    note.enqueue(text="by another")
    connection.close()
