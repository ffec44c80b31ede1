"""Show in the admin what users and organisations have chosen, without the words that users want to hear of."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from notifications.models import NotificationDefaults, NotificationKeyword, NotificationSettings

USER_SEARCH = ("user__folded_name", "user__username")


@admin.register(NotificationSettings)
class NotificationSettingsAdmin(LookupAdmin):
    list_display = ("user", "mail_pace", "time_zone", "updated_at")
    list_filter = ("mail_pace",)
    list_select_related = ("user",)
    search_fields = USER_SEARCH


@admin.register(NotificationDefaults)
class NotificationDefaultsAdmin(LookupAdmin):
    list_display = ("organisation", "mail_pace", "mail_content", "updated_at")
    list_filter = ("mail_pace", "mail_content")
    list_select_related = ("organisation",)
    search_fields = ("organisation__folded_name", "organisation__slug")


@admin.register(NotificationKeyword)
class NotificationKeywordAdmin(LookupAdmin):
    list_display = ("user", "created_at")
    list_select_related = ("user",)
    search_fields = USER_SEARCH
    exclude = ("text", "term")
