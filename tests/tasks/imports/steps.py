"""What tests of imports do again and again."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from accounts.models import User
from chat.models import Import
from lib.jobs import run_due_jobs
from tasks.imports.services import import_tasks
from tasks.models import Project, Task


def write_file(content: str | bytes) -> Path:
    with NamedTemporaryFile(delete=False) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return Path(file.name)


def import_file(
    actor: User, project: Project, content: str | bytes, *, kind: str = "csv", is_dry_run: bool = False, **options: Any
) -> Import:
    """Import a file, and let the job run."""
    imported = import_tasks(
        actor=actor,
        project_id=project.pk,
        kind=kind,
        path=write_file(content),
        name=f"tasks.{kind}",
        options=options,
        is_dry_run=is_dry_run,
    )
    run_due_jobs(queue="default")
    imported.refresh_from_db()
    return imported


def task_called(project: Project, title: str) -> Task:
    return Task.objects.standing().select_related("column", "parent").get(project=project, title=title)
