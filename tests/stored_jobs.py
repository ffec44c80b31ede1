"""Jobs that wait."""

from __future__ import annotations

from typing import Any

from django_tasks_db.models import DBTaskResult

from lib.jobs import Job


def list_arguments(job: Job[Any]) -> list[dict[str, Any]]:
    """The arguments of all jobs of a kind that wait, in the order in which they were stored."""
    rows = DBTaskResult.objects.filter(task_path=job.module_path, status="READY").order_by("pk")
    return [row.args_kwargs["kwargs"] for row in rows]
