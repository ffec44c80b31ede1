"""Choose the users that are notified of what one call changes in tasks, inside its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from chat.models import RoomMember
from notifications.inbox.services import notify, withdraw_notifications
from notifications.models import Notification
from tasks.models import Project, Status, Task, TaskWatcher
from tasks.notifying.names import ASSIGNED, DUE, STATUS, name_status_group

KINDS = (ASSIGNED, DUE, STATUS)


def notify_of_assignments(actor: User | None, project: Project, pairs: Iterable[tuple[Task, UUID]]) -> None:
    """Notify users of the tasks that a call assigns to them, each once for all of them. What is deleted is no task."""
    tasks: defaultdict[UUID, dict[UUID, None]] = defaultdict(dict)
    for task, user_id in pairs:
        if not task.is_completed:
            tasks[user_id][task.pk] = None
    _notify_each(ASSIGNED, actor, project, tasks)


def notify_of_statuses(actor: User | None, project: Project, changed: Sequence[Task]) -> None:
    """Notify the watchers of tasks that a call has completed or opened again. One query, none for no task."""
    if not changed:
        return
    done = [task.pk for task in changed if task.status == Status.COMPLETED]
    again = [task.pk for task in changed if task.status != Status.COMPLETED]
    watchers = TaskWatcher.objects.filter(task__in=[*done, *again], user__is_active=True)
    # Who has left the project and may not see it hears nothing; open ones are seen by others too.
    if project.channel.members_only:
        watchers = watchers.filter(user__in=RoomMember.objects.filter(room=project.pk).values("user"))
    pairs = list(watchers.order_by("pk").values_list("user", "task"))
    for task_ids in (set(done), set(again)):
        tasks: defaultdict[UUID, dict[UUID, None]] = defaultdict(dict)
        for user_id, task_id in pairs:
            if task_id in task_ids:
                tasks[user_id][task_id] = None
        _notify_each(STATUS, actor, project, tasks)


def notify_of_due(user_id: UUID, tasks: Sequence[Task]) -> None:
    """Remind a user of tasks of theirs that are due, in one organisation, by one notification. Projects are loaded."""
    places = {task.project_id for task in tasks}
    _notify_users(
        DUE,
        [user_id],
        tuple(task.pk for task in tasks),
        organisation_id=tasks[0].project.organisation_id,
        place=places.pop() if len(places) == 1 else None,
    )


def withdraw_tasks(task_ids: Collection[UUID]) -> None:
    """Take back what users were told of tasks that are being deleted. Rows of several tasks show those that stand."""
    withdraw_notifications(Notification.objects.filter(kind__in=KINDS, subject__in=task_ids))


def withdraw_assignments(task_id: UUID, user_ids: Collection[UUID]) -> None:
    """Take back what users were told of a task that they are to do no longer. Two queries, none for nobody."""
    if not user_ids:
        return
    rows = Notification.objects.filter(Q(kind=ASSIGNED) | Q(kind=DUE), subject=task_id, user__in=user_ids)
    withdraw_notifications(rows)


def _notify_each(kind: str, actor: User | None, project: Project, tasks: dict[UUID, dict[UUID, None]]) -> None:
    """Notify users of their tasks, those of the same tasks by one statement, the actor of nothing."""
    users: defaultdict[tuple[UUID, ...], list[UUID]] = defaultdict(list)
    for user_id, own in tasks.items():
        if actor is None or user_id != actor.pk:
            users[tuple(own)].append(user_id)
    for task_ids, user_ids in users.items():
        _notify_users(kind, user_ids, task_ids, organisation_id=project.organisation_id, place=project.pk, actor=actor)


def _notify_users(
    kind: str,
    user_ids: Collection[UUID],
    task_ids: tuple[UUID, ...],
    *,
    organisation_id: UUID,
    place: UUID | None,
    actor: User | None = None,
) -> None:
    is_one = len(task_ids) == 1
    notify(
        kind=kind,
        recipients=user_ids,
        actor_id=actor.pk if actor else None,
        organisation_id=organisation_id,
        subject=task_ids[0] if is_one else None,
        place=place,
        group_key=name_status_group(task_ids[0]) if is_one and kind == STATUS else "",
        data={} if is_one else {"task_ids": [str(each) for each in task_ids]},
    )
