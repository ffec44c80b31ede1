"""REST: comments on tasks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE, POSTED
from chat.messages.message_html import render_posted
from chat.messages.queries.feed import Window
from chat.messages.schemas import PostedOut, Seq, SeqCursor
from lib.web.openapi import ID, OTHER_ID, list_problems, show_example, wrap_page
from tasks.comments import services
from tasks.comments.queries import comments_json
from tasks.comments.schemas import CommentIn, CommentPageOut

router = Router(tags=["tasks"])

Limit = Annotated[int, Field(ge=1, le=200)]
COMMENT = MESSAGE | {"id": ID, "seq": None, "thread_id": OTHER_ID, "thread_seq": 1}


@router.get(
    "/tasks/{task_id}/comments",
    response=CommentPageOut,
    openapi_extra=show_example(wrap_page(COMMENT) | {"card_id": OTHER_ID}),
)
def list_comments(
    request: ApiRequest,
    task_id: UUID,
    before: Seq | None = None,
    after: Seq | None = None,
    cursor: SeqCursor | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """List comments on a task in ascending `thread_seq`: the newest page, or the one `before` or `after` one.

    They are messages: reactions, edits and files are as in every thread. `next_cursor` is as that of a thread.
    """
    if cursor is not None:
        before, after = (int(cursor), None) if after is None else (None, int(cursor))
    body = comments_json(user=request.auth, task_id=task_id, window=Window(before, after, None, limit))
    return HttpResponse(body, content_type="application/json")


@router.post(
    "/tasks/{task_id}/comments",
    response={200: PostedOut, 201: PostedOut, **list_problems(403, 409)},
    openapi_extra=show_example(COMMENT, body=POSTED, also={201: COMMENT}),
)
def add_comment(request: ApiRequest, task_id: UUID, body: CommentIn) -> HttpResponse:
    """Comment on a task. You watch it from then on. Repeating a `client_id` answers 200 with the first comment.

    The comment is a reply to the card of the task in the main channel of its project.
    """
    posted = services.add_comment(actor=request.auth, task_id=task_id, **body.model_dump())
    answer = render_posted(posted.message, posted.unreached)
    return HttpResponse(answer, status=201 if posted.created else 200, content_type="application/json")
