"""Rooms and messages in the admin: to look things up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
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
    date_hierarchy = "created_at"
    actions = ("archive", "unarchive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        return super().get_queryset(request).annotate(people=Count("members"))

    @admin.display(ordering="name")
    def title(self, room: Room) -> str:
        return str(room)

    @admin.display(ordering="people")
    def people(self, room: Any) -> int:
        return room.people

    @admin.action(description="Archive", permissions=["view"])
    def archive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform(request, rooms, lambda room: archive_room(actor=request.user, room_id=room.pk), "Archived")

    @admin.action(description="Open again", permissions=["view"])
    def unarchive(self, request: StaffRequest, rooms: QuerySet[Room]) -> None:
        perform(request, rooms, lambda room: unarchive_room(actor=request.user, room_id=room.pk), "Opened again")


@admin.register(RoomMember)
class RoomMemberAdmin(LookupAdmin):
    list_display = ("user", "room", "role", "last_read_seq", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "room")
    search_fields = ("user__name", "user__username", "room__name")


@admin.register(Message)
class MessageAdmin(LookupAdmin):
    list_display = ("room", "seq", "author", "excerpt", "created_at", "edited_at", "deleted_at", "pinned_at")
    list_display_links = ("seq",)
    list_filter = ("type", ("deleted_at", admin.EmptyFieldListFilter), ("pinned_at", admin.EmptyFieldListFilter))
    list_select_related = ("room", "author")
    search_fields = ("content",)

    @admin.display(description="content")
    def excerpt(self, message: Message) -> str:
        return Truncator(message.content).chars(80)


@admin.register(MessageRevision)
class MessageRevisionAdmin(LookupAdmin):
    list_display = ("message", "excerpt", "created_at")
    list_select_related = ("message",)
    search_fields = ("content",)

    @admin.display(description="content")
    def excerpt(self, revision: MessageRevision) -> str:
        return Truncator(revision.content).chars(80)


@admin.register(Mention)
class MentionAdmin(LookupAdmin):
    list_display = ("user", "room", "seq", "created_at")
    list_select_related = ("user", "room")
    search_fields = ("user__name", "user__username", "room__name")


@admin.register(Reaction)
class ReactionAdmin(LookupAdmin):
    list_display = ("emoji", "user", "message", "created_at")
    list_select_related = ("user", "message")
    search_fields = ("emoji", "user__name", "user__username")


@admin.register(Bookmark)
class BookmarkAdmin(LookupAdmin):
    list_display = ("user", "message", "created_at")
    list_select_related = ("user", "message")
    search_fields = ("user__name", "user__username")
