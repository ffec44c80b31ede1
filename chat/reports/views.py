"""Show the reports of an organisation to its administrators, and close them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import signed_in
from accounts.models import User
from accounts.permissions import require_admin_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from chat.models import Report
from chat.reports.queries import closed_reports_in, find_visible_rooms, reports_in
from chat.reports.services import dismiss_report, resolve_report
from lib.text.markdown.document import render
from lib.web.errors import Conflict
from lib.web.filters import read_page_query
from lib.web.pagination import paginate

REPORTS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report, as its reader sees it; `html` is the message as it was reported."""

    report: Report
    html: SafeString
    reporter: User | None
    can_open: bool


@require_safe
@signed_in
def list_reports(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the open reports of an organisation, or with `?closed=1` those that were dealt with."""
    own = require_admin_membership(request.user, slug)
    is_closed = bool(request.GET.get("closed"))
    reports = closed_reports_in(own) if is_closed else reports_in(own, Report.State.OPEN)
    query = read_page_query(request, size=REPORTS_PER_PAGE)
    page = paginate(reports, query, lambda report: report, newest_first=True)
    visible = find_visible_rooms(page.items, request.user)
    return render_settings_page(
        request,
        "chat/reports/reports.html",
        "reports",
        organisation=own.organisation,
        rows=[_build_row(report, request.user, visible) for report in page.items],
        is_closed=is_closed,
        is_first="cursor" not in request.GET,
        older=page.next_cursor,
    )


@require_POST
@signed_in
def close_report(request: SignedInRequest, slug: str, report_id: UUID) -> HttpResponse:
    """Resolve a report, or by its fields `dismiss` or `delete` dismiss it or delete its message."""
    require_admin_membership(request.user, slug)
    try:
        if "dismiss" in request.POST:
            dismiss_report(actor=request.user, report_id=report_id)
            messages.success(request, _("The report is dismissed."))
        else:
            is_deletion = "delete" in request.POST
            resolve_report(actor=request.user, report_id=report_id, delete_message=is_deletion)
            messages.success(request, _("The message is deleted.") if is_deletion else _("The report is resolved."))
    except Conflict as error:
        messages.error(request, str(error))
    return redirect("chat:reports", slug)


def _build_row(report: Report, reader: User, visible: set[UUID]) -> ReportRow:
    return ReportRow(
        report,
        mark_safe(render(report.content)),  # noqa: S308  sanitised
        report.get_reporter(reader),
        can_open=not report.is_message_deleted and report.room_id in visible,
    )
