"""Show in the admin who has drafts where, without what they have typed."""

from __future__ import annotations

from django.contrib import admin

from chat.models import HeldFile, StoredDraft
from chat.rooms.admin import InRoomAdmin
from lib.web.admin import LookupAdmin


@admin.register(StoredDraft)
class StoredDraftAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "updated_at")
    list_select_related = ("room", "user")
    search_fields = ("user__folded_name", "user__username", "room__folded_name")
    exclude = ("content", "reply_to")


@admin.register(HeldFile)
class HeldFileAdmin(LookupAdmin):
    """Which files are kept for what is not sent yet."""

    list_display = ("asset", "position", "created_at")
    list_select_related = ("asset",)
