"""REST: whom a message may mention, whom it would reach, and the messages that mention you."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import StringConstraints

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from chat.mentions import inbox, suggestions
from chat.mentions.reach import count_reach
from chat.mentions.schemas import MentionOut, ReachIn, ReachOut, SuggestionList, SuggestionOut
from chat.messages.api.messages import MESSAGE
from lib.web.openapi import ID, MOMENT, show_example, wrap_page
from lib.web.pagination import PageQuery, build_page, decode_cursor
from lib.web.schemas import Page, Slug

router = Router(tags=["messages"])

SUGGESTION = {
    "kind": "user",
    "id": ID,
    "handle": "bob",
    "name": "Bob Okafor",
    "avatar_url": None,
    "is_in_room": True,
    "user_count": 1,
}


@router.get(
    "/rooms/{room_id}/mention-suggestions",
    response=SuggestionList,
    openapi_extra=show_example({"items": [SUGGESTION]}),
)
def suggest_mentions(
    request: ApiRequest,
    room_id: UUID,
    q: Annotated[str, StringConstraints(max_length=100)] = "",
    thread_id: UUID | None = None,
) -> SuggestionList:
    """Suggest whom a message may mention: at most eight users whose username or name has a word that begins with `q`.

    Who is in the room comes first, and who wrote there last, or in the thread `thread_id`. `@room` and `@here` are
    among them, with how many users each tells.
    """
    found = suggestions.suggest_mentions(user=request.auth, room_id=room_id, q=q, thread_id=thread_id)
    return SuggestionList(items=[SuggestionOut.of(suggestion) for suggestion in found])


@router.get(
    "/orgs/{slug}/mentions",
    response=Page[MentionOut],
    openapi_extra=show_example(
        wrap_page({"message": MESSAGE, "is_unread": True, "is_broadcast": False, "created_at": MOMENT})
    ),
)
def list_mentions(request: ApiRequest, slug: Slug, page: Query[PageQuery], unread: bool = False) -> Page[MentionOut]:
    """List the messages of others that mention you, the newest message first; only those not read yet if `unread`.

    By your name or by all at once, in the rooms of an organisation that you are in.
    """
    own = require_membership(request.auth, slug)
    mentions = inbox.list_mentions(user=request.auth, organisation=own.organisation, unread=unread)
    before = decode_cursor(page.cursor) if page.cursor else None
    rows = inbox.select_mentions(mentions, before=before, limit=page.limit + 1)
    return build_page(rows, page, MentionOut.of, lambda message: message.pk)


@router.post(
    "/rooms/{room_id}/reach",
    response=ReachOut,
    openapi_extra=show_example({"broadcast": "room", "user_count": 213}, body={"content": "@room: the crane is here"}),
)
def count_message_reach(request: ApiRequest, room_id: UUID, body: ReachIn) -> ReachOut:
    """Say how many users `@room` or `@here` in a message would tell, before it is sent. Nothing is stored.

    Posting does not ask back: a client that lets users write asks them first where there are many.
    """
    reach = count_reach(user=request.auth, room_id=room_id, **body.model_dump())
    return ReachOut.model_construct(broadcast=reach.broadcast or None, user_count=reach.user_count)
