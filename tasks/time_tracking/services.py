"""Measure the time that users spend on tasks, or enter it by hand. Task.time_spent is the sum of all that has ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.db.transactions import after_commit
from lib.web.errors import Conflict
from tasks.models import Project, Task, TimeEntry
from tasks.permissions import lock_project
from tasks.work import events
from tasks.work.locking import lock_project_of, lock_task
from tasks.work.recording import Recording

# A timer that was forgotten counts for no more, and no entry by hand does.
LONGEST = timedelta(hours=24)
FIRST_YEAR = 1900


@transaction.atomic
def start_timer(*, actor: User, task_id: UUID) -> TimeEntry:
    """Measure the actor's time on a task from now on; a timer of theirs that runs elsewhere stops.

    One that runs on this task goes on. Raise Task.DoesNotExist for a hidden task, PermissionDenied where the actor
    may not write.
    """
    _hold_timer(actor)
    running = _find_running(actor)
    if running is not None and running.task_id == task_id and Task.objects.visible_to(actor).filter(pk=task_id):
        return running
    project_id = Task.objects.visible_to(actor).values_list("project", flat=True).get(pk=task_id)
    elsewhere = {running.task.project_id} if running else set()
    projects = {each: _lock_for_timer(actor, each, project_id) for each in sorted({project_id, *elsewhere})}
    task = lock_task(projects[project_id], task_id)
    if running is not None:
        _stop_running(actor, running, projects[running.task.project_id])
    entry: TimeEntry = TimeEntry.objects.create(task=task, user=actor, started_at=timezone.now())
    after_commit(events.task_touched, project_id, task_id)
    return entry


@transaction.atomic
def stop_timer(*, actor: User, task_id: UUID) -> TimeEntry | None:
    """Stop the actor's timer on a task; return its entry, None where none runs: twice changes nothing.

    It stops in an archived project too.
    """
    project_id = Task.objects.visible_to(actor).values_list("project", flat=True).get(pk=task_id)
    _hold_timer(actor)
    running = _find_running(actor)
    if running is None or running.task_id != task_id:
        return None
    _stop_running(actor, running, Project.objects.locked().get(pk=project_id))
    return running


@transaction.atomic
def add_time_entry(*, actor: User, task_id: UUID, started_at: datetime, seconds: int, note: str = "") -> TimeEntry:
    """Enter time that the actor has spent on a task. Raise ValidationError for more than 24 hours, and the future."""
    task = lock_task(lock_project_of(actor, task_id), task_id)
    entry = TimeEntry(task=task, user=actor)
    _set_span(entry, started_at, seconds)
    entry.note = note
    entry.save(force_insert=True)
    _sum_up(actor, task.project, [task.pk])
    return entry


@transaction.atomic
def update_time_entry(
    *,
    actor: User,
    entry_id: UUID,
    started_at: datetime | None = None,
    seconds: int | None = None,
    note: str | None = None,
) -> TimeEntry:
    """Change an entry: the actor's own, or any as an admin of the project.

    Raise TimeEntry.DoesNotExist for one of a hidden task, PermissionDenied for another's, Conflict for the times of one
    that is running, ValidationError as `add_time_entry` does.
    """
    entry = _lock_entry(actor, entry_id)
    if started_at is not None or seconds is not None:
        if entry.ended_at is None:
            raise Conflict(_("Stop the timer first."))
        _set_span(entry, started_at or entry.started_at, entry.seconds if seconds is None else seconds)
    if note is not None:
        entry.note = note
    entry.save(update_fields=["started_at", "ended_at", "seconds", "note", "updated_at"])
    after_commit(events.task_touched, entry.task.project_id, entry.task_id)
    _sum_up(actor, entry.task.project, [entry.task_id])
    return entry


@transaction.atomic
def delete_time_entry(*, actor: User, entry_id: UUID) -> None:
    """Delete an entry: the actor's own, or any as an admin of the project. Raise what `update_time_entry` does."""
    entry = _lock_entry(actor, entry_id)
    entry.delete()
    after_commit(events.task_touched, entry.task.project_id, entry.task_id)
    _sum_up(actor, entry.task.project, [entry.task_id])


def _hold_timer(actor: User) -> None:
    """Let two calls of one user start and stop timers one after the other. Before any project: their order is fixed."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.pk)


def _find_running(actor: User) -> TimeEntry | None:
    running: TimeEntry | None = TimeEntry.objects.filter(user=actor, ended_at=None).select_related("task").first()
    if running is not None:
        running.user = actor
    return running


def _lock_for_timer(actor: User, project_id: UUID, wanted_id: UUID) -> Project:
    """Lock the project of a new timer; one where a timer only stops asks for no permission any more."""
    if project_id == wanted_id:
        return lock_project(actor, project_id)
    project: Project = Project.objects.locked().get(pk=project_id)
    return project


def _lock_entry(actor: User, entry_id: UUID) -> TimeEntry:
    visible = TimeEntry.objects.filter(task__in=Task.objects.visible_to(actor))
    project = lock_project(actor, visible.values_list("task__project", flat=True).get(pk=entry_id))
    entry: TimeEntry = visible.select_related("task", "user").get(pk=entry_id)
    is_admin = entry.user_id == actor.pk or Project.objects.administered_by(actor).filter(pk=project.pk).exists()
    if not is_admin:
        raise PermissionDenied(_("Only admins of the project change the time of others."))
    entry.task.project = project
    return entry


def _set_span(entry: TimeEntry, started_at: datetime, seconds: int) -> None:
    if started_at > timezone.now():
        raise ValidationError({"started_at": _("This can't begin in the future.")})
    if started_at.year < FIRST_YEAR:
        raise ValidationError({"started_at": _("Choose a day between 1900 and 2199.")})
    if not 0 < seconds <= LONGEST.total_seconds():
        raise ValidationError({"seconds": _("An entry has between one second and 24 hours.")})
    entry.started_at, entry.seconds = started_at, seconds
    entry.ended_at = started_at + timedelta(seconds=seconds)


def _stop_running(actor: User, running: TimeEntry, project: Project) -> None:
    """Stop a timer; its project is locked."""
    spent = max(min(timezone.now() - running.started_at, LONGEST), timedelta())
    running.seconds = int(spent.total_seconds())
    running.ended_at = running.started_at + spent
    running.save(update_fields=["ended_at", "seconds", "updated_at"])
    after_commit(events.task_touched, project.pk, running.task_id)
    _sum_up(actor, project, [running.task_id])


def _sum_up(actor: User, project: Project, task_ids: Collection[UUID]) -> None:
    """Store the sum of the time of tasks, and record it; their project is locked."""
    recording = Recording(actor, project)
    for task in Task.objects.filter(pk__in=task_ids):
        total = TimeEntry.objects.filter(task=task).aggregate(total=Sum("seconds"))["total"] or 0
        if recording.note(task, "time_spent", task.time_spent, total):
            task.time_spent = total
            task.save(update_fields=["time_spent", "version", "updated_at"])
    recording.save()
