"""Load a room's page: its head, and its feed where the user has stopped reading."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Invitation, User
from accounts.permissions import require_membership
from chat.messages.queries.feed import FeedPage, build_feed_page
from chat.messages.queries.history import Window, message_keys
from chat.models import Room
from chat.rooms.queries.room_head import OwnMembership, RoomHead

# With more unread than this the newest page no longer holds the first of them.
MAX_UNREAD_ON_PAGE = 40


@dataclass(frozen=True, slots=True)
class RoomPage:
    """What a room's page shows. `first_unread_seq` is the message under the New divider."""

    head: RoomHead
    feed: FeedPage
    first_unread_seq: int | None


def load_room_page(head: RoomHead, *, around: int | None = None) -> RoomPage:
    """Return the page of a room at `around`, at the user's first unread message, or at its end. One query when warm."""
    room = head.room
    first_unread, unread = _find_first_unread(room, head.membership)
    if around is None and unread > MAX_UNREAD_ON_PAGE:
        around = first_unread
    return RoomPage(head, build_feed_page(room.last_seq, message_keys(room.pk, Window(around=around))), first_unread)


def _find_first_unread(room: Room, membership: OwnMembership | None) -> tuple[int | None, int]:
    """Return the number of the first message that a member has not read, and how many there are."""
    if membership is None or membership.last_read_seq >= room.last_seq:
        return None, 0
    return membership.last_read_seq + 1, room.last_seq - membership.last_read_seq


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What administrators of a new organisation see: the newest open invitation link, if there is one."""

    invitation: Invitation | None


def find_first_run(*, user: User, room: Room) -> FirstRun | None:
    """Return the first-run panel for administrators while `general` is empty, else None."""
    if not room.is_general or room.last_seq:
        return None
    own = require_membership(user, room.organisation.slug)
    if not own.is_admin:
        return None
    return FirstRun(own.organisation.invitations.open().shareable().order_by("pk").last())
