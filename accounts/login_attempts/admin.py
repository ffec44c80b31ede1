"""Show login attempts in the admin, read-only."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import LoginAttempt
from lib.web.admin import LookupAdmin


@admin.register(LoginAttempt)
class LoginAttemptAdmin(LookupAdmin):
    list_display = ("created_at", "email", "outcome", "reason", "method", "ip_address", "user_agent")
    list_filter = ("outcome", "reason", "method", "created_at")
    search_fields = ("email", "ip_address", "user_agent")
