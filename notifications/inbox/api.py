"""REST: your notifications."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.requests import ApiRequest
from lib.web.openapi import AVATAR_URL, ID, MOMENT, OTHER_ID, show_example, wrap_page
from lib.web.pagination import PageQuery, encode_cursor
from lib.web.schemas import Page, Slug
from notifications.inbox import services
from notifications.inbox.counts import count_unread
from notifications.inbox.queries import describe_one, list_notifications, load_notifications
from notifications.inbox.schemas import NotificationOut, ReadAllOut, UndoIn, UnreadCount

router = Router(tags=["notifications"])

ACTOR = {"id": OTHER_ID, "name": "Bob Okafor", "username": "bob", "kind": "human", "avatar_url": AVATAR_URL}
NOTIFICATION = {
    "id": ID,
    "kind": "mention",
    "type": "info",
    "title": "Bob Okafor mentioned you in harbour-offices",
    "message": "Ellery want the pontoon rates in writing. @alice is that you or me?",
    "url": f"/rooms/{OTHER_ID}/messages/{OTHER_ID}/",
    "actor": ACTOR,
    "organisation": {"id": OTHER_ID, "slug": "halyard", "name": "Halyard"},
    "room_id": OTHER_ID,
    "subject_id": OTHER_ID,
    "count": 1,
    "created_at": MOMENT,
    "updated_at": MOMENT,
    "read_at": None,
}
READ = NOTIFICATION | {"read_at": MOMENT}


@router.get("/notifications", response=Page[NotificationOut], openapi_extra=show_example(wrap_page(NOTIFICATION)))
def list_my_notifications(
    request: ApiRequest,
    page: Query[PageQuery],
    unread: bool = False,
    mentions: bool = False,
    room: UUID | None = None,
    org: Slug | None = None,
) -> Page[NotificationOut]:
    """List your notifications, the newest first: only those not read, that mention you, of a room or an organisation.

    What you may no longer see is left out, so that a page may hold less than its limit.
    """
    rows = list_notifications(user=request.auth, unread=unread, mentions=mentions, place=room, org=org)
    shown = load_notifications(rows, user=request.auth, page=page)
    return Page.model_construct(
        items=[NotificationOut.of(each) for each in shown.items],
        next_cursor=encode_cursor(shown.older) if shown.older else None,
    )


@router.get("/notifications/unread-count", response=UnreadCount, openapi_extra=show_example({"unread": 3}))
def count_my_unread_notifications(request: ApiRequest) -> UnreadCount:
    """Count the notifications that you have not read, in all organisations."""
    return UnreadCount.model_construct(unread=count_unread(request.auth.pk))


@router.post(
    "/notifications/read-all",
    response=ReadAllOut,
    openapi_extra=show_example({"unread": 0, "read_at": MOMENT}),
)
def read_all_notifications(request: ApiRequest) -> ReadAllOut:
    """Mark all of your notifications as read. `read_at` is what undoes it; null where nothing was unread."""
    read_at = services.mark_all_read(actor=request.auth)
    return ReadAllOut.model_construct(unread=count_unread(request.auth.pk), read_at=read_at)


@router.post(
    "/notifications/read-all/undo",
    response=UnreadCount,
    openapi_extra=show_example({"unread": 3}, body={"read_at": MOMENT}),
)
def undo_read_all_notifications(request: ApiRequest, body: UndoIn) -> UnreadCount:
    """Take `read-all` back: mark as not read what it has marked, by the time that it answered."""
    services.restore_unread(actor=request.auth, read_at=body.read_at)
    return UnreadCount.model_construct(unread=count_unread(request.auth.pk))


@router.get("/notifications/{notification_id}", response=NotificationOut, openapi_extra=show_example(NOTIFICATION))
def get_notification(request: ApiRequest, notification_id: UUID) -> NotificationOut:
    """Show one of your notifications."""
    return NotificationOut.of(describe_one(user=request.auth, notification_id=notification_id))


@router.put("/notifications/{notification_id}/read", response=NotificationOut, openapi_extra=show_example(READ))
def read_notification(request: ApiRequest, notification_id: UUID) -> NotificationOut:
    """Mark one of your notifications as read, on all of your devices. Repeating it changes nothing."""
    services.mark_read(actor=request.auth, notification_id=notification_id)
    return NotificationOut.of(describe_one(user=request.auth, notification_id=notification_id))


@router.delete(
    "/notifications/{notification_id}/read", response=NotificationOut, openapi_extra=show_example(NOTIFICATION)
)
def unread_notification(request: ApiRequest, notification_id: UUID) -> NotificationOut:
    """Mark one of your notifications as not read."""
    services.mark_unread(actor=request.auth, notification_id=notification_id)
    return NotificationOut.of(describe_one(user=request.auth, notification_id=notification_id))
