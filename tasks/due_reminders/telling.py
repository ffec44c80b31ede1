"""Remind assignees of tasks that are due, each once of a due date: the row says so from the same transaction on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from lib.text.time_zones import UTC as UTC_NAME
from lib.text.time_zones import find_zone
from lib.text.wall_times import resolve_wall_time
from tasks.models import Status, Task, TaskAssignee
from tasks.notifying.services import notify_of_due

# By the clock of each user, on the day on which a task without a time is due.
MORNING = time(9)
# After so many days without a server nobody is reminded any more.
LATEST = timedelta(days=2)


def remind_assignees() -> None:
    """Remind users of what is due by now: all tasks of a user in an organisation by one notification."""
    now = timezone.now()
    owners = list_pending(now).order_by("user", "task__project__organisation")
    for user_id, organisation_id in list(owners.values_list("user", "task__project__organisation").distinct()):
        _remind_user(user_id, organisation_id, now)


def has_pending(now: datetime) -> bool:
    """Tell whether any assignee has yet to be reminded of a task by now. One query where nothing is due these days."""
    return _list_near(now).exists() and list_pending(now).exists()


def list_pending(now: datetime) -> QuerySet[TaskAssignee]:
    """Return the assignees who have yet to be reminded of a task by now. Two queries."""
    near = _list_near(now)
    timed = Q(task__due_at__range=(now - LATEST, now)) & ~Q(reminded_at=F("task__due_at"), reminded_at__isnull=False)
    whole = Q(task__due_at=None) & ~Q(reminded_date=F("task__due_date"), reminded_date__isnull=False)
    zones = near.filter(whole).order_by().values_list("user__time_zone", flat=True).distinct()
    return near.filter(timed | whole & _is_morning(zones, now))


def _list_near(now: datetime) -> QuerySet[TaskAssignee]:
    """Return the assignees of tasks that are due these days, by any clock."""
    today = now.astimezone(UTC).date()
    return TaskAssignee.objects.filter(
        task__due_date__range=(today - LATEST, today + timedelta(days=1)),
        task__completed_at=None,
        task__deleted_at=None,
        task__project__deleted_at=None,
        task__project__archived_at=None,
        user__is_active=True,
        user__kind=User.Kind.HUMAN,
    ).exclude(task__status=Status.COMPLETED)


def _is_morning(zones: Iterable[str], now: datetime) -> Q:
    """Return the condition for days whose morning has come by the clock of the assignee.

    Who was assigned since then knows of it by that.
    """
    condition = Q(pk__in=())
    for name in zones:
        zone = find_zone(name) or find_zone(UTC_NAME)
        today = now.astimezone(zone).date()
        for ago in range(LATEST.days):
            day = today - timedelta(days=ago)
            morning = _find_morning(day, name)
            if morning <= now:
                condition |= Q(user__time_zone=name, task__due_date=day, created_at__lt=morning)
    return condition


def _find_morning(day: date, zone_name: str) -> datetime:
    zone = find_zone(zone_name) or find_zone(UTC_NAME)
    return resolve_wall_time(datetime.combine(day, MORNING), zone) if zone else datetime.combine(day, MORNING, UTC)


@transaction.atomic
def _remind_user(user_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """Remind a user of what is due in an organisation, unless another process has just done so."""
    pending = list_pending(now).filter(user=user_id, task__project__organisation=organisation_id)
    rows = list(pending.select_for_update(of=("self",)).select_related("task__project", "user").order_by("pk"))
    visible = set()
    if rows:
        visible = set(Task.objects.visible_to(rows[0].user).filter(pk__in=[row.task_id for row in rows]))
    tasks: defaultdict[bool, list[Task]] = defaultdict(list)
    for row in rows:
        row.reminded_date, row.reminded_at = row.task.due_date, row.task.due_at
        if row.task in visible:
            tasks[row.task.due_at is not None].append(row.task)
    TaskAssignee.objects.bulk_update(rows, ["reminded_date", "reminded_at"])
    for own in tasks.values():
        notify_of_due(user_id, own)
