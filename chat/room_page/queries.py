"""Load a room's page: its head, its feed where the user has stopped reading, and the first-run panel."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Invitation, User
from accounts.permissions import require_membership
from chat.messages.queries.feed import FeedPage, Window, load_feed
from chat.models import Room
from chat.rooms.queries.room_head import RoomHead

# With more unread than this the newest page no longer holds the first of them.
MAX_UNREAD_ON_PAGE = 40


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What administrators of a new organisation see: the newest open invitation link, if there is one."""

    invitation: Invitation | None


@dataclass(frozen=True, slots=True)
class RoomPage:
    """What a room's page shows. `first_unread_seq` is the message under the New divider."""

    feed: FeedPage
    first_unread_seq: int | None
    first_run: FirstRun | None


def load_room_page(head: RoomHead, *, user: User, around: int | None = None) -> RoomPage:
    """Return the page of a room at `around`, at the user's first unread message, or at its end. One query when warm."""
    room, first_unread = head.room, None
    if head.membership is not None and head.membership.last_read_seq < room.last_seq:
        first_unread = head.membership.last_read_seq + 1
        if around is None and room.last_seq - head.membership.last_read_seq > MAX_UNREAD_ON_PAGE:
            around = first_unread
    first_run = _find_first_run(user, room) if room.is_general and not room.last_seq else None
    return RoomPage(load_feed(room.pk, room.last_seq, Window(around=around)), first_unread, first_run)


def _find_first_run(user: User, room: Room) -> FirstRun | None:
    """Return what administrators see while `general` is empty, None for other members."""
    own = require_membership(user, room.organisation.slug)
    if not own.is_admin:
        return None
    return FirstRun(own.organisation.invitations.open().shareable().order_by("pk").last())
