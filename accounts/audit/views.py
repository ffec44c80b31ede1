"""Show the audit log of an organisation or of the whole server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit.descriptions import describe_actor, describe_entry, describe_table, describe_value
from accounts.audit.forms import AuditForm
from accounts.audit.queries import find_all_entries, find_organisation_entries
from accounts.decorators import for_administrators, signed_in
from accounts.models import AuditEntry, Organisation
from accounts.models.audit import AuditEntryQuerySet
from accounts.permissions import require_admin_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.web.filters import read_page_query
from lib.web.pagination import paginate

ENTRIES_PER_PAGE = 25
Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Change:
    """Change of one field, as the page shows it."""

    field: str
    was: str
    now: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Audit entry, as the page shows it."""

    entry: AuditEntry
    actor: str
    what: str
    kind: str
    changes: list[Change]


@require_safe
@signed_in
def show_organisation_audit(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_admin_membership(request.user, slug)
    return _render_audit_log(
        request, find_organisation_entries(own), "organisation-audit", organisation=own.organisation
    )


@require_safe
@for_administrators
def show_system_audit(request: SignedInRequest) -> HttpResponse:
    return _render_audit_log(request, find_all_entries(request.user), "audit")


def _render_audit_log(
    request: SignedInRequest, entries: AuditEntryQuerySet, section: str, *, organisation: Organisation | None = None
) -> HttpResponse:
    form = AuditForm(request.GET)
    page = paginate(
        entries.matching(**_read_filters(form)),
        read_page_query(request, size=ENTRIES_PER_PAGE),
        _build_row,
        newest_first=True,
    )
    filters = {name: value for name, value in request.GET.items() if name in form.fields and value}
    return render_settings_page(
        request,
        "accounts/audit/audit_log.html",
        section,
        organisation=organisation,
        filters=form,
        narrowed=bool(filters),
        by=page.items[0].actor if page.items and form.cleaned_data.get("user") else "",
        lines=page.items,
        first=urlencode(filters),
        older=page.next_cursor and urlencode(filters | {"cursor": page.next_cursor}),
        is_first="cursor" not in request.GET,
    )


def _read_filters(form: AuditForm) -> dict[str, Any]:
    """Return the valid filters, for `AuditEntryQuerySet.matching`; the form shows errors beside the invalid ones."""
    form.is_valid()
    filters = {name: value or None for name, value in form.cleaned_data.items()}
    since, until = filters.pop("since", None), filters.pop("until", None)
    return filters | {
        "since": since and timezone.make_aware(datetime.combine(since, time.min)),
        "until": until and timezone.make_aware(datetime.combine(until, time.min)) + timedelta(days=1),
    }


def _build_row(entry: AuditEntry) -> EntryRow:
    changes = [
        Change(name.replace("_", " "), describe_value(was), describe_value(now), is_hidden=was is None and now is None)
        for name, (was, now) in entry.changes.items()
        if entry.action == Action.UPDATE or now or was
    ]
    return EntryRow(entry, describe_actor(entry), describe_entry(entry), describe_table(entry), changes)
