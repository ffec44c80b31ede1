"""Background work: trivial jobs a second beside the stock worker, how soon a job starts, and what an idle worker costs.

`python -m tests.benchmarks.jobs FOLDER` prints the figures of Atrium, `… FOLDER --stock` those of the stock worker
(`manage.py db_worker`) on the same table, settings and pragmas.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.in_process import start_django
from tests.benchmarks.products import Product, Stock
from tests.benchmarks.rounds import Effort, Figures
from tests.benchmarks.server import ROOT, cores, read_cpu_seconds

JOBS = 2000
STARTS = 100
PAUSE_SECONDS = 0.02
SECONDS = 120.0
STOCK = ("db_worker", "--queue-name", "*", "--interval", "0", "--no-startup-delay", "--batch")


def measure_jobs(product: Product, effort: Effort) -> Figures:
    """Figures of one round, from a process of its own, on a database of its own."""
    folder = product.folder / "jobs"
    folder.mkdir(exist_ok=True)
    is_stock = isinstance(product, Stock)
    command = [sys.executable, "-m", "tests.benchmarks.jobs", str(folder), "--seconds", str(effort.seconds)]
    done = subprocess.run(
        command + ["--stock"] * is_stock, cwd=product.root, capture_output=True, text=True, timeout=10 * SECONDS
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.jobs", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--seconds", type=float, default=5)
    given = parser.parse_args()
    start_django(str(given.folder))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if given.stock:
        print(json.dumps({"jobs": _measure_rate(given.folder, STOCK, "note_start_by_stock")}))
        return
    figures = {"jobs": _measure_rate(given.folder, ("work", "--queues", "default"), "note_start")}
    with _run_worker(given.folder, ("work",)) as worker:
        figures["jobs-across"] = _measure_starts(given.folder)
        figures["jobs-idle"] = _measure_idle(worker, given.seconds)
    figures["jobs-embedded"] = _measure_embedded(given.folder)
    print(json.dumps(figures))


def _measure_rate(folder: Path, command: tuple[str, ...], name: str) -> float:
    """Return the jobs a second from the start of the first to the end of the last, without that of the process."""
    from django.db import transaction
    from django.db.models import Max, Min

    from tests.benchmarks import trivial_jobs

    job = getattr(trivial_jobs, name)
    with transaction.atomic():
        for _ in range(JOBS):
            job.enqueue(path="", sent_at=0.0)
    rows = trivial_jobs.select_rows(job)
    with _run_worker(folder, command):
        _wait_until(lambda: rows.filter(status="SUCCESSFUL").count() == JOBS)
    times = rows.aggregate(begin=Min("started_at"), end=Max("finished_at"))
    return JOBS / float((times["end"] - times["begin"]).total_seconds())


def _measure_starts(folder: Path) -> float:
    """Return the milliseconds from before the commit to the start of the function, 95th percentile."""
    from tests.benchmarks.trivial_jobs import note_start

    file = folder / "starts"
    file.write_text("")
    for number in range(STARTS + 1):
        note_start.enqueue(path=str(file), sent_at=time.time())
        time.sleep(PAUSE_SECONDS)
        if not number:  # the first one waits for the worker's own start
            _wait_until(lambda: file.read_text().count("\n") == 1)
    _wait_until(lambda: file.read_text().count("\n") == STARTS + 1)
    starts = sorted(float(line) for line in file.read_text().splitlines()[1:])
    return starts[STARTS * 95 // 100] * 1000


def _measure_embedded(folder: Path) -> float:
    from lib.jobs.worker import start_workers, stop_workers

    start_workers(threads=2)
    try:
        return _measure_starts(folder)
    finally:
        stop_workers()


def _measure_idle(worker: subprocess.Popen[bytes], seconds: float) -> float:
    """Return the milliseconds of processor time that a worker without jobs takes in a second."""
    time.sleep(1)
    before = read_cpu_seconds(worker.pid)
    time.sleep(seconds)
    return (read_cpu_seconds(worker.pid) - before) / seconds * 1000


@contextmanager
def _run_worker(folder: Path, command: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen(
            ["taskset", "-c", str(cores()[0]), sys.executable, "manage.py", *command],
            cwd=ROOT, env=os.environ, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield worker
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(30)


def _wait_until(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError("The jobs did not end")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
