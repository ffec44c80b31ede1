"""Validate and render the content of a message, before the transaction, which has to be short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from chat.models import MAX_CONTENT, Mention, Message, RoomMember
from chat.rooms.permissions import users_visible_to
from lib.text.folding import normalize_text
from lib.text.markdown.document import Document

EMPTY_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message as it is stored: text, its HTML, and the ids of the users it mentions.

    `absent` are the users named in it whom the author knows and who are not in the room: they are not told.
    """

    text: str
    html: str
    mentioned_ids: list[str]
    absent: tuple[User, ...] = ()


class NamedUser(NamedTuple):
    """User that a text may name, and whether they are in the room."""

    user: User
    is_in_room: bool


def prepare_content(content: str, *, author: User, room_id: UUID) -> Content:
    """Return the content of a message for a room. Raise ValidationError for an empty, over-long or broken text."""
    content = _clean_content(content)
    document = Document(content)
    if not document.usernames:
        return Content(content, document.render({})[0], [])
    users = _find_named(document.usernames, author, room_id)
    html, named = document.render({name: _describe_member(user) for name, user in users.items()})
    mentioned = [str(users[name].user.pk) for name in named if users[name].is_in_room]
    absent = [users[name].user for name in sorted(named) if not users[name].is_in_room]
    return Content(content, html, sorted(mentioned), tuple(absent))


def copy_content(content: str) -> Content:
    """Return the content of a message that is forwarded: a copy mentions nobody, for its author told no one here."""
    return Content(content, Document(content).render({})[0], [])


def find_absent(message: Message) -> tuple[User, ...]:
    """Return the users named in a message who are not in its room and are visible to its author."""
    if "@" not in message.content and "\uff20" not in message.content:
        return ()
    return prepare_content(message.content, author=message.author, room_id=message.room_id).absent


def build_mentions(messages: Sequence[Message]) -> list[Mention]:
    """Return the unsaved rows by which unread mentions are counted."""
    return [
        Mention(
            message=message,
            user_id=UUID(user_id),
            room_id=message.room_id,
            seq=message.seq,
            thread_id=message.thread_id,
            thread_seq=message.thread_seq,
        )
        for message in messages
        for user_id in message.mentioned_ids
    ]


def _clean_content(content: str) -> str:
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    # The first line keeps its indentation: it may be code, or a paragraph in Japanese.
    content = EMPTY_LINES.sub("", content).rstrip()
    if not content:
        raise ValidationError({"content": _("Write something first.")})
    if "\x00" in content:
        raise ValidationError({"content": _("A message can't contain the NUL character.")})
    if all(unicodedata.category(character)[0] in "CZ" for character in content):
        raise ValidationError({"content": _("Nobody could see that.")})
    try:
        content.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"content": _("That is not valid text.")}) from error
    _require_length(content)
    if content.isascii():
        return content
    # Takes time by the square of the accents on one letter. Some letters are longer when normalised.
    content = normalize_text(content)
    _require_length(content)
    return content


def _require_length(content: str) -> None:
    """Raise ValidationError that says by how much a text is too long."""
    if (excess := len(content) - MAX_CONTENT) > 0:
        raise ValidationError({"content": format_lazy(_("That is {count} characters too long."), count=excess)})


def _find_named(usernames: set[str], author: User, room_id: UUID) -> dict[str, NamedUser]:
    """Return users by username: members of the room, and members of its organisation visible to the author."""
    in_room = Exists(RoomMember.objects.filter(room=room_id, user=OuterRef("pk")))
    in_organisation = Membership.objects.filter(organisation__rooms=room_id)
    users = (
        User.objects.annotate(is_in_room=in_room)
        .filter(Q(is_in_room=True) | Q(pk__in=in_organisation.values("user"), is_active=True), username__in=usernames)
        .order_by()
    )
    found = {user.username: NamedUser(user, bool(user.is_in_room)) for user in users}
    strangers = {named.user.pk for named in found.values() if not named.is_in_room}
    if strangers:
        own = Membership.objects.filter(organisation__rooms=room_id, user=author).first()
        strangers -= users_visible_to(own, strangers) if own else set()
    return {name: named for name, named in found.items() if named.user.pk not in strangers}


def _describe_member(named: NamedUser) -> tuple[str, str] | None:
    return (str(named.user.pk), named.user.get_short_name()) if named.is_in_room else None
