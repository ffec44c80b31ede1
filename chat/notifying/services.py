"""Choose the users that are notified of what happens in rooms, inside the transaction of what happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from accounts.models import Membership, User
from chat.models import Mention, Message, Reaction, Report, Room, RoomMember
from chat.notifying.attention import load_attention, read_attention
from chat.notifying.jobs import find_told, notify_listeners, notify_of_broadcast
from chat.notifying.keywords import Keywords, compare_keywords
from chat.notifying.listeners import has_listeners
from chat.notifying.names import (
    BROADCAST,
    DIRECT,
    KEYWORD,
    MAX_AT_ONCE,
    MENTION,
    NAMING,
    REACTION,
    REPLY,
    REPORT,
    ROOM_ADDED,
    SAID,
    name_reaction_group,
)
from chat.notifying.telling import tell_of_message
from notifications.inbox.marking import mark_rows_read
from notifications.inbox.services import notify, withdraw_notifications
from notifications.models import Notification
from notifications.places import Attention, Pair


class FollowState(Protocol):
    """Part of the state of a follower of a thread that names the user."""

    @property
    def user_id(self) -> UUID: ...
    @property
    def thread_id(self) -> UUID: ...


# Of each message: the users that it names, and whether by a broadcast alone.
Recipients = Mapping[UUID, Mapping[UUID, bool]]
# Of each thread, by its root.
Followers = Mapping[UUID, Collection[UUID]]
# What was written earlier is brought along from elsewhere, and news to nobody.
IMPORTED = timedelta(hours=1)


def notify_of_messages(
    messages: Sequence[Message],
    rooms: Mapping[UUID, Room],
    recipients: Recipients,
    followers: Followers,
    keywords: Keywords = MappingProxyType({}),
    crowds: Collection[UUID] = (),
) -> None:
    """Notify users of new messages for them, each once of each message: they are written to, named, or follow.

    Last come those whose `keywords` are in it, if they are in the room. `crowds` are the messages whose broadcast
    reaches so many that only the rows name them. Nothing is asked of the database where no message is for any user:
    one in a channel that names none.
    """
    directs = {message.room_id for message in messages if _is_direct(message, rooms)}
    if not (directs or recipients or followers or keywords):
        return
    latest = timezone.now() - IMPORTED
    concerned = [
        each
        for each in messages
        if (each.room_id in directs or each.pk in recipients or each.thread_id or each.pk in keywords)
        and each.created_at > latest
    ]
    if not concerned:
        return
    pairs = {pair for message in concerned for pair in _list_pairs(message, recipients, followers, keywords)}
    attention = load_attention(direct_ids=directs, pairs=pairs)
    for message in concerned:
        following = followers.get(message.thread_id, ()) if message.thread_id else ()
        named, words = recipients.get(message.pk, {}), keywords.get(message.pk, {})
        _notify_of_one(message, rooms[message.room_id], named, following, words, attention, message.pk in crowds)


def notify_of_every_message(messages: Sequence[Message], rooms: Mapping[UUID, Room]) -> None:
    """Let a job notify members that want to hear of every message in a room, but for those to all, which tell them."""
    latest = timezone.now() - IMPORTED
    to_some = [each for each in messages if each.seq is not None and each.broadcast_seq is None]
    news = [message for message in to_some if message.created_at > latest]
    heard = {room_id for room_id in {message.room_id for message in news} if _is_heard(rooms[room_id])}
    for message in news if heard else ():
        if message.room_id in heard:
            notify_listeners.enqueue(message_id=str(message.pk))


def notify_of_edit(
    message: Message, room: Room, *, replaced: str, before: Mapping[UUID, bool], now: Mapping[UUID, bool]
) -> None:
    """Notify users that an edited message names now, and take back what told users that it no longer names.

    In a direct room its members were told of the message already. The keywords of `replaced` by the edit are compared
    with those of the message: users that were told of it in any way are told of none.
    """
    if gone := before.keys() - now.keys():
        withdraw_notifications(Notification.objects.filter(subject=message.pk, user__in=gone, kind__in=NAMING))
    keywords = compare_keywords(message, room, before=replaced)
    if keywords.gone:
        withdraw_notifications(Notification.objects.filter(subject=message.pk, user__in=keywords.gone, kind=KEYWORD))
    if room.kind == Room.Kind.DIRECT and message.seq is not None:
        return
    new = {user_id: is_broadcast for user_id, is_broadcast in now.items() if user_id not in before}
    if new:
        told = Notification.objects.filter(subject=message.pk, user__in=new, count=1)
        withdraw_notifications(told.exclude(kind=REACTION))
    told_already = find_told(message) if keywords.new else set()
    words = {user_id: keywords.new[user_id] for user_id in keywords.new.keys() - told_already}
    if new or words:
        notify_of_messages([message], {room.pk: room}, {message.pk: new} if new else {}, {}, {message.pk: words})


def notify_of_reaction(reaction: Reaction, message: Message, room: Room) -> None:
    """Notify the author of a message of a reaction by another user, unless they have muted the room. One query."""
    author_id = message.author_id
    if author_id == reaction.user_id:
        return
    attention = load_attention(direct_ids=(), pairs={(author_id, room.pk)})
    if attention.get((author_id, room.pk)) != Attention.ALL:
        return
    notify(
        kind=REACTION,
        recipients=[author_id],
        actor_id=reaction.user_id,
        organisation_id=room.organisation_id,
        subject=message.pk,
        place=room.pk,
        thread=message.thread_id if message.seq is None else None,
        position=message.thread_seq if message.seq is None else message.seq,
        group_key=name_reaction_group(message.pk),
        data={"first": str(reaction.pk)},
    )


def list_followers(states: Iterable[FollowState]) -> Followers:
    """Return the followers of threads, by their roots."""
    followers: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for state in states:
        followers[state.thread_id].append(state.user_id)
    return followers


def withdraw_reactions(message: Message) -> None:
    """Take back what told the author of a message of reactions that are all taken back. One query, mostly."""
    for row in Notification.objects.filter(subject=message.pk, kind=REACTION):
        others = Reaction.objects.filter(message=message, pk__gte=row.data["first"]).exclude(user=row.user_id)
        if not others.exists():
            withdraw_notifications(Notification.objects.filter(pk=row.pk))


def notify_of_room(room: Room, *, actor_id: UUID | None, users: Iterable[User]) -> None:
    """Notify users that were added to a channel or group by another user."""
    added = [user.pk for user in users if user.pk != actor_id and user.kind == User.Kind.HUMAN]
    notify(
        kind=ROOM_ADDED,
        recipients=added,
        actor_id=actor_id,
        organisation_id=room.organisation_id,
        subject=room.pk,
        place=room.pk,
        position=room.last_seq,
    )


def notify_of_report(report: Report) -> None:
    """Notify the administrators of a report, but for its reporter and the author that is reported. One query."""
    admins = Membership.objects.filter(organisation=report.organisation_id, role__in=Membership.ADMIN_ROLES)
    admins = admins.filter(user__is_active=True, user__kind=User.Kind.HUMAN)
    involved = {report.reporter_id, report.author_id}
    notify(
        kind=REPORT,
        recipients=set(admins.values_list("user", flat=True)) - involved,
        organisation_id=report.organisation_id,
        subject=report.pk,
        level="warning",
    )


def quieten_room(member: RoomMember) -> None:
    """Mark as read what a member no longer wants to hear of a room that they have just muted."""
    attention = read_attention(member)
    if attention == Attention.ALL:
        return
    rows = Notification.objects.filter(user=member.user_id, place=member.room_id, kind__in=SAID)
    mark_rows_read(member.user_id, rows.exclude(kind__in=NAMING) if attention else rows)


def _is_direct(message: Message, rooms: Mapping[UUID, Room]) -> bool:
    return message.seq is not None and rooms[message.room_id].kind == Room.Kind.DIRECT


def _is_heard(room: Room) -> bool:
    return room.kind != Room.Kind.DIRECT and has_listeners(room)


def _list_pairs(message: Message, recipients: Recipients, followers: Followers, keywords: Keywords) -> set[Pair]:
    named = recipients.get(message.pk, {})
    are_many = len(named) > MAX_AT_ONCE
    user_ids = [user_id for user_id, is_broadcast in named.items() if not (is_broadcast and are_many)]
    following = followers.get(message.thread_id, ()) if message.thread_id else ()
    return {(user_id, message.room_id) for user_id in (*user_ids, *following, *keywords.get(message.pk, ()))}


def _notify_of_one(
    message: Message,
    room: Room,
    named: Mapping[UUID, bool],
    following: Collection[UUID],
    words: Mapping[UUID, str],
    attention: Mapping[Pair, Attention],
    is_to_crowd: bool,
) -> None:
    told = {message.author_id}

    def tell(kind: str, user_ids: Iterable[UUID], needed: Attention, **data: str) -> None:
        wanted = {each for each in user_ids if attention.get((each, room.pk), Attention.NOTHING) >= needed} - told
        told.update(wanted)
        tell_of_message(message, room, kind, wanted, data)

    if room.kind == Room.Kind.DIRECT and message.seq is not None:
        tell(DIRECT, [user_id for user_id, room_id in attention if room_id == room.pk], Attention.ALL)
    tell(MENTION, [user_id for user_id, is_broadcast in named.items() if not is_broadcast], Attention.MENTIONS)
    if is_to_crowd or len(named) > MAX_AT_ONCE:
        notify_of_broadcast.enqueue(message_id=str(message.pk))
        if message.broadcast_seq is not None:  # all others
            return
        if following or words:
            others = Mention.objects.filter(message=message.pk, user__in=[*following, *words])
            told.update(others.values_list("user", flat=True))
    else:
        tell(BROADCAST, named, Attention.MENTIONS)
    tell(REPLY, following, Attention.ALL)
    for keyword in dict.fromkeys(words.values()):
        user_ids = [user_id for user_id, word in words.items() if word == keyword]
        tell(KEYWORD, user_ids, Attention.ALL, keyword=keyword)
