"""Run commands."""

from __future__ import annotations

import re
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scopes import require_scope
from chat.commands.registry import Call, Outcome, find_command
from chat.messages.services.post import post_message
from chat.rooms.queries.room_head import room_head
from chat.scopes import WRITE_MESSAGES

# `messages/commands.js` tells by the same what is a command.
COMMAND = re.compile(r"/(?P<name>[A-Za-z]\S*)(?:\s+(?P<text>.*))?\Z", re.DOTALL)
ESCAPED = re.compile(r"//[A-Za-z]")


def run_command(
    *,
    actor: User,
    room_id: UUID,
    text: str,
    client_id: str | None = None,
    reply_to: UUID | None = None,
    thread_id: UUID | None = None,
    also_in_room: bool = False,
    time_zone: str | None = None,
    scopes: frozenset[str] | None = None,
) -> Outcome:
    """Run the command that a text begins with, `/name`, in a room. `//name` posts the text with one slash.

    `scopes` are those of a personal token. Raise Room.DoesNotExist for a hidden room, ValidationError for a text
    without a command, and an unknown one: it is never posted; and what the command's service raises.
    """
    head = room_head(user=actor, room_id=room_id)
    place = {"client_id": client_id, "reply_to": reply_to, "thread_id": thread_id, "also_in_room": also_in_room}
    if ESCAPED.match(text):
        require_scope(scopes, WRITE_MESSAGES)
        return Outcome(post_message(actor=actor, room_id=room_id, content=text[1:], **place))  # type: ignore[arg-type]
    match = COMMAND.match(text.rstrip())
    command = find_command(match["name"]) if match else None
    if match is None or command is None:
        name = f"/{match['name'][:40]}" if match else text[:40]
        raise ValidationError(
            {"text": format_lazy(_("There is no command {name}. To send it as it is, begin with a space."), name=name)}
        )
    require_scope(scopes, command.scope)
    call = Call(actor, head, (match["text"] or "").strip(), time_zone=time_zone, **place)  # type: ignore[arg-type]
    return command.run(call)
