"""Show in the admin what was announced where."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from notifications.models import Announcement


@admin.register(Announcement)
class AnnouncementAdmin(LookupAdmin):
    list_display = ("text", "organisation", "author", "created_at")
    list_select_related = ("organisation", "author")
    search_fields = ("organisation__folded_name", "author__folded_name", "author__username")
