"""Show messages and what belongs to them in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from chat.excerpts import describe_files
from chat.models import Attachment, Bookmark, Mention, Message, MessageRevision, Reaction
from chat.rooms.admin import InRoomAdmin
from chat.search_index import index_pending_messages
from lib.web.admin import LookupAdmin


class SearchedTextAdmin(InRoomAdmin):
    """An admin list that is searched by the search entries of messages."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        index_pending_messages()
        return super().get_queryset(request)


@admin.register(Message)
class MessageAdmin(SearchedTextAdmin):
    list_display = ("room_title", "seq", "author", "excerpt", "created_at", "edited_at", "deleted_at", "pinned_at")
    list_display_links = ("seq",)
    list_filter = ("type", ("deleted_at", admin.EmptyFieldListFilter), ("pinned_at", admin.EmptyFieldListFilter))
    list_select_related = ("room", "author")
    search_fields = ("search_entry__text", "author__folded_name", "author__username")

    @admin.display(description="content")
    def excerpt(self, message: Message) -> str:
        return Truncator(message.content or describe_files(message)).chars(80)


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
    search_fields = ("user__folded_name", "user__username", "room__folded_name")


@admin.register(Reaction)
class ReactionAdmin(LookupAdmin):
    list_display = ("emoji", "user", "message", "created_at")
    list_select_related = ("user", "message__author")
    search_fields = ("emoji", "user__folded_name", "user__username")


@admin.register(Bookmark)
class BookmarkAdmin(LookupAdmin):
    """A list of dates only: what a user has saved is private."""

    list_display = ("created_at",)
    exclude = ("user", "message")


@admin.register(Attachment)
class AttachmentAdmin(LookupAdmin):
    list_display = ("asset", "message", "position", "created_at", "removed_at")
    list_select_related = ("asset", "message__author")
    list_filter = (("removed_at", admin.EmptyFieldListFilter),)
    search_fields = ("asset__folded_name",)
