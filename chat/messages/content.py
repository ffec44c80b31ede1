"""Validate and render the content of a message, before the transaction, which has to be short."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import MAX_CONTENT, Mention, Message, RoomMember
from lib.text.folding import normalize_text
from lib.text.markdown import find_usernames, render


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message as it is stored: trimmed text, its HTML, and the ids of the users it mentions."""

    text: str
    html: str
    mentioned_ids: list[str]


def prepare_content(content: str, *, room_id: UUID) -> Content:
    """Return the content of a message for a room. Raise ValidationError for an empty, over-long or broken text."""
    content = _clean_content(content)
    mentioned = _find_mentioned(content, room_id)
    return Content(content, render(content, mentioned), sorted(user_id for user_id, _ in mentioned.values()))


def build_mentions(messages: Sequence[Message]) -> list[Mention]:
    """Return the unsaved rows by which unread mentions are counted."""
    return [
        Mention(message=message, user_id=UUID(user_id), room_id=message.room_id, seq=message.seq)
        for message in messages
        for user_id in message.mentioned_ids
    ]


def _clean_content(content: str) -> str:
    content = normalize_text(content.replace("\r\n", "\n").replace("\r", "\n").strip())
    if not content:
        raise ValidationError({"content": _("Write something first.")})
    if len(content) > MAX_CONTENT:
        raise ValidationError(
            {"content": format_lazy(_("That is {count} characters too long."), count=len(content) - MAX_CONTENT)}
        )
    if "\x00" in content:
        raise ValidationError({"content": _("A message can't contain the NUL character.")})
    if all(unicodedata.category(character)[0] in "CZ" for character in content):
        raise ValidationError({"content": _("Nobody could see that.")})
    try:
        content.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"content": _("That is not valid text.")}) from error
    return content


def _find_mentioned(content: str, room_id: UUID) -> dict[str, tuple[str, str]]:
    """Return the id and short name of the room's members who are named in a text, by username in lower case."""
    names = find_usernames(content)
    if not names:
        return {}
    members = RoomMember.objects.filter(room=room_id)
    users = User.objects.filter(pk__in=members.values("user"), username__in=names)
    return {user.username: (str(user.pk), user.get_short_name()) for user in users}
