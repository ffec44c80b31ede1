"""Show in the admin who has been notified of what, without its texts."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(LookupAdmin):
    list_display = ("user", "kind", "organisation", "created_at", "read_at")
    list_filter = ("kind", "level")
    list_select_related = ("user", "organisation")
    search_fields = ("user__folded_name", "user__username")
    exclude = ("data", "url")
