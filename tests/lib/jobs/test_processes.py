"""Workers in processes of their own: killed, stopped, and many at once. `processes.py` does it a hundred times."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from lib.jobs.worker import STOP_SECONDS
from tests.lib.jobs.processes import WorkerProcesses, kill_at_random_points
from tests.lib.jobs.sample_jobs import leave_mark_and_stay
from tests.live import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[WorkerProcesses]:
    workers = WorkerProcesses(tmp_path)
    yield workers
    workers.kill()


def test_no_job_is_lost_and_each_runs_again_only_where_its_worker_was_killed(workers: WorkerProcesses) -> None:
    kill_at_random_points(workers, kills=2, jobs=60)

    jobs = DBTaskResult.objects.filter(task_path__endswith=".leave_mark")
    marks = [Path(job.args_kwargs["kwargs"]["path"]).stat().st_size for job in jobs]
    assert len(marks) == 120
    assert min(marks) == 1
    assert all(times <= len(job.worker_ids) for times, job in zip(marks, jobs, strict=True))
    assert {job.status for job in jobs} == {"SUCCESSFUL"}


def test_processes_race_for_jobs_and_stop_when_asked(workers: WorkerProcesses) -> None:
    workers.enqueue_marks(100)
    for _ in range(2):
        workers.start()
    workers.wait_until_ended()

    assert workers.count_marks() == {1: 100}
    assert workers.stop() == [0, 0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["work", "serve"])
def test_a_second_signal_ends_a_process_whose_jobs_the_first_lets_finish(
    workers: WorkerProcesses, tmp_path: Path, command: str, number: signal.Signals
) -> None:
    mark = tmp_path / "mark"
    leave_mark_and_stay.enqueue(path=str(mark))
    process = workers.start(command, *(["--no-migrate", "--port", str(free_port())] if command == "serve" else []))
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < deadline, (tmp_path / "work.log").read_text()
        time.sleep(0.05)

    process.send_signal(number)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.send_signal(number)

    process.wait(STOP_SECONDS - 5)
    assert DBTaskResult.objects.get(task_path=leave_mark_and_stay.module_path).status == "READY"
