"""Show search entries in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator

from chat.messages.admin import SearchedTextAdmin
from chat.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(SearchedTextAdmin):
    list_display = ("id", "room_title", "message", "excerpt")
    list_select_related = ("room", "message__author")
    date_hierarchy = "message__created_at"
    search_fields = ("text",)

    @admin.display(description="text")
    def excerpt(self, entry: SearchEntry) -> str:
        return Truncator(entry.text or "").chars(80)
