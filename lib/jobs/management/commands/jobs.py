"""`manage.py jobs`: list background work, try failed jobs again, and cancel those that wait."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import IO, Any, cast
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from lib.jobs.queries import JobDescription, JobState, count_jobs, describe_job, select_jobs
from lib.jobs.services import cancel_job, retry_job


class Command(BaseCommand):
    """List of jobs, and what can be done about them."""

    help = "Lists background work; `retry` and `cancel` take ids of it, or --kind with --state."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what to do, to which jobs."""
        parser.add_argument("action", nargs="?", choices=["list", "retry", "cancel"], default="list")
        parser.add_argument("ids", nargs="*", type=UUID, metavar="id")
        parser.add_argument("--state", choices=[state.value for state in JobState], help="Only those in this state.")
        parser.add_argument("--kind", help="Only these, as lib.mail.jobs.deliver_mail.")
        parser.add_argument("--limit", type=int, default=20, help="How many are listed, newest first.")

    def handle(
        self, *, action: str, ids: list[UUID], state: str | None, kind: str | None, limit: int, **options: Any
    ) -> None:
        """List jobs, or change them and say how many were changed."""
        jobs = select_jobs(state=JobState(state) if state else None, kind=kind)
        if action == "list":
            self._list_jobs([describe_job(row) for row in jobs[: max(limit, 0)]])
            return
        if not ids and not state:
            raise CommandError(f"Name the jobs to {action} by their ids, or all in a state by --state.")
        chosen = ids or list(jobs.values_list("pk", flat=True))
        change = retry_job if action == "retry" else cancel_job
        try:
            count = sum(change(job_id=job_id) for job_id in chosen)
        except ObjectDoesNotExist as error:
            raise CommandError("There is no such job.") from error
        self.stdout.write(f"{'Tried again' if action == 'retry' else 'Cancelled'}: {count} of {len(chosen)}")

    def _list_jobs(self, jobs: list[JobDescription]) -> None:
        from rich.console import Console
        from rich.table import Table

        console = Console(file=cast(IO[str], self.stdout), width=None if self.stdout.isatty() else 200, markup=False)
        table = Table("Id", "Kind", "Queue", "State", "Tries", "Due (UTC)", "Error")
        for job in jobs:
            table.add_row(*_describe_row(job))
        if jobs:
            console.print(table)
        console.print(", ".join(f"{state}: {number}" for state, number in count_jobs().items()), highlight=False)


def _describe_row(job: JobDescription) -> list[str]:
    due, error = f"{job.run_after:%Y-%m-%d %H:%M:%S}", job.error.rpartition("\n")[2]
    return [str(job.id), job.kind, job.queue, job.state, f"{job.attempts}/{job.max_attempts}", due, error]
