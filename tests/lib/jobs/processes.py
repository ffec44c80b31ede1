"""Workers in processes of their own, and how often each of their jobs has left its mark.

`python -m tests.lib.jobs.processes kills 100` kills workers at random points; `… races 20` lets many compete.
Both make a database of their own: on SQLite, or beside that of DATABASE_URL on PostgreSQL.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import prepared


class WorkerProcesses:
    """Processes of `manage.py work` on the database of this one, that leave marks in a folder."""

    def __init__(self, folder: Path) -> None:
        from django.db import connection

        self.folder = folder
        name = connection.settings_dict["NAME"]
        url = prepared.address_of(name) if connection.vendor == "postgresql" else f"sqlite:///{name}"
        self.env = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder / "data"), "DEBUG": "on", "HTTPS": "off"}
        self._enqueued = 0
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start one more: by default a worker of two threads for each queue."""
        command = (sys.executable, "manage.py", *(command or ("work", "--concurrency", "2")))
        log = (self.folder / "work.log").open("ab")
        process = subprocess.Popen(command, cwd=prepared.ROOT, env=self.env, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def kill(self) -> None:
        """Kill all without warning, and let the time pass until their leases are over."""
        from django.utils import timezone

        from lib.jobs.models import Worker

        for process in self.running:
            process.kill()
            process.wait()
        self.running.clear()
        Worker.objects.update(leased_until=timezone.now())

    def stop(self) -> list[int]:
        """Ask all to stop; return their exit statuses."""
        for process in self.running:
            process.terminate()
        statuses = [process.wait(60) for process in self.running]
        self.running.clear()
        return statuses

    def enqueue_marks(self, count: int) -> None:
        """Enqueue jobs that each leave a mark of their own."""
        from django.db import transaction

        from tests.lib.jobs.sample_jobs import leave_mark

        (self.folder / "marks").mkdir(exist_ok=True)
        with transaction.atomic():
            for _ in range(count):
                leave_mark.enqueue(path=str(self.folder / "marks" / str(self._enqueued)))
                self._enqueued += 1

    def count_open(self) -> int:
        """Count the jobs that have not ended."""
        from django_tasks_db.models import DBTaskResult

        return DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).count()

    def wait_until_ended(self, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while self.count_open():
            assert time.monotonic() < deadline, (self.folder / "work.log").read_text()[-3000:]
            time.sleep(0.02)

    def count_marks(self) -> Counter[int]:
        """Count how many jobs have left so many marks."""
        return Counter(file.stat().st_size for file in (self.folder / "marks").iterdir())


def kill_at_random_points(workers: WorkerProcesses, *, kills: int, jobs: int) -> None:
    """Kill a worker again and again while it has work, then let one end it all."""
    from django_tasks_db.models import DBTaskResult

    for _ in range(kills):
        workers.enqueue_marks(jobs)
        before = DBTaskResult.objects.filter(status="SUCCESSFUL").count()
        workers.start()
        deadline = time.monotonic() + 60
        while DBTaskResult.objects.filter(status="SUCCESSFUL").count() == before and time.monotonic() < deadline:
            time.sleep(random.uniform(0, 0.01))
        time.sleep(random.uniform(0, 0.1))
        workers.kill()
    workers.start()
    # Later attempts come after seconds; here they come at once.
    deadline = time.monotonic() + 120
    while workers.count_open():
        _let_retries_be_due()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _let_retries_be_due() -> None:
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    DBTaskResult.objects.filter(status="READY", run_after__gt=now).update(run_after=now)


def _run_alone(kind: str, count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="atrium-jobs-"))
    if prepared.on_postgres():
        os.environ["DATABASE_URL"] = prepared.create_postgres_database("atrium_jobs_alone")
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'alone.sqlite3'}"
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "on"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    workers = WorkerProcesses(folder)
    if kind == "kills":
        kill_at_random_points(workers, kills=count, jobs=150)
    else:
        for _ in range(count):
            workers.start()
        time.sleep(10)
        since = time.monotonic()
        workers.enqueue_marks(5000)
        workers.wait_until_ended()
        print(f"{5000 / (time.monotonic() - since):.0f} jobs/s")
    print(f"exit statuses {set(workers.stop())}; jobs by how often they ran: {dict(workers.count_marks())}")
    from django_tasks_db.models import DBTaskResult

    print("states:", dict(Counter(DBTaskResult.objects.order_by().values_list("status", flat=True))))


if __name__ == "__main__":
    _run_alone(sys.argv[1], int(sys.argv[2]))
