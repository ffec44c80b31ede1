"""Show the emoji of organisations in the admin."""

from __future__ import annotations

from django.contrib import admin

from chat.models import CustomEmoji, EmojiName
from lib.web.admin import LookupAdmin


@admin.register(CustomEmoji)
class CustomEmojiAdmin(LookupAdmin):
    list_display = ("name", "organisation", "created_by", "is_animated", "created_at")
    list_select_related = ("organisation", "created_by")
    search_fields = ("name",)


@admin.register(EmojiName)
class EmojiNameAdmin(LookupAdmin):
    list_display = ("name", "emoji", "organisation", "created_at")
    list_select_related = ("emoji", "organisation")
    search_fields = ("folded_name",)
