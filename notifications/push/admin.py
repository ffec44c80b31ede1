"""Show in the admin which browsers get pushes, and how the last ones fared, without what would let others send some."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from notifications.models import PushSubscription, TurnedOffBrowser


@admin.register(PushSubscription)
class PushSubscriptionAdmin(LookupAdmin):
    list_display = ("user", "host", "last_success_at", "last_error", "created_at")
    list_filter = ("host", "last_error")
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__username")
    exclude = ("secrets", "endpoint_hash")


@admin.register(TurnedOffBrowser)
class TurnedOffBrowserAdmin(LookupAdmin):
    list_display = ("user", "created_at")
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__username")
    exclude = ("endpoint_hash",)
