"""Show rooms and their members in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from accounts.requests import StaffRequest
from chat.models import Room, RoomMember, RoomRemoval, SystemMessage
from chat.rooms.services.rooms import archive_room, unarchive_room
from lib.web.admin import LookupAdmin, perform_on_rows


@admin.register(Room)
class RoomAdmin(LookupAdmin):
    list_display = ("title", "organisation", "kind", "people", "last_seq", "last_message_at", "archived_at")
    list_filter = ("kind", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("folded_name", "folded_topic", "organisation__folded_name", "organisation__slug")
    actions = ("archive", "unarchive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        return super().get_queryset(request).prefetch_related(_prefetch_direct_members("members"))

    @admin.display(ordering="name")
    def title(self, room: Room) -> str:
        return _format_title(room)

    @admin.display(ordering="member_count")
    def people(self, room: Room) -> int | None:
        return room.member_count

    @admin.action(description="Archive", permissions=["view"])
    def archive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform_on_rows(request, rooms, lambda room: archive_room(actor=request.user, room_id=room.pk), "Archived")

    @admin.action(description="Unarchive", permissions=["view"])
    def unarchive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform_on_rows(
            request, rooms, lambda room: unarchive_room(actor=request.user, room_id=room.pk), "Opened again"
        )


class InRoomAdmin(LookupAdmin):
    """An admin list of rows that belong to a room, with the room's name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(_prefetch_direct_members("room__members"))

    @admin.display(description="room", ordering="room__name")
    def room_title(self, row: Any) -> str:
        return _format_title(row.room)


@admin.register(RoomMember)
class RoomMemberAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "role", "last_read_seq", "joined_at")
    list_filter = ("role", "room__kind")
    list_select_related = ("user", "room")
    search_fields = ("user__folded_name", "user__username", "room__folded_name")


@admin.register(RoomRemoval)
class RoomRemovalAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "created_at")
    list_select_related = ("user", "room")
    search_fields = ("user__folded_name", "user__username", "room__folded_name")


@admin.register(SystemMessage)
class SystemMessageAdmin(InRoomAdmin):
    list_display = ("code", "room_title", "actor", "after", "created_at")
    list_filter = ("code",)
    list_select_related = ("room", "actor")
    search_fields = ("room__folded_name", "actor__folded_name")


def _prefetch_direct_members(lookup: str) -> Prefetch[Any, Any, Any]:
    members = RoomMember.objects.with_user().filter(room__kind=Room.Kind.DIRECT).order_by("user__folded_name")
    return Prefetch(lookup, members, to_attr="direct_members")


def _format_title(room: Any) -> str:
    """Return the name of a room; of a direct room, the names of its members."""
    return ", ".join(member.user.name for member in room.direct_members) if room.is_direct else str(room)
