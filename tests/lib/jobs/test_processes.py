"""Workers in processes of their own: killed, stopped, and many at once. `processes.py` does it a hundred times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from tests.lib.jobs.processes import WorkerProcesses, kill_at_random_points

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[WorkerProcesses]:
    workers = WorkerProcesses(tmp_path)
    yield workers
    workers.kill()


def test_no_job_is_lost_and_none_runs_more_than_twice_when_workers_are_killed(workers: WorkerProcesses) -> None:
    kill_at_random_points(workers, kills=2, jobs=60)

    assert sum(workers.count_marks().values()) == 120
    assert set(workers.count_marks()) <= {1, 2}
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_processes_race_for_jobs_and_stop_when_asked(workers: WorkerProcesses) -> None:
    workers.enqueue_marks(100)
    for _ in range(2):
        workers.start()
    workers.wait_until_ended()

    assert workers.count_marks() == {1: 100}
    assert workers.stop() == [0, 0]
