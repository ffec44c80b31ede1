"""Find the tasks that texts, messages and searches mean: only what the reader sees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Organisation, User
from tasks.models import Task, TaskAssignee
from tasks.models.tasks import TaskQuerySet

KEY = re.compile(r"([A-Z][A-Z0-9]{1,5})-([1-9][0-9]{0,17})", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def tasks_in(*, user: User, organisation: Organisation) -> TaskQuerySet:
    """Return the tasks of an organisation that a user sees, archived projects' among them, with their projects."""
    tasks: TaskQuerySet = Task.objects.visible_to(user).filter(project__organisation=organisation)
    return tasks.select_related("project")


def find_referenced(
    *, user: User, organisation: Organisation, keys: Collection[str], message_ids: Collection[UUID]
) -> list[Task]:
    """Return the tasks with these keys, and those made of these messages, that a user sees. One query, or none."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for match in filter(None, map(KEY.fullmatch, keys)):
        numbers[match[1].upper()].add(int(match[2]))
    wanted = Q(message__in=message_ids) if message_ids else Q(pk__in=[])
    for key, found in numbers.items():
        wanted |= Q(project__key=key, number__in=found)
    if not numbers and not message_ids:
        return []
    return list(tasks_in(user=user, organisation=organisation).filter(wanted).order_by("project", "number"))


def search_tasks(*, user: User, organisation: Organisation, q: str, limit: int) -> list[Task]:
    """Return tasks by a piece of their title, or by key or number: one's own open ones first, then the latest changed.

    Archived projects are left out. One query.
    """
    text = q.strip()
    is_own = Exists(TaskAssignee.objects.filter(task=OuterRef("pk"), user=user))
    tasks = tasks_in(user=user, organisation=organisation).filter(project__archived_at=None)
    tasks = tasks.annotate(is_own=is_own, is_done=Q(status="completed"))
    if text:
        wanted = Q(folded_title__contains_folded=text)
        if match := KEY.fullmatch(text):
            wanted |= Q(project__key=match[1].upper(), number=int(match[2]))
        elif NUMBER.fullmatch(text):
            wanted |= Q(number=int(text))
        elif re.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,5}-?", text):
            wanted |= Q(project__key=text.removesuffix("-").upper())
        tasks = tasks.filter(wanted)
    return list(tasks.order_by(F("is_done").asc(), F("is_own").desc(), "-updated_at", "-pk")[:limit])
