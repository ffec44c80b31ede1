"""What somebody wrote, checked and rendered. Done before a transaction, which has to be short."""

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
from lib.text.markdown import find_usernames, render


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is stored: trimmed, rendered, and whom it names."""

    content: str
    html: str
    mentioned_ids: list[str]


def worded(content: str, *, room_id: UUID) -> Wording:
    """The wording of a message for a room. Raises ValidationError for an empty, over-long or broken text."""
    content = _checked(content)
    people = _named_in(content, room_id)
    return Wording(content, render(content, people), sorted(user_id for user_id, _ in people.values()))


def mentions_of(messages: Sequence[Message]) -> list[Mention]:
    """The rows that count what somebody has not read of what names them."""
    return [
        Mention(message=message, user_id=UUID(user_id), room_id=message.room_id, seq=message.seq)
        for message in messages
        for user_id in message.mentioned_ids
    ]


def _checked(content: str) -> str:
    content = content.replace("\r\n", "\n").replace("\r", "\n").strip()
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


def _named_in(content: str, room_id: UUID) -> dict[str, tuple[str, str]]:
    """Members of the room who are named in the text, by small-lettered username."""
    names = find_usernames(content)
    if not names:
        return {}
    members = RoomMember.objects.filter(room=room_id)
    users = User.objects.filter(pk__in=members.values("user"), username__in=names)
    return {user.username: (str(user.pk), user.get_short_name()) for user in users}
