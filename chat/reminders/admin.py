"""Show in the admin who is reminded when, without of what."""

from __future__ import annotations

from django.contrib import admin

from chat.models import Reminder
from lib.web.admin import LookupAdmin


@admin.register(Reminder)
class ReminderAdmin(LookupAdmin):
    list_display = ("user", "organisation", "remind_at", "reminded_at")
    list_filter = (("reminded_at", admin.EmptyFieldListFilter),)
    list_select_related = ("organisation", "user")
    search_fields = ("user__folded_name", "user__username", "organisation__folded_name")
    exclude = ("note", "message")
