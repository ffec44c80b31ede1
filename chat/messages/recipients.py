"""Decide who is told of a message: those whom it names, and by `@room` and `@here` many at once.

Asked inside the transaction that stores the message: who is in the room then is told, and nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, BooleanField, DateTimeField, Q, QuerySet, UUIDField, Value
from django.utils import timezone

from accounts.models import Membership, User
from chat.models import Mention, Message, RoomMember, ThreadFollow
from chat.notifying.names import MAX_AT_ONCE
from lib.db.insert_selected import IdBeside, insert_selected
from lib.db.prepared_rows import build_row, insert_rows

# What stands for all members of a room, by the habits of Slack, Mattermost, Rocket.Chat and Zulip; `here` for those
# who are connected. No user and no group has such a name.
BROADCASTS: Mapping[str, Message.Broadcast] = {
    **dict.fromkeys(("room", "channel", "everyone", "all"), Message.Broadcast.ROOM),
    "here": Message.Broadcast.HERE,
}


class Unreached(NamedTuple):
    """Whom a message does not reach, as its author learns.

    `absent` are the users named in it whom the author knows and who are not in the room. A guest's words for all are
    text, and `is_broadcast_refused`.
    """

    absent: tuple[User, ...] = ()
    is_broadcast_refused: bool = False


class SavedMentions(NamedTuple):
    """Of each message whom it tells, and whether by a broadcast alone; and which have reached a crowd by theirs.

    Such a broadcast's recipients are in the database alone.
    """

    recipients: Mapping[UUID, Mapping[UUID, bool]] = MappingProxyType({})
    crowds: Collection[UUID] = frozenset()


def may_broadcast(user: User, room_id: UUID) -> bool:
    """Tell whether a user may write to all at once: everybody but guests. One query."""
    own = Membership.objects.filter(user=user, organisation__rooms=room_id)
    return own.exclude(role=Membership.Role.GUEST).exists()


def list_broadcast_recipients(
    *, broadcast: str, room_id: UUID, author_id: UUID, thread_id: UUID | None = None
) -> QuerySet[RoomMember]:
    """Return the members of a room whom a broadcast of an author reaches; `thread_id` where it is in a thread alone.

    There it reaches those who follow the thread. Agents are named one by one, or not at all: each answer has a price.
    """
    members = RoomMember.objects.filter(room=room_id, user__is_active=True, user__kind=User.Kind.HUMAN)
    members = members.exclude(user=author_id)
    if thread_id:
        # The author of the root follows with the first reply.
        new_root = Message.objects.filter(pk=thread_id, started_thread=None)
        follows = ThreadFollow.objects.filter(thread=thread_id)
        members = members.filter(Q(user__in=follows.values("user")) | Q(user__in=new_root.values("author")))
    if broadcast == Message.Broadcast.HERE:
        members = members.filter(user__in=User.objects.connected().values("pk"))
    return members


def find_recipients(message: Message, *, told_here: Collection[UUID] | None = None) -> dict[UUID, bool]:
    """Return who is told of a message, and whether by a broadcast alone. One query where there is one, else none.

    `told_here` are those whom its `@here` has reached: an edit that keeps it does not reach others.
    """
    recipients: dict[UUID, bool] = {}
    if message.broadcast == Message.Broadcast.HERE and told_here is not None:
        recipients = dict.fromkeys(told_here, True)
    elif message.broadcast:
        recipients = dict.fromkeys(_list_reached(message).values_list("user", flat=True), True)
    return recipients | dict.fromkeys(map(UUID, message.mentioned_ids), False)


def build_mentions(message: Message, recipients: Mapping[UUID, bool]) -> list[Mention]:
    """Return the unsaved rows by which unread mentions are counted."""
    return [
        build_row(
            Mention,
            message_id=message.pk,
            user_id=user_id,
            room_id=message.room_id,
            seq=message.seq,
            thread_id=message.thread_id,
            thread_seq=message.thread_seq,
            is_broadcast=is_broadcast,
        )
        for user_id, is_broadcast in recipients.items()
    ]


def save_mentions(messages: Sequence[Message]) -> SavedMentions:
    """Store who is told of new messages. One query, and two for each broadcast, one where it reaches a crowd.

    The database makes a broadcast's rows from those of the room's members. Measured with 1,000: 8 ms of processor time
    for the post, 23 by rows from Python.
    """
    recipients = {message.pk: dict.fromkeys(map(UUID, message.mentioned_ids), False) for message in messages}
    insert_rows([row for message in messages for row in build_mentions(message, recipients[message.pk])])
    crowds = set()
    for message in messages:
        if not message.broadcast:
            continue
        if _save_broadcast(message, recipients[message.pk]) > MAX_AT_ONCE:
            crowds.add(message.pk)
        else:
            told = Mention.objects.filter(message=message.pk, is_broadcast=True)
            recipients[message.pk] |= dict.fromkeys(told.values_list("user", flat=True), True)
    return SavedMentions(recipients, crowds)


def _list_reached(message: Message) -> QuerySet[RoomMember]:
    """Return the members whom the broadcast of a message reaches."""
    return list_broadcast_recipients(
        broadcast=message.broadcast,
        room_id=message.room_id,
        author_id=message.author_id,
        thread_id=None if message.seq is not None else message.thread_id,
    )


def _save_broadcast(message: Message, named: Collection[UUID]) -> int:
    """Store whom the broadcast of a message reaches but those whom it names; return how many."""
    reached = _list_reached(message)
    now = Value(timezone.now(), DateTimeField())
    numbers = {name: getattr(message, name) for name in ("seq", "thread_seq")}
    ids = {"room": message.room_id, "thread": message.thread_id}
    values = {
        "id": IdBeside(message.pk),
        "created_at": now,
        "updated_at": now,
        "message": Value(message.pk, UUIDField()),
        "user": "user",
        "is_broadcast": Value(True, BooleanField()),
        **{name: Value(each, UUIDField()) for name, each in ids.items() if each},
        **{name: Value(number, BigIntegerField()) for name, number in numbers.items() if number is not None},
    }
    return insert_selected(Mention, reached.exclude(user__in=named) if named else reached, values)
