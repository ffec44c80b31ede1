"""Show jobs in the admin, read-only."""

from __future__ import annotations

from django.contrib import admin

from lib.jobs.models import StoredJob
from lib.jobs.queries import describe_job
from lib.web.admin import LookupAdmin


@admin.register(StoredJob)
class StoredJobAdmin(LookupAdmin):
    """List of jobs. What they were given is not shown."""

    list_display = ("task_path", "queue_name", "state", "enqueued_at", "run_after", "finished_at", "error")
    list_filter = ("status", "queue_name")
    search_fields = ("task_path",)
    date_hierarchy = "enqueued_at"
    fields = (
        "task_path",
        "queue_name",
        "state",
        "priority",
        "enqueued_at",
        "run_after",
        "started_at",
        "finished_at",
        "error",
    )

    @admin.display(description="State")
    def state(self, job: StoredJob) -> str:
        """Return the state, as the page of background work names it."""
        return describe_job(job).state.value

    @admin.display(description="Error")
    def error(self, job: StoredJob) -> str:
        """Return what the last attempt failed by."""
        return job.traceback.rpartition("\n")[2]
