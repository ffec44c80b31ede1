"""REST: history, changes, posting, editing, and read marks."""

from __future__ import annotations

from datetime import UTC
from datetime import date as Date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from accounts.requests import ApiRequest
from chat.messages.content import find_unreached
from chat.messages.message_html import render_posted
from chat.messages.queries.dates import find_first_seq
from chat.messages.queries.feed import Window, changes_json, history_json
from chat.messages.queries.revisions import revisions_of
from chat.messages.schemas import (
    ChangesOut,
    MessageIn,
    MessageList,
    MessageOut,
    MessagePatch,
    PostedOut,
    ReadIn,
    ReadOut,
    RevisionOut,
    Seq,
    SeqCursor,
)
from chat.messages.services import edit, post, read
from chat.models import Message
from lib.text.time_zones import find_zone
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["messages"])

Limit = Annotated[int, Field(ge=1, le=200)]

POSTED = {"content": "Morning! The *harbour* sketches are up.", "client_id": "b1f0c7de-51e4-4c58-9a53-0f5ad1b3b7a4"}
MESSAGE: dict[str, Any] = POSTED | {
    "id": OTHER_ID,
    "room_id": ID,
    "seq": 42,
    "version": 57,
    "author": {name: ALICE[name] for name in ("id", "name", "username", "kind", "avatar_url")},
    "type": "text",
    "is_action": False,
    "html": '<p dir="auto">Morning! The <em>harbour</em> sketches are up.</p>',
    "reply_to": None,
    "forwarded": None,
    "thread_id": None,
    "thread_seq": None,
    "thread": None,
    "assets": [],
    "previews": [],
    "reactions": [],
    "mentions": [],
    "broadcast": None,
    "created_at": MOMENT,
    "edited_at": None,
    "deleted_at": None,
    "pinned_at": None,
    "pinned_by": None,
}
ANSWER = MESSAGE | {"not_in_room": [{"id": ID, "name": "Bob Okafor", "username": "bob"}]}
EDITED = MESSAGE | {
    "version": 58,
    "content": "Morning! The harbour sketches are *here*.",
    "html": '<p dir="auto">Morning! The harbour sketches are <em>here</em>.</p>',
    "edited_at": MOMENT,
}
REVISION = {"id": OTHER_ID, "content": MESSAGE["content"], "html": MESSAGE["html"], "replaced_at": MOMENT}


@router.get(
    "/rooms/{room_id}/messages",
    response=MessageList,
    openapi_extra=show_example(wrap_page(MESSAGE) | {"next_cursor": "42"}),
)
def list_messages(
    request: ApiRequest,
    room_id: UUID,
    before: Seq | None = None,
    after: Seq | None = None,
    around: Seq | None = None,
    date: Date | None = None,
    cursor: SeqCursor | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """List messages in ascending `seq`: the newest page, or the one `before`, `after` or `around` a `seq`.

    With `date` it is around the first message from that day on, in your time zone.

    `next_cursor` is the next `before` (with `after`, the next `after`), null at the end. As `cursor`, beside the
    parameters of the first page, it stands for either.
    """
    if cursor is not None:
        before, after, around = (int(cursor), None, None) if after is None else (None, int(cursor), None)
    elif date is not None:
        zone = find_zone(request.auth.time_zone) or UTC
        around = find_first_seq(room_id, date, zone)
    body = history_json(user=request.auth, room_id=room_id, window=Window(before, after, around, limit))
    return HttpResponse(body, content_type="application/json")


@router.post(
    "/rooms/{room_id}/messages",
    response={200: PostedOut, 201: PostedOut, **list_problems(403)},
    openapi_extra=show_example(MESSAGE, body=POSTED, also={201: ANSWER}),
)
def post_message(request: ApiRequest, room_id: UUID, body: MessageIn) -> HttpResponse:
    """Post a message. Repeating a `client_id` answers 200 with the first message; with another content, 409.

    `@room` (or `@channel`, `@everyone`, `@all`) tells all members of the room at once, without asking back; `@here`
    those with an open socket. In a thread alone they tell its followers. `/rooms/{id}/reach` says how many.
    """
    posted = post.post_message(actor=request.auth, room_id=room_id, **body.model_dump())
    answer = render_posted(posted.message, posted.unreached)
    return HttpResponse(answer, status=201 if posted.created else 200, content_type="application/json")


@router.get(
    "/rooms/{room_id}/changes",
    response=ChangesOut,
    openapi_extra=show_example({"items": [EDITED], "version": 58, "has_more": False, "reset": False}),
)
def list_changes(
    request: ApiRequest,
    room_id: UUID,
    since: Seq,
    limit: Limit = 100,
) -> HttpResponse:
    """List messages created, edited, deleted (a tombstone), reacted to or pinned after a version, oldest change first.

    Ask again with the answered `version` while `has_more`. `reset`: the client is ahead of the room and starts over.
    """
    body = changes_json(user=request.auth, room_id=room_id, since=since, limit=limit)
    return HttpResponse(body, content_type="application/json")


@router.put(
    "/rooms/{room_id}/read",
    response=ReadOut,
    openapi_extra=show_example({"unread": 1, "mentions": 0}, body={"seq": 41}),
)
def mark_read(request: ApiRequest, room_id: UUID, body: ReadIn) -> ReadOut:
    """Move your read mark to a `seq`. It may go back: that marks what follows as unread."""
    state = read.mark_read(actor=request.auth, room_id=room_id, seq=body.seq)
    return ReadOut(unread=state.unread, mentions=state.mentions)


@router.get("/messages/{message_id}", response=MessageOut, openapi_extra=show_example(MESSAGE))
def get_message(request: ApiRequest, message_id: UUID) -> MessageOut:
    """Return one message; a deleted one as a tombstone."""
    return MessageOut.of(Message.objects.visible_to(request.auth).for_rendering().get(pk=message_id))


@router.patch(
    "/messages/{message_id}",
    response={200: PostedOut, **list_problems(403)},
    openapi_extra=show_example(EDITED, body={"content": EDITED["content"]}),
)
def edit_message(request: ApiRequest, message_id: UUID, body: MessagePatch) -> HttpResponse:
    """Edit a message of your own. The earlier content stays readable as a revision."""
    message = edit.edit_message(actor=request.auth, message_id=message_id, content=body.content)
    return HttpResponse(render_posted(message, find_unreached(message)), content_type="application/json")


@router.delete("/messages/{message_id}", response={204: None, **list_problems(403)})
def delete_message(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Delete a message; a tombstone stays. Authors may delete their own messages, admins of the room any."""
    edit.delete_message(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.get(
    "/messages/{message_id}/revisions", response=Page[RevisionOut], openapi_extra=show_example(wrap_page(REVISION))
)
def list_revisions(request: ApiRequest, message_id: UUID, page: Query[PageQuery]) -> Page[RevisionOut]:
    """List the contents of a message before its edits, oldest first. A deleted message is not found."""
    _, revisions = revisions_of(user=request.auth, message_id=message_id)
    return paginate(revisions, page, RevisionOut.of)
