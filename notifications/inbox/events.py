"""Tell a user's own sockets of their notifications, and how many they have not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from accounts.topics import user_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event
from notifications.descriptions import Described
from notifications.inbox.counts import count_unread, count_unread_of
from notifications.inbox.schemas import NotificationOut


def notifications_created(described: Sequence[Described], languages: Mapping[UUID, str]) -> None:
    """Tell users what they have been notified of, in the languages by user; one that is counted in a row, again."""
    unread = count_unread_of({each.row.user_id for each in described})
    publisher.publish([_build_created_event(each, languages, unread) for each in described])


def notifications_read(user_id: UUID, ids: Sequence[UUID]) -> None:
    """Tell a user's own sockets what they have read, on whichever device."""
    _publish_changes("notification.read", {user_id: ids}, {user_id: count_unread(user_id)})


def notifications_unread(user_id: UUID, ids: Sequence[UUID]) -> None:
    """Tell a user's own sockets what they have marked as not read."""
    _publish_changes("notification.unread", {user_id: ids}, {user_id: count_unread(user_id)})


def notifications_changed(by_user: Mapping[UUID, Sequence[UUID]]) -> None:
    """Tell the sockets of users which of their notifications count less, or say something else."""
    _publish_changes("notification.updated", by_user, count_unread_of(by_user))


def notifications_withdrawn(by_user: Mapping[UUID, Sequence[UUID]]) -> None:
    """Tell the sockets of users which of their notifications are gone with what they were about."""
    _publish_changes("notification.removed", by_user, count_unread_of(by_user))


def _build_created_event(each: Described, languages: Mapping[UUID, str], unread: Mapping[UUID, int]) -> Event:
    user_id = each.row.user_id
    # As pages name theirs, "en" for "en-gb": a page in another asks for the text in its own.
    language, _, _ = languages[user_id].partition("-")
    payload = encode_frame(
        "notification.created",
        notification=NotificationOut.of(each),
        unread=unread[user_id],
        toast=each.kind.shows_toast,
        language=language,
    )
    return Event(user_topic(user_id), payload)


def _publish_changes(type: str, by_user: Mapping[UUID, Sequence[UUID]], unread: Mapping[UUID, int]) -> None:
    publisher.publish(
        [
            Event(user_topic(user_id), encode_frame(type, ids=list(ids), unread=unread[user_id]))
            for user_id, ids in by_user.items()
        ]
    )
