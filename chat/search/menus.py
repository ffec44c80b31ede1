"""Offer filters in menus beside the search field, and write what was chosen into the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.organisations.queries import members_visible_to
from chat.models import Room, RoomMember
from chat.search.filters import FILTERS
from chat.search.language import TOKEN, FilterUse, clean_query, parse_query

# Options of a menu of users or rooms. Whoever has more of them types the name of one that is not among these.
OFFERED = 100
# What a menu sends to take its filters out of the query. No query can hold it: the parser leaves quotes out of values.
ANY = '"'
# The filters that a menu stands for and replaces. Written is the one that it is named by.
MENUS: dict[str, tuple[str, ...]] = {
    "from": ("from",),
    "in": ("in",),
    "during": ("during", "on", "before", "after"),
    "has": ("has",),
    "is": ("is",),
}
LABELS = {"from": _("From"), "in": _("In"), "during": _("When"), "has": _("Has"), "is": _("Is")}
ANYTHING = {"from": _("Anyone"), "in": _("Any room"), "during": _("Any time"), "has": _("Anything"), "is": _("Any")}
PERIODS = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "week": _("This week"),
    "month": _("This month"),
    "year": _("This year"),
}
CONTENTS = {
    "link": _("A link"),
    "code": _("Code"),
    "reaction": _("A reaction"),
    "pin": _("A pin"),
    "thread": _("A thread"),
    "file": _("A file"),
    "image": _("An image"),
    "video": _("A video"),
    "audio": _("A sound"),
    "pdf": _("A PDF"),
}
STATES = {"unread": _("Unread"), "thread": _("A reply in a thread")}

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FilterMenu:
    """A menu: the values of its filter with what each is called, and which filters of its kind the query has."""

    key: str
    options: list[tuple[str, Text]]
    used: str = ""
    has_more: bool = False

    @property
    def label(self) -> Text:
        return LABELS[self.key]

    @property
    def anything(self) -> Text:
        return ANYTHING[self.key]


def build_menus(*, own: Membership, q: str) -> list[FilterMenu]:
    """Return the menus of a member, with what a query uses of them. Two queries."""
    uses = parse_query(q, FILTERS).filters
    options: dict[str, list[tuple[str, Text]]] = {
        "from": _list_people(own),
        "in": _list_rooms(own),
        "during": list(PERIODS.items()),
        "has": list(CONTENTS.items()),
        "is": list(STATES.items()),
    }
    return [
        FilterMenu(key, options[key][:OFFERED], _describe_uses(uses, key, options[key]), len(options[key]) > OFFERED)
        for key in MENUS
    ]


def rewrite_query(q: str, chosen: Mapping[str, str]) -> str:
    """Return a query in which filters chosen by menus stand in place of those of their kind; excluded ones stay."""
    for key, value in chosen.items():
        kept = [match[0] for match in TOKEN.finditer(clean_query(q)) if not _is_replaced(match[0], key)]
        q = " ".join([*kept, *([str(FilterUse(key, value))] if value != ANY else [])])
    return q


def _is_replaced(token: str, key: str) -> bool:
    return any(use.key in MENUS[key] and not use.is_excluded for use in parse_query(token, FILTERS).filters)


def _describe_uses(uses: tuple[FilterUse, ...], key: str, options: list[tuple[str, Text]]) -> str:
    """Return what a query uses of a menu, in the words of its options where these have it."""
    names = dict(options)
    kinds = [use for use in uses if use.key in MENUS[key] and not use.is_excluded]
    return ", ".join(str(names.get(use.value, use.value) if use.key == key else use) for use in kinds)


def _list_people(own: Membership) -> list[tuple[str, Text]]:
    """Return the member and others of the organisation by name; of many, those whom the member writes to directly."""
    members = members_visible_to(own).exclude(user=own.user_id)
    if own.organisation.member_count > OFFERED:
        direct = RoomMember.objects.filter(
            user=own.user_id, room__kind=Room.Kind.DIRECT, room__organisation=own.organisation_id
        )
        members = members.filter(user__in=RoomMember.objects.filter(room__in=direct.values("room")).values("user"))
    people = members.by_name().values_list("user__username", "user__name")[:OFFERED]
    return [("me", _("You")), *people]


def _list_rooms(own: Membership) -> list[tuple[str, Text]]:
    """Return the rooms that the member is in by name, but for direct ones and names that no query can hold."""
    rooms = Room.objects.joined_by(own.user).filter(organisation=own.organisation_id).exclude(kind=Room.Kind.DIRECT)
    names = rooms.exclude(name__contains='"').order_by("folded_name").values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys(names[: OFFERED + 1])]
