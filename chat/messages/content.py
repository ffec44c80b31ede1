"""Validate and render the content of a message, before the transaction, which has to be short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from chat.emoji.names import find_pictures
from chat.messages.named_groups import find_groups
from chat.messages.recipients import BROADCASTS, Unreached, may_broadcast
from chat.models import MAX_CONTENT, Message, RoomMember, UserGroup
from chat.rooms.permissions import users_visible_to
from lib.text.folding import normalize_text
from lib.text.markdown.document import Document, Mark

EMPTY_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message as it is stored: text, its HTML, and the ids of the users it mentions.

    `broadcast` is whether it is to all, in the room or here.
    """

    text: str
    html: str
    mentioned_ids: list[str]
    broadcast: str = ""
    unreached: Unreached = Unreached()


class NamedUser(NamedTuple):
    """User that a text may name, and whether they are in the room."""

    user: User
    is_in_room: bool


def prepare_content(content: str, *, author: User, room_id: UUID, may_be_empty: bool = False) -> Content:
    """Return the content of a message for a room. Raise ValidationError for an empty, over-long or broken text.

    Beside files it may be empty, and is where nobody could see it.
    """
    if may_be_empty and _is_invisible(content):
        return Content("", "", [])
    content = _clean_content(content)
    document = Document(content)
    pictures = find_pictures(document.emoji_names, room_id)
    if not document.usernames:
        return Content(content, document.render({}, pictures=pictures)[0], [])
    marks = build_marks(document.usernames)
    broadcasts = marks.keys()
    is_refused = bool(marks) and not may_broadcast(author, room_id)
    users = _find_named(document.usernames - broadcasts, author, room_id)
    groups = find_groups(document.usernames - broadcasts - users.keys(), author=author, room_id=room_id)
    html, named = document.render(
        {name: _describe_member(user) for name, user in users.items()},
        groups.marks | ({} if is_refused else marks),
        pictures,
    )
    found = [users[name] for name in sorted(named & users.keys())]
    found += [NamedUser(*member) for member in groups.list_members(named)]
    absent = {each.user.pk: each.user for each in found if not each.is_in_room}
    return Content(
        content,
        html,
        sorted({str(each.user.pk) for each in found if each.is_in_room}),
        _choose_broadcast(named & broadcasts),
        Unreached(tuple(absent.values()), is_refused),
    )


def copy_content(content: str, *, room_id: UUID) -> Content:
    """Return the content of a message that is forwarded: a copy mentions nobody, for its author told no one here."""
    if not content:
        return Content("", "", [])
    document = Document(content)
    pictures = find_pictures(document.emoji_names, room_id)
    return Content(content, document.render({}, pictures=pictures)[0], [])


def find_unreached(message: Message) -> Unreached:
    """Return whom a stored message names and does not reach."""
    if "@" not in message.content and "\uff20" not in message.content:
        return Unreached()
    return prepare_content(message.content, author=message.author, room_id=message.room_id).unreached


def read_broadcast(content: str) -> str:
    """Return whether a text is to all, in the room or here, or neither."""
    document = Document(content)
    marks = build_marks(document.usernames)
    return _choose_broadcast(document.render({}, marks)[1]) if marks else ""


def build_marks(names: Collection[str]) -> dict[str, Mark]:
    """Return which of some names are broadcasts, as a document shows them."""
    return {name: Mark("broadcast", str(BROADCASTS[name])) for name in names if name in BROADCASTS}


def _choose_broadcast(named: Iterable[str]) -> str:
    """Return the widest of the broadcasts that a text names."""
    kinds = {BROADCASTS[name] for name in named}
    return str(Message.Broadcast.ROOM if Message.Broadcast.ROOM in kinds else "".join(kinds))


def _clean_content(content: str) -> str:
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    # The first line keeps its indentation: it may be code, or a paragraph in Japanese.
    content = EMPTY_LINES.sub("", content).rstrip()
    if not content:
        raise ValidationError({"content": _("Write something first.")})
    if "\x00" in content:
        raise ValidationError({"content": _("A message can't contain the NUL character.")})
    if _is_invisible(content):
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


def _is_invisible(content: str) -> bool:
    return all(unicodedata.category(character)[0] in "CZ" for character in content)


def _require_length(content: str) -> None:
    """Raise ValidationError that says by how much a text is too long."""
    if (excess := len(content) - MAX_CONTENT) > 0:
        raise ValidationError({"content": format_lazy(_("That is {count} characters too long."), count=excess)})


def _find_named(usernames: set[str], author: User, room_id: UUID) -> dict[str, NamedUser]:
    """Return users by username: members of the room, and members of its organisation visible to the author.

    Who came with the handle of a group as username does not get what is for the group.
    """
    if not usernames:
        return {}
    in_room = Exists(RoomMember.objects.filter(room=room_id, user=OuterRef("pk")))
    in_organisation = Membership.objects.filter(organisation__rooms=room_id)
    users = (
        User.objects.annotate(is_in_room=in_room)
        .exclude(Exists(UserGroup.objects.filter(organisation__rooms=room_id, handle=OuterRef("username"))))
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
