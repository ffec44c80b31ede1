"""Describe notifications about rooms, messages and reports to their readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.models import User
from chat.excerpts import describe_message
from chat.models import Message, Reaction, Report, Room
from chat.notifying.names import BROADCAST, DIRECT, KEYWORD, MENTION, NAMING, REPLY
from chat.room_names import other_members_of
from notifications.kinds import Description
from notifications.models import Notification

# Of the members of a direct conversation, beside who writes and who reads.
MAX_NAMED = 3


def describe_messages(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe messages by their authors, their rooms and how they begin. One query, two where any is a direct one."""
    messages = _load_messages(rows)
    direct = {messages[row.subject].room_id for row in rows if row.kind == DIRECT and row.subject in messages}
    others = other_members_of(list(direct), reader)
    return [
        _describe_message(row, messages[row.subject], others.get(messages[row.subject].room_id, []))
        if row.subject in messages
        else None
        for row in rows
    ]


def describe_reactions(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe the reactions to the reader's messages: whose they are, by how many. Two queries."""
    messages = _load_messages(rows)
    reactions: defaultdict[UUID, list[Reaction]] = defaultdict(list)
    found = Reaction.objects.filter(message__in=messages).select_related("user").order_by("-pk")
    for reaction in found:
        reactions[reaction.message_id].append(reaction)
    return [
        _describe_reactions(row, messages[row.subject], reactions) if row.subject in messages else None for row in rows
    ]


def describe_rooms(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe the rooms that users were added to. One query."""
    rooms = Room.objects.in_bulk({row.place for row in rows})
    return [_describe_room(row, rooms[row.place]) if row.place in rooms else None for row in rows]


def describe_reports(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe reports by their reason. One query."""
    reports = Report.objects.select_related("organisation").in_bulk({row.subject for row in rows})
    return [_describe_report(reports[row.subject]) if row.subject in reports else None for row in rows]


def _load_messages(rows: Sequence[Notification]) -> dict[UUID | None, Message]:
    found: dict[UUID | None, Message] = Message.objects.select_related("author", "room").in_bulk(
        {row.subject for row in rows}
    )
    return found


def _describe_message(row: Notification, message: Message, others: Sequence[User]) -> Description:
    """Describe a message; `others` are the members of its room without the reader, where it is a direct one."""
    text, number = describe_message(message), row.count
    room, name = message.room, message.author.name
    said = {"name": name, "room": room.full_name, "number": number, "keyword": row.data.get("keyword", "")}
    if row.kind == DIRECT:
        beside = [user.name for user in others if user.pk != message.author_id]
        title = _title_direct(number, is_group=bool(beside)) % (said | {"others": _list_names(beside)})
    elif row.kind == REPLY:
        title = _title_replies(room, number) % said
        text = text if number == 1 else f"{name}: {text}"
    else:
        title = _title_message(row.kind, room, is_reply=message.thread_id is not None) % said
    return Description(title, text, message.get_absolute_url(), number)


def _list_names(names: Sequence[str]) -> str:
    """Return names in one line, the first of many."""
    more = len(names) - MAX_NAMED
    first = ", ".join(names[:MAX_NAMED])
    return gettext("%(names)s and %(count)s more") % {"names": first, "count": more} if more > 0 else first


def _title_direct(number: int, *, is_group: bool) -> str:
    """Return the title of direct messages, which names those beside author and reader in a group of several users."""
    if not is_group:
        return "%(name)s" if number == 1 else gettext("%(name)s: %(number)s messages")
    return (
        gettext("%(name)s to you and %(others)s")
        if number == 1
        else gettext("%(name)s to you and %(others)s: %(number)s messages")
    )


def _title_message(kind: str, room: Room, *, is_reply: bool) -> str:
    """Return the title of what names a user, or of what they wait for. A direct room has another name for each."""
    if room.is_direct and kind in NAMING:
        return gettext("%(name)s mentioned you") if kind == MENTION else gettext("%(name)s called everyone")
    if kind == BROADCAST:
        return gettext("%(name)s called everyone in %(room)s")
    if kind == MENTION and is_reply:
        return gettext("%(name)s mentioned you in a thread in %(room)s")
    if kind == MENTION:
        return gettext("%(name)s mentioned you in %(room)s")
    if kind == KEYWORD:
        return gettext("%(name)s wrote “%(keyword)s” in %(room)s")
    return gettext("%(name)s in %(room)s")


def _title_replies(room: Room, number: int) -> str:
    if number == 1:
        return (
            gettext("%(name)s replied in a thread")
            if room.is_direct
            else gettext("%(name)s replied in a thread in %(room)s")
        )
    if room.is_direct:
        return ngettext("%(number)s new reply in a thread", "%(number)s new replies in a thread", number)
    return ngettext(
        "%(number)s new reply in a thread in %(room)s", "%(number)s new replies in a thread in %(room)s", number
    )


def _describe_reactions(
    row: Notification, message: Message, reactions: Mapping[UUID, Sequence[Reaction]]
) -> Description | None:
    standing = [
        each for each in reactions[message.pk] if each.user_id != row.user_id and str(each.pk) >= row.data["first"]
    ]
    if not standing:
        return None
    names = list(dict.fromkeys(each.user.name for each in standing))
    others = len(names) - 1
    said = {"name": names[0], "emoji": standing[0].emoji, "others": others, "other": names[-1]}
    if others == 0:
        title = gettext("%(name)s reacted with %(emoji)s to your message")
    elif others == 1:
        title = gettext("%(name)s and %(other)s reacted to your message")
    else:
        title = gettext("%(name)s and %(others)s others reacted to your message")
    return Description(title % said, describe_message(message), message.get_absolute_url(), len(names))


def _describe_room(row: Notification, room: Room) -> Description:
    # Who gets into the main channel of a project gets into the project.
    place = room.project_name if room.is_main_channel else ""
    said = {"name": row.actor.name if row.actor else "", "room": place or room.full_name}
    title = gettext("%(name)s added you to %(room)s") if row.actor else gettext("You were added to %(room)s")
    return Description(title % said, room.topic, room.get_absolute_url())


def _describe_report(report: Report) -> Description:
    title = gettext("A message in %(organisation)s was reported") % {"organisation": report.organisation.name}
    return Description(title, report.reason, reverse("chat:reports", args=[report.organisation.slug]))
