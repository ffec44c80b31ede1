"""REST: save, move and delete many tasks at once, and keep those of another system up to date."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from ninja import Path, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ID, OTHER_ID, list_problems, show_example
from tasks.work.api.examples import CHOSEN, TASK
from tasks.work.conflicts import FieldsChanged
from tasks.work.schemas import (
    BulkFault,
    BulkIn,
    BulkOut,
    ExternalId,
    TaskChoice,
    TaskOut,
    TaskPatch,
    TasksMove,
    TasksPatch,
)
from tasks.work.services import bulk, deleting, updating

router = Router(tags=["tasks"])

SAVED = {"items": [TASK], "errors": []}


@router.post(
    "/projects/{project_id}/tasks/bulk",
    response={200: BulkOut, 201: BulkOut, **list_problems(403, 409)},
    openapi_extra=show_example(SAVED, status=201, body={"items": [CHOSEN]}, also={200: SAVED}),
)
def save_tasks(request: ApiRequest, project_id: UUID, body: BulkIn) -> Status[BulkOut]:
    """Create tasks, and change those with an `id`, up to 500 in their order: 201, all or none of them.

    With a `version`, a field that others have changed since is refused with 409 `fields_changed` and all that they
    have changed. With `all_or_none` false each that can be saved is: 200, and `errors` says why the others are not.
    """
    items = [bulk.BulkItem(item.id, item.changes(), item.version) for item in body.items]
    outcome = bulk.save_tasks(actor=request.auth, project_id=project_id, items=items, all_or_none=body.all_or_none)
    shown = [TaskOut.of(task) if task else None for task in outcome.tasks]
    faults = [BulkFault(index=index, detail=_describe_error(error)) for index, error in outcome.errors.items()]
    return Status(201 if body.all_or_none else 200, BulkOut.model_construct(items=shown, errors=faults))


@router.post(
    "/projects/{project_id}/tasks/update",
    response={200: BulkOut, **list_problems(403)},
    openapi_extra=show_example(SAVED, body={"task_ids": [ID], "changes": {"priority": "high"}}),
)
def update_tasks(request: ApiRequest, project_id: UUID, body: TasksPatch) -> BulkOut:
    """Make the same changes to many tasks, all or none."""
    tasks = updating.update_tasks(
        actor=request.auth, project_id=project_id, task_ids=body.task_ids, changes=body.changes.changes()
    )
    return BulkOut.model_construct(items=[TaskOut.of(task) for task in tasks], errors=[])


@router.post(
    "/projects/{project_id}/tasks/move",
    response={200: BulkOut, **list_problems(403)},
    openapi_extra=show_example(SAVED, body={"task_ids": [ID], "column_id": OTHER_ID, "after_id": OTHER_ID}),
)
def move_tasks(request: ApiRequest, project_id: UUID, body: TasksMove) -> BulkOut:
    """Put tasks into a column in the given order: below or above another task, or at the end. All or none."""
    tasks = updating.move_tasks(actor=request.auth, project_id=project_id, **body.model_dump())
    return BulkOut.model_construct(items=[TaskOut.of(task) for task in tasks], errors=[])


@router.post(
    "/projects/{project_id}/tasks/delete",
    response={204: None, **list_problems(403)},
    openapi_extra=show_example(body={"task_ids": [ID]}),
)
def delete_tasks(request: ApiRequest, project_id: UUID, body: TaskChoice) -> Status[None]:
    """Delete tasks with their sub-tasks, all or none. They can be restored."""
    deleting.delete_tasks(actor=request.auth, project_id=project_id, task_ids=body.task_ids)
    return Status(204, None)


@router.put(
    "/projects/{project_id}/tasks/by-external-id/{external_id}",
    response={200: TaskOut, 201: TaskOut, **list_problems(403, 409)},
    openapi_extra=show_example(TASK | {"external_id": "JIRA-7"}, body=CHOSEN, also={201: TASK}),
)
def upsert_task(
    request: ApiRequest, project_id: UUID, external_id: Path[ExternalId], body: TaskPatch
) -> Status[TaskOut]:
    """Create the task with this id of another system (201), or change it (200). One that was deleted is restored."""
    fields = body.changes()
    fields.pop("external_id", None)
    task, created = bulk.upsert_task(actor=request.auth, project_id=project_id, external_id=external_id, fields=fields)
    return Status(201 if created else 200, TaskOut.of(task))


def _describe_error(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, FieldsChanged):
        return str(error.detail)
    return gettext("There is no such task in this project.")
