"""Store new messages and what follows from them, and announce them after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from chat.attachments.storing import save_attachments
from chat.messages import events
from chat.messages.queries.thread_states import list_thread_states
from chat.messages.recipients import SavedMentions, number_broadcast, save_mentions
from chat.messages.replies import OpenThread, save_threads
from chat.models import Message, Room, RoomMember
from chat.notifying.keywords import find_keywords
from chat.notifying.services import list_followers, notify_of_every_message, notify_of_messages
from chat.search_index import index_messages
from lib.db.prepared_rows import insert_rows, update_rows
from lib.db.transactions import after_commit
from notifications.inbox.marking import ReadMark, mark_places_read


def save_messages(messages: list[Message], rooms: Mapping[UUID, Room], threads: Mapping[UUID, OpenThread]) -> None:
    """Store new messages, what follows from them for rooms, members and threads, and announce them after the commit."""
    replies = [message for message in messages if message.thread_id]
    answered = [threads[root_id] for root_id in dict.fromkeys(reply.thread_id for reply in replies) if root_id]
    if answered:
        save_threads(answered, replies, rooms)
    in_rooms = [message for message in messages if message.seq is not None]
    latest = {message.room_id: message.created_at for message in in_rooms}
    marks = {(message.room_id, message.author_id): message.seq for message in in_rooms}
    changed = [rooms[room_id] for room_id in dict.fromkeys(message.room_id for message in messages)]
    numbers = [(room.last_seq, room.version, latest.get(room.pk, room.last_message_at), room.pk) for room in changed]
    read = [(seq, room_id, user_id) for (room_id, user_id), seq in marks.items()]
    with_files = [message for message in messages if message.attachments]
    mentioning = [message for message in messages if message.mentioned_ids or message.broadcast]
    for message in mentioning:
        number_broadcast(message)
    insert_rows(messages)
    if with_files:
        save_attachments(with_files)
    update_rows(Room, ("last_seq", "version", "last_message_at"), by=("id",), rows=numbers)
    update_rows(RoomMember, ("last_read_seq",), by=("room_id", "user_id"), rows=read)
    index_messages(messages)
    mentions = save_mentions(mentioning) if mentioning else SavedMentions()
    states = list_thread_states([opened.root.pk for opened in answered]) if answered else []
    _mark_notifications(in_rooms, replies)
    notify_of_messages(
        messages, rooms, mentions.recipients, list_followers(states), find_keywords(messages, rooms), mentions.crowds
    )
    notify_of_every_message(messages, rooms)
    if answered:
        after_commit(events.replies_created, messages, [opened.root for opened in answered], states)
    else:
        after_commit(events.messages_created, messages)


def _mark_notifications(in_rooms: Iterable[Message], replies: Iterable[Message]) -> None:
    """Mark as read what authors were told of before their own messages, as these move their read marks."""
    in_feeds = [ReadMark(each.author_id, each.room_id, each.seq or 0) for each in in_rooms]
    in_threads = [ReadMark(each.author_id, each.room_id, each.thread_seq or 0, each.thread_id) for each in replies]
    mark_places_read([*in_feeds, *in_threads])
