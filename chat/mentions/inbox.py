"""Find the mentions of a user: the messages that told them, and whether they have read these."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Organisation, User
from chat.models import Mention, Message, RoomMember, ThreadFollow
from chat.models.messages import MessageQuerySet
from chat.room_names import name_rooms

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


def list_mentions(*, user: User, organisation: Organisation, unread: bool = False) -> MessageQuerySet:
    """Return the messages of others that tell a user, in the rooms of an organisation that they are in.

    With `is_unread`, `is_broadcast` and `mentioned_at`, a time. One in a thread alone is unread while they follow the
    thread and have not read so far.
    """
    own = RoomMember.objects.filter(room=OuterRef("room"), user=user)
    follows = ThreadFollow.objects.filter(thread=OuterRef("thread"), user=user)
    in_room = Exists(own.filter(last_read_seq__lt=OuterRef("seq")))
    in_thread = Q(seq=None) & Exists(follows.filter(last_read_seq__lt=OuterRef("thread_seq")))
    is_unread = ExpressionWrapper(Q(in_room) | in_thread, output_field=BooleanField())
    mentions = Mention.objects.filter(user=user, room__organisation=organisation)
    to_all = Message.objects.telling_all_with(RoomMember.objects.filter(user=user, room__organisation=organisation))
    of_message = mentions.filter(message=OuterRef("pk"))
    messages = (
        Message.objects.for_rendering()
        .filter(Exists(own), pk__in=mentions.values("message").union(to_all.values("pk")))
        .exclude(author=user)
        .select_related("room")
        .annotate(
            is_unread=is_unread,
            is_broadcast=~Exists(of_message.filter(is_broadcast=False)),
            mentioned_at=Coalesce(Subquery(of_message.values("created_at")), "created_at"),
        )
    )
    found: MessageQuerySet = messages.filter(is_unread=True) if unread else messages
    return found


def select_mentions(mentions: MessageQuerySet, *, before: UUID | None, limit: int) -> list[Message]:
    """Return those older than a message, the newest first. One query."""
    if before:
        moment = Message.objects.filter(pk=before).values("created_at")[:1]
        mentions = mentions.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=before))
    return list(mentions.order_by("-created_at", "-pk")[:limit])


def load_inbox(*, user: User, organisation: Organisation, unread: bool = False, before: UUID | None = None) -> Inbox:
    """Return a page of the mentions of a user in an organisation. Two queries, one where none is in a direct room."""
    mentions = list_mentions(user=user, organisation=organisation, unread=unread)
    rows = select_mentions(mentions, before=before, limit=PAGE + 1)
    on_page = rows[:PAGE]
    names = name_rooms({mention.room for mention in on_page}, user)
    items = [
        InboxMention(mention, names[mention.room_id], mention.is_unread)  # type: ignore[attr-defined]
        for mention in on_page
    ]
    return Inbox(items, older=items[-1].message.pk if len(rows) > PAGE else None)
