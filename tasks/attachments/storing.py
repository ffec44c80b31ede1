"""Keep the history of a task's files, and take deleted ones off."""

from __future__ import annotations

from uuid import UUID

from tasks.models import Project, Task, TaskAttachment
from tasks.work.recording import Recording


def drop_file(*, project_id: UUID, asset_id: UUID) -> None:
    """Take a deleted file off the tasks of a project, archived or not, inside the caller's transaction."""
    project = Project.objects.locked().get(pk=project_id)
    recording = Recording(None, project)
    for attachment in TaskAttachment.objects.filter(task__project=project, asset=asset_id).select_related("task"):
        task = attachment.task
        before = list_file_ids(task)
        attachment.delete()
        record_files(recording, task, before)
    recording.save()


def list_file_ids(task: Task) -> list[str]:
    """Return the ids of a task's files, as its history has them."""
    return [str(pk) for pk in TaskAttachment.objects.filter(task=task).order_by("pk").values_list("asset", flat=True)]


def record_files(recording: Recording, task: Task, before: list[str]) -> None:
    """Record that a task has other files than before, and store its version."""
    if recording.note(task, "asset_ids", before, list_file_ids(task)):
        task.save(update_fields=["version", "updated_at"])
