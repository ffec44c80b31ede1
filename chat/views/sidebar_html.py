"""The lines of the sidebar, each drawn once for what it shows: from page to page few of them change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import User
from chat.selectors import SidebarRoom

CAPACITY = 4096

_kept: OrderedDict[Hashable, SafeString] = OrderedDict()


def lines_html(rooms: Iterable[SidebarRoom], me: User) -> SafeString:
    """`chat/_sidebar_room.html` for each room."""
    return mark_safe("".join([_line_html(room, me) for room in rooms]))  # noqa: S308  rendered templates


def _line_html(room: SidebarRoom, me: User) -> SafeString:
    people = room.others or [me]
    seen = tuple((each.pk, each.updated_at, each.current_presence, each.current_status) for each in people)
    key = (get_language(), room.id, room.name, room.version, room.unread, room.mentions, room.is_current, seen)
    drawn = _kept.get(key)
    if drawn is None:
        drawn = render_to_string("chat/_sidebar_room.html", {"room": room, "me": me})
        _kept[key] = drawn
        if len(_kept) > CAPACITY:
            _kept.popitem(last=False)
    return drawn
