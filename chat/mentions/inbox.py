"""Find the mentions of a user: the messages that told them, and whether they have read these."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from accounts.models import Organisation, User
from chat.models import Mention, Message, RoomMember, ThreadFollow
from chat.room_names import direct_name, other_members_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class InboxMention:
    """A message that mentions a user, the name of its room as they see it, and whether they have yet to read it."""

    message: Message
    room_name: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """Mentions, the newest messages first; `older` is the `before` of the next page, the id of a message."""

    items: list[InboxMention]
    older: UUID | None


def list_mentions(*, user: User, organisation: Organisation, unread: bool = False) -> QuerySet[Mention]:
    """Return the mentions of a user by others, in the rooms of an organisation that they are in, with `is_unread`.

    One in a thread alone is unread while they follow the thread and have not read so far.
    """
    own = RoomMember.objects.filter(room=OuterRef("room"), user=user)
    follows = ThreadFollow.objects.filter(thread=OuterRef("thread"), user=user)
    in_room = Exists(own.filter(last_read_seq__lt=OuterRef("seq")))
    in_thread = Q(seq=None) & Exists(follows.filter(last_read_seq__lt=OuterRef("thread_seq")))
    is_unread = ExpressionWrapper(Q(in_room) | in_thread, output_field=BooleanField())
    mentions = Mention.objects.filter(Exists(own), user=user, room__organisation=organisation)
    mentions = mentions.exclude(message__author=user).select_related("message__author", "room")
    mentions = mentions.annotate(is_unread=is_unread)
    return mentions.filter(is_unread=True) if unread else mentions


def select_mentions(mentions: QuerySet[Mention], *, before: UUID | None, limit: int) -> list[Mention]:
    """Return the mentions whose messages are older than a message, the newest messages first. One query."""
    if before:
        moment = Message.objects.filter(pk=before).values("created_at")[:1]
        mentions = mentions.filter(
            Q(message__created_at__lt=moment) | Q(message__created_at=moment, message_id__lt=before)
        )
    return list(mentions.order_by("-message__created_at", "-message_id")[:limit])


def load_inbox(*, user: User, organisation: Organisation, unread: bool = False, before: UUID | None = None) -> Inbox:
    """Return a page of the mentions of a user in an organisation. Two queries, one where none is in a direct room."""
    mentions = list_mentions(user=user, organisation=organisation, unread=unread)
    rows = select_mentions(mentions, before=before, limit=PAGE + 1)
    on_page = rows[:PAGE]
    direct_ids = {mention.room_id for mention in on_page if mention.room.is_direct}
    others = other_members_of(list(direct_ids), user) if direct_ids else {}
    items = [
        InboxMention(
            mention.message,
            direct_name(others.get(mention.room_id, []), user) if mention.room.is_direct else mention.room.name,
            mention.is_unread,  # type: ignore[attr-defined]
        )
        for mention in on_page
    ]
    return Inbox(items, older=items[-1].message.pk if len(rows) > PAGE else None)
