"""The same trivial job for both workers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from lib.jobs import job


@job()
def note_start(*, path: str, sent_at: float) -> None:
    _write_start(path, sent_at)


@task()
def note_start_by_stock(*, path: str, sent_at: float) -> None:
    _write_start(path, sent_at)


def select_rows(measured: Any) -> Any:
    """The rows of a job, however it is declared."""
    return DBTaskResult.objects.order_by().filter(task_path=measured.module_path)


def _write_start(path: str, sent_at: float) -> None:
    if path:
        with Path(path).open("a") as file:
            file.write(f"{time.time() - sent_at}\n")
