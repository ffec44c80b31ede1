"""A room as its page shows it: its head, and its feed where reading goes on."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Invitation, User
from accounts.permissions import require_membership
from chat.messages.queries.feed import FeedPage, page_of
from chat.messages.queries.history import Stretch, message_keys
from chat.models import Room
from chat.rooms.queries.room_head import OwnMembership, RoomHead

# With more unread than this the newest page no longer holds the first of them.
UNREAD_ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class RoomPage:
    head: RoomHead
    feed: FeedPage
    first_unread_seq: int | None


def room_page(head: RoomHead, *, around: int | None = None) -> RoomPage:
    """A room that one sees, at its first unread message, at `around`, or at its end. One query when warm."""
    room = head.room
    first_unread, unread = _unread(room, head.membership)
    if around is None and unread > UNREAD_ON_A_PAGE:
        around = first_unread
    return RoomPage(head, page_of(room.last_seq, message_keys(room.pk, Stretch(around=around))), first_unread)


def _unread(room: Room, membership: OwnMembership | None) -> tuple[int | None, int]:
    """The number of the first message one hasn't read, and how many there are."""
    if membership is None or membership.last_read_seq >= room.last_seq:
        return None, 0
    return membership.last_read_seq + 1, room.last_seq - membership.last_read_seq


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What its administrators need to begin: the newest link to hand on, if one still works."""

    invitation: Invitation | None


def first_run(*, user: User, room: Room) -> FirstRun | None:
    """For administrators, as long as `general` is empty."""
    if not room.is_general or room.last_seq:
        return None
    own = require_membership(user, room.organisation.slug)
    if not own.is_admin:
        return None
    return FirstRun(own.organisation.invitations.open().shareable().order_by("pk").last())
