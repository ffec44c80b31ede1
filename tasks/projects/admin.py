"""Show projects, their columns and labels in the admin."""

from __future__ import annotations

from django.contrib import admin

from lib.web.admin import LookupAdmin
from tasks.models import Column, Label, Project


@admin.register(Project)
class ProjectAdmin(LookupAdmin):
    list_display = ("name", "key", "organisation", "owner", "last_number", "archived_at", "deleted_at")
    list_filter = (
        "is_template",
        ("archived_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("organisation", "owner")
    search_fields = ("folded_name", "key", "organisation__folded_name", "organisation__slug")


@admin.register(Column)
class ColumnAdmin(LookupAdmin):
    list_display = ("name", "project", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("project",)
    search_fields = ("name", "project__folded_name")


@admin.register(Label)
class LabelAdmin(LookupAdmin):
    list_display = ("name", "project", "color", "created_at")
    list_filter = ("color",)
    list_select_related = ("project",)
    search_fields = ("folded_name", "project__folded_name")
