"""Name the library's table and the states of its rows, and add what queries of workers are answered from."""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "django_tasks_database_dbtaskresult"
BACKEND = "default"
READY, RUNNING, FAILED, SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"

# Small ones, since most rows are done. Those of the library begin with no queue.
INDEXES = (
    ("jobs_by_priority", "queue_name, priority DESC, run_after, enqueued_at", READY),
    ("jobs_by_due_time", "queue_name, run_after", READY),
    ("jobs_running", "started_at", RUNNING),
    ("jobs_failed", "id", FAILED),
)


def create_indexes(using: str = "default", **_: Any) -> None:
    """Create the indexes that workers and lists need, where they are missing: after migrations.

    They stand on the table of a library, whose migrations are not ours.
    """
    with connections[using].cursor() as cursor:
        if TABLE not in connections[using].introspection.table_names(cursor):
            return  # only some apps were migrated
        for name, columns, status in INDEXES:
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {TABLE} ({columns}) WHERE status = '{status}'")
