"""Offer what the page of files can be narrowed to."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import Membership
from accounts.organisations.queries import members_visible_to
from assets.library.schemas import Sort
from chat.library.schemas import LibraryFilters
from chat.models import Room, RoomMember
from chat.models.full_names import build_full_name

# Options of a menu of users or rooms.
OFFERED = 100
GROUP_NAMES: dict[str, StrOrPromise] = {
    "images": _("Images"),
    "documents": _("Documents"),
    "media": _("Video and sound"),
    "other": _("Other"),
}
PERIODS: dict[str, StrOrPromise] = {
    "today": _("Today"),
    "week": _("This week"),
    "month": _("This month"),
    "year": _("This year"),
}
SORTS: dict[str, StrOrPromise] = {
    Sort.NEWEST: _("Newest first"),
    Sort.NAME: _("By name"),
    Sort.SIZE: _("Largest first"),
}
Options = list[tuple[str, StrOrPromise]]


def list_people(own: Membership, filters: LibraryFilters) -> Options:
    """Return the member, and others that they see by name; of many, those that they write to directly. One query.

    The chosen member is among them.
    """
    members = members_visible_to(own).exclude(user=own.user_id)
    if (own.organisation.member_count or 0) > OFFERED:
        direct = Room.objects.filter(kind=Room.Kind.DIRECT, organisation=own.organisation_id, members__user=own.user_id)
        partners = RoomMember.objects.filter(room__in=direct).values("user")
        chosen = filters.owner if isinstance(filters.owner, UUID) else None
        members = members.filter(user__in=partners) | members.filter(user=chosen)
    people = members.by_name().values_list("user", "user__name")[:OFFERED]
    return [("me", _("You")), *((str(user_id), name) for user_id, name in people)]


def list_rooms(own: Membership, filters: LibraryFilters) -> Options:
    """Return the rooms that the member is in by name, but for direct ones, and the one that is chosen. Two queries."""
    rooms = Room.objects.joined_by(own.user).filter(organisation=own.organisation_id).exclude(kind=Room.Kind.DIRECT)
    rows = rooms.order_by("folded_name").values_list("pk", "name", "project_name")[:OFFERED]
    found: Options = [(str(pk), build_full_name(name, project_name)) for pk, name, project_name in rows]
    if filters.room and str(filters.room) not in dict(found):
        visible = Room.objects.visible_to(own.user).filter(pk=filters.room, organisation=own.organisation_id)
        found += [(str(room.pk), room.full_name or _("This room")) for room in visible]
    return found
