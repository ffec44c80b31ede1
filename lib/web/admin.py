"""Share what all lists of the admin need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from lib.web.errors import Conflict


class LookupAdmin(admin.ModelAdmin):
    """Read-only list of the admin: changes go through services."""

    actions_on_bottom = False
    date_hierarchy = "created_at"
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def perform_on_rows(request: HttpRequest, rows: Iterable[Model], operation: Callable[[Any], object], done: str) -> None:
    """Call a service for each chosen row; show how many succeeded, and why each of the others was refused."""
    count = 0
    for row in rows:
        try:
            operation(row)
        except ObjectDoesNotExist:
            messages.warning(request, f"{row}: not yours to change.")
        except (PermissionDenied, Conflict) as error:
            messages.warning(request, f"{row}: {error}")
        else:
            count += 1
    if count:
        messages.success(request, f"{done}: {count}")
