"""Show previews of links in the admin."""

from __future__ import annotations

from django.contrib import admin

from chat.models import LinkPreview, MessagePreview
from lib.web.admin import LookupAdmin


@admin.register(LinkPreview)
class LinkPreviewAdmin(LookupAdmin):
    list_display = ("title", "url", "site_name", "organisation", "created_at")
    list_select_related = ("organisation",)
    search_fields = ("title", "url")


@admin.register(MessagePreview)
class MessagePreviewAdmin(LookupAdmin):
    list_display = ("message", "preview", "removed_at", "created_at")
    list_select_related = ("message__author", "preview")
    search_fields = ("preview__title", "preview__url")
