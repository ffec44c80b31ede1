"""REST: threads, and the inbox of those that you follow."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.queries.feed import Window
from chat.messages.schemas import Seq, SeqCursor
from chat.threads import services
from chat.threads.queries.inbox import followed_threads
from chat.threads.queries.replies import describe_thread, thread_head, thread_json
from chat.threads.schemas import FollowedThreadOut, ThreadPageOut, ThreadReadIn, ThreadReadOut, ThreadStateOut
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router(tags=["messages"])

Limit = Annotated[int, Field(ge=1, le=200)]

ROOT: dict[str, Any] = MESSAGE | {
    "version": 59,
    "thread": {"reply_count": 1, "last_seq": 1, "last_reply_at": MOMENT, "participant_ids": [ID]},
}
REPLY = MESSAGE | {"id": ID, "seq": None, "thread_id": OTHER_ID, "thread_seq": 1, "version": 58}
STATE = {"root_id": OTHER_ID, "room_id": ID, "last_seq": 1, "is_following": True, "last_read_seq": 0, "unread": 1}


@router.get(
    "/messages/{message_id}/thread",
    response=ThreadPageOut,
    openapi_extra=show_example(wrap_page(REPLY) | {"root": ROOT, "thread": STATE}),
)
def list_replies(
    request: ApiRequest,
    message_id: UUID,
    before: Seq | None = None,
    after: Seq | None = None,
    around: Seq | None = None,
    cursor: SeqCursor | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """List the replies to a message in ascending `thread_seq`: the newest page, or one `before`, `after`, `around` one.

    `next_cursor` is the next `before` (with `after`, the next `after`), null at the end. As `cursor`, beside the
    parameters of the first page, it stands for either. A message that is itself a reply has no thread: 404.
    """
    if cursor is not None:
        before, after, around = (int(cursor), None, None) if after is None else (None, int(cursor), None)
    body = thread_json(user=request.auth, root_id=message_id, window=Window(before, after, around, limit))
    return HttpResponse(body, content_type="application/json")


@router.put(
    "/messages/{message_id}/thread/read",
    response=ThreadReadOut,
    openapi_extra=show_example({"unread": 0, "mentions": 0}, body={"seq": 1}),
)
def mark_thread_read(request: ApiRequest, message_id: UUID, body: ThreadReadIn) -> ThreadReadOut:
    """Move your read mark in a thread that you follow. It may go back. Where you don't follow it nothing changes."""
    state = services.mark_thread_read(actor=request.auth, root_id=message_id, seq=body.seq)
    return ThreadReadOut(unread=state.unread if state else 0, mentions=state.mentions if state else 0)


@router.put(
    "/messages/{message_id}/thread/follow",
    response={200: ThreadStateOut, **list_problems(403)},
    openapi_extra=show_example(STATE),
)
def follow_thread(request: ApiRequest, message_id: UUID) -> ThreadStateOut:
    """Follow a thread: it is in your inbox when another user replies. You need to be in its room."""
    services.follow_thread(actor=request.auth, root_id=message_id)
    return describe_thread(thread_head(user=request.auth, root_id=message_id))


@router.delete("/messages/{message_id}/thread/follow", response={204: None})
def unfollow_thread(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Stop following a thread. When you write in it or are mentioned there, you follow it again."""
    services.unfollow_thread(actor=request.auth, root_id=message_id)
    return Status(204, None)


@router.get(
    "/orgs/{slug}/threads",
    response=Page[FollowedThreadOut],
    openapi_extra=show_example(wrap_page({"root": ROOT, "thread": STATE})),
)
def list_threads(
    request: ApiRequest, slug: Slug, page: Query[PageQuery], unread: bool = False
) -> Page[FollowedThreadOut]:
    """List the threads that you follow, the one replied to last first; only those with unread replies if `unread`."""
    own = require_membership(request.auth, slug)
    follows = followed_threads(user=request.auth, organisation=own.organisation, unread=unread)
    return paginate(follows, page, FollowedThreadOut.of, newest_first=True, key="activity")
