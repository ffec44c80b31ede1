"""Tell what of a room its members want to notice: all, what names them, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.models import Message, RoomMember
from chat.models.rooms import RoomMemberQuerySet
from notifications.places import Attention, Pair


def load_attention(*, direct_ids: Collection[UUID], pairs: Collection[Pair]) -> dict[Pair, Attention]:
    """Return the attention of humans by user and room: of all in direct rooms, and of the `pairs` that are members.

    One query.
    """
    chosen = Q(room__in=direct_ids)
    if pairs:
        chosen |= Q(user__in={user_id for user_id, _ in pairs}, room__in={room_id for _, room_id in pairs})
    members = RoomMember.objects.filter(chosen, user__is_active=True, user__kind=User.Kind.HUMAN)
    rows = members.values_list("user_id", "room_id", "notification_level", "muted_until")
    now = timezone.now()
    return {
        (user_id, room_id): _combine_settings(level, is_muted=muted_until is not None and muted_until > now)
        for user_id, room_id, level, muted_until in rows
    }


def list_reachable_members(room_id: UUID, *, author_id: UUID) -> RoomMemberQuerySet:
    """Return the members of a room that a message of an author to all of them reaches.

    Agents are named one by one, or not at all: each answer has a price.
    """
    members: RoomMemberQuerySet = RoomMember.objects.filter(
        room=room_id, user__is_active=True, user__kind=User.Kind.HUMAN
    ).exclude(user=author_id)
    return members


def list_told_members(message: Message) -> RoomMemberQuerySet:
    """Return the members that a message to all of its room tells, named or not: those who joined before it."""
    members = list_reachable_members(message.room_id, author_id=message.author_id)
    return members.filter(joined_seq__lt=message.seq)


def list_hearing_users(room_id: UUID) -> set[UUID]:
    """Return the members of a room that want to hear something of it. One query."""
    members = RoomMember.objects.filter(room=room_id)
    hearing = members.exclude(notification_level=RoomMember.NotificationLevel.NOTHING)
    return set(hearing.values_list("user", flat=True))


def read_attention(member: RoomMember) -> Attention:
    """Return the attention of a member."""
    return _combine_settings(member.notification_level, is_muted=member.current_mute is not None)


_LEVELS: Mapping[str, Attention] = {
    RoomMember.NotificationLevel.ALL: Attention.ALL,
    RoomMember.NotificationLevel.MENTIONS: Attention.MENTIONS,
    RoomMember.NotificationLevel.NOTHING: Attention.NOTHING,
}


def _combine_settings(level: str, *, is_muted: bool) -> Attention:
    return min(_LEVELS[level], Attention.MENTIONS) if is_muted else _LEVELS[level]
