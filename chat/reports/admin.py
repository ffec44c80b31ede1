"""Show reports of messages in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator

from chat.models import Report
from lib.web.admin import LookupAdmin


@admin.register(Report)
class ReportAdmin(LookupAdmin):
    list_display = ("organisation", "author", "reporter", "excerpt", "state", "created_at", "resolved_by")
    list_filter = ("state",)
    list_select_related = ("organisation", "author", "reporter", "resolved_by")
    search_fields = ("content", "reason", "author__folded_name", "reporter__folded_name")

    @admin.display(description="content")
    def excerpt(self, report: Report) -> str:
        return Truncator(report.content).chars(80)
