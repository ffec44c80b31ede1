"""Relate tasks, also those of two projects, and take relations back."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Project, Task, TaskRelation
from tasks.permissions import lock_project
from tasks.relations.queries import list_relations
from tasks.work.locking import lock_task
from tasks.work.recording import Recording

Kind = TaskRelation.Kind
# What a task does by each word that stands for the other direction.
TURNED = {"blocked_by": Kind.BLOCKS, "duplicated_by": Kind.DUPLICATES}


@transaction.atomic
def relate_tasks(*, actor: User, task_id: UUID, kind: str, other_id: UUID) -> TaskRelation:
    """Relate two tasks that the actor may change; return the relation, or an old one.

    Raise Task.DoesNotExist for a hidden one, PermissionDenied where the actor may not write, ValidationError for a task
    with itself, Conflict for what contradicts the relations that there are.
    """
    if task_id == other_id:
        raise ValidationError({"task_id": _("A task has no relation to itself.")})
    task, other = _lock_both(actor, task_id, other_id, may_write_both=True)
    first, second = (other, task) if kind in TURNED else (task, other)
    stored = TURNED.get(kind, kind)
    pair = Q(task=first, other=second)
    if stored == Kind.RELATES:
        pair |= Q(task=second, other=first)
    existing = TaskRelation.objects.filter(pair, kind=stored).select_related("task__project", "other__project").first()
    if existing is not None:
        return existing
    if stored != Kind.RELATES and _leads_to(second.pk, first.pk, stored):
        raise Conflict(_("These two are related the other way round already."), "contradiction")
    relation: TaskRelation = TaskRelation.objects.create(task=first, other=second, kind=stored)
    _record_both(actor, relation, is_new=True)
    return relation


@transaction.atomic
def remove_relation(*, actor: User, task_id: UUID, relation_id: UUID) -> None:
    """Take back a relation of a task that the actor may change.

    Raise TaskRelation.DoesNotExist for one to a task that they can't see.
    """
    found = list_relations(user=actor, task_id=task_id).get(pk=relation_id)
    other_id = found.other_id if found.task_id == task_id else found.task_id
    task, other = _lock_both(actor, task_id, other_id, may_write_both=False)
    relation: TaskRelation = TaskRelation.objects.get(pk=relation_id)
    relation.task, relation.other = (task, other) if relation.task_id == task.pk else (other, task)
    _record_both(actor, relation, is_new=False)
    relation.delete()


def _lock_both(actor: User, task_id: UUID, other_id: UUID, *, may_write_both: bool) -> tuple[Task, Task]:
    """Return both tasks, with their projects locked in one order; the actor may write in that of the first at least."""
    visible = Task.objects.visible_to(actor)
    places = dict(visible.filter(pk__in=[task_id, other_id]).values_list("pk", "project"))
    if len(places) < 2:
        raise Task.DoesNotExist
    written = places.values() if may_write_both else [places[task_id]]
    projects = {each: _lock_one(actor, each, may_write=each in written) for each in sorted(set(places.values()))}
    return lock_task(projects[places[task_id]], task_id), lock_task(projects[places[other_id]], other_id)


def _lock_one(actor: User, project_id: UUID, *, may_write: bool) -> Project:
    if may_write:
        return lock_project(actor, project_id)
    project: Project = Project.objects.visible_to(actor).locked().get(pk=project_id)
    return project


def _leads_to(start: UUID, goal: UUID, kind: str) -> bool:
    """Tell whether relations of a kind lead from one task to another, over others too."""
    seen, newest = {start}, {start}
    while newest:
        rows = TaskRelation.objects.filter(task__in=newest, kind=kind, other__deleted_at=None)
        newest = set(rows.values_list("other", flat=True)) - seen
        if goal in newest:
            return True
        seen |= newest
    return False


def _record_both(actor: User, relation: TaskRelation, *, is_new: bool) -> None:
    """Record a relation in the history of both tasks, as each has it."""
    turned = {Kind.BLOCKS: "blocked_by", Kind.DUPLICATES: "duplicated_by"}
    kind = Kind(relation.kind)
    task, other = relation.task, relation.other
    recordings: dict[UUID, Recording] = {}
    for own, word, far in ((task, str(kind), other), (other, turned.get(kind, str(kind)), task)):
        recording = recordings.setdefault(own.project_id, Recording(actor, own.project))
        value = {"kind": word, "task_id": str(far.pk), "key": f"{far.project.key}-{far.number}"}
        recording.note(own, "relation", None if is_new else value, value if is_new else None)
        own.save(update_fields=["version", "updated_at"])
    for recording in recordings.values():
        recording.save()
