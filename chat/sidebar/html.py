"""The parts of the sidebar that are kept: its lines, what is around them, and the menu of organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from chat.sidebar.queries import Sidebar, SidebarRoom
from lib.web.cached_fragment import cached_fragment

# Places for lines in a kept part. What people write never looks like this, since it is escaped.
ROOMS, DIRECTS = SafeString("<rooms>"), SafeString("<directs>")


def rooms_html(sidebar: Sidebar, here: str = "") -> SafeString:
    """`chat/_sidebar_rooms.html`, where `here` names the page of the sidebar that is open."""
    me, organisation, directs = sidebar.me, sidebar.organisation, DIRECTS if sidebar.directs else ""
    around = cached_fragment(
        "chat/sidebar/_rooms.html",
        (organisation.slug, here, directs),
        organisation=organisation,
        here=here,
        room_lines=ROOMS,
        direct_lines=directs,
    )
    filled = around.replace(ROOMS, _lines(sidebar.rooms, me)).replace(DIRECTS, _lines(sidebar.directs, me))
    return mark_safe(filled)  # noqa: S308  rendered templates


def menu_html(sidebar: Sidebar) -> SafeString:
    """`chat/_organisation_menu.html`."""
    lines = tuple(
        (line.organisation.slug, line.organisation.name, line.is_current, line.badge, line.is_unread)
        for line in sidebar.organisations
    )
    return cached_fragment("chat/sidebar/_organisation_menu.html", (sidebar.organisation.slug, lines), sidebar=sidebar)


def _lines(rooms: Iterable[SidebarRoom], me: User) -> str:
    return "".join([_line(room, me) for room in rooms])


def _line(room: SidebarRoom, me: User) -> SafeString:
    people = room.others or [me]
    seen = tuple((each.pk, each.updated_at, each.current_presence, each.current_status) for each in people)
    shown = (room.id, room.name, room.version, room.unread, room.mentions, room.is_current, seen)
    return cached_fragment("chat/sidebar/_room.html", shown, room=room, me=me)
