"""Render the sidebar from cached fragments and compiled templates: its top, its rooms and its foot."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.models import User
from accounts.requests import SignedInRequest
from chat.models import Room
from chat.sidebar.registry import SidebarSection, list_links
from chat.sidebar.schemas import Sidebar, SidebarRoom
from lib.lasting import FOREVER
from lib.web.cached_fragment import cached_fragment, cached_fragments
from lib.web.compiled_template import CompiledTemplate
from lib.web.csrf import get_page_token
from notifications.preferences.forms import SilenceForm

_rooms = CompiledTemplate(
    "chat/sidebar/_rooms.html",
    ("favourite_lines", "room_lines", "section_lines", "direct_lines", "hidden_attention"),
)
_section = CompiledTemplate("chat/sidebar/_section.html", ("lines",))
_user = CompiledTemplate("chat/sidebar/_user.html", ("csrf_token", "path"))


def render_rooms(sidebar: Sidebar, here: str = "") -> SafeString:
    """Render the rooms of a sidebar; `here` names the page of the sidebar that is open."""
    organisation = sidebar.organisation
    lines = {"favourite_lines": sidebar.favourites, "room_lines": sidebar.rooms, "direct_lines": sidebar.directs}
    # Without lines a section is left out, or looks otherwise.
    empty = {name: "" for name, rooms in lines.items() if not rooms}
    shown = {"here": here, "more_rooms": sidebar.more_rooms, "more_directs": sidebar.more_directs}
    shown |= {"may_invite": sidebar.may_invite, "unread_threads": sidebar.unread_threads, "folded": sidebar.folded}
    shown |= {"open_reports": sidebar.open_reports, "notifications": sidebar.notifications}
    shown |= {"scheduled": sidebar.scheduled, "due_reminders": sidebar.due_reminders}
    values = {name: render_lines(rooms, sidebar.me) if rooms else "" for name, rooms in lines.items()}
    values["section_lines"] = "".join(
        _render_section(section, rooms, sidebar, here) for section, rooms in sidebar.sections
    )
    html = _rooms.fill(
        (get_language(), organisation.slug, *empty, *shown.values()),
        values | {"hidden_attention": str(sidebar.hidden_attention)},
        lambda placeholders: (
            placeholders | shown | {"organisation": organisation, "links": list_links(organisation)} | empty
        ),
    )
    return SafeString(html)


def render_top(sidebar: Sidebar) -> SafeString:
    """Render the name of the organisation and the menu of all organisations that it opens."""
    lines = tuple(
        (line.organisation.slug, line.organisation.name, line.is_current, line.badge, line.is_unread)
        for line in sidebar.organisations
    )
    key = (sidebar.unread_only, sidebar.open_reports, sidebar.may_add_emoji, sidebar.notifications, lines)
    return cached_fragment("chat/sidebar/_top.html", key, sidebar=sidebar)


def render_user(request: SignedInRequest) -> SafeString:
    """Render the user's own name and presence, and the menu that it opens."""
    me = request.user
    html = _user.fill(
        (get_language(), me.pk, me.updated_at, me.current_presence, me.current_status, me.availability)
        + (me.current_silence,),
        {"csrf_token": get_page_token(request), "path": escape(request.path)},
        lambda placeholders: {
            "me": me,
            "silences": SilenceForm.SHORT_CHOICES.items(),
            "is_paused": me.current_silence == FOREVER,
            "csrf_token": placeholders["csrf_token"],
            "request": {"path": placeholders["path"]},
        },
    )
    return SafeString(html)


def render_lines(rooms: Sequence[SidebarRoom], me: User) -> SafeString:
    """Render the lines of rooms, as `me` sees them."""
    return cached_fragments(
        "chat/sidebar/_room.html",
        [
            (
                # Only lines of direct rooms show users.
                (
                    room.id,
                    room.full_name,
                    room.is_in_section,
                    room.kind,
                    room.version,
                    room.unread,
                    room.mentions,
                    room.is_current,
                )
                + (room.muted_until, room.notification_level, room.is_archived, room.emoji, room.picture_url)
                + (
                    tuple(
                        (user.pk, user.updated_at, user.current_presence, user.current_status)
                        for user in room.others or [me]
                    )
                    if room.kind == Room.Kind.DIRECT
                    else ()
                ),
                {"room": room, "me": me},
            )
            for room in rooms
        ],
    )


def _render_section(section: SidebarSection, rooms: Sequence[SidebarRoom], sidebar: Sidebar, here: str) -> str:
    is_folded = str(section.id) in sidebar.folded
    return _section.fill(
        (get_language(), section, is_folded, here),
        {"lines": render_lines(rooms, sidebar.me)},
        lambda placeholders: placeholders | {"section": section, "is_folded": is_folded, "here": here},
    )
