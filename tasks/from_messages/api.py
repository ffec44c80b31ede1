"""REST: make tasks of messages."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import OTHER_ID, list_problems, show_example
from tasks.from_messages import services
from tasks.from_messages.schemas import TaskOfMessageIn
from tasks.work.api.examples import TASK
from tasks.work.schemas import TaskOut

router = Router(tags=["tasks"])

MADE = TASK | {"message_id": OTHER_ID}


@router.post(
    "/messages/{message_id}/task",
    response={200: TaskOut, 201: TaskOut, **list_problems(403)},
    openapi_extra=show_example(MADE, body={"title": "Mend the light of the pier"}, also={201: MADE}),
)
def create_task_of_message(request: ApiRequest, message_id: UUID, body: TaskOfMessageIn) -> Status[TaskOut]:
    """Make a task of a message (201). A second time the answer is the same task (200)."""
    task, is_new = services.create_task_of_message(actor=request.auth, message_id=message_id, **body.model_dump())
    return Status(201 if is_new else 200, TaskOut.of(task))
