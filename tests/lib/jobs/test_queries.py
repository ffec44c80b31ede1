"""What administrators see of jobs, and what they can do with one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from lib.jobs import cancel_jobs, run_due_jobs
from lib.jobs.queries import JobState, count_jobs, describe_job, select_jobs
from lib.jobs.services import cancel_job, delete_ended_jobs, retry_job
from lib.jobs.statistics import measure_kinds
from tests.lib.jobs.sample_jobs import abort, fail, note, note_anything, note_mail

pytestmark = pytest.mark.django_db


def make_one_of_each_state() -> None:
    note.enqueue(text="hunter2")
    abort.enqueue()
    run_due_jobs()
    note.using(unique_key="gone").enqueue(text="cancelled")
    cancel_jobs(unique_key="gone")
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(text="later")
    running = note.enqueue(text="running")
    DBTaskResult.objects.filter(pk=running.id).update(status="RUNNING", started_at=timezone.now())
    note_mail.enqueue(text="waits")


def test_jobs_are_listed_by_state_without_their_arguments() -> None:
    make_one_of_each_state()

    for state in JobState:
        [row] = select_jobs(state=state)
        described = describe_job(row)
        assert described.state == state
        assert "hunter2" not in repr(described)
    assert set(count_jobs().values()) == {1}


def test_jobs_are_found_by_kind_and_queue() -> None:
    make_one_of_each_state()

    assert [row.queue_name for row in select_jobs(queue="mail")] == ["mail"]
    assert {row.task_path for row in select_jobs(kind=abort.module_path)} == {abort.module_path}


def test_a_list_of_jobs_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_one_of_each_state()

    with django_assert_num_queries(1):
        assert len([describe_job(row) for row in select_jobs()]) == 6


def test_kinds_are_measured_by_the_hour(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        note.enqueue(text="first")
        clock.shift(timedelta(seconds=4))
        run_due_jobs()
        clock.shift(timedelta(hours=2))
        note.enqueue(text="second")
        abort.enqueue()
        run_due_jobs()
        note_mail.enqueue(text="waits")
        note_anything.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(value="later")
        with django_assert_num_queries(4):
            kinds = {each.kind: each for each in measure_kinds()}

    noted = kinds[note.module_path]
    assert (noted.done, noted.failed, noted.slow_wait, noted.median_run) == (2, 0, 4, 0)
    assert [hour.done for hour in noted.hours[-3:]] == [1, 0, 1]
    assert kinds[abort.module_path].hours[-1].failed == 1
    assert (kinds[note_anything.module_path].waiting, kinds[note_anything.module_path].delayed) == (0, 1)
    assert (kinds[note_mail.module_path].waiting, kinds[note_mail.module_path].median_wait) == (1, None)


def test_a_job_that_failed_is_tried_again_when_asked(notes: list[Any]) -> None:
    failed = fail.enqueue(text="x")
    run_due_jobs()

    assert retry_job(job_id=failed.id)
    assert run_due_jobs() == 1
    assert len(DBTaskResult.objects.get().worker_ids) == 1


def test_a_job_that_is_done_is_neither_tried_again_nor_cancelled() -> None:
    done = note.enqueue(text="x")
    run_due_jobs()

    assert not retry_job(job_id=done.id)
    assert not cancel_job(job_id=done.id)
    for act in (retry_job, cancel_job):
        with pytest.raises(DBTaskResult.DoesNotExist):
            act(job_id=uuid4())


def test_old_jobs_of_all_queues_are_deleted() -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        make_one_of_each_state()
        run_due_jobs()
        clock.shift(timedelta(days=2))
        assert delete_ended_jobs() == 2
        clock.shift(timedelta(days=30))
        assert delete_ended_jobs() == 2

    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"READY", "RUNNING"}
