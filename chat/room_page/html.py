"""Render the parts of a room's page that most visits share, from cached fragments."""

from __future__ import annotations

from uuid import uuid4

from django.utils.safestring import SafeString

from accounts.models import User
from chat.models import Message, Room
from chat.rooms.queries.room_head import RoomHead
from lib.web.cached_fragment import cached_fragment

# Of the empty message that scripts fill while a message is being sent; they give it another id.
BLANK_ID = uuid4()


def render_faces(head: RoomHead) -> SafeString:
    """Render the number of a room's members and its first few."""
    users = tuple((user.pk, user.updated_at) for user in head.faces)
    return cached_fragment("chat/room_page/_faces.html", (head.face_limit, head.member_count, users), page=head)


def render_parts(head: RoomHead, me: User, panel: str) -> dict[str, SafeString]:
    """Render the bar over a room, in which `panel` names the open one, and what scripts clone."""
    room = head.room
    users: list[tuple[object, ...]]
    if room.kind == Room.Kind.DIRECT:  # which shows the presence of its other member, any other room a few faces
        users = [(user.pk, user.updated_at, user.current_presence, user.current_status) for user in head.others]
    else:
        users = [(user.pk, user.updated_at) for user in head.faces]
    shown = (room.pk, room.kind, room.emoji, room.picture.name, head.name, room.topic, room.archived_at is None)
    key = (*shown, head.member_count, panel, *users)
    message = {"pk": BLANK_ID, "type": Message.Type.TEXT.value, "author": me}
    return {
        "room_bar": cached_fragment(
            "chat/room_page/_room_bar.html", key, page=head, name=head.name, others=head.others, panel=panel
        ),
        "blank": cached_fragment("chat/messages/_message.html", (me.pk, me.updated_at), message=message),
        "delete_dialog": cached_fragment("chat/room_page/_delete_dialog.html", head.name, name=head.name),
    }
