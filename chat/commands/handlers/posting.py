"""Commands that post a message: /me and /shrug."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chat.commands.registry import Call, Command, Outcome
from chat.messages.services.post import Draft, post_draft
from chat.rooms.queries.room_head import RoomHead

# As Markdown: a backslash and underscores that stay.
SHRUG = r"¯\\\_(ツ)\_/¯"


def post_action(call: Call) -> Outcome:
    """Post what the caller does, as a line that begins with their name."""
    if not call.text:
        raise ValidationError({"text": _("Say what you do: /me waves")})
    return _post_message(call, call.text, is_action=True)


def post_shrug(call: Call) -> Outcome:
    """Post a text with a shrug at its end."""
    return _post_message(call, f"{call.text} {SHRUG}".strip())


def _post_message(call: Call, content: str, *, is_action: bool = False) -> Outcome:
    draft = Draft(
        author=call.actor,
        room_id=call.head.room.pk,
        content=content,
        client_id=call.client_id,
        reply_to=call.reply_to,
        thread_id=call.thread_id,
        also_in_room=call.also_in_room,
        is_action=is_action,
    )
    return Outcome(post_draft(draft))


def _may_post(head: RoomHead) -> bool:
    return head.can_post


COMMANDS = (
    Command("me", _("[what you do]"), _("Say what you do"), post_action, _may_post),
    Command("shrug", _("[text]"), r"¯\_(ツ)_/¯", post_shrug, _may_post),
)
