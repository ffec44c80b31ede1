"""What failed is tried again, later each time, and tells nothing that it was called with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from lib.jobs import run_due_jobs
from lib.jobs.backoff import compute_delay
from lib.jobs.errors import JobAborted, RetryLater
from tests.lib.jobs.sample_jobs import abort, fail, leave, note

pytestmark = pytest.mark.django_db


def test_a_job_is_tried_as_often_as_it_says_and_has_then_failed() -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        fail.enqueue(text="hunter2")
        runs = []
        for _ in range(5):
            runs.append(run_due_jobs())
            clock.shift(timedelta(hours=12))

    assert runs == [1, 1, 1, 0, 0]
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids), row.exception_class_path) == ("FAILED", 3, "builtins.ValueError")


def test_a_stored_error_tells_where_it_was_raised_and_nothing_else() -> None:
    fail.enqueue(text="hunter2")
    run_due_jobs()

    told = DBTaskResult.objects.get().traceback
    assert "sample_jobs.py" in told
    assert "hunter2" not in told
    assert "secret" not in told


@pytest.mark.parametrize(("by", "name"), [("exit", "builtins.SystemExit"), ("cancellation", "CancelledError")])
def test_what_is_no_ordinary_error_ends_the_job_alone(by: str, name: str) -> None:
    leave.enqueue(by=by)

    assert run_due_jobs() == 1

    assert DBTaskResult.objects.get().exception_class_path.endswith(name)


def test_a_job_that_gives_up_is_not_tried_again() -> None:
    abort.enqueue()
    run_due_jobs()

    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.traceback.endswith("JobAborted: The address is gone.")


def test_a_fresh_job_goes_before_a_retry(notes: list[Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        failed = fail.enqueue(text="x")
        run_due_jobs()
        clock.shift(timedelta(hours=1))
        note.enqueue(text="fresh")
        run_due_jobs()

    fresh = DBTaskResult.objects.get(task_path=note.module_path)
    assert fresh.priority > DBTaskResult.objects.get(pk=failed.id).priority


def test_delays_grow_up_to_a_limit_and_spread() -> None:
    delays = [compute_delay(OSError(), attempt=attempt, attempts=20) for attempt in range(1, 20)]

    assert all(delay for delay in delays)
    seconds = [delay.total_seconds() for delay in delays if delay]
    assert 10 <= seconds[0] <= 12.5
    assert 90 <= seconds[2] <= 112.5
    assert 6 * 3600 <= seconds[-1] <= 7.5 * 3600
    assert seconds[-1] != seconds[-2]


def test_a_job_names_its_own_delay_or_its_end() -> None:
    later = compute_delay(RetryLater("busy", delay=timedelta(minutes=10)), attempt=1, attempts=3)

    assert later and timedelta(minutes=10) <= later <= timedelta(minutes=12.5)
    assert compute_delay(JobAborted("gone"), attempt=1, attempts=3) is None
    assert compute_delay(OSError(), attempt=3, attempts=3) is None


def test_a_job_whose_function_is_gone_fails_and_holds_up_no_other(notes: list[Any]) -> None:
    gone = note.enqueue(text="gone")
    DBTaskResult.objects.filter(pk=gone.id).update(task_path="tests.lib.jobs.sample_jobs.gone")
    note.enqueue(text="next")

    run_due_jobs()

    assert DBTaskResult.objects.get(pk=gone.id).status == "FAILED"
    assert notes == ["next"]
