"""Show in the admin which users have mail waiting."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from notifications.models import PendingMail


@admin.register(PendingMail)
class PendingMailAdmin(LookupAdmin):
    list_display = ("user", "due_at", "claimed_until")
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__username")
    raw_id_fields = ("notification",)
