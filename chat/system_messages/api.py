"""REST: what has happened in a room."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.requests import ApiRequest
from chat.system_messages.queries import describe_messages, system_messages_of
from chat.system_messages.schemas import SystemMessageOut
from lib.web.openapi import ID, MOMENT, OTHER_ID, show_example, wrap_page
from lib.web.pagination import PageQuery, build_page, select_page_rows
from lib.web.schemas import Page

router = Router(tags=["rooms"])

SYSTEM_MESSAGE = {
    "id": ID,
    "room_id": ID,
    "type": "system",
    "code": "added",
    "content": "Alice added Bob",
    "actor": {"id": ID, "name": "Alice"},
    "users": [{"id": OTHER_ID, "name": "Bob"}],
    "user_count": 1,
    "before": "",
    "after": "",
    "created_at": MOMENT,
}


@router.get(
    "/rooms/{room_id}/system-messages",
    response=Page[SystemMessageOut],
    openapi_extra=show_example(wrap_page(SYSTEM_MESSAGE)),
)
def list_system_messages(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[SystemMessageOut]:
    """List what has happened in a room, the latest first: who came and went, its names and topics, and its archiving.

    Empty for a room that wants no system messages (`system_messages`).
    """
    rows = list(select_page_rows(system_messages_of(user=request.auth, room_id=room_id), page, newest_first=True))
    shapes = describe_messages(rows[: page.limit])
    return build_page(rows, page, lambda row: shapes[row.pk], lambda row: row.pk)
