"""Show in the admin who wants messages to be sent when, without what they have typed."""

from __future__ import annotations

from django.contrib import admin

from chat.models import ScheduledMessage
from lib.web.admin import LookupAdmin


@admin.register(ScheduledMessage)
class ScheduledMessageAdmin(LookupAdmin):
    list_display = ("user", "organisation", "send_at", "state", "failure")
    list_filter = ("state", "failure")
    list_select_related = ("organisation", "user")
    search_fields = ("user__folded_name", "user__username", "organisation__folded_name")
    exclude = ("content", "reply_to")
