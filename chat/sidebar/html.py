"""Render the sidebar from cached fragments: its lines, what is around them, and the menu of organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from chat.sidebar.queries import Sidebar, SidebarRoom
from lib.web.cached_fragment import cached_fragment

# Placeholders for lines in a cached fragment. Text of users never looks like this, since it is escaped.
ROOMS, DIRECTS = SafeString("<rooms>"), SafeString("<directs>")


def render_rooms(sidebar: Sidebar, here: str = "") -> SafeString:
    """Render the rooms of a sidebar; `here` names the page of the sidebar that is open."""
    me, organisation, directs = sidebar.me, sidebar.organisation, DIRECTS if sidebar.directs else ""
    around = cached_fragment(
        "chat/sidebar/_rooms.html",
        (organisation.slug, here, directs),
        organisation=organisation,
        here=here,
        room_lines=ROOMS,
        direct_lines=directs,
    )
    filled = around.replace(ROOMS, _render_lines(sidebar.rooms, me)).replace(
        DIRECTS, _render_lines(sidebar.directs, me)
    )
    return mark_safe(filled)  # noqa: S308  rendered templates


def render_organisation_menu(sidebar: Sidebar) -> SafeString:
    """Render the menu of organisations."""
    lines = tuple(
        (line.organisation.slug, line.organisation.name, line.is_current, line.badge, line.is_unread)
        for line in sidebar.organisations
    )
    return cached_fragment("chat/sidebar/_organisation_menu.html", (sidebar.organisation.slug, lines), sidebar=sidebar)


def _render_lines(rooms: Iterable[SidebarRoom], me: User) -> str:
    return "".join([_render_line(room, me) for room in rooms])


def _render_line(room: SidebarRoom, me: User) -> SafeString:
    users = tuple(
        (user.pk, user.updated_at, user.current_presence, user.current_status) for user in room.others or [me]
    )
    key = (room.id, room.name, room.version, room.unread, room.mentions, room.is_current, users)
    return cached_fragment("chat/sidebar/_room.html", key, room=room, me=me)
