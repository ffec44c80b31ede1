"""The audit log: who changed what, of an organisation or of the whole place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit.descriptions import actor_of, kind_of, sentence, shown
from accounts.audit.forms import AuditForm
from accounts.audit.queries import audit_of, audit_of_everything
from accounts.decorators import for_administrators, signed_in
from accounts.models import AuditEntry, Organisation
from accounts.models.audit import AuditEntryQuerySet
from accounts.permissions import administration_of
from accounts.requests import SignedInRequest
from accounts.settings_page import settings_page
from lib.web.filters import read_page_query
from lib.web.pagination import paginate

ENTRIES_PER_PAGE = 25
Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    was: str
    now: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the words of its page."""

    entry: AuditEntry
    actor: str
    what: str
    kind: str
    changes: list[Change]


@require_safe
@signed_in
def organisation_audit(request: SignedInRequest, slug: str) -> HttpResponse:
    own = administration_of(request.user, slug)
    return _page(request, audit_of(own), "organisation-audit", organisation=own.organisation)


@require_safe
@for_administrators
def everything(request: SignedInRequest) -> HttpResponse:
    return _page(request, audit_of_everything(request.user), "audit")


def _page(
    request: SignedInRequest, entries: AuditEntryQuerySet, section: str, *, organisation: Organisation | None = None
) -> HttpResponse:
    form = AuditForm(request.GET)
    page = paginate(
        entries.matching(**_asked(form)), read_page_query(request, size=ENTRIES_PER_PAGE), _in_words, newest_first=True
    )
    filters = {name: value for name, value in request.GET.items() if name in form.fields and value}
    return settings_page(
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


def _asked(form: AuditForm) -> dict[str, Any]:
    """What was chosen and makes sense; the rest is said beside its field and narrows nothing down."""
    form.is_valid()
    chosen = {name: value or None for name, value in form.cleaned_data.items()}
    since, until = chosen.pop("since", None), chosen.pop("until", None)
    return chosen | {
        "since": since and timezone.make_aware(datetime.combine(since, time.min)),
        "until": until and timezone.make_aware(datetime.combine(until, time.min)) + timedelta(days=1),
    }


def _in_words(entry: AuditEntry) -> Line:
    changes = [
        Change(name.replace("_", " "), shown(was), shown(now), is_hidden=was is None and now is None)
        for name, (was, now) in entry.changes.items()
        if entry.action == Action.UPDATE or now or was
    ]
    return Line(entry, actor_of(entry), sentence(entry), kind_of(entry), changes)
