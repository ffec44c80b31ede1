"""REST: the boxes of task lists in messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel, Field, StrictBool

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import MessageOut
from chat.messages.services import tasks
from lib.web.openapi import list_problems, show_example

Index = Annotated[int, Path(description="Of the box in its message, from 0.", ge=0, lt=10_000, example=0)]

router = Router(tags=["messages"])


class TickIn(BaseModel):
    done: StrictBool = Field(description="Whether the box is ticked.")


@router.put(
    "/messages/{message_id}/tasks/{index}",
    response={200: MessageOut, **list_problems(403, 409)},
    openapi_extra=show_example(MESSAGE | {"version": 58, "content": "- [x] Tea"}, body={"done": True}),
)
def tick_task(request: ApiRequest, message_id: UUID, index: Index, body: TickIn) -> MessageOut:
    """Tick a box of a task list (`- [ ] Tea`) in your own message, or take the tick away.

    The message gets a new version, and counts as edited no more than before. Ticks at the same time all stay. 409 with
    the code `message_changed` where other edits come faster.
    """
    message = tasks.tick_task(actor=request.auth, message_id=message_id, index=index, done=body.done)
    return MessageOut.of(message)
