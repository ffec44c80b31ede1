"""Choose the users that a message tells: those that it names, and by `@room` and `@here` many at once.

Asked inside the transaction that stores the message: the members of the room are told that it has then.
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
from chat.notifying.attention import list_reachable_members, list_told_members
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
    """Users that a message does not reach, as its author learns.

    `absent` are users named in it that the author knows and that are not in the room. A guest's words for all are
    text, and `is_broadcast_refused`.
    """

    absent: tuple[User, ...] = ()
    is_broadcast_refused: bool = False


class SavedMentions(NamedTuple):
    """Users that each message tells, and whether by a broadcast alone; and which have reached a crowd by theirs.

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
    """Return the members of a room that a broadcast of an author reaches; `thread_id` where it is in a thread alone.

    There it reaches the followers of the thread.
    """
    members = list_reachable_members(room_id, author_id=author_id)
    if thread_id:
        # The author of the root follows with the first reply.
        new_root = Message.objects.filter(pk=thread_id, started_thread=None)
        follows = ThreadFollow.objects.filter(thread=thread_id)
        members = members.filter(Q(user__in=follows.values("user")) | Q(user__in=new_root.values("author")))
    if broadcast == Message.Broadcast.HERE:
        members = members.filter(user__in=User.objects.connected().values("pk"))
    return members


def number_broadcast(message: Message) -> None:
    """Let a message that is to all of its room tell each member without a row for each.

    In a thread alone, and by `@here`, its followers and the members that are connected at that moment are told: these
    have rows.
    """
    is_to_room = message.broadcast == Message.Broadcast.ROOM
    message.broadcast_seq = message.seq if is_to_room else None


def find_recipients(message: Message, *, reached: Collection[UUID] | None = None) -> dict[UUID, bool]:
    """Return the users that the rows of a message are to tell, and whether by a broadcast alone. One query at most.

    `reached` are those that its broadcast has reached: an edit that keeps it does not reach others.
    """
    if message.broadcast_seq is not None or not message.broadcast:
        reached = ()
    elif reached is None:
        reached = _list_reached(message).values_list("user", flat=True)
    return dict.fromkeys(reached, True) | dict.fromkeys(map(UUID, message.mentioned_ids), False)


def read_recipients(message: Message) -> dict[UUID, bool]:
    """Return the users that the stored rows of a message tell, and whether by a broadcast alone. One query."""
    return dict(Mention.objects.filter(message=message.pk).values_list("user", "is_broadcast"))


def find_told_by_number(message: Message) -> dict[UUID, bool]:
    """Return the members that a message to all of its room tells, named or not, and True of each. One query at most."""
    if message.broadcast_seq is None:
        return {}
    return dict.fromkeys(list_told_members(message).values_list("user", flat=True), True)


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
    """Store the users that new messages tell. One query, and one for each message to all of a room, which has no rows.

    Two for another broadcast, one where it reaches a crowd: the database makes its rows from those of the members.
    Measured with 1,000: 8 ms of processor time for the post, 23 by rows from Python.
    """
    recipients = {message.pk: dict.fromkeys(map(UUID, message.mentioned_ids), False) for message in messages}
    insert_rows([row for message in messages for row in build_mentions(message, recipients[message.pk])])
    crowds = set()
    for message in messages:
        if message.broadcast and not _add_reached(message, recipients[message.pk]):
            crowds.add(message.pk)
    return SavedMentions(recipients, crowds)


def _list_reached(message: Message) -> QuerySet[RoomMember]:
    """Return the members that the broadcast of a message reaches."""
    return list_broadcast_recipients(
        broadcast=message.broadcast,
        room_id=message.room_id,
        author_id=message.author_id,
        thread_id=None if message.seq is not None else message.thread_id,
    )


def _add_reached(message: Message, recipients: dict[UUID, bool]) -> bool:
    """Add the members that a broadcast reaches to the users that its message names; store rows unless it has a number.

    Return False where these are a crowd, and add nobody.
    """
    if message.broadcast_seq is None and _save_broadcast(message, recipients) > MAX_AT_ONCE:
        return False
    rows = Mention.objects.filter(message=message.pk, is_broadcast=True)
    told = rows if message.broadcast_seq is None else _list_reached(message)
    user_ids = list(told.values_list("user", flat=True)[: MAX_AT_ONCE + 1])
    if len(user_ids) > MAX_AT_ONCE:
        return False
    for user_id in user_ids:
        recipients.setdefault(user_id, True)
    return True


def _save_broadcast(message: Message, named: Collection[UUID]) -> int:
    """Store the members that the broadcast of a message reaches, but for those that it names; return how many."""
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
