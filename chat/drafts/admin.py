"""Show in the admin who has drafts where, without what they have typed."""

from __future__ import annotations

from django.contrib import admin

from chat.models import StoredDraft
from chat.rooms.admin import InRoomAdmin


@admin.register(StoredDraft)
class StoredDraftAdmin(InRoomAdmin):
    list_display = ("user", "room_title", "updated_at")
    list_select_related = ("room", "user")
    search_fields = ("user__folded_name", "user__username", "room__folded_name")
    exclude = ("content", "reply_to")
