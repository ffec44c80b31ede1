"""Take notifications back whose message is deleted, or whose user has left the room or lost their role."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import Membership
from chat.models import Message, Room, RoomMember
from chat.notifying.names import DIRECT, REPLY, REPORT, name_direct_group, name_thread_group
from lib.db.transactions import after_commit
from notifications.inbox import events
from notifications.inbox.services import withdraw_notifications
from notifications.models import Notification


class _Other(NamedTuple):
    """Message beside the deleted one, with its place in the thread or the room."""

    pk: UUID
    author_id: UUID
    position: int | None


def withdraw_message(message: Message, room: Room) -> None:
    """Take back what users were told of a message that is being deleted. Rows that count others too count one less.

    As many queries for many users as for a few: four, and one for each message that is the last of a row now.
    """
    changed: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for last, rows in _pair_with_last_others(_find_counting_rows(message, room), message):
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
            count=Greatest(F("count") - 1, 1), subject=last.pk, position=last.position, actor=last.author_id
        )
        for row in rows:
            changed[row.user_id].append(row.pk)
    if changed:
        after_commit(events.notifications_changed, changed)
    withdraw_notifications(Notification.objects.filter(subject=message.pk))


def withdraw_room(room: Room, *, user_id: UUID | None = None) -> None:
    """Take back what a user who leaves a room, or each user before it is deleted, was told of it."""
    rows = Notification.objects.filter(place=room.pk)
    withdraw_notifications(rows.filter(user=user_id) if user_id else rows)


def withdraw_reports(membership: Membership) -> None:
    """Take back what a member was told of reports of an organisation, unless they administer it."""
    if membership.role not in Membership.ADMIN_ROLES:
        rows = Notification.objects.filter(user=membership.user_id, organisation=membership.organisation_id)
        withdraw_notifications(rows.filter(kind=REPORT))


def _find_counting_rows(message: Message, room: Room) -> list[Notification]:
    """Return the unread rows that count a message among others."""
    members = RoomMember.objects.filter(room=room).values("user")
    rows = Notification.objects.filter(user__in=members, count__gt=1, kind__in=(DIRECT, REPLY)).unread()
    if message.thread_id:
        group, position = name_thread_group(message.thread_id), message.thread_seq
    else:
        group, position = name_direct_group(room.pk), message.seq
    return list(rows.filter(group_key=group, first_position__lte=position, position__gte=position))


def _pair_with_last_others(rows: list[Notification], deleted: Message) -> list[tuple[_Other, list[Notification]]]:
    """Return the last messages that rows count beside one that is being deleted, each with its rows.

    A row that counts no other is left out: it is taken back with the message.
    """
    if not rows:
        return []
    others = _list_others(deleted, first=min(row.first_position or 0 for row in rows))
    pairs: dict[_Other, list[Notification]] = {}
    for row in rows:
        last = next((other for other in others if _is_counted(other, row)), None)
        if last is not None:
            pairs.setdefault(last, []).append(row)
    return list(pairs.items())


def _list_others(deleted: Message, *, first: int) -> list[_Other]:
    """Return the other messages of the thread or the room from a position on, the last first."""
    others = Message.objects.not_deleted().exclude(pk=deleted.pk)
    if deleted.thread_id:
        replies = others.filter(thread=deleted.thread_id, thread_seq__gte=first).order_by("-thread_seq")
        return [_Other(*values) for values in replies.values_list("pk", "author", "thread_seq")]
    messages = others.filter(room=deleted.room_id, seq__gte=first).order_by("-seq")
    return [_Other(*values) for values in messages.values_list("pk", "author", "seq")]


def _is_counted(other: _Other, row: Notification) -> bool:
    return other.author_id != row.user_id and (row.first_position or 0) <= (other.position or 0) <= (row.position or 0)
