"""Rooms and messages in the admin: to look things up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from accounts.admin.lookup import LookupAdmin, StaffRequest, perform
from chat.models import Bookmark, Mention, Message, MessageRevision, Reaction, Room, RoomMember
from chat.services.rooms import archive_room, unarchive_room


@admin.register(Room)
class RoomAdmin(LookupAdmin):
    list_display = ("title", "organisation", "kind", "people", "last_seq", "last_message_at", "archived_at")
    list_filter = ("kind", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("name", "topic", "organisation__name", "organisation__slug")
    actions = ("archive", "unarchive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        rooms = super().get_queryset(request).annotate(people=Count("members"))
        return rooms.prefetch_related(_people_of_direct("members"))

    @admin.display(ordering="name")
    def title(self, room: Room) -> str:
        return _title(room)

    @admin.display(ordering="people")
    def people(self, room: Any) -> int:
        return room.people

    @admin.action(description="Archive", permissions=["view"])
    def archive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform(request, rooms, lambda room: archive_room(actor=request.user, room_id=room.pk), "Archived")

    @admin.action(description="Open again", permissions=["view"])
    def unarchive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform(request, rooms, lambda room: unarchive_room(actor=request.user, room_id=room.pk), "Opened again")


class InRoomAdmin(LookupAdmin):
    """Rows of a room, with its name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(_people_of_direct("room__members"))

    @admin.display(description="room", ordering="room__name")
    def room_title(self, row: Any) -> str:
        return _title(row.room)


@admin.register(RoomMember)
class RoomMemberAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "role", "last_read_seq", "joined_at")
    list_filter = ("role", "room__kind")
    list_select_related = ("user", "room")
    search_fields = ("user__name", "user__username", "room__name")


@admin.register(Message)
class MessageAdmin(InRoomAdmin):
    list_display = ("room_title", "seq", "author", "excerpt", "created_at", "edited_at", "deleted_at", "pinned_at")
    list_display_links = ("seq",)
    list_filter = ("type", ("deleted_at", admin.EmptyFieldListFilter), ("pinned_at", admin.EmptyFieldListFilter))
    list_select_related = ("room", "author")
    search_fields = ("content", "author__name", "author__username")

    @admin.display(description="content")
    def excerpt(self, message: Message) -> str:
        return Truncator(message.content).chars(80)


@admin.register(MessageRevision)
class MessageRevisionAdmin(LookupAdmin):
    list_display = ("message", "excerpt", "created_at")
    list_select_related = ("message__author",)
    search_fields = ("content",)

    @admin.display(description="content")
    def excerpt(self, revision: MessageRevision) -> str:
        return Truncator(revision.content).chars(80)


@admin.register(Mention)
class MentionAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "seq", "created_at")
    list_select_related = ("user", "room")
    search_fields = ("user__name", "user__username", "room__name")


@admin.register(Reaction)
class ReactionAdmin(LookupAdmin):
    list_display = ("emoji", "user", "message", "created_at")
    list_select_related = ("user", "message__author")
    search_fields = ("emoji", "user__name", "user__username")


@admin.register(Bookmark)
class BookmarkAdmin(LookupAdmin):
    """How many there are: who keeps what, nobody else learns."""

    list_display = ("created_at",)
    exclude = ("user", "message")


def _people_of_direct(members: str) -> Prefetch[Any, Any, Any]:
    people = RoomMember.objects.with_user().filter(room__kind=Room.Kind.DIRECT).order_by("user__name")
    return Prefetch(members, people, to_attr="direct_members")


def _title(room: Any) -> str:
    """Its name; a direct room has none but its people's."""
    return ", ".join(member.user.name for member in room.direct_members) if room.is_direct else str(room)
