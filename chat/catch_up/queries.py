"""Load what a user has not read, across the rooms of an organisation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from accounts.models import Organisation, User
from chat.models import Message, Room, RoomMember
from chat.models.counting import IS_UNREAD, counts_all, counts_mentions_alone
from chat.room_names import direct_name, other_members_of
from chat.unread import count_mentions

# Rooms on the page, and messages shown of each.
MAX_ROOMS, SHOWN = 100, 5


@dataclass(frozen=True, slots=True)
class UnreadRoom:
    """A room with unread messages, and the last few of them."""

    room: Room
    name: str
    unread: int
    mentions: int
    read_mark: int
    messages: list[Message]

    @property
    def url(self) -> str:
        return reverse("chat:room", args=[self.room.pk])

    @property
    def earlier(self) -> int:
        """Return the number of unread messages that are not shown."""
        return self.unread - SHOWN if self.unread > SHOWN else 0


@dataclass(frozen=True, slots=True)
class UnreadRooms:
    """Rooms with unread messages: direct rooms and those with mentions, then the others, written in last first."""

    rooms: list[UnreadRoom]
    has_more: bool


def unread_rooms_of(*, user: User, organisation: Organisation) -> UnreadRooms:
    """Return the rooms of an organisation in which something waits for a user. Three queries, however many.

    What they have muted, or chosen to hear nothing of, is left out.
    """
    members = list(_unread_members(user, organisation)[: MAX_ROOMS + 1])
    shown = members[:MAX_ROOMS]
    others = other_members_of([member.room_id for member in shown if member.room.is_direct], user)
    messages = _latest_messages(user, [member.room_id for member in shown])
    rooms = [
        UnreadRoom(
            room=member.room,
            name=direct_name(others.get(member.room_id, []), user) if member.room.is_direct else member.room.full_name,
            unread=member.room.last_seq - member.last_read_seq,
            mentions=member.mentions,  # type: ignore[attr-defined]
            read_mark=member.last_read_seq,
            messages=messages.get(member.room_id, []),
        )
        for member in shown
    ]
    return UnreadRooms(rooms, has_more=len(members) > MAX_ROOMS)


def _unread_members(user: User, organisation: Organisation) -> QuerySet[RoomMember, RoomMember]:
    members = RoomMember.objects.not_archived().filter(user=user, room__organisation=organisation).filter(IS_UNREAD)
    return (
        members.annotate(mentions=count_mentions())
        .filter(counts_all() | counts_mentions_alone() & Q(mentions__gt=0))
        .annotate(is_direct=Q(room__kind=Room.Kind.DIRECT), is_mentioned=Q(mentions__gt=0))
        .select_related("room")
        .order_by("-is_direct", "-is_mentioned", F("room__last_message_at").desc(nulls_last=True), "room")
    )


def _latest_messages(user: User, room_ids: list[UUID]) -> dict[UUID, list[Message]]:
    """Return the last unread messages of rooms, at most `SHOWN` of each: numbers without a gap tell which they are."""
    unread = Message.objects.filter(
        room__in=room_ids,
        room__members__user=user,
        seq__gt=F("room__members__last_read_seq"),
        deleted_at=None,
    ).filter(seq__gt=F("room__last_seq") - SHOWN)
    messages: defaultdict[UUID, list[Message]] = defaultdict(list)
    for message in unread.select_related("author").order_by("room", "seq"):
        messages[message.room_id].append(message)
    return messages
