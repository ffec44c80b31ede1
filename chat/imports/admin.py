"""Show in the admin who has imported what, without what is in it."""

from __future__ import annotations

from django.contrib import admin

from chat.models import Import
from lib.web.admin import LookupAdmin


@admin.register(Import)
class ImportAdmin(LookupAdmin):
    list_display = ("actor", "organisation", "kind", "is_dry_run", "state", "created_at", "finished_at")
    list_filter = ("kind", "state", "is_dry_run")
    list_select_related = ("actor", "organisation")
    search_fields = ("actor__folded_name", "actor__username", "organisation__folded_name")
    exclude = ("options", "report")
