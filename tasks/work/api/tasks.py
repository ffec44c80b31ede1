"""REST: find, create, change, complete, move and delete tasks."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.text.time_zones import find_zone
from lib.web.openapi import ID, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, build_page, select_page_rows
from lib.web.schemas import Page
from tasks.models import Project, Task, TaskChange
from tasks.work.api.examples import CHOSEN, COMPLETED, TASK, TASK_CHANGE
from tasks.work.filters import TaskQuery, filter_tasks
from tasks.work.queries import hide_unseen_tasks, load_page, with_details
from tasks.work.schemas import TaskChangeOut, TaskIn, TaskMove, TaskOut, TaskPage, TaskPatch
from tasks.work.services import creating, deleting, updating

router = Router(tags=["tasks"])

TOTAL = {"total": 1}


@router.get("/projects/{project_id}/tasks", response=TaskPage, openapi_extra=show_example(wrap_page(TASK) | TOTAL))
def list_tasks(request: ApiRequest, project_id: UUID, query: Query[TaskQuery]) -> TaskPage:
    """List the tasks of a project that a query asks for, with how many there are: by number, unless sorted."""
    project = Project.objects.visible_to(request.auth).get(pk=project_id)
    today = timezone.localdate(timezone=find_zone(request.auth.time_zone))
    tasks = filter_tasks(Task.objects.standing().filter(project=project), query, user=request.auth, today=today)
    return load_page(tasks, query)


@router.post(
    "/projects/{project_id}/tasks",
    response={201: TaskOut, **list_problems(403, 409)},
    openapi_extra=show_example(TASK, status=201, body=CHOSEN | {"assignee_ids": [ID], "label_ids": [OTHER_ID]}),
)
def create_task(request: ApiRequest, project_id: UUID, body: TaskIn) -> Status[TaskOut]:
    """Create a task. It gets the project's next number, and the end of the first column of its status."""
    task = creating.create_task(actor=request.auth, project_id=project_id, **body.changes())
    return Status(201, TaskOut.of(task))


@router.get("/tasks/{task_id}", response=TaskOut, openapi_extra=show_example(TASK))
def get_task(request: ApiRequest, task_id: UUID) -> TaskOut:
    """Return a task of a project that you can see."""
    return TaskOut.of(with_details(Task.objects.visible_to(request.auth)).get(pk=task_id))


@router.patch(
    "/tasks/{task_id}",
    response={200: TaskOut, **list_problems(403, 409)},
    openapi_extra=show_example(TASK, body={"title": "Mend the light of the pier", "priority": "high", "version": 56}),
)
def update_task(request: ApiRequest, task_id: UUID, body: TaskPatch) -> TaskOut:
    """Change fields of a task. Those that you leave out stay as they are.

    With the `version` that you know of, your changes merge with those of others: only a field that somebody else has
    changed since is refused, with 409 and `changes` that say what it was and is.
    """
    changes = body.changes()
    return TaskOut.of(updating.update_task(actor=request.auth, task_id=task_id, version=body.version, **changes))


@router.delete("/tasks/{task_id}", response={204: None, **list_problems(403)})
def delete_task(request: ApiRequest, task_id: UUID) -> Status[None]:
    """Delete a task with its sub-tasks. It can be restored."""
    deleting.delete_task(actor=request.auth, task_id=task_id)
    return Status(204, None)


@router.post(
    "/tasks/{task_id}/restore", response={200: TaskOut, **list_problems(403)}, openapi_extra=show_example(TASK)
)
def restore_task(request: ApiRequest, task_id: UUID) -> TaskOut:
    """Restore a deleted task, with the sub-tasks that were deleted with it."""
    return TaskOut.of(deleting.restore_task(actor=request.auth, task_id=task_id))


@router.put(
    "/tasks/{task_id}/completion", response={200: TaskOut, **list_problems(403)}, openapi_extra=show_example(COMPLETED)
)
def complete_task(request: ApiRequest, task_id: UUID) -> TaskOut:
    """Complete a task: it goes into the first column of completed ones, unless it is in one."""
    return TaskOut.of(updating.complete_task(actor=request.auth, task_id=task_id))


@router.delete(
    "/tasks/{task_id}/completion", response={200: TaskOut, **list_problems(403)}, openapi_extra=show_example(TASK)
)
def reopen_task(request: ApiRequest, task_id: UUID) -> TaskOut:
    """Open a completed task again: it goes back to the column that it came from."""
    return TaskOut.of(updating.reopen_task(actor=request.auth, task_id=task_id))


@router.post(
    "/tasks/{task_id}/move",
    response={200: TaskOut, **list_problems(403)},
    openapi_extra=show_example(TASK, body={"column_id": OTHER_ID, "after_id": ID}),
)
def move_task(request: ApiRequest, task_id: UUID, body: TaskMove) -> TaskOut:
    """Put a task into a column: below or above another task, or at the end."""
    project_id = Task.objects.visible_to(request.auth).values_list("project", flat=True).get(pk=task_id)
    moved = updating.move_tasks(actor=request.auth, project_id=project_id, task_ids=[task_id], **body.model_dump())
    return TaskOut.of(moved[0])


@router.get(
    "/tasks/{task_id}/changes", response=Page[TaskChangeOut], openapi_extra=show_example(wrap_page(TASK_CHANGE))
)
def list_task_changes(request: ApiRequest, task_id: UUID, page: Query[PageQuery]) -> Page[TaskChangeOut]:
    """List what was changed of a task, field by field, the latest first."""
    task = Task.objects.visible_to(request.auth).get(pk=task_id)
    changes = TaskChange.objects.filter(task=task).select_related("actor")
    rows = list(select_page_rows(changes, page, newest_first=True))
    hide_unseen_tasks(rows, user=request.auth)
    return build_page(rows, page, TaskChangeOut.of, lambda change: change.pk)
