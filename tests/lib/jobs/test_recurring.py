"""Recurring jobs: once per due time, whichever process is first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cronsim import CronSimError
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from lib.jobs import recurring
from lib.jobs.job import Job, recurring_jobs
from lib.jobs.models import Schedule
from lib.jobs.schedules import enqueue_recurring_jobs
from tests.lib.jobs.sample_jobs import note_time

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def hourly() -> Iterator[dict[str, Job[[]]]]:
    job = recurring("0 * * * *")(note_time)
    yield {job.module_path: job}
    del recurring_jobs[job.module_path]


def test_a_job_is_enqueued_once_for_each_due_time(hourly: dict[str, Job[[]]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        next_at = enqueue_recurring_jobs(hourly)
        assert next_at == datetime(2026, 11, 27, 13, tzinfo=UTC)
        assert not DBTaskResult.objects.exists()

        clock.move_to(next_at)
        assert enqueue_recurring_jobs(hourly) == next_at + timedelta(hours=1)
        enqueue_recurring_jobs(hourly)

    assert DBTaskResult.objects.count() == 1


def test_times_that_passed_while_no_process_ran_are_made_up_for_once(hourly: dict[str, Job[[]]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_recurring_jobs(hourly)
        clock.shift(timedelta(hours=7))
        next_at = enqueue_recurring_jobs(hourly)

    assert next_at == datetime(2026, 11, 27, 20, tzinfo=UTC)
    assert DBTaskResult.objects.count() == 1


def test_a_process_that_comes_second_enqueues_nothing(hourly: dict[str, Job[[]]]) -> None:
    """It has read the row before the first one moves it on."""

    def let_another_be_first() -> bool:
        enqueue_recurring_jobs(hourly)
        return True

    late = {kind: replace(job, is_needed=let_another_be_first) for kind, job in hourly.items()}
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_recurring_jobs(hourly)
        clock.shift(timedelta(hours=1))
        enqueue_recurring_jobs(late)

    assert DBTaskResult.objects.count() == 1


def test_a_process_whose_clock_is_behind_enqueues_nothing(hourly: dict[str, Job[[]]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_recurring_jobs(hourly)
        clock.move_to(datetime(2026, 11, 27, 13, tzinfo=UTC))
        enqueue_recurring_jobs(hourly)
        clock.move_to(datetime(2026, 11, 27, 12, 59, 59, tzinfo=UTC))
        enqueue_recurring_jobs(hourly)

    assert DBTaskResult.objects.count() == 1


def test_another_expression_begins_with_now(hourly: dict[str, Job[[]]]) -> None:
    with time_machine.travel(NOON, tick=False):
        enqueue_recurring_jobs(hourly)
        daily = recurring("30 3 * * *")(note_time)
        enqueue_recurring_jobs({daily.module_path: daily})

    assert Schedule.objects.get().due_at == datetime(2026, 11, 28, 3, 30, tzinfo=UTC)
    assert not DBTaskResult.objects.exists()


def test_a_job_that_is_not_needed_writes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    needed: list[bool] = []
    job = recurring("* * * * *", when=lambda: bool(needed))(note_time)
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_recurring_jobs({job.module_path: job})
        clock.shift(timedelta(minutes=5))
        with django_assert_num_queries(1):
            assert enqueue_recurring_jobs({job.module_path: job}) == datetime(2026, 11, 27, 12, 6, tzinfo=UTC)

        needed.append(True)
        enqueue_recurring_jobs({job.module_path: job})

    del recurring_jobs[job.module_path]
    assert DBTaskResult.objects.count() == 1


def test_a_wrong_expression_is_refused_where_it_stands() -> None:
    with pytest.raises(CronSimError):
        recurring("61 * * * *")
