"""Show sessions and idempotency keys in the admin, read-only."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import IdempotencyKey, Session
from lib.web.admin import LookupAdmin


@admin.register(Session)
class SessionAdmin(LookupAdmin):
    """List of sessions without pages of their own, as their data is encrypted."""

    list_display = ("user", "ip_address", "user_agent", "last_activity", "created_at", "expire_date")
    list_display_links = None
    list_filter = ("last_activity", "expire_date")
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__folded_email", "ip_address", "user_agent")
    ordering = ("-created_at",)
    actions = None
    exclude = ("session_key", "session_data")


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(LookupAdmin):
    list_display = ("created_at", "method", "path", "status")
    list_filter = ("method", "status")
    search_fields = ("path",)
    exclude = ("answer",)
