"""Who changed what, for looking up only."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin.lookup import LookupAdmin
from accounts.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(LookupAdmin):
    list_display = ("created_at", "user", "action", "table_name", "record_name", "organisation", "ip_address")
    list_filter = ("action", "table_name", "created_at")
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__email", "record_name", "record_id", "organisation__name", "ip_address")
