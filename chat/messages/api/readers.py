"""REST: who has read a message."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.requests import ApiRequest
from accounts.schemas import UserOut
from chat.messages.queries.readers import readers_of
from lib.web.openapi import ALICE, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["messages"])


@router.get(
    "/messages/{message_id}/readers",
    response={200: Page[UserOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(ALICE)),
)
def list_readers(request: ApiRequest, message_id: UUID, page: Query[PageQuery]) -> Page[UserOut]:
    """List the members who have read up to a message, its author left out, in the order in which they joined the room.

    Of a reply in a thread alone: those who follow the thread. 403 with the code `read_receipts_off` where the
    organisation shows no readers.
    """
    readers = readers_of(user=request.auth, message_id=message_id)
    return paginate(readers, page, lambda member: UserOut.of(member.user))
