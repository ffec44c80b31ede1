"""Show audit entries in the admin, read-only."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import AuditEntry
from lib.web.admin import LookupAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(LookupAdmin):
    list_display = ("created_at", "user", "action", "table_name", "record_name", "organisation", "ip_address")
    list_filter = ("action", "table_name", "created_at")
    list_select_related = ("user", "organisation")
    search_fields = (
        "user__folded_name",
        "user__folded_email",
        "folded_record_name",
        "record_id",
        "organisation__folded_name",
        "ip_address",
    )
