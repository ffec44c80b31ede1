"""Show threads and who follows them in the admin."""

from __future__ import annotations

from django.contrib import admin

from chat.messages.admin import SearchedTextAdmin
from chat.models import Thread, ThreadFollow
from lib.web.admin import LookupAdmin


@admin.register(Thread)
class ThreadAdmin(SearchedTextAdmin):
    list_display = ("root", "room_title", "last_seq")
    list_select_related = ("room", "root__author")
    date_hierarchy = "root__created_at"
    search_fields = ("root__search_entry__text", "room__folded_name")


@admin.register(ThreadFollow)
class ThreadFollowAdmin(LookupAdmin):
    list_display = ("user", "thread", "last_read_seq", "created_at")
    list_select_related = ("user", "thread")
    search_fields = ("user__folded_name", "user__username")
