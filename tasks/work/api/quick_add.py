"""REST: create a task from one line, and see first what it means."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.models import User
from accounts.requests import ApiRequest
from accounts.schemas import UserOut
from lib.web.openapi import ALICE, OTHER_ID, list_problems, show_example
from tasks.models import Label
from tasks.work.api.examples import LABEL, TASK
from tasks.work.quick_add import QuickTask
from tasks.work.schemas import PRIORITIES, QuickTaskIn, QuickTaskOut, QuickText, TaskLabelOut, TaskOut
from tasks.work.services.quick_adding import add_task_quickly, read_quick_task

router = Router(tags=["tasks"])

LINE = "Mend the light of the pier #harbour @alice !high 2026-03-02 14:00 ~2h"
READ = {
    "title": "Mend the light of the pier",
    "priority": "high",
    "due_date": "2026-03-02",
    "due_time": "14:00",
    "estimate": 7200,
    "assignees": [ALICE],
    "labels": [LABEL],
}


@router.post(
    "/projects/{project_id}/tasks/quick",
    response={201: TaskOut, **list_problems(403)},
    openapi_extra=show_example(TASK, status=201, body={"text": LINE, "column_id": OTHER_ID}),
)
def add_task_from_text(request: ApiRequest, project_id: UUID, body: QuickTaskIn) -> Status[TaskOut]:
    """Create a task from one line with labels, people, a priority, a day and an estimate in it.

    Words are English or German: `today`, `morgen`, `friday`, `1 Dec`, `2026-12-01`, `!high`, `!hoch`.
    """
    fields = body.model_dump(exclude_unset=True)
    return Status(201, TaskOut.of(add_task_quickly(actor=request.auth, project_id=project_id, **fields)))


@router.get("/projects/{project_id}/tasks/quick", response=QuickTaskOut, openapi_extra=show_example(READ))
def read_task_from_text(request: ApiRequest, project_id: UUID, text: Query[QuickText]) -> QuickTaskOut:
    """Return what a line means, without creating a task."""
    return _show_quick_task(read_quick_task(actor=request.auth, project_id=project_id, text=text))


def _show_quick_task(task: QuickTask) -> QuickTaskOut:
    users = User.objects.in_bulk(task.assignee_ids)
    labels = Label.objects.in_bulk(task.label_ids)
    return QuickTaskOut.model_construct(
        title=task.title,
        priority=None if task.priority is None else PRIORITIES[task.priority],
        due_date=task.due_date,
        due_time=f"{task.due_time:%H:%M}" if task.due_time else None,
        estimate=task.estimate,
        assignees=[UserOut.of(users[user_id]) for user_id in task.assignee_ids],
        labels=[TaskLabelOut.of(labels[label_id]) for label_id in task.label_ids],
    )
