"""Jobs of a worker that died are taken over; those of one that lives are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from lib.jobs import run_due_jobs
from lib.jobs.claiming import ClaimedJob, claim_jobs, return_jobs, store_successes
from lib.jobs.errors import name_error
from lib.jobs.lanes import Lane
from lib.jobs.leases import LEASE, Lease, reap_lost_jobs
from lib.jobs.models import JobKey, Worker
from tests.lib.jobs.sample_jobs import fail, note

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
LANE = Lane("default")


def claim_one(lease: Lease) -> ClaimedJob:
    lease.renew()
    [claimed] = claim_jobs(LANE, worker=str(lease.worker_id), limit=1)
    return claimed


def test_a_job_of_a_dead_worker_is_run_by_another(notes: list[Any]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        note.enqueue(text="once")
        claim_one(Lease())
        assert (reap_lost_jobs(), run_due_jobs()) == (0, 0)

        clock.shift(LEASE + timedelta(seconds=1))
        assert reap_lost_jobs() == 1
        run_due_jobs()

    assert notes == ["once"]
    assert len(DBTaskResult.objects.get().worker_ids) == 2


def test_a_lease_that_is_renewed_keeps_its_jobs() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        note.enqueue(text="once")
        lease = Lease()
        claim_one(lease)
        for _ in range(5):
            clock.shift(timedelta(seconds=20))
            lease.renew()
            assert reap_lost_jobs() == 0


def test_a_job_that_ended_every_worker_fails_after_its_attempts() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fail.enqueue(text="x")
        for _ in range(3):
            claim_one(Lease())
            clock.shift(LEASE + timedelta(seconds=1))
            reap_lost_jobs()
            clock.shift(timedelta(hours=1))

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "lib.jobs.errors.WorkerLost")


def test_a_worker_that_was_given_up_stores_nothing_afterwards() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        note.enqueue(text="once")
        slow = claim_one(Lease())
        clock.shift(2 * LEASE)
        reap_lost_jobs()
        claim_one(Lease())
        store_successes([slow])

    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_job_that_is_given_back_counts_no_attempt_and_has_its_key_again() -> None:
    job = note.using(unique_key="digest")
    job.enqueue(text="once")
    claimed = claim_one(Lease())
    assert not JobKey.objects.get().is_waiting

    return_jobs([claimed])

    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids, row.started_at) == ("READY", [], None)
    assert not job.enqueue(text="second").is_new


def test_a_job_that_is_given_back_leaves_its_key_to_one_that_waits() -> None:
    job = note.using(unique_key="digest")
    job.enqueue(text="once")
    claimed = claim_one(Lease())
    job.enqueue(text="second")

    return_jobs([claimed])

    assert DBTaskResult.objects.filter(status="READY").count() == 2
    assert JobKey.objects.filter(is_waiting=True).count() == 1


def test_a_worker_without_jobs_has_no_row() -> None:
    lease = Lease()
    assert not Worker.objects.exists()
    lease.renew()
    assert Worker.objects.get().pk == lease.worker_id
    lease.release()
    assert not Worker.objects.exists()


def test_errors_are_named_by_their_class() -> None:
    assert name_error(ValueError) == "builtins.ValueError"
